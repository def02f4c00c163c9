"""Latitude and longitude typed in degrees, in Spanish, English, French, Portuguese and Creole."""

import re
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from geodata.positions import (
    Position,
    PositionForm,
    PositionUnclear,
    UnclearReason,
    digits_uncertainty_m,
    in_american_waters,
)

Axis: TypeAlias = Literal["latitude", "longitude"]
Token: TypeAlias = tuple[str, str]

_SIDES = {
    "N": "n north norte nord nò",
    "S": "s south sur sul sud sid",
    "E": "e l east este est leste lès oriente",
    "W": "w o west oeste ouest lwès occidente poniente",
}
_AXES = {
    "latitude": "lat latitud latitude latitid",
    "longitude": "lon long lng longitud longitude lonjitid",
}
_UNITS = {
    "°": "° deg degs degree degrees degré degrés degre grado grados grau graus",
    "'": "' min mins minute minutes minuto minutos minit",
    '"': '" sec secs second seconds seconde secondes seg segundo segundos segonn',
}
_JOINTS = ", ; / | y and et ak"
_SILENT = "de of la"
_KINDS: dict[str, Token] = {
    **{word: ("silent", word) for word in _SILENT.split()},
    **{word: ("joint", word) for word in _JOINTS.split()},
    **{word: ("side", side) for side, words in _SIDES.items() for word in words.split()},
    **{word: ("axis", axis) for axis, words in _AXES.items() for word in words.split()},
    **{word: ("unit", unit) for unit, words in _UNITS.items() for word in words.split()},
}
_TOKEN = re.compile(r"""([-+]?\d+(?:\.\d+)?)|([^\W\d_]+)|([°'",;/|])|([\s.:=()\[\]{}]+)|(.)""")
_PORTUGUESE_AND = re.compile(r"(?:(?<=[NSns])|(?<=te)|(?<=ul))\.?\s+e\s+(?=[-+\d])")
_DASHED = re.compile(r"(\d)-(\d{1,2})(?:-(\d{1,2}(?:[.,]\d+)?))?(?=\s*[NSEWOnsewo]\b)")
_STEPS = (1.0, 1 / 60, 1 / 3600)
_FORMS = (
    PositionForm.DECIMAL,
    PositionForm.DEGREES_MINUTES,
    PositionForm.DEGREES_MINUTES_SECONDS,
)


@dataclass
class _Angle:
    """One of the two numbers, as far as it says by itself what it is."""

    parts: list[str] = field(default_factory=list)
    side: str | None = None
    axis: Axis | None = None

    @property
    def sign(self) -> str:
        return self.parts[0][0] if self.parts[0][0] in "+-" else ""

    @property
    def step(self) -> float:
        """The size in degrees of the last digit typed."""
        decimals = len(self.parts[-1].partition(".")[2])
        return float(_STEPS[len(self.parts) - 1] * 10.0**-decimals)

    @property
    def degrees(self) -> float:
        size = sum(abs(float(part)) * step for part, step in zip(self.parts, _STEPS, strict=False))
        return -size if self.sign == "-" or self.side in {"S", "W"} else size


def read_degrees(text: str) -> Position | None:
    """Read two angles, decimal or in degrees, minutes, seconds; None where no number is."""
    tokens = _tokens(_with_decimal_points(_PORTUGUESE_AND.sub(" ; ", text)))
    if not any(kind == "number" for kind, _ in tokens):
        return None
    first, second = (_angle(part) for part in _halves(tokens))
    _check_sides(first, second)
    if first.axis is None and second.axis is None:
        _check_order(first, second)
    turned = first.axis == "longitude" or second.axis == "latitude"
    latitude, longitude = (second, first) if turned else (first, second)
    _check_west(latitude, longitude)
    return Position(
        longitude.degrees,
        latitude.degrees,
        digits_uncertainty_m(latitude.degrees, longitude.step, latitude.step),
        _FORMS[max(len(first.parts), len(second.parts)) - 1],
    )


def _with_decimal_points(text: str) -> str:
    """Tell commas that part two numbers from decimal commas; refuse where both would do."""
    text = re.sub(r"(?<=\d):(?=\d)", " ", _DASHED.sub(r"\1 \2 \3", text))
    if re.search(r"\d\.\d+\.\d|\d\.\s+[-+\d]|\d,\d+,\S|\d-\d", text):
        raise PositionUnclear(UnclearReason.AMBIGUOUS_SEPARATOR)
    if not re.search(r"\d,\d", text):
        return text
    if re.search(r"\d\.\d", text):
        parted = re.sub(r"(?<=\d)(\.\d+),(?=\d+\.\d)", r"\1, ", text)
        if re.search(r"\d,\d", parted):
            raise PositionUnclear(UnclearReason.AMBIGUOUS_SEPARATOR)
        return parted
    if len(re.findall(r"\d+(?:,\d+)?", text)) == 1:
        raise PositionUnclear(UnclearReason.AMBIGUOUS_SEPARATOR)
    return re.sub(r"(?<=\d),(?=\d)", ".", text)


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    for number, word, mark, _, unknown in _TOKEN.findall(text):
        token = ("number", number) if number else _KINDS.get((word or mark).lower())
        if unknown or ((word or mark) and token is None):
            raise PositionUnclear(UnclearReason.UNREADABLE)
        if token is not None and token[0] != "silent":
            tokens.append(token)
    return tokens


def _halves(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    kinds = [kind for kind, _ in tokens]
    numbers = [at for at, kind in enumerate(kinds) if kind == "number"]
    joints = [at for at, kind in enumerate(kinds) if kind == "joint"]
    joints = [at for at in joints if numbers[0] < at < numbers[-1]]
    if len(numbers) == 1:
        raise PositionUnclear(UnclearReason.MISSING_COORDINATE)
    if len(joints) > 1:
        raise PositionUnclear(UnclearReason.AMBIGUOUS_SEPARATOR)
    at = joints[0] if joints else _second_begins(tokens, numbers)
    return tokens[:at], tokens[at:]


def _second_begins(tokens: list[Token], numbers: list[int]) -> int:
    """Find where the second angle begins when nothing but its own marks says so."""
    kinds = [kind for kind, _ in tokens]
    named = [at for at in range(numbers[0] + 1, numbers[-1]) if kinds[at] in {"axis", "side"}]
    if named:
        after = min(at for at in numbers if at > named[0])
        if kinds[0] == "side" and len(named) == 1:
            return named[0]
        labels = [at for at in named if kinds[at] == "axis" and at < after]
        return labels[0] if labels and kinds[0] == "axis" else after
    degrees = [at - 1 for at, token in enumerate(tokens) if token == ("unit", "°")]
    if len(degrees) == 2:
        return degrees[1]
    if len(numbers) == 2:
        return numbers[1]
    raise PositionUnclear(UnclearReason.AMBIGUOUS_SEPARATOR)


def _angle(tokens: list[Token]) -> _Angle:
    angle, units = _Angle(), ["°", "'", '"']
    for kind, value in tokens:
        if kind == "number":
            angle.parts.append(value)
        elif kind == "unit" and (not angle.parts or units.index(value) != len(angle.parts) - 1):
            raise PositionUnclear(UnclearReason.UNREADABLE)
        elif kind == "axis":
            _name(angle, "latitude" if value == "latitude" else "longitude")
        elif kind == "side":
            if angle.side is not None:
                raise PositionUnclear(UnclearReason.HEMISPHERE_CONFLICT)
            angle.side = value
            _name(angle, "latitude" if value in "NS" else "longitude")
    _check_parts(angle.parts)
    return angle


def _name(angle: _Angle, axis: Axis) -> None:
    if angle.axis not in {None, axis}:
        raise PositionUnclear(UnclearReason.HEMISPHERE_CONFLICT)
    angle.axis = axis


def _check_parts(parts: list[str]) -> None:
    if not parts:
        raise PositionUnclear(UnclearReason.MISSING_COORDINATE)
    if len(parts) > 3 or any("." in part for part in parts[:-1]):
        raise PositionUnclear(UnclearReason.UNREADABLE)
    if any(part[0] in "+-" for part in parts[1:]):
        raise PositionUnclear(UnclearReason.UNREADABLE)
    if any(float(part) >= 60 for part in parts[1:]):
        raise PositionUnclear(UnclearReason.OUT_OF_RANGE)


def _check_sides(first: _Angle, second: _Angle) -> None:
    """Refuse letters and signs that contradict one another, or that only one angle has."""
    for angle in (first, second):
        if (angle.sign, angle.side) in {("-", "N"), ("-", "E"), ("+", "S"), ("+", "W")}:
            raise PositionUnclear(UnclearReason.HEMISPHERE_CONFLICT)
    if first.axis is not None and first.axis == second.axis:
        raise PositionUnclear(UnclearReason.HEMISPHERE_CONFLICT)
    told = [bool(angle.side or angle.sign) for angle in (first, second)]
    lettered = first.side is not None or second.side is not None
    sexagesimal = len(first.parts) > 1 or len(second.parts) > 1
    if (lettered and not all(told)) or (sexagesimal and not any(told)):
        raise PositionUnclear(UnclearReason.MISSING_HEMISPHERE)


def _check_order(first: _Angle, second: _Angle) -> None:
    """Hold on to latitude first, unless only the other order gives a place in the Americas."""
    as_typed, turned = (second.degrees, first.degrees), (first.degrees, second.degrees)
    if in_american_waters(*as_typed):
        return
    if in_american_waters(*turned) or (not _on_globe(*as_typed) and _on_globe(*turned)):
        raise PositionUnclear(UnclearReason.AMBIGUOUS_ORDER)


def _on_globe(longitude: float, latitude: float) -> bool:
    return abs(longitude) <= 180 and abs(latitude) <= 90


def _check_west(latitude: _Angle, longitude: _Angle) -> None:
    """Refuse a bare longitude that a forgotten minus sign would bring into the Americas."""
    if longitude.side or longitude.sign:
        return
    if in_american_waters(-longitude.degrees, latitude.degrees):
        raise PositionUnclear(UnclearReason.MISSING_HEMISPHERE)
