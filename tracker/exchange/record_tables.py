"""Any table of incidents as text: workbooks, CSV, and what collecting tools export."""

import codecs
import csv
import io
import json
import tempfile
from pathlib import Path

from tracker.exchange.record_repeats import (
    REPEATS,
    flat_answers,
    is_archive_of_tables,
    tables_of_archive,
    with_points,
    with_repeats,
)
from tracker.exchange.refusals import refuse
from tracker.exchange.workbooks import check_workbook, convert_workbook

MOST_BYTES = 5 << 20


def read_table(data: bytes) -> list[list[str]]:
    """Read the cells of a workbook, of a CSV, or of what a collecting tool exports.

    A workbook is parsed by a child process with limits; nothing in it is computed or fetched. What
    can be many in a form stands in columns of its own row. Raises `UnreadableFile`.
    """
    if not data.strip():
        refuse("empty_file")
    if len(data) > MOST_BYTES:
        refuse("too_large", bytes=len(data), limit=MOST_BYTES)
    if data.startswith(b"PK\x03\x04"):
        return _read_archive(data) if is_archive_of_tables(data) else _read_workbook(data)
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
        convert_workbook(book, sheet, also=tuple(REPEATS))
        tables = {name: _read_sheet(Path(folder) / f"{name}.csv") for name in REPEATS}
        return with_repeats(
            _read_sheet(sheet), {name: table for name, table in tables.items() if table}
        )


def _read_sheet(sheet: Path) -> list[list[str]]:
    if not sheet.exists():
        return []
    if sheet.stat().st_size > 4 * MOST_BYTES:
        refuse("too_large", bytes=sheet.stat().st_size, limit=4 * MOST_BYTES)
    with sheet.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def _read_archive(data: bytes) -> list[list[str]]:
    """Read what ODK exports: a table of the forms, and one of each thing that can be many."""
    tables = {
        name: _read_delimited(_decoded(held))
        for name, held in tables_of_archive(data, most=4 * MOST_BYTES).items()
    }
    main = [table for table in tables.values() if "PARENT_KEY" not in table[0]]
    if len(main) != 1:
        refuse("not_a_table")
    repeats = {
        each: table
        for name, table in tables.items()
        for each in REPEATS
        if "PARENT_KEY" in table[0] and name.removesuffix(".csv").endswith(each)
    }
    return with_repeats(with_points(main[0]), repeats)


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
    flat = [dict(flat_answers(form)) for form in forms]
    headers = list(dict.fromkeys(name for form in flat for name in form))
    return [headers, *([form.get(name, "") for name in headers] for form in flat)]
