"""Cells of a spreadsheet of incidents, read as what they say; what has two readings is refused."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeAlias

from geodata.countries import country_codes, find_country
from geodata.spelling import folded
from tracker.domain.groups import GroupKind
from tracker.schemas.record_columns import (
    OF_GROUP,
    OF_SOURCE,
    PART,
    CellKind,
    RecordColumn,
    code_in_words,
    part_column,
)
from tracker.schemas.typed import Unclear, is_not_known, read_count, read_position, read_when
from tracker.translations.catalogues import LANGUAGES

# A source or a group, and the number that it has in its row.
NumberedPart: TypeAlias = tuple[int, dict[str, Any]]
_GEOPOINT = re.compile(r"(-?\d+\.\d+) (-?\d+\.\d+) (?:-?\d+(?:\.\d+)?) (?:\d+(?:\.\d+)?)")


def read_cell(column: RecordColumn, cell: str) -> Any:  # noqa: ANN401 -- whatever such a cell says
    """Read a cell as its column says; raises `Unclear`."""
    return _READERS[column.kind](column, cell)


def _text(_: RecordColumn, cell: str) -> str | None:
    return cell.strip() or None


def _number(_: RecordColumn, cell: str) -> str | None:
    return read_count(cell)


def _date(_: RecordColumn, cell: str) -> tuple[dt.date, dt.date, str] | None:
    return read_when(cell)


def _choice(column: RecordColumn, cell: str) -> str | None:
    if not cell.strip():
        return None
    code = _codes_in_words(column).get(folded(cell))
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
    CellKind.GROUP: _choice,
}


@cache
def _codes_in_words(column: RecordColumn) -> dict[str, str]:
    """Give each code by its own name and by its words in every language, folded."""
    named = {folded(code): code for code in column.codes}
    for language in LANGUAGES:
        named |= {folded(code_in_words(language, column, code)): code for code in column.codes}
    return named


def read_sources(cells: Mapping[str, str], wrong: dict[str, tuple[str, ...]]) -> list[NumberedPart]:
    """Read the sources of a row, each with its number; what is wrong is noted by column."""
    found: list[NumberedPart] = []
    for number, told in _parts_of(cells, "source"):
        quality = told.get("quality", "")[:1]
        if quality and quality not in tuple("12345"):
            wrong[f"source_{number}_quality"] = ("unknown_code",)
        source = {part: told.get(part) for part in OF_SOURCE}
        found.append((number, {**source, "quality": quality or None}))
    return found


def read_groups(cells: Mapping[str, str], wrong: dict[str, tuple[str, ...]]) -> list[NumberedPart]:
    """Read the groups of people of a row, each with its number; what is wrong is noted."""
    found: list[NumberedPart] = []
    for number, told in _parts_of(cells, "group"):
        read: dict[str, Any] = {}
        for part in OF_GROUP:
            name = f"group_{number}_{part}"
            try:
                read[part] = read_cell(part_column(name), told.get(part, ""))
            except Unclear as unclear:
                wrong[name] = (unclear.code,)
        kind, _, code = (read.pop("group", None) or "").partition(".")
        words = read.pop("code", None)
        if kind == GroupKind.ORIGIN and words:
            words = find_country(words) or words
        group = {"kind": kind or None, "code": code or words, **read}
        found.append((number, {name: value for name, value in group.items() if value is not None}))
    return found


def _parts_of(cells: Mapping[str, str], which: str) -> list[tuple[int, dict[str, str]]]:
    parts: dict[int, dict[str, str]] = {}
    for name, cell in cells.items():
        found = PART.fullmatch(name)
        if found and found[1] == which and cell.strip():
            parts.setdefault(int(found[2]), {})[found[3]] = cell.strip()
    return sorted(parts.items())
