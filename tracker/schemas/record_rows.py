"""An incident as one row of a spreadsheet: its columns, made from the shape of an incident."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from marshmallow import fields

from geodata.countries import country_codes, find_country
from geodata.spelling import folded
from tracker.domain.errors import InvalidRecord
from tracker.schemas.fields import WholeNumber
from tracker.schemas.incidents import CAUSES, CODED, IncidentSchema, load_incident
from tracker.schemas.typed import Unclear, is_not_known, read_count, read_position, read_when
from tracker.translations import mark
from tracker.translations.catalogues import LANGUAGES, catalogue
from tracker.translations.labels import label

# Told by other columns: the point by `coordinates`; what sums up sources by the sources; groups by
# the numbers of women, men, people of another gender and children.
TOLD_OTHERWISE = {
    "longitude": "coordinates",
    "latitude": "coordinates",
    "uncertainty_m": "location_precision",
    "source_quality": "source_1_quality",
    "information_source": "source_1_publisher",
    "url": "source_1_url",
    "sources": "source_1_publisher",
    "groups": "number_females",
    "total_reported": "number_dead",
}
SOURCES_OF_ROW = 2
_OF_SOURCE = ("publisher", "url", "quality")
MOST_ROWS = 2_000
# A row whose first cell says so is only there to show how one is filled in.
EXAMPLE = {"es": "EJEMPLO", "en": "EXAMPLE"}
# What comes back with rows that were wrong; read again, it is passed over.
NOTE_COLUMN = "to_mend"
TO_MEND = mark("What to mend")
UUID_COLUMN = "_uuid"


_GEOPOINT = re.compile(r"(-?\d+\.\d+) (-?\d+\.\d+) (?:-?\d+(?:\.\d+)?) (?:\d+(?:\.\d+)?)")


class CellKind(StrEnum):
    """What a cell of a column holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    COUNTRY = "country"
    COUNTRIES = "countries"
    POSITION = "position"


@dataclass(frozen=True)
class RecordColumn:
    """A column: the fact that it holds, what its cells look like, and the codes they may hold."""

    name: str
    kind: CellKind
    codes: tuple[str, ...] = ()
    # The table of words for its codes.
    words: str = ""


@dataclass(frozen=True)
class RecordRow:
    """A row as it was typed: its number in the file, and its cells by column.

    `uuid` is what a collecting tool (KoboToolbox, ODK) calls a form that somebody sent.
    """

    number: int
    cells: Mapping[str, str]
    uuid: str = ""


@cache
def record_columns() -> tuple[RecordColumn, ...]:
    """Give the columns in the order of the shape; every field of it is a column or told by one."""
    columns: list[RecordColumn] = []
    for name, field in IncidentSchema().fields.items():
        if name == "longitude":
            columns.append(RecordColumn("coordinates", CellKind.POSITION))
        elif name == "sources":
            columns += _source_columns()
        elif name not in TOLD_OTHERWISE:
            columns.append(_column(name, field))
    return tuple(columns)


def _column(name: str, field: fields.Field[Any]) -> RecordColumn:
    if name in CODED:
        return RecordColumn(name, CellKind.CHOICE, CODED[name], name)
    if name == "causes":
        return RecordColumn(name, CellKind.CHOICES, CAUSES, "cause")
    if name == "origins":
        return RecordColumn(name, CellKind.COUNTRIES)
    if name == "country_of_incident":
        return RecordColumn(name, CellKind.COUNTRY)
    if isinstance(field, WholeNumber):
        return RecordColumn(name, CellKind.NUMBER)
    kind = CellKind.DATE if isinstance(field, fields.Date) else CellKind.TEXT
    return RecordColumn(name, kind)


def _source_columns() -> list[RecordColumn]:
    columns = []
    for number in range(1, SOURCES_OF_ROW + 1):
        columns += [
            RecordColumn(f"source_{number}_publisher", CellKind.TEXT),
            RecordColumn(f"source_{number}_url", CellKind.TEXT),
            RecordColumn(
                f"source_{number}_quality", CellKind.CHOICE, tuple("12345"), "source_quality"
            ),
        ]
    return columns


def header_in_words(language: str, name: str) -> str:
    """Give what a column is called."""
    if name.startswith("source_") and name != "source_quality":
        _, number, part = name.split("_", 2)
        named = {"publisher": "information_source", "quality": "source_quality"}.get(part, part)
        return f"{label(language, 'field', named)} {number}"
    return label(language, "field", name)


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
        # What tools add of their own begins so.
        if not name and word and not word.startswith(("_", "formhub", "meta", "start", "end"))
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
    question = header.rpartition("/")[2]
    if header == UUID_COLUMN or question == "instanceID":
        return UUID_COLUMN
    known = _names_of_headers()
    return known.get(folded(header)) or known.get(folded(question))


def read_row(cells: Mapping[str, str], today: dt.date) -> dict[str, Any]:
    """Read a row as facts of an incident, by the rules of the form; raises `InvalidRecord`."""
    wrong: dict[str, tuple[str, ...]] = {}
    facts: dict[str, Any] = {}
    for column in record_columns():
        cell = cells.get(column.name, "")
        if not column.name.startswith("source_"):
            try:
                facts[column.name] = _READERS[column.kind](column, cell)
            except Unclear as unclear:
                wrong[column.name] = (unclear.code,)
    position = facts.pop("coordinates", None)
    if position is not None:
        facts |= {"longitude": position.longitude, "latitude": position.latitude}
    facts["sources"] = _sources(cells, wrong)
    facts |= _dates(facts, today, wrong)
    facts["incident_type"] = facts.get("incident_type") or "incident"
    if not facts.get("location_precision"):
        facts["location_precision"] = "locality" if position else "unknown"
    return _loaded(facts, wrong)


def _loaded(facts: Mapping[str, Any], wrong: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    facts, numbers = dict(facts), [number for number, _ in facts["sources"]]
    facts["sources"] = [source for _, source in facts["sources"]]
    try:
        loaded = load_incident(facts)
    except InvalidRecord as error:
        found = {_own_name(path, numbers): codes for path, codes in error.fields.items()}
        raise InvalidRecord({**found, **wrong}) from None
    if wrong:
        raise InvalidRecord(wrong)
    return loaded


def _own_name(path: str, numbers: Sequence[int]) -> str:
    """Give the column that tells a field; a source by the number that it has in the row."""
    if path.startswith("sources."):
        _, place, part = path.split(".")
        return f"source_{numbers[int(place)]}_{part}"
    return TOLD_OTHERWISE.get(path.partition(".")[0], path.partition(".")[0])


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


def _sources(
    cells: Mapping[str, str], wrong: dict[str, tuple[str, ...]]
) -> list[tuple[int, dict[str, str | None]]]:
    found = []
    for number in range(1, SOURCES_OF_ROW + 1):
        told = {part: cells.get(f"source_{number}_{part}", "").strip() for part in _OF_SOURCE}
        if not any(told.values()):
            continue
        quality = told["quality"][:1]
        if told["quality"] and quality not in tuple("12345"):
            wrong[f"source_{number}_quality"] = ("unknown_code",)
        source = {part: text or None for part, text in told.items()}
        found.append((number, {**source, "quality": quality or None}))
    return found


def _text(_: RecordColumn, cell: str) -> str | None:
    return cell.strip() or None


def _number(_: RecordColumn, cell: str) -> str | None:
    return read_count(cell)


def _date(_: RecordColumn, cell: str) -> tuple[dt.date, dt.date, str] | None:
    return read_when(cell)


def _choice(column: RecordColumn, cell: str) -> str | None:
    if not cell.strip():
        return None
    code = _codes_in_words(column.words, column.codes).get(folded(cell))
    if code is None:
        raise Unclear("unknown_code")
    return code


def _parts(cell: str, codes: frozenset[str]) -> list[str]:
    """Part several values at `;`; collecting tools write codes with blanks between them."""
    words = cell.split()
    parts = words if codes.issuperset(words) else cell.split(";")
    return [part for part in parts if part.strip()]


def _choices(column: RecordColumn, cell: str) -> list[str]:
    parts = _parts(cell, frozenset(column.codes))
    codes = [_choice(column, part) for part in parts]
    return list(dict.fromkeys(code for code in codes if code))


def _country(_: RecordColumn, cell: str) -> str | None:
    if is_not_known(cell):
        return None
    code = find_country(cell)
    if code is None:
        raise Unclear("unknown_code")
    return code


def _countries(column: RecordColumn, cell: str) -> list[str]:
    parts = _parts(cell, country_codes())
    codes = [_country(column, part) for part in parts]
    return list(dict.fromkeys(code for code in codes if code))


def _position(_: RecordColumn, cell: str) -> Any:  # noqa: ANN401 -- a position or nothing
    # A point of a collecting tool: latitude, longitude, altitude, accuracy.
    point = _GEOPOINT.fullmatch(cell.strip())
    return read_position(f"{point[1]}, {point[2]}" if point else cell)


_READERS: dict[CellKind, Callable[[RecordColumn, str], Any]] = {
    CellKind.TEXT: _text,
    CellKind.NUMBER: _number,
    CellKind.DATE: _date,
    CellKind.CHOICE: _choice,
    CellKind.CHOICES: _choices,
    CellKind.COUNTRY: _country,
    CellKind.COUNTRIES: _countries,
    CellKind.POSITION: _position,
}


@cache
def _codes_in_words(words: str, codes: tuple[str, ...]) -> dict[str, str]:
    """Give each code by its own name and by its words in every language, folded."""
    named = {folded(code): code for code in codes}
    for language in LANGUAGES:
        named |= {folded(label(language, words, code)): code for code in codes}
    return named


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
