"""Spreadsheets of incidents: the template, and rows that are to be mended."""

import io
from collections.abc import Mapping, Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from geodata.countries import american_countries
from tracker.schemas.record_columns import (
    PART,
    CellKind,
    RecordColumn,
    code_in_words,
    header_in_words,
    part_column,
    record_columns,
)
from tracker.schemas.record_rows import EXAMPLE, NOTE_COLUMN, TO_MEND, RecordRow
from tracker.translations import mark
from tracker.translations.catalogues import catalogue
from tracker.translations.labels import label

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ROWS_OF_LISTS = 2_001
# Words of strangers stay words, whatever they begin with.
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_SHEETS = (mark("Incidents"), mark("How to fill it in"), mark("Lists"))
_HELP: dict[CellKind, str] = {
    CellKind.TEXT: mark("Words. No names and no telephone numbers."),
    CellKind.NUMBER: mark("A number. Empty or “unknown”: nobody knows. 0: it is known to be none."),
    CellKind.DATE: mark("A date such as 2026-05-31, a month such as 2026-05, or a year."),
    CellKind.CHOICE: mark("One of the list."),
    CellKind.CHOICES: mark("One of the list, or several with ; between them."),
    CellKind.COUNTRY: mark("A country by its name."),
    CellKind.COUNTRIES: mark("A country by its name, or several with ; between them."),
    CellKind.GROUP: mark("What these people have in common: one of the list."),
    CellKind.POSITION: mark("Latitude and longitude in any usual form, such as 8.4257, -76.7842"),
}
_RULES = (
    mark("One row is one event in which people died or disappeared."),
    mark("Rows that begin with EXAMPLE or EJEMPLO are not taken in. Delete them or leave them."),
    mark("The cause is needed; all other cells may stay empty. What nobody knows stays empty."),
    mark("Before anything is stored you see row by row what was understood."),
    mark("The same row sent again makes no second record."),
)
_EXAMPLE: dict[str, str] = {
    "date_from": "2026-05-02",
    "number_dead": "2",
    "number_missing_min": "1",
    "cause_reported": "{EXAMPLE}",
    "causes": "drowning",
    "coordinates": "8.4527, -76.9312",
    "location_precision": "locality",
    "origins": "HTI;VEN",
    "group_1_group": "sex.female",
    "group_1_number_from": "1",
    "source_1_publisher": "{EXAMPLE}",
    "source_1_quality": "1",
}


def write_template(language: str) -> bytes:
    """Write the empty template, with an example, explanations and lists to choose from."""
    columns = record_columns()
    example = {name: _in_words(language, name, told) for name, told in _EXAMPLE.items()}
    example[columns[0].name] = EXAMPLE[language]
    return _written(language, columns, [example])


def write_rows(language: str, rows: Sequence[RecordRow], notes: Mapping[int, str]) -> bytes:
    """Write rows as they were typed, with a first column that says what to mend in each."""
    known = {column.name for column in record_columns()}
    # Rows can hold more sources and groups than the template has columns for.
    more = {name: None for row in rows for name in row.cells if name not in known}
    others = (part_column(name) for name in more if PART.fullmatch(name))
    columns = (RecordColumn(NOTE_COLUMN, CellKind.TEXT), *record_columns(), *others)
    told = [{NOTE_COLUMN: notes.get(row.number, ""), **row.cells} for row in rows]
    return _written(language, columns, told)


def _written(
    language: str, columns: Sequence[RecordColumn], rows: Sequence[Mapping[str, str]]
) -> bytes:
    translate = catalogue(language).gettext
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, **_OPTIONS}) as book:
        sheet, help_, lists = (book.add_worksheet(translate(name)) for name in _SHEETS)
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
        sheet.freeze_panes(1, 1)
        for place, column in enumerate(columns):
            name = column.name
            words = translate(TO_MEND) if name == NOTE_COLUMN else header_in_words(language, name)
            sheet.write_string(0, place, words, head)
            # Text throughout: a spreadsheet turns nothing into a date or a number of its own.
            sheet.set_column(place, place, 24, text)
            _offer((sheet, lists), (place, column), language)
        for row, told in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                if told.get(column.name):
                    sheet.write_string(row, place, told[column.name], text)
        _explain(book, help_, language)
    return target.getvalue()


def _offer(
    sheets: tuple[Worksheet, Worksheet], at: tuple[int, RecordColumn], language: str
) -> None:
    """Let a column be chosen from a list, which stands in a sheet of its own."""
    (sheet, lists), (place, column) = sheets, at
    offered = [code_in_words(language, column, code) for code in column.codes]
    if column.kind in (CellKind.COUNTRY, CellKind.COUNTRIES):
        offered = sorted(label(language, "country", code) for code in american_countries())
    if not offered:
        return
    lists.write_string(0, place, header_in_words(language, column.name))
    for row, words in enumerate(offered, start=1):
        lists.write_string(row, place, words)
    letters = _letters(place)
    source = f"='{lists.get_name()}'!${letters}$2:${letters}${len(offered) + 1}"
    # Several may be typed with ; between them, so what is not in the list is only asked about.
    several = column.kind in (CellKind.CHOICES, CellKind.COUNTRIES, CellKind.COUNTRY)
    sheet.data_validation(
        *(1, place, _ROWS_OF_LISTS, place),
        {"validate": "list", "source": source, "error_type": "warning" if several else "stop"},
    )


def _explain(book: Workbook, sheet: Worksheet, language: str) -> None:
    translate = catalogue(language).gettext
    bold: Format = book.add_format({"bold": True})
    wrap: Format = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 40, wrap)
    sheet.set_column(1, 1, 90, wrap)
    for row, rule in enumerate(_RULES):
        sheet.write_string(row, 1, translate(rule), wrap)
    for row, column in enumerate(record_columns(), start=len(_RULES) + 1):
        sheet.write_string(row, 0, header_in_words(language, column.name), bold)
        sheet.write_string(row, 1, translate(_HELP[column.kind]), wrap)


def _in_words(language: str, name: str, told: str) -> str:
    if told == "{EXAMPLE}":
        return EXAMPLE[language]
    column = next(each for each in record_columns() if each.name == name)
    if column.kind is CellKind.COUNTRIES:
        return "; ".join(label(language, "country", code) for code in told.split(";"))
    return code_in_words(language, column, told) if column.codes else told


def _letters(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
