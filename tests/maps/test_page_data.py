"""The data of the page: every character kept, none of them live; the unknown stays unknown."""

import datetime as dt
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from map_frames import HOSTILE, frame, hostile_frame, incident

from tracker.maps.page_data import date_in_words, incident_columns, json_for_page, row_in_words


@given(st.recursive(st.text() | st.integers() | st.none(), st.lists, max_leaves=5))
def test_json_for_a_page_reads_back_the_same_and_holds_no_markup(value: object) -> None:
    text = json_for_page(value)
    assert json.loads(text) == value
    assert not re.search("[<>&\u2028\u2029]", text)


def test_numbers_that_are_not_numbers_never_reach_the_page() -> None:
    with pytest.raises(ValueError, match="Out of range float"):
        json_for_page(float("nan"))


def test_what_is_unknown_stays_null_and_a_measured_zero_stays_zero() -> None:
    columns = incident_columns(
        frame(
            incident(1, dead=0.0, missing=float("nan")),
            incident(2, dead=20.0, missing=-1.0, causes=None, location_description=None),
        ),
        "en",
    )
    assert columns["dead"] == [0, 20]
    assert columns["missing"] == [None, -1]
    assert row_in_words(columns, 1)["causes"] is None
    assert row_in_words(columns, 1)["place"] is None


def test_words_come_in_the_language_of_the_reader() -> None:
    rows = frame(incident(causes="drowning;violence"))
    assert row_in_words(incident_columns(rows, "en"), 0)["causes"] == "Drowning; Violence"
    spanish = row_in_words(incident_columns(rows, "es"), 0)
    assert spanish["causes"] == "Ahogamiento; Violencia"
    assert spanish["date"] == "4 mar 2021"


def test_hostile_words_come_back_letter_by_letter() -> None:
    columns = json.loads(json_for_page(incident_columns(hostile_frame(), "es")))
    places = [row_in_words(columns, number)["place"] for number in range(len(HOSTILE))]
    assert places == [text.replace(";", ",") for text in HOSTILE]


@pytest.mark.parametrize(
    ("precision", "last", "english", "spanish"),
    [
        ("day", None, "4 Mar 2021", "4 mar 2021"),
        ("month", None, "March 2021", "marzo de 2021"),
        ("year", None, "2021", "2021"),
        ("unknown", None, None, None),
        ("range", dt.date(2021, 4, 2), "Mar 4 – Apr 2, 2021", "4 de mar – 2 de abr de 2021"),
    ],
)
def test_a_date_is_said_no_more_precisely_than_it_is_known(
    precision: str, last: dt.date | None, english: str | None, spanish: str | None
) -> None:
    dates = (dt.date(2021, 3, 4), last)
    said = [date_in_words(dates, precision, language) for language in ("en", "es")]
    assert [text and text.replace("\u2009", " ") for text in said] == [english, spanish]
