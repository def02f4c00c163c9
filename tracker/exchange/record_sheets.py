"""Spreadsheets of incidents: the template, rows that are to be mended, and any table as text."""

import codecs
import csv
import io
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from geodata.countries import american_countries
from tracker.exchange.refusals import refuse
from tracker.exchange.workbooks import check_workbook, convert_workbook
from tracker.schemas.record_rows import (
    EXAMPLE,
    NOTE_COLUMN,
    TO_MEND,
    CellKind,
    RecordColumn,
    RecordRow,
    header_in_words,
    record_columns,
)
from tracker.translations import mark
from tracker.translations.catalogues import catalogue
from tracker.translations.labels import label

MOST_BYTES = 5 << 20
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
    columns = (RecordColumn(NOTE_COLUMN, CellKind.TEXT), *record_columns())
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
    offered = [label(language, column.words, code) for code in column.codes]
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
    return label(language, column.words, told) if column.words else told


def _letters(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_table(data: bytes) -> list[list[str]]:
    """Read the cells of a workbook's first filled sheet or of a CSV; raises `UnreadableFile`.

    A workbook is parsed by a child process with limits; nothing in it is computed or fetched.
    """
    if not data.strip():
        refuse("empty_file")
    if len(data) > MOST_BYTES:
        refuse("too_large", bytes=len(data), limit=MOST_BYTES)
    if data.startswith(b"PK\x03\x04"):
        return _read_workbook(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        refuse(
            "encrypted_workbook"
            if "EncryptedPackage".encode("utf-16-le") in data
            else "old_workbook"
        )
    text = _decoded(data)
    return _read_json(text) if text.lstrip().startswith(("[", "{")) else _read_delimited(text)


def _read_workbook(data: bytes) -> list[list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        book, sheet = Path(folder) / "given.xlsx", Path(folder) / "sheet.csv"
        book.write_bytes(data)
        check_workbook(book)
        convert_workbook(book, sheet)
        if sheet.stat().st_size > 4 * MOST_BYTES:
            refuse("too_large", bytes=sheet.stat().st_size, limit=4 * MOST_BYTES)
        with sheet.open(encoding="utf-8", newline="") as lines:
            return list(csv.reader(lines))


def _decoded(data: bytes) -> str:
    """Read the bytes as Excel and others write them: UTF-8, UTF-16 with its mark, Windows-1252."""
    for signature, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(signature):
            return _checked(data.decode(encoding, errors="replace"))
    if b"\0" in data or data.lstrip().startswith(
        (b"%PDF", b"<", b"\x89PNG", b"\xff\xd8", b"\x1f\x8b")
    ):
        refuse("html_not_csv" if data.lstrip().startswith(b"<") else "binary_file")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _checked(text: str) -> str:
    if "\0" in text:
        refuse("nul_bytes", line=text[: text.index("\0")].count("\n") + 1)
    return text


def _read_delimited(text: str) -> list[list[str]]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    if not first.count(delimiter):
        refuse("not_a_table")
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        refuse("not_a_table", reason=str(error)[:120])


def _read_json(text: str) -> list[list[str]]:
    """Read the answers of a collecting tool: a list of forms, or an object with `results`."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        refuse("not_json", line=1)
    forms = given.get("results") if isinstance(given, dict) else given
    if not isinstance(forms, list) or not all(isinstance(form, dict) for form in forms):
        refuse("not_records")
    headers = list(dict.fromkeys(str(name) for form in forms for name in form))
    rows = [[_plain(form.get(name)) for name in headers] for form in forms]
    return [headers, *rows]


def _plain(value: object) -> str:
    return "" if value is None or isinstance(value, list | dict) else str(value)
