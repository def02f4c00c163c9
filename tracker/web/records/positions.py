"""Reads where something happened from what was typed, tapped or chosen."""

import re
from collections.abc import Mapping
from typing import Any

from geodata.coordinates import parse_position
from geodata.positions import PositionUnclear
from tracker.domain.publication import PRECISION_RADIUS_M
from tracker.web.records.entries import Entries

# Words without a position are no coordinates that failed; these could be nothing else.
_LIKE_COORDINATES = re.compile(r"[-+\d\s.,;:°º˚'\"’‘′”“″NSEWO]+", re.I)
_DIGITS_OF_COORDINATES = 4
_PRECISIONS = ("exact", "vicinity", "locality", "adm3", "adm2", "adm1", "adm0")
_BY_NAME, _DIGITS = "place_name", 6


def read_position(
    entries: Entries, before: Mapping[str, Any] | None
) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    """Give the facts of a place, and the code of what is unclear about it."""
    facts = _typed(entries)
    chosen = entries.get("coordinates_chosen")
    text = chosen or entries.get("coordinates")
    if chosen:
        facts["location_basis"] = _BY_NAME
    if before is not None and text and text == _written(before):
        kept = ("longitude", "latitude", "uncertainty_m")
        known = {name: before.get(name) for name in kept}
        # A precision that was chosen anew brings its own radius.
        same = facts.get("location_precision") == before.get("location_precision")
        return facts | (known if same else {**known, "uncertainty_m": None}), {}
    if not text and not entries.get("location_description"):
        return {**facts, **_nowhere(facts)}, {}
    words = entries.get("location_description")
    try:
        position = parse_position(text or words)
    except PositionUnclear as unclear:
        if text:
            return facts, {"coordinates": (f"position_{unclear.code}",)}
        if _looks_like_coordinates(words):
            return facts, {"location_description": (f"position_{unclear.code}",)}
        return {**facts, **_nowhere(facts)}, {}
    precision = facts.get("location_precision") or _fitting(
        position.uncertainty_m, by_name=facts.get("location_basis") == _BY_NAME
    )
    if not text:
        facts["location_description"] = None  # it was a position, no words
    radius = max(position.uncertainty_m, PRECISION_RADIUS_M.get(precision, 0.0))
    return {
        **facts,
        "longitude": round(position.longitude, _DIGITS),
        "latitude": round(position.latitude, _DIGITS),
        "location_precision": precision,
        "uncertainty_m": round(radius, 1),
    }, {}


def _looks_like_coordinates(words: str) -> bool:
    digits = sum(sign.isdigit() for sign in words)
    return digits >= _DIGITS_OF_COORDINATES and _LIKE_COORDINATES.fullmatch(words) is not None


def entries_of_position(facts: Mapping[str, Any]) -> dict[str, object]:
    """Fill the fields of a place."""
    precision = facts["location_precision"]
    coordinates = _written(facts)
    # Who adds coordinates later need not take back that the place was not known.
    blank = coordinates is None and precision == "unknown"
    return {"coordinates": coordinates, "location_precision": None if blank else precision}


def _typed(entries: Entries) -> dict[str, Any]:
    names = ("location_precision", "location_basis")
    return {name: entries.get(name) or None for name in names if name in entries.values}


def _nowhere(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Say of a place without a position only how well its words tell it."""
    told = {"longitude": None, "latitude": None, "uncertainty_m": None, "location_basis": None}
    return {**told, "location_precision": facts.get("location_precision") or "unknown"}


def _fitting(radius_m: float, *, by_name: bool) -> str:
    if by_name:
        return "locality"
    wide_enough = (name for name in _PRECISIONS if PRECISION_RADIUS_M[name] >= radius_m)
    return next(wide_enough, "adm0")


def _written(facts: Mapping[str, Any]) -> str | None:
    if facts.get("longitude") is None or facts.get("latitude") is None:
        return None
    return f"{_short(facts['latitude'])}, {_short(facts['longitude'])}"


def _short(value: float) -> str:
    return f"{value:.{_DIGITS}f}".rstrip("0").rstrip(".")
