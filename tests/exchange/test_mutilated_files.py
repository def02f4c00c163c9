"""Every kind of broken file gets its one reason, whatever its name says."""

import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tracker.cli.import_messages import UNREADABLE, sentence_of_unreadable
from tracker.exchange.mmp import REFUSAL_CODES, UnreadableFile, read_mmp
from tracker.exchange.workbooks import MAX_UNPACKED_BYTES

DATA = Path(__file__).parents[1] / "data"
CSV = (DATA / "mmp-2021-09-05-extract.csv").read_bytes()
XLSX = (DATA / "mmp-2025-05-05-extract.xlsx").read_bytes()
HEADER, *LINES = CSV.decode().splitlines(keepends=True)
SHEET = "xl/worksheets/sheet1.xml"


def repacked(**changed):
    """The real workbook with some of its parts replaced."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(XLSX)) as old, zipfile.ZipFile(packed, "w", 8) as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, changed.get(part.rpartition("/")[2], lambda whole: whole)(content))
    return packed.getvalue()


def with_doctype(sheet):
    head, _, rest = sheet.partition(b"<worksheet")
    return head + b'<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet' + rest


def in_far_corner(sheet):
    """A cell in the last row and column, so that the sheet claims 17 thousand million cells."""
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return sheet.replace(b"</sheetData>", far)


def bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        with archive.open(SHEET, "w") as sheet:
            for _ in range(MAX_UNPACKED_BYTES // (1 << 20) + 1):
                sheet.write(b" " * (1 << 20))
    return packed.getvalue()


def no_cells():
    packed = io.BytesIO()
    openpyxl.Workbook().save(packed)
    return packed.getvalue()


def old_container(name):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + name.encode("utf-16-le")


def records(*rows):
    return json.dumps({"data": list(rows)}).encode()


RECORD = {"web_id": "2021.MMP00768", "region": "South America", "reported_date": "2021-08-26"}
MUTILATED = {
    "nothing": ("empty_file", b""),
    "blanks": ("empty_file", b"\xef\xbb\xbf \n\n"),
    "latin-1": ("not_utf8", CSV.decode().replace("Rio", "Río").encode("windows-1252", "ignore")),
    "utf-16": ("not_utf8", CSV.decode().encode("utf-16")),
    "cut inside quotes": ("truncated", CSV[: CSV.rindex(b"https") + 9]),
    "cut between fields": ("truncated", CSV[: CSV.rindex(b'","') + 1]),
    "cut inside a letter": ("truncated", (HEADER + '"1","Río').encode()[:-2]),
    "web page": ("html_not_csv", b"<!DOCTYPE html><html><body>Sign in</body></html>"),
    "access denied": ("html_not_csv", b"\n  <?xml version='1.0'?><Error>AccessDenied</Error>"),
    "too few fields": ("ragged_row", (HEADER + '"1","North America"\n' + LINES[0]).encode()),
    "too many fields": ("ragged_row", (HEADER + LINES[0] + '"x",' + LINES[1]).encode()),
    "zeros": ("nul_bytes", CSV[:900] + bytes(64) + CSV[900:]),
    "no table": ("not_a_table", b"A letter.\nIt has no columns.\n"),
    "other table": ("unknown_layout", b"name,capital,people\nPeru,Lima,34\n"),
    "no header": ("unknown_layout", "".join(LINES).encode()),
    "header alone": ("no_rows", HEADER.encode()),
    "header twice": ("duplicate_header", CSV.replace(b'"Reported Year"', b'"Number of Dead"', 1)),
    "compressed": ("binary_file", gzip.compress(CSV)),
    "paper": ("binary_file", b"%PDF-1.7 Missing Migrants"),
    "json cut off": ("truncated", records(RECORD)[:-9]),
    "no json": ("not_json", b"[1, 2, three]"),
    "one record": ("not_records", b'{"web_id": "1"}'),
    "no records": ("no_rows", b"[]"),
    "other records": ("unknown_layout", records({"name": "Peru"})),
    "workbook cut off": ("damaged_workbook", XLSX[: len(XLSX) // 2]),
    "workbook with a wrong byte": ("damaged_workbook", repacked(**{"sheet1.xml": lambda s: s[:4000]})),
    "zip bomb": ("zip_bomb", bomb()),
    "entities": ("doctype_refused", repacked(**{"sheet1.xml": with_doctype})),
    "far corner": ("workbook_beyond_limits", repacked(**{"sheet1.xml": in_far_corner})),
    "other archive": ("not_a_workbook", repacked(**{"workbook.xml": lambda s: s}).replace(b"xl/workbook.xml", b"xl/workbuch.xml")),
    "workbook without cells": ("no_rows", no_cells()),
    "password": ("encrypted_workbook", old_container("EncryptedPackage")),
    "old workbook": ("old_workbook", old_container("Workbook")),
}  # fmt: skip


@pytest.mark.parametrize("kind", MUTILATED)
def test_a_mutilated_file_gets_one_clear_reason(kind, tmp_path):
    code, content = MUTILATED[kind]
    path = tmp_path / "mmp.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as caught:
        read_mmp(path)
    assert caught.value.code == code, caught.value.detail
    for language in ("en", "es"):
        sentence = sentence_of_unreadable(caught.value, path.name, language)
        assert sentence.startswith(path.name)
        assert "?" not in sentence


def test_a_file_of_two_gigabytes_is_refused_unread(tmp_path):
    path = tmp_path / "mmp.csv"
    path.write_bytes(CSV)
    os.truncate(path, 2 << 30)
    with pytest.raises(UnreadableFile) as caught:
        read_mmp(path)
    assert caught.value.code == "too_large"
    assert "2,147,483,648 bytes" in sentence_of_unreadable(caught.value, path.name)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(UnreadableFile) as caught:
        read_mmp(tmp_path)
    assert caught.value.code == "not_a_file"


def test_a_wrong_byte_is_named_by_line_and_place(tmp_path):
    path = tmp_path / "mmp.csv"
    path.write_bytes(HEADER.encode() + b'"1","Quer\xe9taro"\n')
    with pytest.raises(UnreadableFile) as caught:
        read_mmp(path)
    facts = {"line": 2, "byte": len(HEADER.encode()) + 9, "guess": "windows-1252"}
    assert (caught.value.code, dict(caught.value.detail)) == ("not_utf8", facts)


def test_every_reason_has_a_sentence_and_a_test():
    tested = {code for code, _ in MUTILATED.values()} | {"too_large", "not_a_file"}
    assert set(REFUSAL_CODES) == tested == set(UNREADABLE)
