"""The template is safe to open, and what strangers send is read under limits or refused."""

import csv
import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tracker.exchange.record_sheets import write_rows, write_template
from tracker.exchange.record_tables import read_table
from tracker.exchange.refusals import UnreadableFile
from tracker.schemas.record_columns import header_in_words, record_columns
from tracker.schemas.record_rows import RecordRow, read_row, rows_of_table

HEADERS = ["Causa", "Murieron", "Notas"]


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_template_offers_every_column_and_choices_in_words(language: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_template(language)))
    sheet = book.worksheets[0]
    columns = record_columns()
    assert [cell.value for cell in sheet[1]] == [
        header_in_words(language, column.name) for column in columns
    ]
    validations = sheet.data_validations.dataValidation
    with_list = [each for each in columns if each.codes or each.kind.startswith("countr")]
    assert len(validations) == len(with_list)
    assert len(book.worksheets) == 3
    letters = {cell.value: cell.column_letter for cell in sheet[1]}
    assert sheet.column_dimensions[letters[header_in_words(language, "notes")]].width > 10
    assert sheet["A2"].number_format == "@"


def test_the_template_as_it_is_holds_no_row_and_its_example_would_be_right() -> None:
    table = read_table(write_template("es"))
    table[1][0] = ""
    rows, strange = rows_of_table(table)
    assert strange == ()
    facts = read_row(rows[0].cells, dt.date(2026, 6, 1))
    assert (facts["number_dead"], facts["origins"]) == (2, ["HTI", "VEN"])


DANGEROUS = (
    *("=1+1", "+52 55 1234", "-5", "@SUM(A1)", "\t=1+1", "=cmd|' /C calc'!A0", "＝1+1"),
    *('=HYPERLINK("http://example.org")', "https://example.org", "{=1}", "'quoted", "001"),
)


@pytest.mark.parametrize("words", DANGEROUS)
def test_whatever_a_cell_begins_with_it_stays_text_there_and_back(words: str) -> None:
    data = write_rows("en", [RecordRow(2, {"notes": words, "causes": words})], {2: words})
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    told = [cell for cell in sheet[2] if cell.value is not None]
    assert [cell.value for cell in told] == [words] * 3
    assert {cell.data_type for cell in told} == {"s"}
    assert not any(cell.hyperlink for cell in told)
    rows, _ = rows_of_table(read_table(data))
    assert rows[0].cells == {"notes": words.strip(), "causes": words.strip()}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_is_read_as_spreadsheet_programs_write_it(encoding: str, delimiter: str) -> None:
    target = io.StringIO(newline="")
    rows = [HEADERS, ["Ahogamiento", "1", 'Río "Turquesa", ñandú;\nsegunda línea\t.']]
    csv.writer(target, delimiter=delimiter).writerows(rows)
    assert read_table(target.getvalue().encode(encoding)) == rows


def test_a_formula_is_read_as_its_value_and_a_date_as_a_date() -> None:
    data = workbook([HEADERS, [dt.date(2026, 5, 2), 3.0, "=1+1"]])
    assert read_table(data)[1][:2] == ["2026-05-02", "3"]
    assert "=" not in read_table(data)[1][2]


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (300 << 20))
    return target.getvalue()


def changed(data: bytes, part: str, change) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(target, "w") as archive:
        for name in given.namelist():
            text = given.read(name)
            archive.writestr(name, change(text) if name == part else text)
    return target.getvalue()


def doctype(text: bytes) -> bytes:
    return (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:'
        + b'///etc/hostname">]>'
        + (text.split(b"?>", 1)[-1])
    )


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"   \n", "empty_file"),
        (b"a" * (6 << 20), "too_large"),
        (b"PK\x03\x04broken", "damaged_workbook"),
        (b"\xd0\xcf\x11\xe0old", "old_workbook"),
        (b"%PDF-1.7", "binary_file"),
        (b"<html><table>", "html_not_csv"),
        (b"a,b\x00,c", "binary_file"),
        (b"\xff\xfe" + "a,b\0,c".encode("utf-16-le"), "nul_bytes"),
        (b"one column only\n1\n", "not_a_table"),
        (bomb(), "zip_bomb"),
        (changed(workbook([HEADERS]), SHEET, doctype), "doctype_refused"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hostile_files_are_refused_with_a_code(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_table(data)
    assert refused.value.code == code


def test_a_sheet_that_claims_seventeen_thousand_million_cells_ends_soon() -> None:
    claimed = changed(
        workbook([HEADERS, ["a", 1, "b"]]),
        SHEET,
        lambda text: text.replace(b"A1:C2", b"A1:XFD1048576").replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        ),
    )
    with pytest.raises(UnreadableFile) as refused:
        read_table(claimed)
    assert refused.value.code in ("workbook_beyond_limits", "damaged_workbook", "too_large")


def test_macros_and_links_to_other_files_are_neither_run_nor_fetched(tmp_path: Path) -> None:
    target = io.BytesIO(workbook([HEADERS, ["drowning", 1, "kept"]]))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")
        archive.writestr(
            "xl/externalLinks/externalLink1.xml",
            '<externalLink><ext href="http://192.0.2.1/other.xlsx"/></externalLink>',
        )
    assert read_table(target.getvalue())[1] == ["drowning", "1", "kept"]
