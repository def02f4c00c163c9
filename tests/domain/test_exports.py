"""No text of a record is ever run by a spreadsheet, and none is changed for good."""

import csv
import io

import openpyxl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.exports import COLUMNS, NAMES, Kind, guarded, unguarded
from tracker.exchange.incident_csv import CsvOptions, incident_csv
from tracker.exchange.incident_xlsx import write_incident_xlsx

MARKS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
TAILS = ("", "5", "52 555 123", "cmd|' /C calc'!A0", 'HYPERLINK("http://x","y")')
PREFIXES = [mark + tail for mark in MARKS for tail in TAILS]
_PLAIN = {Kind.TEXT: pa.string(), Kind.WHOLE: pa.int64(), Kind.DECIMAL: pa.float64()}
_PLAIN |= {Kind.DAY: pa.date32(), Kind.MOMENT: pa.timestamp("us", "UTC")}


def table_of(texts: list[str]) -> pa.Table:
    """Give rows of which only the description is known."""
    nothing = [None] * len(texts)
    return pa.table(
        {
            column.name: pa.array(
                texts if column.name == "location_description" else nothing, _PLAIN[column.kind]
            )
            for column in COLUMNS
        }
    )


def in_csv(texts: list[str]) -> list[str]:
    written = b"".join(incident_csv([table_of(texts)], CsvOptions())).decode()
    rows = csv.DictReader(io.StringIO(written, newline=""))
    return [row["location_description"] for row in rows]


def test_sixty_beginnings_of_formulas_are_marked_and_come_back_the_same() -> None:
    assert len(PREFIXES) == 60
    for text in PREFIXES:
        assert guarded(text) == f"'{text}"
        assert unguarded(guarded(text)) == text


@given(st.text(alphabet=[*MARKS, "'", "a", "5", " ", '"', ","], max_size=6))
def test_every_text_comes_back_the_same_and_never_begins_like_a_formula(text: str) -> None:
    assert not guarded(text).startswith(MARKS)
    assert unguarded(guarded(text)) == text


def test_a_csv_marks_what_the_rule_marks() -> None:
    texts = [text for text in PREFIXES if "\0" not in text] + ["'=1", "''-x", "plain", "it's", "'a"]
    cells = in_csv(texts)
    assert cells == [guarded(text) for text in texts]
    assert [unguarded(cell) for cell in cells] == texts


@pytest.mark.parametrize("text", ["-5", "+52 555 123", "=1+1", "@x", "'=1", "2021-01-01", "007"])
def test_a_workbook_holds_the_text_as_it_is_and_no_formula(text: str, tmp_path) -> None:
    path = tmp_path / "x.xlsx"
    write_incident_xlsx(path, [table_of([text])], {"title": text, "rows": 1})
    book = openpyxl.load_workbook(path)
    cell = book["incidents"].cell(2, NAMES.index("location_description") + 1)
    assert (cell.value, cell.data_type) == (text, "s")
    assert book["notes"].cell(1, 2).data_type == "s"
    assert book["incidents"].freeze_panes == "B2"
