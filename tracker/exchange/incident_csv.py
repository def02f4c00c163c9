"""Writes incidents as CSV, stretch by stretch: UTF-8, RFC 4180."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa
from pyarrow import csv

from tracker.domain.exports import COLUMNS, NAMES, Kind
from tracker.exchange.cells import guarded_column, moments_as_words

BOM = b"\xef\xbb\xbf"
_WITHOUT_HEADER = csv.WriteOptions(include_header=False)


@dataclass(frozen=True)
class CsvOptions:
    """What stands before the rows: a mark for spreadsheet programs, a row of HXL tags."""

    bom: bool = False
    hxl: bool = False


def incident_csv(tables: Iterable[pa.Table], options: CsvOptions) -> Iterator[bytes]:
    """Write rows of incidents as CSV; a cell that is not known is empty."""
    yield _head(options)
    for table in tables:
        file = pa.BufferOutputStream()
        csv.write_csv(_as_cells(table), file, _WITHOUT_HEADER)
        yield file.getvalue().to_pybytes()


def _head(options: CsvOptions) -> bytes:
    lines = [",".join(NAMES)]
    if options.hxl:
        lines.append(",".join(column.tag for column in COLUMNS))
    words = "".join(f"{line}\n" for line in lines)
    return (BOM if options.bom else b"") + words.encode()


def _as_cells(table: pa.Table) -> pa.Table:
    cells = {}
    for column in COLUMNS:
        values = table[column.name]
        if column.kind is Kind.TEXT:
            values = guarded_column(values)
        elif column.kind is Kind.MOMENT:
            values = moments_as_words(values)
        cells[column.name] = values
    return pa.table(cells)
