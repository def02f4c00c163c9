"""Rows of an older file continue in a newer one whose ids differ."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.linkage.incident_rows import Link, link_rows

DATA = Path(__file__).parent / "data"
BOAT = {
    "date_from": "2021-03-04",
    "number_dead": 3,
    "number_missing_min": 12,
    "longitude": -69.92,
    "latitude": 12.16,
    "location_description": "Off the coast of Piedras Negras, Falcon, Venezuela",
    "information_source": "El Pitazo",
    "url": "https://archive.ph/geYwS",
    "causes": "drowning",
}
RIVER = {
    "date_from": "2021-05-20",
    "number_dead": 1,
    "number_males": 1,
    "longitude": -99.53,
    "latitude": 27.50,
    "location_description": "Río Bravo, Nuevo Laredo, Tamaulipas, Mexico",
    "information_source": "El Mañana",
    "causes": "drowning",
}
DESERT = {
    "date_from": "2021-05-22",
    "number_dead": 1,
    "longitude": -111.93,
    "latitude": 31.62,
    "location_description": "Pima County jurisdiction, Arizona, USA",
    "information_source": "Pima County Office of the Medical Examiner",
    "causes": "mixed_or_unknown",
}


def background(count: int, seed: int = 1) -> list[dict[str, object]]:
    """Unlike rows around the ones a test is about, so that chance can be counted."""
    random = np.random.default_rng(seed)
    return [
        {
            "date_from": f"20{14 + number % 8}-{1 + number % 12:02d}-{1 + number % 28:02d}",
            "number_dead": int(random.integers(1, 4)),
            "longitude": float(random.uniform(-115, -60)),
            "latitude": float(random.uniform(-30, 32)),
            "location_description": f"Paraje {random.integers(10_000)}, Municipio {number}",
            "information_source": f"Diario {number % 17}",
        }
        for number in range(count)
    ]


def table(*rows: dict[str, object]) -> pd.DataFrame:
    frame = pd.DataFrame([*rows, *background(200)])
    frame["date_from"] = pd.to_datetime(frame["date_from"])
    frame["date_to"] = frame["date_from"]
    return frame


def continues(old: dict[str, object], new: dict[str, object]) -> bool:
    """Say whether the first row of one file continues as the first row of the other."""
    links = link_rows(table(old), table(new))
    return bool(((links["old"] == 0) & (links["new"] == 0)).any())


def reasons_of(old: dict[str, object], new: dict[str, object]) -> list[str]:
    links = link_rows(table(old), table(new))
    return str(links.loc[links["old"] == 0, "reasons"].iloc[0]).split(";")


def test_an_unchanged_file_continues_row_by_row():
    links = link_rows(table(BOAT, RIVER, DESERT), table(BOAT, RIVER, DESERT))
    assert list(links.columns) == list(Link._fields)
    assert (links["old"] == links["new"]).all()
    assert len(links) == 203
    assert links["score"].min() > 0.9


def test_a_row_whose_date_moved_by_two_days_continues_its_history():
    moved = {**RIVER, "date_from": "2021-05-22"}
    assert continues(RIVER, moved)
    assert "date_within_3_days" in reasons_of(RIVER, moved)


def test_a_row_found_three_weeks_off_at_the_same_place_continues():
    assert continues(RIVER, {**RIVER, "date_from": "2021-06-10"})


def test_a_row_with_shortened_words_continues():
    short = {**BOAT, "location_description": "Coast of Falcon, Venezuela"}
    assert continues(BOAT, {**short, "url": None})


def test_a_row_whose_dead_were_missing_before_continues():
    before = {**BOAT, "number_dead": None, "number_missing_min": 15}
    assert continues(before, BOAT)


def test_a_url_that_no_other_row_names_carries_a_row_whose_year_was_wrong():
    assert continues({**BOAT, "date_from": "2020-03-04"}, BOAT)


def test_day_and_month_in_each_others_place_do_not_part_two_rows():
    old = {**RIVER, "date_from": "2020-02-05"}
    assert "day_and_month_swapped" in reasons_of(old, {**RIVER, "date_from": "2020-05-02"})


def test_a_row_without_date_continues_by_its_place_and_words():
    assert continues({**BOAT, "date_from": None, "url": None}, BOAT)


def test_another_event_on_the_same_day_does_not_continue():
    elsewhere = {**BOAT, "longitude": -80.0, "latitude": 25.0, "number_dead": 1, "url": None}
    words = {"location_description": "Near Miami, Florida, USA", "information_source": "Herald"}
    assert not continues({**BOAT, "url": None}, {**elsewhere, **words, "number_missing_min": None})


def test_the_same_place_a_year_later_does_not_continue_without_a_shared_url():
    assert not continues(
        RIVER, {**RIVER, "date_from": "2022-05-20", "number_dead": 2, "causes": "violence"}
    )


@pytest.mark.parametrize(
    "field",
    ["longitude", "url", "causes", "number_males", "information_source", "location_description"],
)
def test_what_is_unknown_on_one_side_does_not_part_two_rows(field: str):
    both = {"longitude": ("longitude", "latitude")}.get(field, (field,))
    assert continues(RIVER, {**RIVER, **dict.fromkeys(both)})


@pytest.mark.parametrize(
    "field", ["number_survivors", "number_females", "number_children", "causes"]
)
def test_an_unknown_value_weighs_nothing(field: str):
    known = 2 if field.startswith("number") else "violence"
    told = link_rows(table({**BOAT, "causes": None}), table({**BOAT, "causes": None, field: known}))
    blank = link_rows(table({**BOAT, "causes": None}), table({**BOAT, "causes": None}))
    assert told.loc[0, "score"] == pytest.approx(blank.loc[0, "score"], abs=1e-4)
    assert told.loc[0, "reasons"] == blank.loc[0, "reasons"]


def test_a_woman_does_not_continue_as_a_man_when_a_woman_is_there():
    woman = {**DESERT, "number_females": 1}
    man = {**DESERT, "number_males": 1}
    links = link_rows(table(woman, man), table(man, woman))
    assert dict(zip(links["old"], links["new"], strict=True)) | {0: 1, 1: 0} == dict(
        zip(links["old"], links["new"], strict=True)
    )


def test_a_point_shared_by_many_days_says_nothing_against_a_better_place():
    shared = [{**DESERT, "date_from": f"2021-{month:02d}-02"} for month in range(1, 9)]
    exact = [{**row, "longitude": -112.4 + 0.1 * n} for n, row in enumerate(shared)]
    links = link_rows(table(*shared), table(*exact))
    assert [(i, i) for i in range(8)] == list(zip(links["old"], links["new"], strict=True))[:8]


def test_rows_that_nobody_can_tell_apart_are_linked_once_each_and_say_so():
    links = link_rows(table(DESERT, DESERT, DESERT), table(DESERT, DESERT, DESERT))
    mine = links[links["old"] < 3]
    assert set(mine["new"]) == {0, 1, 2}
    assert mine["reasons"].str.endswith("one_of_3").all()


def test_a_split_event_continues_in_one_row_only():
    part = {**BOAT, "number_dead": 1, "number_missing_min": None}
    links = link_rows(table(BOAT, part), table(BOAT))
    assert list(links.loc[links["new"] == 0, "old"]) == [0]


def test_an_empty_file_has_no_links():
    nothing = table(BOAT).iloc[:0]
    assert link_rows(nothing, table(BOAT)).empty
    assert link_rows(table(BOAT), nothing).empty


extracts = {
    year: pd.read_csv(DATA / f"americas-{year}-extract.csv")
    for year in ("2022-05-15", "2025-05-05")
}


def extract_links(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    links = link_rows(old.drop(columns="main_id"), new.drop(columns="main_id"))
    links["was"] = old["main_id"].to_numpy()[links["old"]]
    links["became"] = new["main_id"].to_numpy()[links["new"]]
    return links


def test_real_rows_of_2022_are_found_again_in_2025():
    old, new = extracts.values()
    links = extract_links(old, new)
    right = (links["was"] == links["became"]).sum()
    assert right / len(links) >= 0.98
    assert right / old["main_id"].isin(new["main_id"]).sum() >= 0.95


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_order_of_the_rows_changes_nothing(seed: int):
    old, new = (frame.assign(identity=frame["main_id"]) for frame in extracts.values())
    shuffled = extract_links(
        old.sample(frac=1, random_state=seed), new.sample(frac=1, random_state=seed + 1 >> 1)
    )
    straight = extract_links(old, new)
    columns = ["was", "became", "score", "reasons"]
    pd.testing.assert_frame_equal(
        straight[columns].sort_values("was", ignore_index=True),
        shuffled[columns].sort_values("was", ignore_index=True),
    )


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), part=st.floats(0.1, 1))
def test_no_row_is_linked_twice(seed: int, part: float):
    old, new = (frame.sample(frac=part, random_state=seed) for frame in extracts.values())
    links = extract_links(old, new)
    assert links["old"].is_unique
    assert links["new"].is_unique
    assert links["score"].between(0.5, 1).all()
