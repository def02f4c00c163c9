"""Reads where somebody was last in contact, or was found, and in which corridor that is."""

from collections.abc import Mapping
from typing import Any

from geodata.coordinates import parse_position
from geodata.places import look_up_place
from geodata.positions import PositionUnclear
from tracker.domain.people import PersonKind
from tracker.web.records.entries import Entries

PLACE_OF = {PersonKind.CASE: "contact", PersonKind.REMAINS: "found"}
_DIGITS = 6


def read_position(
    kind: PersonKind, entries: Entries, before: Mapping[str, Any] | None
) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    """Give longitude, latitude and corridor, and the code of what is unclear about them."""
    if "coordinates" not in entries.values:
        return {}, {}
    at, text = PLACE_OF[kind], entries.get("coordinates")
    known = before or {}
    if text and text == _written(kind, known):
        point = known.get(f"{at}_longitude"), known.get(f"{at}_latitude")
    elif text:
        try:
            read = parse_position(text)
        except PositionUnclear as unclear:
            return {}, {"coordinates": (f"position_{unclear.code}",)}
        point = round(read.longitude, _DIGITS), round(read.latitude, _DIGITS)
    else:
        point = None, None
    corridor = entries.get(f"{at}_corridor") or None
    if corridor is None or _moved(kind, known, point, corridor=corridor):
        corridor = _corridor_at(*point) if point[0] is not None else corridor
    return {
        f"{at}_longitude": point[0],
        f"{at}_latitude": point[1],
        f"{at}_corridor": corridor,
    }, {}


def entries_of_position(kind: PersonKind, facts: Mapping[str, Any]) -> dict[str, object]:
    """Fill the field of the coordinates."""
    return {"coordinates": _written(kind, facts)}


def _moved(
    kind: PersonKind,
    before: Mapping[str, Any],
    point: tuple[float | None, float | None],
    *,
    corridor: str,
) -> bool:
    """Say whether a corridor only tells where the point was before it was moved."""
    at = PLACE_OF[kind]
    old = before.get(f"{at}_longitude"), before.get(f"{at}_latitude")
    if old[0] is None or old == point or corridor != before.get(f"{at}_corridor"):
        return False
    return corridor == _corridor_at(*old)


def _corridor_at(longitude: float | None, latitude: float | None) -> str | None:
    if longitude is None or latitude is None:
        return None
    return look_up_place(longitude, latitude).corridor


def _written(kind: PersonKind, facts: Mapping[str, Any]) -> str | None:
    at = PLACE_OF[kind]
    longitude, latitude = facts.get(f"{at}_longitude"), facts.get(f"{at}_latitude")
    if longitude is None or latitude is None:
        return None
    return f"{_short(latitude)}, {_short(longitude)}"


def _short(value: float) -> str:
    return f"{value:.{_DIGITS}f}".rstrip("0").rstrip(".")
