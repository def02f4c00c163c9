"""Figures for programs."""

import pytest
from flask.testing import FlaskClient

REVIEW = "from=2021-01-01&to=2021-04-30&by=subregion&scheme=iom_region&as_known_on=2021-04-01"


def test_json_says_what_was_asked_and_by_which_rule(visitor: FlaskClient) -> None:
    answer = visitor.get(f"/api/v1/tallies?{REVIEW}")
    assert answer.mimetype == "application/json"
    told = answer.json
    assert list(told) == [
        "query",
        "rows",
        "total",
        "as_known_on",
        "rule",
        "boundaries_version",
        "note",
    ]
    assert told["query"] == {
        "from": "2021-01-01",
        "to": "2021-04-30",
        "by": ["subregion"],
        "scheme": "iom_region",
        "as_known_on": "2021-04-01",
        "rule": "iom",
        "filters": {},
    }
    people = {row["subregion"]: row["dead_and_missing"] for row in told["rows"]}
    assert people == {
        "US-Mexico Border": 77,
        "South America": 49,
        "Caribbean": 28,
        "Central America": 20,
        "North America": 1,
    }
    assert "minimum" in told["note"]


def test_csv_has_codes_and_ends_with_the_total(visitor: FlaskClient) -> None:
    answer = visitor.get(f"/api/v1/tallies?{REVIEW}&format=csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    lines = answer.text.splitlines()
    assert lines[0] == (
        "subregion,incidents,dead,missing,dead_and_missing,survivors,females,males,"
        "other_gender,children"
    )
    assert lines[-1].startswith("total,")


def test_csv_in_words_when_asked(visitor: FlaskClient) -> None:
    text = visitor.get("/api/v1/tallies?by=corridor&format=csv&labels=es").text
    assert "Darién," in text
    assert text.splitlines()[-1].startswith("total,")


def test_without_a_breakdown_the_total_is_the_only_line(visitor: FlaskClient) -> None:
    lines = visitor.get("/api/v1/tallies?format=csv").text.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("incidents,dead,")
    assert visitor.get("/api/v1/tallies").json["rows"] == []


def test_the_difference_adds_up_to_the_two_tallies(visitor: FlaskClient) -> None:
    period = "from=2021-01-01&to=2021-04-30&by=subregion&scheme=iom_region"
    difference = visitor.get(
        f"/api/v1/tallies/diff?{period}&between=2021-04-01&and=2021-09-05"
    ).json
    assert difference["query"]["between"] == "2021-04-01"
    assert difference["query"]["and"] == "2021-09-05"
    people = {
        day: visitor.get(f"/api/v1/tallies?{period}&as_known_on={day}").json["total"]
        for day in ("2021-04-01", "2021-09-05")
    }
    for measure in ("incidents", "dead", "missing", "dead_and_missing"):
        changed = people["2021-09-05"][measure] - people["2021-04-01"][measure]
        assert difference["total"][measure] == changed
        parts = [row[measure] for row in difference["rows"] if row[measure] is not None]
        assert sum(parts) == changed
    assert {row["reason"] for row in difference["rows"]} >= {"reported", "reclassified"}


def test_an_answer_may_be_kept_and_asked_for_again(visitor: FlaskClient) -> None:
    first = visitor.get(f"/api/v1/tallies?{REVIEW}")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    again = visitor.get(
        f"/api/v1/tallies?{REVIEW}", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_a_public_answer_sets_no_cookie(visitor: FlaskClient) -> None:
    assert visitor.get("/api/v1/tallies?lang=en").status_code == 400
    assert "Set-Cookie" not in visitor.get("/api/v1/tallies").headers


@pytest.mark.parametrize(
    ("query", "code", "field"),
    [
        ("tallies?format=xml", "unknown_code", "format"),
        ("tallies?labels=xx", "unknown_code", "labels"),
        ("tallies?scheme=mine", "unknown_code", "scheme"),
        ("tallies?rule=mine", "unknown_code", "rule"),
        ("tallies?segment=nowhere", "unknown_code", "segment"),
        ("tallies?children=some", "unknown_code", "children"),
        ("tallies?month=2021-13", "not_a_period", "month"),
        ("tallies?form=2021-01-01", "unknown_code", "parameter"),
        ("tallies?from=2021-01-01&from=2021-01-02", "given_twice", "from"),
        ("tallies/diff?between=2021-01-01", "date_missing", "and"),
        ("tallies/diff?between=2021-01-02&and=2021-01-01", "known_dates_in_wrong_order", None),
    ],
)
def test_what_is_unknown_is_refused_with_its_name(
    visitor: FlaskClient, query: str, code: str, field: str | None
) -> None:
    answer = visitor.get(f"/api/v1/{query}")
    assert answer.status_code == 400
    assert answer.json["code"] == code
    assert answer.json.get("field") == field
