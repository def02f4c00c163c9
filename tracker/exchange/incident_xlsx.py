"""Writes incidents as a workbook: typed cells, a frozen header, and sheets that explain it."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter

from tracker.domain.exports import COLUMNS, NAMES, Kind

MOST_ROWS = 1_048_575
# No text becomes a formula, a link or a number: what stands in a record stays what it is.
_SAFE = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
    "remove_timezone": True,
}
_LONGEST_CELL = 32_767
_WIDTH = 16


def write_incident_xlsx(
    path: Path, tables: Iterable[pa.Table], about: Mapping[str, object]
) -> None:
    """Write rows of incidents as a workbook; a cell that is not known is empty."""
    with xlsxwriter.Workbook(str(path), _SAFE) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("incidents")
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(NAMES) - 1, _WIDTH)
        for at, name in enumerate(NAMES):
            sheet.write_string(0, at, name, bold)
        formats = _formats(book)
        row = 0
        for table in tables:
            columns = [table[name].to_pylist() for name in NAMES]
            for cells in zip(*columns, strict=True):
                row += 1
                _write_row(sheet, row, cells, formats=formats)
        _write_notes(book, about, bold)


def _formats(book: Any) -> tuple[Any, ...]:  # noqa: ANN401 -- xlsxwriter has no types
    of_kind = {
        Kind.DAY: book.add_format({"num_format": "yyyy-mm-dd"}),
        Kind.MOMENT: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
    }
    return tuple(of_kind.get(column.kind) for column in COLUMNS)


def _write_row(
    sheet: Any,  # noqa: ANN401
    row: int,
    cells: tuple[Any, ...],
    *,
    formats: tuple[Any, ...],
) -> None:
    for at, cell in enumerate(cells):
        if cell is None:
            continue
        if isinstance(cell, str):
            sheet.write_string(row, at, cell[:_LONGEST_CELL])
        elif isinstance(cell, int | float):
            sheet.write_number(row, at, cell)
        else:
            sheet.write_datetime(row, at, cell, formats[at])


def _write_notes(book: Any, about: Mapping[str, object], bold: Any) -> None:  # noqa: ANN401
    notes = book.add_worksheet("notes")
    notes.set_column(0, 0, 34)
    notes.set_column(1, 1, 100)
    for row, (name, value) in enumerate(_flat(about)):
        notes.write_string(row, 0, name, bold)
        if isinstance(value, int):
            notes.write_number(row, 1, value)
        else:
            notes.write_string(row, 1, value)
    columns = book.add_worksheet("columns")
    columns.freeze_panes(1, 0)
    columns.set_column(0, 2, 24)
    columns.set_column(3, 3, 80)
    lines = [("column", "kind", "HXL", "what it holds")]
    lines += [(each.name, str(each.kind), each.tag, each.words) for each in COLUMNS]
    for row, line in enumerate(lines):
        for at, word in enumerate(line):
            columns.write_string(row, at, word, None if row else bold)


def _flat(about: Mapping[str, object]) -> list[tuple[str, str | int]]:
    """Give the facts of a file as lines of two cells."""
    lines: list[tuple[str, str | int]] = []
    for name, value in about.items():
        if isinstance(value, Mapping):
            lines += [(f"{name}: {part}", cell) for part, cell in _flat(value)]
        elif isinstance(value, int):
            lines.append((name, value))
        else:
            words = ", ".join(value) if isinstance(value, list | tuple) else value
            lines.append((name, "not known" if words is None else str(words)))
    return lines
