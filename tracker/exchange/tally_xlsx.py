"""Writes a tally as a workbook: typed cells, a frozen header, and a sheet of notes."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import xlsxwriter

from tracker.domain.measures import MEASURES
from tracker.domain.tallies import TOTAL, Tally

_SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def tally_xlsx(
    tally: Tally,
    about: Mapping[str, object],
    labels: Callable[[str, str], str] | None = None,
) -> bytes:
    """Give a tally as a workbook; an unknown count is an empty cell, the total comes last."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _SAFE) as book:
        bold = book.add_format({"bold": True})
        _write_counts(book.add_worksheet("tally"), tally, bold=bold, labels=labels)
        notes = book.add_worksheet("notes")
        notes.set_column(0, 0, 34)
        notes.set_column(1, 1, 100)
        for row, (name, value) in enumerate(about.items()):
            notes.write_string(row, 0, name, bold)
            notes.write_string(row, 1, str(value))
    return file.getvalue()


def _write_counts(
    sheet: Any,  # noqa: ANN401 -- xlsxwriter has no types
    tally: Tally,
    *,
    bold: Any,  # noqa: ANN401
    labels: Callable[[str, str], str] | None,
) -> None:
    groupings = [grouping.value for grouping in tally.query.by]
    fields = [tally.query.words_of(by) for by in groupings]
    sheet.freeze_panes(1, len(groupings))
    sheet.set_column(0, len(groupings) + len(MEASURES), 18)
    for at, name in enumerate((*groupings, *MEASURES)):
        sheet.write_string(0, at, name, bold)
    total = (TOTAL, *[""] * (len(groupings) - 1)) if groupings else ()
    rows = [(row.codes, row.counts) for row in (tally.rows if groupings else ())]
    for at, (codes, counts) in enumerate([*rows, (total, tally.total)], start=1):
        for column, code in enumerate(codes):
            words = labels(fields[column], code) if labels and code and codes != total else code
            sheet.write_string(at, column, words)
        for column, name in enumerate(MEASURES, start=len(groupings)):
            if (count := counts.get(name)) is not None:
                sheet.write_number(at, column, count)
