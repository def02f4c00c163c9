"""Likely duplicates: reasons add up, unknown is neutral, and no third row changes a score."""

import datetime as dt
import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.background_of_duplicates import read_edition
from benchmarks.measure_duplicates import measure
from benchmarks.retold import AS_ASKED, retell
from tracker.domain.duplicates import ComparedField, Likeness, Reading, Verdict
from tracker.linkage.duplicates import LIKELY, compare_incidents, find_pairs
from tracker.linkage.duplicates.wording import informative_words

# An invented event in the Gulf of Urabá.
EVENT: dict[str, object] = {
    "date_from": dt.date(2026, 5, 2),
    "date_to": dt.date(2026, 5, 2),
    "longitude": -76.9312,
    "latitude": 8.4527,
    "uncertainty_m": 1_000.0,
    "number_dead": 2,
    "number_missing_min": 1,
    "causes": "drowning",
    "origins": "HTI;VEN",
    "country_of_incident": "COL",
    "location_description": "By the jetty of Capurganá, Acandí, Colombia",
    "information_source": "Shelter",
    "url": "https://shelter.example.org/reports/17",
    "incident_type": "incident",
}
# Two rows on the placeholder of the Darien jungle.
PLACEHOLDER: dict[str, object] = {
    "date_from": dt.date(2022, 4, 5),
    "date_to": dt.date(2022, 4, 5),
    "longitude": -77.6,
    "latitude": 8.0,
    "uncertainty_m": 50_000.0,
    "location_precision": "corridor_segment",
    "number_dead": 1,
    "incident_type": "incident",
    "country_of_incident": "PAN",
}


def fields(likeness: Likeness) -> dict[str, float]:
    return {str(field.field): field.weight for field in likeness.fields}


def verdicts(likeness: Likeness) -> dict[str, Verdict]:
    return {str(field.field): field.verdict for field in likeness.fields}


@pytest.fixture(scope="module")
def edition() -> pd.DataFrame:
    return read_edition().assign(dataset="iom-mmp")


def test_an_event_told_again_in_another_language_is_found() -> None:
    retold = {
        **EVENT,
        "date_from": dt.date(2026, 5, 4),
        "date_to": dt.date(2026, 5, 4),
        "longitude": -76.925,
        "latitude": 8.457,
        "number_dead": 3,
        "number_missing_min": None,
        "location_description": "Cerca del muelle de Capurgana, municipio de Acandi",
        "information_source": "Un periódico",
        "url": "https://news.example.org/2026/otro",
    }
    likeness = compare_incidents(EVENT, retold)
    assert likeness.score > 0.95
    assert likeness.reading is Reading.SAME_PEOPLE
    assert verdicts(likeness)["words"] is Verdict.SUPPORTS
    assert verdicts(likeness)["people"] is Verdict.SUPPORTS
    told = {field.field: field.facts for field in likeness.fields}
    assert told[ComparedField.DATE]["days_apart"] == 2
    assert told[ComparedField.PEOPLE]["dead_and_missing"] == (3, 3)
    assert {"capurgana", "acandi"} <= set(told[ComparedField.WORDS]["in_common"])


def test_a_shared_placeholder_and_day_alone_make_no_duplicate() -> None:
    woman = {**PLACEHOLDER, "number_females": 1, "causes": "drowning", "origins": "HTI"}
    man = {**PLACEHOLDER, "number_males": 1, "causes": "violence", "origins": "VEN"}
    for other in (man, PLACEHOLDER, {**PLACEHOLDER, "number_dead": 4}):
        likeness = compare_incidents(woman, other)
        assert likeness.score < LIKELY
        assert fields(likeness)["place"] < 4


def test_the_dead_alone_of_dead_and_missing_agree_in_part() -> None:
    whole = {**EVENT, "number_dead": 12, "number_missing_min": 8}
    found_so_far = {**EVENT, "number_dead": 12, "number_missing_min": None}
    all_dead = {**EVENT, "number_dead": 20, "number_missing_min": None}
    other = {**EVENT, "number_dead": 3, "number_missing_min": None}
    weights = [
        fields(compare_incidents(whole, told))["people"] for told in (all_dead, found_so_far, other)
    ]
    assert weights[0] > weights[1] > 1
    assert weights[2] < 0


def test_two_people_found_together_are_parts_and_not_the_same_people() -> None:
    spot = {**EVENT, "uncertainty_m": 10.0, "number_dead": 1, "number_missing_min": None}
    likeness = compare_incidents(
        {**spot, "number_females": 1, "dataset": "a", "origins": "HTI"},
        {**spot, "number_males": 1, "dataset": "a", "origins": "VEN", "url": None},
    )
    assert likeness.score > LIKELY
    assert likeness.reading is Reading.PARTS


def test_one_dataset_lists_an_event_once_unless_all_agrees() -> None:
    def dataset_weight(**more: object) -> float:
        one, other = ({**EVENT, "dataset": "a"}, {**EVENT, "dataset": "a", **more})
        return fields(compare_incidents(one, other))["dataset"]

    assert dataset_weight() == pytest.approx(-1.0)
    assert dataset_weight(date_from=dt.date(2026, 5, 3)) == pytest.approx(-3.0)
    assert dataset_weight(dataset="b") == 0


def test_the_same_report_speaks_for_one_event_and_a_portal_says_nothing() -> None:
    far = {**EVENT, "longitude": -76.5, "latitude": 8.1, "location_description": None}
    shared = compare_incidents(EVENT, far)
    archived = f"https://web.archive.org/web/20260601000000/{EVENT['url']}"
    assert (
        fields(shared)["source"]
        == fields(compare_incidents(EVENT, {**far, "url": archived}))["source"]
    )
    assert verdicts(shared)["source"] is Verdict.SUPPORTS
    portal = "http://www.humaneborders.info/app/mapa.asp"
    likeness = compare_incidents({**EVENT, "url": portal}, {**far, "url": portal})
    assert likeness.told(Verdict.SUPPORTS)
    facts = {field.field: field.facts for field in likeness.fields}
    assert facts[ComparedField.SOURCE]["same_urls"] == ()


def test_words_are_the_same_in_spanish_and_english() -> None:
    spanish = informative_words("Cerca del Río Grande, Condado de Maverick, EE. UU.")
    english = informative_words("Near the Rio Bravo, Maverick County, United States")
    assert spanish == english
    assert "bravo" in spanish


INCIDENTS = st.fixed_dictionaries(
    {
        "date_from": st.none() | st.dates(dt.date(2021, 1, 1), dt.date(2021, 2, 15)),
        "longitude": st.none() | st.floats(-111.2, -110.8),
        "latitude": st.none() | st.floats(31.4, 31.8),
        "uncertainty_m": st.sampled_from([None, 10.0, 1_000.0, 50_000.0]),
        "number_dead": st.none() | st.integers(0, 6),
        "number_missing_min": st.none() | st.integers(-2, 4),
        "number_females": st.none() | st.integers(0, 3),
        "number_males": st.none() | st.integers(0, 3),
        "number_survivors": st.none() | st.integers(0, 30),
        "causes": st.sampled_from([None, "drowning", "violence", "drowning;violence"]),
        "origins": st.sampled_from([None, "MEX", "GTM;HND"]),
        "country_of_incident": st.sampled_from([None, "USA", "MEX"]),
        "location_description": st.sampled_from(
            [None, "Sasabe, Arizona", "Cerca de Sásabe, Sonora", "Ranch near Nogales"]
        ),
        "information_source": st.sampled_from([None, "A newspaper", "Pima County"]),
        "url": st.sampled_from([None, "https://a.example.org/1", "https://a.example.org/2"]),
        "dataset": st.sampled_from([None, "a", "b"]),
        "incident_type": st.sampled_from(["incident", "split_incident", "cumulative_incident"]),
    }
)


@settings(max_examples=200, deadline=None)
@given(one=INCIDENTS, other=INCIDENTS)
def test_the_order_of_the_two_says_nothing_and_the_reasons_add_up(one, other) -> None:
    likeness, turned = compare_incidents(one, other), compare_incidents(other, one)
    assert likeness.score == turned.score
    assert fields(likeness) == pytest.approx(fields(turned))
    assert likeness.reading is turned.reading
    assert 0 <= likeness.score <= 1
    assert math.isclose(likeness.score, 1 / (1 + math.exp(-likeness.log_odds)), abs_tol=1e-3)
    for field in likeness.fields:
        assert math.isfinite(field.weight)
        assert (field.verdict is Verdict.SUPPORTS) == (field.weight >= 0.05)
        assert (field.verdict is Verdict.AGAINST) == (field.weight <= -0.05)


COLUMNS_OF_FIELD = {
    ComparedField.PEOPLE: ["number_dead", "number_missing_min"],
    ComparedField.SURVIVORS: ["number_survivors"],
    ComparedField.CAUSE: ["causes"],
    ComparedField.ORIGIN: ["origins"],
    ComparedField.COUNTRY: ["country_of_incident"],
    ComparedField.WORDS: ["location_description"],
    ComparedField.SOURCE: ["information_source", "url"],
    ComparedField.DATASET: ["dataset"],
}


@settings(max_examples=100, deadline=None)
@given(one=INCIDENTS, other=INCIDENTS, field=st.sampled_from(sorted(COLUMNS_OF_FIELD)))
def test_what_is_not_known_weighs_nothing(one, other, field) -> None:
    blank = {**other, **dict.fromkeys(COLUMNS_OF_FIELD[field])}
    likeness = compare_incidents(one, blank)
    told = next(each for each in likeness.fields if each.field is field)
    if field is ComparedField.DATASET and likeness.reading is Reading.PARTS and one["dataset"]:
        return  # logged by somebody else than the dataset: that is known
    assert told.weight == 0
    assert told.verdict is Verdict.UNKNOWN


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(INCIDENTS, min_size=3, max_size=8), gone=st.integers(0, 7))
def test_a_score_does_not_change_when_another_row_goes(rows, gone) -> None:
    gone %= len(rows)
    frame = pd.DataFrame(rows)
    before = _likenesses(frame, range(len(rows)))
    after = _likenesses(frame, [row for row in range(len(rows)) if row != gone])
    for pair in before.keys() & after.keys():
        assert before[pair] == after[pair]
    # A pair goes with a row only where that row held back a likelier partner, which is shown now.
    for pair in before.keys() - after.keys():
        assert gone in pair or any(
            set(pair) & set(other) and likeness.log_odds > before[pair].log_odds
            for other, likeness in after.items()
        )


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(INCIDENTS, min_size=3, max_size=8), gone=st.integers(0, 7))
def test_within_one_dataset_no_pair_goes_with_another_row(rows, gone) -> None:
    gone %= len(rows)
    frame = pd.DataFrame(rows).drop(columns="dataset")
    before = _likenesses(frame, range(len(rows)))
    after = _likenesses(frame, [row for row in range(len(rows)) if row != gone])
    assert after == {pair: likeness for pair, likeness in before.items() if gone not in pair}


def _likenesses(frame: pd.DataFrame, rows: Sequence[int]) -> dict[tuple[int, int], Likeness]:
    """Find the pairs among some rows, by their positions in the whole frame."""
    pairs = find_pairs(frame.iloc[list(rows)], at_least=0.001)
    return {(rows[pair.one], rows[pair.other]): pair.likeness for pair in pairs}


def test_of_a_dataset_the_likelier_row_is_shown_and_both_where_neither_is() -> None:
    listed = pd.DataFrame([{**EVENT, "url": None, "dataset": "a"}] * 2)
    entry = pd.DataFrame([{**EVENT, "dataset": "b"}])
    assert [pair.other for pair in find_pairs(entry, listed)] == [0, 1]
    listed.loc[1, "date_from"] = listed.loc[1, "date_to"] = dt.date(2026, 5, 3)
    assert [pair.other for pair in find_pairs(entry, listed)] == [0]
    # What people log has no dataset, and is never left out.
    logged = listed.assign(dataset=None)
    assert [pair.other for pair in find_pairs(entry.assign(dataset=None), logged)] == [0, 1]


def test_the_groups_that_share_day_and_spot_are_found(edition: pd.DataFrame) -> None:
    pairs = {(pair.one, pair.other) for pair in find_pairs(edition)}
    known = edition[edition["date_from"].notna() & edition["longitude"].notna()]
    groups = [
        sorted(rows)
        for rows in known.groupby(["date_from", "longitude", "latitude"]).indices.values()
        if len(rows) > 1
    ]
    positions = np.flatnonzero(edition.index.isin(known.index))
    found = [
        all(
            (int(positions[one]), int(positions[other])) in pairs
            for place, one in enumerate(rows)
            for other in rows[place + 1 :]
        )
        for rows in groups
    ]
    assert len(groups) >= 85
    assert sum(found) >= 80
    # Few others, beside 24 million pairs of rows.
    assert len(pairs) < 800


def test_retold_incidents_are_found_among_all_real_ones(edition: pd.DataFrame) -> None:
    rng = np.random.default_rng(3)
    chosen = np.flatnonzero(edition["date_from"].notna())
    told = retell(edition.iloc[chosen], AS_ASKED, rng)
    measured = measure(edition, chosen, find_pairs(told, edition))
    assert measured["recall"] >= 0.955
    assert measured["precision"] >= 0.96
