"""Turns what was typed of a person into facts, and facts into what stands in the fields."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from geodata.countries import find_country
from tracker.domain.errors import InvalidRecord
from tracker.domain.people import PersonKind
from tracker.http.language import label
from tracker.schemas.people import load_person, names_of_facts
from tracker.web.people.positions import entries_of_position, read_position
from tracker.web.records.entries import Entries, entries_of_form

# Things of which there can be many, in rows of fields.
LISTS = (
    *("marks", "dental", "medical", "belongings", "clothing", "references", "custody"),
    "examinations",
)
# Words of which there can be many, in one field: one to a line, or with commas between them.
WORD_LISTS = ("nicknames", "languages", "telephones", "inquirer_telephones")
_BY_LINES = ("telephones", "inquirer_telephones")
_DATES = {"contact_date": "contact_date_precision", "found_date": "found_date_precision"}
_YES_NO = {"yes": True, "no": False}


def entries_of_person_form(form: Iterable[tuple[str, Iterable[str]]]) -> Entries:
    """Take the fields of a form about a person."""
    return entries_of_form(form, LISTS)


def read_person(
    kind: PersonKind, entries: Entries, before: Mapping[str, Any] | None = None
) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    """Give the facts that a form tells, and the codes of what already the form finds wrong.

    A fact that the form has no field for stays as it was `before`.
    """
    told: dict[str, Any] = dict(before or {})
    for name in names_of_facts(kind):
        if name in LISTS:
            told[name] = [_thing(row) for row in entries.rows(name)]
        elif name in WORD_LISTS and name in entries.values:
            told[name] = _words(entries.get(name))
        elif name in entries.values:
            told[name] = entries.get(name) or None
    if country := told.get("origin_country"):
        told["origin_country"] = find_country(country) or country
    for day, precision in _DATES.items():
        if day in entries.values:
            told[day] = _first_day(told.get(day), told.get(precision))
    position, wrong = read_position(kind, entries, before)
    told |= position
    return {name: value for name, value in told.items() if value not in (None, [])}, wrong


def load_person_form(
    kind: PersonKind,
    entries: Entries,
    *,
    today: dt.date,
    before: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Read the facts of a form; raises `InvalidRecord` with all that is wrong, by path."""
    told, wrong = read_person(kind, entries, before)
    try:
        facts = load_person(kind, told, today=today)
    except InvalidRecord as error:
        raise InvalidRecord({**error.fields, **wrong}) from None
    if wrong:
        raise InvalidRecord(wrong)
    return facts


def entries_of_person(kind: PersonKind, facts: Mapping[str, Any]) -> Entries:
    """Fill the fields of a form with facts."""
    values: dict[str, object] = {}
    for name, value in facts.items():
        if name in LISTS:
            for number, thing in enumerate(value):
                values |= {f"{name}.{number}.{part}": each for part, each in thing.items()}
        elif name in WORD_LISTS:
            values[name] = ("\n" if name in _BY_LINES else ", ").join(value)
        else:
            values[name] = value
    if code := facts.get("origin_country"):
        values["origin_country"] = label(str(code), "country")
    values |= entries_of_position(kind, facts)
    return Entries({name: (_text(value),) for name, value in values.items() if value is not None})


def _thing(row: Mapping[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {name: value for name, value in row.items() if value}
    if "consent" in told:
        told["consent"] = _YES_NO.get(told["consent"])
    return told


def _words(text: str) -> list[str]:
    return [word.strip() for word in re.split(r"[\n;,]", text) if word.strip()]


def _first_day(given: object, precision: object) -> str | None:
    """Give the day as it was told; of a month or a year any day within it will do."""
    try:
        day = dt.date.fromisoformat(str(given))
    except ValueError:
        return None if given is None else str(given)
    if precision == "year":
        day = day.replace(month=1, day=1)
    elif precision == "month":
        day = day.replace(day=1)
    return day.isoformat()


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
