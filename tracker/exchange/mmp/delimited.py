"""Read a delimited text file into columns of strings."""

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv

from tracker.exchange.mmp.layouts import Layout, recognise_layout
from tracker.exchange.refusals import refuse

_HEADER_BYTES = 1 << 16
_BLOCK = 1 << 24
FIRST_RECORD = 2  # the header is record 1, as a spreadsheet would number it


def read_delimited(path: Path, quotes_balanced: bool = True) -> tuple[Layout, pa.Table]:
    """Return the layout and one string column per recognised field, in the file's order.

    Records are numbered from FIRST_RECORD. Raises UnreadableFile.
    """
    delimiter, headers = _read_headers(path)
    layout = recognise_layout(headers)
    if not quotes_balanced:
        _refuse_open_quote(path, delimiter)
    names = _unique_names(headers)
    wanted = {name: field for field, name in _names_of(layout, headers, names).items()}
    table = _parse(path, delimiter, (names, list(wanted)))
    return layout, table.rename_columns([wanted[name] for name in table.column_names])


def _read_headers(path: Path) -> tuple[str, list[str]]:
    """Return the delimiter that cuts the first record into most parts, and these parts."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = file.read(_HEADER_BYTES)
    best: tuple[str, list[str]] = (",", [])
    for delimiter in (",", ";", "\t"):
        parts = next(csv.reader(head.splitlines(keepends=True), delimiter=delimiter), [])
        if len(parts) > len(best[1]):
            best = (delimiter, [part.strip() for part in parts])
    if len(best[1]) < 3:
        refuse("not_a_table")
    return best


def _unique_names(headers: list[str]) -> list[str]:
    """Name every column by its position, since unknown headers may be blank or repeat."""
    return [f"c{position}" for position in range(len(headers))]


def _names_of(layout: Layout, headers: list[str], names: list[str]) -> dict[str, str]:
    position = {header: place for place, header in enumerate(headers)}
    return {field: names[position[header]] for field, header in layout.header_of.items()}


def _parse(path: Path, delimiter: str, columns: tuple[list[str], list[str]]) -> pa.Table:
    """Parse the file into strings; refuse the first record that has too few or too many fields."""
    names, wanted = columns
    ragged: list[pa_csv.InvalidRow] = []

    def note(row: pa_csv.InvalidRow) -> str:
        ragged.append(row)
        return "error"

    try:
        return pa_csv.read_csv(
            path,
            pa_csv.ReadOptions(
                column_names=names, skip_rows_after_names=1, block_size=_BLOCK, use_threads=True
            ),
            pa_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, invalid_row_handler=note
            ),
            pa_csv.ConvertOptions(
                include_columns=wanted,
                column_types={name: pa.string() for name in wanted},
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid as error:
        if ragged:
            _refuse_ragged(path, delimiter, ragged[0])
        refuse("not_a_table", reason=str(error)[:120])


def _refuse_ragged(path: Path, delimiter: str, row: pa_csv.InvalidRow) -> None:
    """Say which record is ragged; the last one, too short, means that the file was cut off."""
    expected, found = row.expected_columns, row.actual_columns
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        for record, parts in enumerate(reader, start=1):
            if parts and len(parts) != expected:
                is_last = next(reader, None) is None
                if is_last and len(parts) < expected:
                    refuse("truncated", line=reader.line_num)
                refuse("ragged_row", row=record, expected=expected, found=len(parts))
    refuse("ragged_row", row=0, expected=expected, found=found)


def _refuse_open_quote(path: Path, delimiter: str) -> None:
    """Refuse a file whose last quote never closes; a lone mark inside a word does no harm."""
    start = 1
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        try:
            for _ in reader:
                start = reader.line_num + 1
        except csv.Error:
            refuse("truncated", line=start)
