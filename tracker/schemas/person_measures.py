"""Ages, heights and weights as lists write them: one number, a range, another unit."""

import re
from collections.abc import Callable
from typing import TypeAlias

from tracker.schemas.typed import Unclear, is_not_known

# From and to; None where nobody says.
Range: TypeAlias = tuple[int | None, int | None]

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_UNITS_OF_AGE = re.compile(r"\b(?:years?(?: old)?|yrs?|y/?o|a[nñ]os?(?: de edad)?|anos)\b\.?")
_MONTHS = re.compile(rf"{_NUMBER}\s*(?:months?|meses|mes|weeks?|semanas?|days?|d[ií]as?)\b")
_ABOUT = re.compile(r"^(?:about|approx(?:imately)?\.?|circa|ca?\.|aprox(?:imadamente)?\.?|unos|~)")
_SPREAD = re.compile(rf"{_NUMBER}\s*(?:±|\+\s*/\s*-|\+-)\s*{_NUMBER}")
_BETWEEN = re.compile(rf"{_NUMBER}\s*(?:-|–|—|/|\ba\b|\bto\b|\by\b|\band\b)\s*{_NUMBER}")
_AT_LEAST = re.compile(
    rf"(?:(?:>=?|≥|over|older than|at least|m[aá]s de|mayor de|al menos)\s*{_NUMBER})"
    rf"|(?:{_NUMBER}\s*(?:\+|and over|y m[aá]s|o m[aá]s))"
)
_AT_MOST = re.compile(rf"(?:<=?|≤|under|up to|younger than|menos de|menor de|hasta)\s*{_NUMBER}")
_FEET = re.compile(
    r"(\d)\s*(?:'|’|′|ft\b\.?|feet|foot|pies?\b)\s*"
    r"(?:(\d{1,2}(?:\.\d+)?)\s*(?:\"|”|″|''|in\b\.?|inch(?:es)?|pulg(?:adas)?\.?)?)?"
)
_INCHES = re.compile(rf"{_NUMBER}\s*(?:\"|”|″|''|in\b\.?|inch(?:es)?|pulg(?:adas)?\b\.?)")
_METRES = re.compile(rf"{_NUMBER}\s*(?:m\b|mts?\b\.?|metros?|met(?:er|re)s?)")
_CENTIMETRES = re.compile(rf"{_NUMBER}\s*(?:cms?\b\.?|cent[ií]metros?|centimet(?:er|re)s?)")
_POUNDS = re.compile(rf"{_NUMBER}\s*(?:lbs?\b\.?|pounds?|libras?)")
_KILOGRAMS = re.compile(rf"{_NUMBER}\s*(?:kgs?\b\.?|kilos?(?:gram(?:o|me)?s?)?)")
_BRACKETS = re.compile(r"\([^)]*\)")
# So many years more or less can lie behind "about 25".
_ABOUT_YEARS = 3
_CM_PER_INCH, _KG_PER_POUND = 2.54, 0.45359237


def read_age(text: str) -> Range | None:
    """Read an age in years ("20-30", "25±5", "18+"); None where the words give no number."""
    plain = text.strip().lower()
    if is_not_known(plain):
        return (None, None)
    if _MONTHS.fullmatch(plain):
        return (0, 0)
    about = bool(_ABOUT.match(plain))
    return _years(_UNITS_OF_AGE.sub("", _ABOUT.sub("", plain)).strip(), about=about)


def _years(plain: str, *, about: bool) -> Range | None:
    for pattern, ends in _AGES:
        if found := pattern.fullmatch(plain):
            return ends(*(_whole(each) for each in found.groups() if each))
    if not re.fullmatch(_NUMBER, plain):
        return None
    age, spread = _whole(plain), _ABOUT_YEARS if about else 0
    return (max(0, age - spread), age + spread)


_AGES: tuple[tuple[re.Pattern[str], Callable[..., Range]], ...] = (
    (_SPREAD, lambda middle, spread: (max(0, middle - spread), middle + spread)),
    (_BETWEEN, lambda low, high: (low, high)),
    (_AT_LEAST, lambda low: (low, None)),
    (_AT_MOST, lambda high: (None, high)),
)


def read_height(text: str, header: str = "") -> Range:
    """Read a height in cm, metres, or feet and inches; raises `Unclear` without a clear unit."""
    return _measured(text, header, _centimetres)


def read_weight(text: str, header: str = "") -> Range:
    """Read a weight in kg or pounds; raises `Unclear` where neither cell nor header says which."""
    return _measured(text, header, _kilograms)


def _measured(text: str, header: str, read: Callable[[str, str], float]) -> Range:
    plain = _BRACKETS.sub("", text.lower()).strip()
    if is_not_known(plain):
        return (None, None)
    plain = _ABOUT.sub("", plain).strip()
    low, high = _ends(plain)
    # "160-165 cm", "5'4\" to 5'6\"": the unit of the second number is that of both.
    unit = re.sub(r"^[\d.,\s]+", "", high)
    first = read(low if re.search(r"[^\d.,\s]", low) else f"{low} {unit}".strip(), header)
    last = read(high, header)
    return (round(first), round(last))


def _ends(plain: str) -> tuple[str, str]:
    parts = re.split(r"\s*(?:–|—|\bto\b|\ba\b|(?<=[\d\"'a-z])\s*-\s*(?=\d))\s*", plain)
    parts = [part for part in parts if part.strip()]
    if len(parts) == 2:
        return parts[0], parts[1]
    if len(parts) != 1:
        raise Unclear("not_valid")
    return plain, plain


def _centimetres(text: str, header: str) -> float:
    if found := _FEET.fullmatch(text):
        return (int(found[1]) * 12 + float(found[2] or 0)) * _CM_PER_INCH
    for pattern, factor in ((_INCHES, _CM_PER_INCH), (_CENTIMETRES, 1.0), (_METRES, 100.0)):
        if found := pattern.fullmatch(text):
            return _decimal(found[1]) * factor
    if not re.fullmatch(_NUMBER, text):
        raise Unclear("not_valid")
    return _decimal(text) * _factor_of_height(_decimal(text), _unit(header))


def _factor_of_height(number: float, unit: str | None) -> float:
    """Say what a bare number counts: nobody is 1.65 cm tall, but 64 can be inches."""
    if unit == "in":
        return _CM_PER_INCH
    if unit != "cm" and number < 2.6:
        return 100.0
    if unit != "cm" and number < 100:
        raise Unclear("unit_missing")
    return 1.0


def _kilograms(text: str, header: str) -> float:
    if found := _POUNDS.fullmatch(text):
        return _decimal(found[1]) * _KG_PER_POUND
    if found := _KILOGRAMS.fullmatch(text):
        return _decimal(found[1])
    if not re.fullmatch(_NUMBER, text):
        raise Unclear("not_valid")
    unit = _unit(header)
    if unit == "lb":
        return _decimal(text) * _KG_PER_POUND
    if unit == "kg":
        return _decimal(text)
    raise Unclear("unit_missing")


def _unit(header: str) -> str | None:
    """Give the unit that a header names, such as "Weight (lbs)"."""
    words = set(re.findall(r"[a-z]+", header.lower()))
    for unit, names in _NAMED_UNITS.items():
        if words & names:
            return unit
    return None


_NAMED_UNITS = {
    "cm": {"cm", "cms", "centimetros", "centimeters", "centimetres"},
    "in": {"in", "inch", "inches", "pulgadas"},
    "kg": {"kg", "kgs", "kilos", "kilogramos", "kilograms"},
    "lb": {"lb", "lbs", "pounds", "libras"},
}


def _whole(text: str) -> int:
    return int(_decimal(text))


def _decimal(text: str) -> float:
    return float(text.replace(",", "."))
