"""The place of a record while it is typed: found by name, and what it will tell."""

from geodata.coordinates import parse_position
from geodata.positions import PositionUnclear
from tracker.http.request import current_actor, current_session
from tracker.schemas.incidents import LOCATION_PRECISIONS
from tracker.services.places import PlacePreview, preview_place
from tracker.web.places import FoundPlace, places_named, preview_in_words
from tracker.web.records.entries import Entries


def place_values(entries: Entries) -> dict[str, object]:
    """Give what a page shows of a place: those of a name, and what the public will see."""
    seen = _seen(entries)
    return {"found": _found(entries), "lines": preview_in_words(seen) if seen else ()}


def _found(entries: Entries) -> list[FoundPlace]:
    """Look for the place by the name that was asked for, or by the words of a place unplaced."""
    asked = entries.get("place_name")
    if not asked and not entries.get("coordinates"):
        asked = entries.get("location_description").partition(",")[0]
    return places_named(asked)


def _seen(entries: Entries) -> PlacePreview | None:
    """Say what the record will tell of the place that stands in the form, if it is one."""
    try:
        position = parse_position(entries.get("coordinates"))
    except PositionUnclear:
        return None
    given = entries.get("location_precision")
    return preview_place(
        current_session(),
        current_actor(),
        (position.longitude, position.latitude),
        uncertainty_m=position.uncertainty_m,
        precision=given if given in LOCATION_PRECISIONS else "exact",
    )
