"""An incident as one row of a spreadsheet: read by the rules of the form."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from geodata.spelling import folded
from tracker.domain.errors import InvalidRecord
from tracker.schemas.incidents import load_incident
from tracker.schemas.record_cells import NumberedPart, read_cell, read_groups, read_sources
from tracker.schemas.record_columns import PART, TOLD_OTHERWISE, header_in_words, record_columns
from tracker.schemas.typed import Unclear
from tracker.translations import mark
from tracker.translations.catalogues import LANGUAGES, catalogue

MOST_ROWS = 2_000
# A row whose first cell says so is only there to show how one is filled in.
EXAMPLE = {"es": "EJEMPLO", "en": "EXAMPLE"}
# What comes back with rows that were wrong; read again, it is passed over.
NOTE_COLUMN = "to_mend"
TO_MEND = mark("What to mend")
UUID_COLUMN = "_uuid"
# What tools add of their own begins so.
_OF_TOOLS = (
    *("_", "formhub", "meta", "start", "end", "KEY", "SubmissionDate", "Submitter"),
    *("Attachments", "Status", "ReviewState", "DeviceID", "Edits", "FormVersion"),
)
# KoboToolbox parts the groups of a form with a stroke, ODK with a hyphen.
_GROUP_OF_FORM = re.compile(r"[/-]")


@dataclass(frozen=True)
class RecordRow:
    """A row as it was typed: its number in the file, and its cells by column.

    `uuid` is what a collecting tool (KoboToolbox, ODK) calls a form that somebody sent.
    """

    number: int
    cells: Mapping[str, str]
    uuid: str = ""


@cache
def _names_of_headers() -> dict[str, str]:
    named = {folded(catalogue(language).gettext(TO_MEND)): NOTE_COLUMN for language in LANGUAGES}
    for column in record_columns():
        named[folded(column.name)] = column.name
        for language in LANGUAGES:
            named[folded(header_in_words(language, column.name))] = column.name
    return named


def rows_of_table(table: Sequence[Sequence[str]]) -> tuple[list[RecordRow], tuple[str, ...]]:
    """Give the rows of a table whose first row has headers, and the headers that nobody knows.

    Headers are the words of the template in any language, or the codes of the fields. Empty rows
    and the example are left out. Raises `InvalidRecord` without rows or known headers.
    """
    if not table:
        raise InvalidRecord({"file": ("no_rows",)})
    names = [_name_of_header(header.strip()) for header in table[0]]
    if len({name for name in names if name}) < 3:
        raise InvalidRecord({"file": ("not_the_template",)})
    given = [name for name in names if name]
    if len(given) != len(set(given)):
        raise InvalidRecord({"file": ("duplicate_header",)})
    strange = [
        word
        for word, name in zip(table[0], names, strict=True)
        if not name and word and not word.startswith(_OF_TOOLS)
    ]
    rows = []
    for number, cells in enumerate(table[1:], start=2):
        told = {
            name: cell.strip()
            for name, cell in zip(names, cells, strict=False)
            if name and name != NOTE_COLUMN and cell.strip()
        }
        uuid = told.pop(UUID_COLUMN, "").removeprefix("uuid:")
        if told and cells[0].strip() not in EXAMPLE.values():
            rows.append(RecordRow(number, told, uuid))
    if not rows:
        raise InvalidRecord({"file": ("no_rows",)})
    if len(rows) > MOST_ROWS:
        raise InvalidRecord({"file": ("too_many_rows",)})
    return rows, tuple(strange)


def _name_of_header(header: str) -> str | None:
    # Collecting tools write the groups of a form in front of its questions.
    question = _GROUP_OF_FORM.split(header)[-1]
    if header == UUID_COLUMN or question == "instanceID":
        return UUID_COLUMN
    if PART.fullmatch(question):
        return question
    known = _names_of_headers()
    return known.get(folded(header)) or known.get(folded(question))


def read_row(cells: Mapping[str, str], today: dt.date) -> dict[str, Any]:
    """Read a row as facts of an incident, by the rules of the form; raises `InvalidRecord`."""
    wrong: dict[str, tuple[str, ...]] = {}
    facts: dict[str, Any] = {}
    for column in record_columns():
        cell = cells.get(column.name, "")
        if not PART.fullmatch(column.name):
            try:
                facts[column.name] = read_cell(column, cell)
            except Unclear as unclear:
                wrong[column.name] = (unclear.code,)
    position = facts.pop("coordinates", None)
    if position is not None:
        facts |= {"longitude": position.longitude, "latitude": position.latitude}
    parts = {"sources": read_sources(cells, wrong), "groups": read_groups(cells, wrong)}
    facts |= _dates(facts, today, wrong)
    facts["incident_type"] = facts.get("incident_type") or "incident"
    if not facts.get("location_precision"):
        facts["location_precision"] = "locality" if position else "unknown"
    return _loaded(facts, parts, wrong)


def _loaded(
    facts: Mapping[str, Any],
    parts: Mapping[str, Sequence[NumberedPart]],
    wrong: Mapping[str, tuple[str, ...]],
) -> dict[str, Any]:
    told = {name: [part for _, part in numbered] for name, numbered in parts.items()}
    try:
        loaded = load_incident({**facts, **told})
    except InvalidRecord as error:
        found = {_own_name(path, parts): codes for path, codes in error.fields.items()}
        raise InvalidRecord({**found, **wrong}) from None
    if wrong:
        raise InvalidRecord(wrong)
    return loaded


def _own_name(path: str, parts: Mapping[str, Sequence[NumberedPart]]) -> str:
    """Give the column that tells a field; of a source or group by the number it has in the row."""
    listed, *inside = path.split(".")
    if len(inside) == 2:
        number = parts[listed][int(inside[0])][0]
        part = "group" if inside[1] == "kind" else inside[1]
        return f"{listed.removesuffix('s')}_{number}_{part}"
    return TOLD_OTHERWISE.get(listed, listed)


def _dates(
    facts: Mapping[str, Any], today: dt.date, wrong: dict[str, tuple[str, ...]]
) -> dict[str, Any]:
    """Give first day, last day and precision, where one cell may tell all three."""
    first, last = facts.get("date_from"), facts.get("date_to")
    precision = facts.get("date_precision")
    if first is None:
        start = end = None
        found = "unknown"
        if last is not None:
            end = last[1]
    else:
        start, end, found = first[0], (last or first)[1], "range" if last else first[2]
        if last is not None and last[:2] == first[:2]:
            found = first[2]
    if start is not None and start > today:
        wrong["date_from"] = ("in_the_future",)
    return {
        "date_from": start and start.isoformat(),
        "date_to": end and end.isoformat(),
        "date_precision": precision or found,
    }


def keys_of_rows(rows: Sequence[RecordRow]) -> list[str]:
    """Give each row a key made of what it says: the same row twice is its second one.

    So the same file sent again makes nothing twice, also after other rows of it were mended.
    """
    seen: dict[str, int] = {}
    keys = []
    for row in rows:
        if row.uuid:
            keys.append("form " + hashlib.sha256(row.uuid.encode()).hexdigest())
            continue
        told = json.dumps(dict(row.cells), sort_keys=True, ensure_ascii=False)
        digest = hashlib.sha256(told.encode()).hexdigest()
        seen[digest] = seen.get(digest, 0) + 1
        keys.append(f"row {digest} {seen[digest]}")
    return keys
