"""Rows of lists of people that are to be mended, as a spreadsheet."""

import io
from collections.abc import Sequence

import xlsxwriter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Words of strangers stay words, whatever they begin with.
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Write a table as text throughout: nothing in it runs, and nothing becomes a date."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, **_OPTIONS}) as book:
        sheet = book.add_worksheet()
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
        sheet.freeze_panes(1, 1)
        for place, header in enumerate(headers):
            sheet.write_string(0, place, header, head)
            sheet.set_column(place, place, 24, text)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, place, cell, text)
    return target.getvalue()
