"""The columns of a spreadsheet of incidents, made from the shape of an incident."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from marshmallow import fields

from tracker.domain.groups import CODES_OF_KIND, Basis, GroupKind
from tracker.schemas.fields import WholeNumber
from tracker.schemas.incidents import CAUSES, CODED, IncidentSchema
from tracker.translations.labels import label

# Told by other columns: the point by `coordinates`; what sums up sources by the sources.
TOLD_OTHERWISE = {
    "longitude": "coordinates",
    "latitude": "coordinates",
    "uncertainty_m": "location_precision",
    "source_quality": "source_1_quality",
    "information_source": "source_1_publisher",
    "url": "source_1_url",
    "sources": "source_1_publisher",
    "groups": "group_1_group",
    "total_reported": "number_dead",
}
# So many have columns in the template; rows can hold more of each.
SOURCES_OF_ROW = GROUPS_OF_ROW = 2
OF_SOURCE = ("publisher", "url", "quality")
OF_GROUP = ("group", "code", "number_from", "number_to", "basis")
# What the people of a group have in common: a kind and its code, or a kind that is told in words.
GROUPS = tuple(
    f"{kind}.{code}" if code else str(kind)
    for kind in GroupKind
    for code in CODES_OF_KIND.get(kind, ("",))
)
# A part of a source or a group, by its number in the row.
PART = re.compile(r"(source|group)_([1-9]\d?)_(\w+)")
# By which words of fields such a part is called.
_NAMED = {
    ("source", "publisher"): "information_source",
    ("source", "quality"): "source_quality",
    ("group", "group"): "groups",
    ("group", "code"): "group_code",
    ("group", "number_from"): "group_number_from",
    ("group", "number_to"): "group_number_to",
    ("group", "basis"): "group_basis",
}


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
    GROUP = "group"


@dataclass(frozen=True)
class RecordColumn:
    """A column: the fact that it holds, what its cells look like, and the codes they may hold."""

    name: str
    kind: CellKind
    codes: tuple[str, ...] = ()
    # The table of words for its codes.
    words: str = ""


@cache
def record_columns() -> tuple[RecordColumn, ...]:
    """Give the columns in the order of the shape; every field of it is a column or told by one."""
    columns: list[RecordColumn] = []
    for name, field in IncidentSchema().fields.items():
        if name == "longitude":
            columns.append(RecordColumn("coordinates", CellKind.POSITION))
        elif name == "sources":
            columns += _source_columns()
        elif name == "groups":
            columns += _group_columns()
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
    numbers = range(1, SOURCES_OF_ROW + 1)
    return [part_column(f"source_{number}_{part}") for number in numbers for part in OF_SOURCE]


def _group_columns() -> list[RecordColumn]:
    numbers = range(1, GROUPS_OF_ROW + 1)
    return [part_column(f"group_{number}_{part}") for number in numbers for part in OF_GROUP]


def part_column(name: str) -> RecordColumn:
    """Give the column of a part of a source or a group, also of one that the template has not."""
    part = name.split("_", 2)[2]
    if part == "quality":
        return RecordColumn(name, CellKind.CHOICE, tuple("12345"), "source_quality")
    if part == "basis":
        return RecordColumn(name, CellKind.CHOICE, tuple(Basis), "basis")
    if part == "group":
        return RecordColumn(name, CellKind.GROUP, GROUPS, "group")
    number = part in ("number_from", "number_to")
    return RecordColumn(name, CellKind.NUMBER if number else CellKind.TEXT)


def code_in_words(language: str, column: RecordColumn, code: str) -> str:
    """Give the words for a code that cells of a column may hold."""
    if column.kind is not CellKind.GROUP:
        return label(language, column.words, code)
    kind, _, code = code.partition(".")
    words = label(language, "group_kind", kind)
    return f"{words}: {label(language, kind, code)}" if code else words


def header_in_words(language: str, name: str) -> str:
    """Give what a column is called."""
    found = PART.fullmatch(name)
    if found:
        part = _NAMED.get((found[1], found[3]), found[3])
        return f"{label(language, 'field', part)} {found[2]}"
    return label(language, "field", name)
