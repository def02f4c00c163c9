"""The shape of a report by somebody without an account: few questions, in plain words."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tracker.domain.errors import InvalidRecord
from tracker.domain.public_reports import LONGEST_WORDS, QUALITY_OF, Witnessed
from tracker.schemas.incidents import load_incident
from tracker.schemas.typed import Unclear, is_not_known, read_count, read_position, span_of

# The questions in the order in which they are asked.
ASKED = (
    *("number_dead", "number_missing", "day", "month", "year", "country", "where", "position"),
    *("cause", "words", "witnessed", "url"),
)
# Free text, in which personal data is looked for.
FREE_TEXT = ("where", "words")
_OWN_NAMES = {
    "number_missing_min": "number_missing",
    "country_of_incident": "country",
    "location_description": "where",
    "causes": "cause",
    "notes": "words",
    "date_precision": "year",
}


def load_report(
    given: Mapping[str, str], *, today: dt.date, told_by: Mapping[Witnessed, str]
) -> dict[str, Any]:
    """Read what was answered, as facts of an incident; raises `InvalidRecord` by question.

    `told_by` says in words who tells it, for the source of the record.
    """
    wrong: dict[str, tuple[str, ...]] = {}
    when = _tried(wrong, "year", lambda: _when(given, today))
    position = _tried(wrong, "position", lambda: read_position(given.get("position", "")))
    witnessed = given.get("witnessed", "")
    if witnessed and witnessed not in list(Witnessed):
        wrong["witnessed"] = ("unknown_code",)
    dead, missing = (read_count(given.get(name, "")) for name in ("number_dead", "number_missing"))
    if dead in (None, "0") and missing in (None, "0") and not given.get("words", "").strip():
        wrong["words"] = ("nothing_told",)
    if not any(given.get(name, "").strip() for name in ("country", "where", "position")):
        wrong["where"] = ("place_missing",)
    facts: dict[str, Any] = {
        "incident_type": "incident",
        "number_dead": dead,
        "number_missing_min": missing,
        "date_from": when[0].isoformat() if when else None,
        "date_to": when[1].isoformat() if when else None,
        "date_precision": when[2] if when else "unknown",
        "country_of_incident": given.get("country") or None,
        "location_description": given.get("where", "").strip() or None,
        "location_precision": "locality" if position else "unknown",
        "causes": [given.get("cause") or "mixed_or_unknown"],
        "notes": given.get("words", "").strip() or None,
        "sources": _sources(given, told_by) if "witnessed" not in wrong else [],
    }
    if position:
        facts |= {"longitude": position.longitude, "latitude": position.latitude}
        facts |= {"location_basis": "estimated"}
    return _loaded(facts, wrong)


def _loaded(facts: Mapping[str, Any], wrong: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    try:
        loaded = load_incident(facts)
    except InvalidRecord as error:
        found = {_own_name(path): codes for path, codes in error.fields.items()}
        raise InvalidRecord({**found, **wrong}) from None
    if len(loaded["notes"] or "") > LONGEST_WORDS:
        wrong["words"] = ("too_long",)
    if wrong:
        raise InvalidRecord(wrong)
    return loaded


def _own_name(path: str) -> str:
    if path.startswith("sources"):
        return "url" if path.endswith("url") else "witnessed"
    name = path.partition(".")[0]
    return _OWN_NAMES.get(name, name)


def _when(given: Mapping[str, str], today: dt.date) -> tuple[dt.date, dt.date, str] | None:
    day, month, year = (given.get(name, "").strip() for name in ("day", "month", "year"))
    if is_not_known(year):
        if day or month:
            raise Unclear("year_missing")
        return None
    parts = [part for part in (year, month, day) if part]
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        raise Unclear("not_a_date")
    if day and not month:
        raise Unclear("month_missing")
    when = span_of(int(year), int(month) if month else None, int(day) if day else None)
    if when[0] > today:
        raise Unclear("in_the_future")
    return when


def _sources(given: Mapping[str, str], told_by: Mapping[Witnessed, str]) -> list[dict[str, object]]:
    witnessed = Witnessed(given.get("witnessed") or Witnessed.OTHER)
    source: dict[str, object] = {
        "publisher": told_by[witnessed],
        "url": given.get("url", "").strip() or None,
        "quality": QUALITY_OF[witnessed],
    }
    return [source]


def _tried(wrong: dict[str, tuple[str, ...]], name: str, read: Any) -> Any:  # noqa: ANN401
    try:
        return read()
    except Unclear as unclear:
        wrong[name] = (unclear.code,)
        return None
