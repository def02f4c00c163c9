"""Turns what was typed into facts for `load_incident`, and facts into what stands in the fields."""

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from geodata.countries import find_country
from tracker.domain.causes import Cause
from tracker.domain.errors import InvalidRecord
from tracker.domain.groups import CODES_OF_KIND, GroupKind, numbers_of_groups
from tracker.http.language import label
from tracker.schemas.incidents import COUNTS, load_incident
from tracker.web.records.entries import Entries
from tracker.web.records.positions import entries_of_position, read_position

NUMBERS = tuple(name for name in COUNTS if name != "total_reported")
_PLAIN = (
    *("incident_type", "date_precision", "date_from", "date_basis", "scope", "manner"),
    *("cause_reported", "cause_official", "location_description", "location_basis", "notes"),
    *NUMBERS,
)
_SUMMED = ("number_females", "number_males", "number_other_gender", "number_children")
_CAUSES = frozenset(map(str, Cause))
_DEFAULTS = {"incident_type": "incident", "date_precision": "unknown"}


def read_facts(
    entries: Entries, before: Mapping[str, Any] | None = None
) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    """Give the facts that a form tells, and the codes of what already the form finds wrong.

    A fact that the form has no field for stays as it was `before`.
    """
    told: dict[str, Any] = {**_DEFAULTS, **(before or {})}
    for name in _PLAIN:
        if name in entries.values:
            told[name] = entries.get(name) or _DEFAULTS.get(name)
    told["causes"] = list(entries.all("causes"))
    told |= _dates(entries, told)
    told["groups"] = [_group(row) for row in entries.rows("groups")]
    told["sources"] = [_source(row) for row in entries.rows("sources")]
    told["origins"] = _origins(entries, told["groups"])
    if "country_of_incident" in entries.values:
        told["country_of_incident"] = _country(entries.get("country_of_incident"))
    position, wrong = read_position(entries, before)
    told |= position
    return {name: value for name, value in told.items() if value is not None}, wrong


def entries_of_facts(facts: Mapping[str, Any]) -> Entries:
    """Fill the fields of a form with facts."""
    values: dict[str, object] = {name: facts.get(name) for name in _PLAIN}
    summed = numbers_of_groups(facts["groups"])
    values |= {name: None for name in _SUMMED if summed.get(name) == facts.get(name)}
    values["date_to"] = facts["date_to"]
    values["country_of_incident"] = _named(facts["country_of_incident"])
    for number, code in enumerate(facts["origins"]):
        values[f"origins.{number}"] = _named(code)
    for number, group in enumerate(facts["groups"]):
        for name, value in _fields_of_group(group).items():
            values[f"groups.{number}.{name}"] = value
    for number, source in enumerate(facts["sources"]):
        for name, value in source.items():
            values[f"sources.{number}.{name}"] = value
    values |= entries_of_position(facts)
    texts = {name: (_text(value),) for name, value in values.items() if value is not None}
    return Entries({**texts, "causes": tuple(facts["causes"])})


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _dates(entries: Entries, told: Mapping[str, Any]) -> dict[str, Any]:
    """Fill in the last day where the precision tells it: a month runs to its end."""
    if "date_from" not in entries.values:
        return {}
    given = entries.get("date_from")
    precision = told["date_precision"]
    try:
        first = dt.date.fromisoformat(given)
    except ValueError:
        return {"date_to": entries.get("date_to") or given or None}
    if precision == "range":
        return {"date_to": entries.get("date_to") or None}
    start, end = _span(first, precision)
    return {"date_from": start.isoformat(), "date_to": end.isoformat()}


def _span(first: dt.date, precision: str) -> tuple[dt.date, dt.date]:
    if precision == "week":
        start = first - dt.timedelta(days=first.weekday())
        return start, start + dt.timedelta(days=6)
    if precision == "month":
        last = calendar.monthrange(first.year, first.month)[1]
        return first.replace(day=1), first.replace(day=last)
    if precision == "year":
        return first.replace(month=1, day=1), first.replace(month=12, day=31)
    return first, first


def _group(row: Mapping[str, str]) -> dict[str, Any]:
    kind, _, code = row.get("group", "").partition(":")
    words = row.get("code")
    if kind == GroupKind.ORIGIN:
        code = _country(words or "") or ""
    elif not code:
        code = words or ""
    return _told(
        {
            "kind": kind,
            "code": code,
            "number_from": row.get("number_from"),
            "number_to": row.get("number_to"),
            "basis": row.get("basis"),
            "presumed": row.get("presumed") == "yes" or None,
        }
    )


def _fields_of_group(group: Mapping[str, Any]) -> dict[str, object]:
    kind, code = group["kind"], group["code"]
    listed = kind in CODES_OF_KIND
    words = _named(code) if kind == GroupKind.ORIGIN else code
    return {
        **{name: group[name] for name in ("number_from", "number_to", "basis")},
        "group": f"{kind}:{code}" if listed else kind,
        "code": None if listed else words,
        "presumed": group["presumed"] or None,
    }


def _source(row: Mapping[str, str]) -> dict[str, Any]:
    independent = {"yes": True, "no": False}.get(row.get("independent", ""))
    return _told({**row, "independent": independent})


def _origins(entries: Entries, groups: list[dict[str, Any]]) -> list[str]:
    typed = [_country(row[""]) for row in entries.rows("origins")]
    counted = [group.get("code") for group in groups if group.get("kind") == GroupKind.ORIGIN]
    return list(dict.fromkeys(code for code in (*typed, *counted) if code))


def _country(words: str) -> str | None:
    """Give the code of a country; words that name none stay, and are found wrong."""
    return find_country(words) or words or None


def _named(code: object) -> str | None:
    return None if not code else label(str(code), "country")


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in ("", None)}


def facts_so_far(entries: Entries) -> dict[str, Any]:
    """Give what a form tells that is still being filled in; what cannot be read is left out."""
    told, _ = read_facts(entries)
    days = {name: _day(told.get(name)) for name in ("date_from", "date_to")}
    if days["date_to"] is None:
        days["date_to"] = days["date_from"]
    counts = {name: _count(told.get(name)) for name in NUMBERS}
    causes = [cause for cause in told["causes"] if cause in _CAUSES]
    return {**told, **days, **counts, "causes": causes}


def _day(given: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(given))
    except ValueError:
        return None


def _count(given: object) -> int | None:
    return int(str(given)) if re.fullmatch(r"[0-9]{1,6}", str(given)) else None


def load_facts(entries: Entries, before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Read the facts of a form; raises `InvalidRecord` with all that is wrong, by path."""
    told, wrong = read_facts(entries, before)
    try:
        facts = load_incident(told)
    except InvalidRecord as error:
        raise InvalidRecord({**error.fields, **wrong}) from None
    if wrong:
        raise InvalidRecord(wrong)
    return facts
