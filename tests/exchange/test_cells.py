"""Texts of whole columns are guarded as single ones are."""

import pyarrow as pa
import pytest

from tracker.domain.exports import guarded
from tracker.exchange.cells import guarded_column

TEXTS = (
    "",
    "a",
    None,
    "=1",
    "'=1",
    "''@x",
    "'x",
    "＝1",
    "ñ",
    "\x00a",
    "-5",
    "\n=",
    "é=",
    "+",
    "\t",
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_column_is_guarded_as_its_texts_are(text: str | None) -> None:
    column = pa.chunked_array([pa.array(["plain", text]), pa.array([text, None], pa.string())])
    told = guarded_column(column).to_pylist()
    assert told == [None if each is None else guarded(each) for each in column.to_pylist()]


def test_a_part_of_a_longer_column_is_looked_at_where_it_begins() -> None:
    whole = pa.array(["=1", "a", "b", "=2"])
    for start, length in ((1, 2), (2, 2), (0, 2), (4, 0)):
        column = pa.chunked_array([whole.slice(start, length)])
        expected = [guarded(each) for each in column.to_pylist()]
        assert guarded_column(column).to_pylist() == expected
