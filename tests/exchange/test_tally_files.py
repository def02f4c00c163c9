"""The tally as files, whole."""

import datetime as dt
import json

import pytest

from tracker.domain.measures import MEASURES
from tracker.domain.tallies import (
    Grouping,
    Scheme,
    Tally,
    TallyDifference,
    TallyQuery,
    TallyRow,
)
from tracker.exchange.tally_csv import difference_csv, tally_csv
from tracker.exchange.tally_json import NOTE, difference_json, tally_json
from tracker.translations.labels import labels_in


def counts(**known: int) -> dict[str, int | None]:
    return {measure: known.get(measure) for measure in MEASURES}


def tally(*rows: TallyRow, by: tuple[Grouping, ...], scheme: Scheme = Scheme.UN_M49) -> Tally:
    query = TallyQuery(
        dt.date(2021, 4, 1),
        period_from=dt.date(2021, 1, 1),
        by=by,
        scheme=scheme,
        filters={"corridor": ("darien",)},
    )
    return Tally(query, rows, counts(incidents=3, dead=4, missing=0, dead_and_missing=4), "2026-1")


ROWS = (
    TallyRow(
        ("northern_america", "2021"),
        counts(incidents=2, dead=4, missing=0, dead_and_missing=4, children=0),
    ),
    TallyRow(("not_known", "not_known"), counts(incidents=1)),
)
BY = (Grouping.SUBREGION, Grouping.YEAR)
HEAD = "incidents,dead,missing,dead_and_missing,survivors,females,males,other_gender,children"


def test_an_unknown_count_is_an_empty_cell_and_a_counted_zero_is_zero() -> None:
    assert tally_csv(tally(*ROWS, by=BY)) == (
        f"subregion,year,{HEAD}\n"
        "northern_america,2021,2,4,0,4,,,,,0\n"
        "not_known,not_known,1,,,,,,,,\n"
        "total,,3,4,0,4,,,,,\n"
    )


def test_words_are_those_of_the_scheme_and_the_language() -> None:
    spanish = labels_in("es")
    assert tally_csv(tally(*ROWS, by=BY), spanish) == (
        f"subregion,year,{HEAD}\n"
        "América septentrional,2021,2,4,0,4,,,,,0\n"
        "Desconocido,Año desconocido,1,,,,,,,,\n"
        "total,,3,4,0,4,,,,,\n"
    )
    review = tally_csv(tally(*ROWS, by=BY, scheme=Scheme.REVIEW_2021), spanish)
    assert "Resto de América septentrional,2021," in review


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_words_as_received_never_run_in_a_spreadsheet(begin: str) -> None:
    row = TallyRow((f"{begin}1+1",), counts(incidents=1))
    written = tally_csv(tally(row, by=(Grouping.ROUTE_REPORTED,)))
    assert f"'{begin}1+1" in written


def test_a_negative_number_stays_a_number() -> None:
    row = TallyRow(("2015",), counts(incidents=1, dead=20, missing=-1, dead_and_missing=19))
    assert "2015,1,20,-1,19," in tally_csv(tally(row, by=(Grouping.YEAR,)))


def test_the_difference_names_its_reasons() -> None:
    query = TallyQuery(dt.date(2021, 9, 5), by=(Grouping.YEAR,))
    difference = TallyDifference(
        query,
        dt.date(2021, 4, 1),
        dt.date(2021, 9, 5),
        (TallyRow(("2021", "withdrawn"), counts(incidents=-1, dead=-2, dead_and_missing=-2)),),
        counts(incidents=-1, dead=-2, dead_and_missing=-2),
        "2026-1",
    )
    assert difference_csv(difference) == (
        f"year,reason,{HEAD}\n2021,withdrawn,-1,-2,,-2,,,,,\ntotal,,-1,-2,,-2,,,,,\n"
    )
    told = json.loads(difference_json(difference))
    assert told["rows"][0]["reason"] == "withdrawn"
    assert "as_known_on" not in told["query"]
    assert (told["query"]["between"], told["query"]["and"]) == ("2021-04-01", "2021-09-05")


def test_json_keeps_the_unknown_apart_from_zero() -> None:
    told = json.loads(tally_json(tally(*ROWS, by=BY)))
    assert told == {
        "query": {
            "from": "2021-01-01",
            "to": None,
            "by": ["subregion", "year"],
            "scheme": "un_m49",
            "as_known_on": "2021-04-01",
            "rule": "iom",
            "filters": {"corridor": ["darien"]},
        },
        "rows": [
            {"subregion": "northern_america", "year": "2021"}
            | counts(incidents=2, dead=4, missing=0, dead_and_missing=4, children=0),
            {"subregion": "not_known", "year": "not_known"} | counts(incidents=1),
        ],
        "total": counts(incidents=3, dead=4, missing=0, dead_and_missing=4),
        "as_known_on": "2021-04-01",
        "rule": "iom",
        "boundaries_version": "2026-1",
        "note": NOTE,
    }
