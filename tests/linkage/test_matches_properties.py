"""Whatever is told: both sides come to one score, others change nothing, unknown weighs nothing."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.corridors import CORRIDOR_CODES
from tests.linkage.invented_people import FOUND, MARVIN, case, register, remains
from tracker.domain.match_evidence import MatchField
from tracker.linkage.matches import (
    all_candidates,
    candidates_for,
    explain_pair,
    prepare,
    score_pairs,
)
from tracker.linkage.matches.latent import Reports
from tracker.linkage.matches.profiles import read_register

GIVENS = ("José", "Chepe", "María Elena", "Marvin", "Marbin", "Yoselin", "Ana", "Guadalupe")
SURNAMES = ("García", "Garcia", "Jiménez", "Ximenez", "de la Cruz", "López García", "Tzul", "Lopes")
WORDS = ("cruz", "cross", "rosa y corazón", "rose", "virgen", "plate", "placa", "azul", "", "x y z")
TEXTS = ("Yoselin", "YOSELIN", "Mi madre", "MR", "1998", "Yoseln")
PARTS = ("head", "forearm", "hand", "thigh", "femur", "chest", None)


def maybe(*values: object) -> st.SearchStrategy[object]:
    return st.sampled_from((*values, None))


def things(**columns: st.SearchStrategy[object]) -> st.SearchStrategy[list[dict[str, object]]]:
    return st.lists(st.fixed_dictionaries(columns), max_size=3)


WORDING = st.sampled_from(WORDS)
SIDES = maybe("left", "right", "middle")
NUMBER = st.one_of(st.just(float("nan")), st.floats(0, 100).map(round).map(float))
PERSON: dict[str, st.SearchStrategy[object]] = {
    "given_names": maybe(*GIVENS), "first_surname": maybe(*SURNAMES),
    "second_surname": maybe(*SURNAMES),
    "nicknames": st.lists(st.sampled_from(("Chepe", "El Flaco", "Lupe")), max_size=2),
    "sex": maybe("female", "male", "intersex"),
    "sex_basis": maybe("family", "examiner", "document", "third_party"),
    "age_from": NUMBER, "age_to": NUMBER, "age_basis": maybe("family", "examiner"),
    "height_from_cm": NUMBER.map(lambda number: 100 + number), "height_to_cm": NUMBER,
    "weight_from_kg": NUMBER, "hair": maybe("black", "brown", "bald"), "eyes": maybe("brown", "blue"),
    "telephones": st.lists(st.sampled_from(("aa", "bb", "cc")), max_size=2),
    "marks": things(
        kind=st.sampled_from(("tattoo", "scar")), part=st.sampled_from(PARTS), side=SIDES,
        text=maybe(*TEXTS), description=WORDING,
    ),
    "belongings": things(
        kind=st.sampled_from(("paper", "religious")), text=maybe(*TEXTS), description=WORDING
    ),
    "clothing": things(
        kind=st.sampled_from(("shirt", "cap")), colour=maybe("azul", "blue", "rojo"),
        brand=maybe("Nike", "nike"), description=WORDING,
    ),
    "dental": things(
        finding=st.sampled_from(("gold", "missing", "braces")), tooth=maybe(11, 12, 36, 46)
    ),
    "medical": things(
        finding=st.sampled_from(("fracture", "implant")), part=st.sampled_from(PARTS), side=SIDES,
        description=WORDING,
    ),
    "origin_country": maybe("HND", "MEX", "CHL"),
    "origin_place": maybe("Choluteca", "San Pedro Sula", "san pedro"),
}  # fmt: skip
DATE = maybe("2024-06-01", "2024-06-20", "2023-01-01", "2019-05-05")
LONGITUDES, LATITUDES = st.sampled_from((float("nan"), -111.9, -77.5)), st.just(31.5)
CORRIDOR = maybe(*CORRIDOR_CODES)
CASES = st.fixed_dictionaries(
    PERSON
    | {
        "contact_date": DATE, "contact_longitude": LONGITUDES, "contact_latitude": LATITUDES,
        "contact_corridor": CORRIDOR, "planned_corridor": CORRIDOR,
    }
).map(lambda facts: case(**facts))  # fmt: skip
FINDS = st.fixed_dictionaries(
    PERSON
    | {
        "found_date": DATE, "found_longitude": LONGITUDES, "found_latitude": LATITUDES,
        "found_corridor": CORRIDOR, "condition": maybe("fresh", "decomposed", "skeletal"),
        "interval_days_from": NUMBER, "interval_days_to": NUMBER,
    }
).map(lambda facts: remains(**facts))  # fmt: skip
EITHER = st.one_of(CASES, FINDS)


def log_odds(one: pd.DataFrame, other: pd.DataFrame) -> float:
    pairs = pd.DataFrame({"one_id": [one["id"][0]], "other_id": [other["id"][0]]})
    return float(score_pairs(one, other, pairs)["log_odds"][0])


@settings(max_examples=60, deadline=None)
@given(EITHER, EITHER)
def test_swapping_the_sides_gives_the_same_weights(one: pd.DataFrame, other: pd.DataFrame) -> None:
    there = {field.field: field.weight for field in explain_pair(one, other).fields}
    back = {field.field: field.weight for field in explain_pair(other, one).fields}
    assert there == pytest.approx(back, abs=2e-3)
    assert log_odds(one, other) == pytest.approx(log_odds(other, one), abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(st.lists(CASES, min_size=1, max_size=6), st.lists(FINDS, min_size=1, max_size=6))
def test_swapping_the_registers_gives_the_same_pairs(
    sought: list[pd.DataFrame], found: list[pd.DataFrame]
) -> None:
    cases, finds = register(*sought), register(*found)
    there = all_candidates(cases, finds, at_least=0.0001)
    back = all_candidates(finds, cases, at_least=0.0001)
    back = back.rename(columns={"one_id": "other_id", "other_id": "one_id"})
    keys = ["one_id", "other_id"]
    both = there.merge(back, on=keys, how="outer")
    assert len(both) == len(there) == len(back)
    assert np.allclose(both["log_odds_x"], both["log_odds_y"], rtol=0, atol=1e-9)


@settings(max_examples=15, deadline=None)
@given(st.lists(FINDS, min_size=2, max_size=6), CASES)
def test_other_candidates_change_no_score(found: list[pd.DataFrame], sought: pd.DataFrame) -> None:
    everybody = candidates_for(sought, register(*found), limit=10)
    assert len(everybody) == len(found)
    for _, row in everybody.iterrows():
        alone = log_odds(sought, found[int(row["other_id"])])
        assert row["log_odds"] == pytest.approx(alone, abs=1e-9)


UNKNOWN = {
    MatchField.NAMES: ("given_names", "first_surname", "second_surname"),
    MatchField.SEX: ("sex",), MatchField.AGE: ("age_from", "age_to"),
    MatchField.HEIGHT: ("height_from_cm", "height_to_cm"), MatchField.HAIR: ("hair",),
    MatchField.EYES: ("eyes",), MatchField.TIME: ("contact_date",),
    MatchField.ORIGIN: ("origin_country", "origin_place"), MatchField.ROUTE: ("planned_corridor",),
}  # fmt: skip
LISTS = (
    MatchField.MARKS, MatchField.DENTAL, MatchField.MEDICAL, MatchField.BELONGINGS,
    MatchField.CLOTHING, MatchField.TELEPHONES,
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(CASES, FINDS)
def test_what_one_side_does_not_know_weighs_nothing(one: pd.DataFrame, other: pd.DataFrame) -> None:
    for field, columns in UNKNOWN.items():
        nothing = None if field != MatchField.AGE else float("nan")
        silent = one.assign(**dict.fromkeys(columns, nothing), nicknames=[[]])
        assert weight_of(field, silent, other) == 0.0
    for field in LISTS:
        assert weight_of(field, one.assign(**{str(field): [[]]}), other) == 0.0


def weight_of(field: MatchField, one: pd.DataFrame, other: pd.DataFrame) -> float:
    return {each.field: each.weight for each in explain_pair(one, other).fields}[field]


@settings(max_examples=40, deadline=None)
@given(EITHER, EITHER)
def test_weights_against_are_bounded(one: pd.DataFrame, other: pd.DataFrame) -> None:
    assert min(field.weight for field in explain_pair(one, other).fields) >= -3.2


def test_the_shortlist_finds_what_only_one_rare_thing_brings_together() -> None:
    strangers = [remains(found_date="2021-06-05", sex="male", age_from=24.0) for _ in range(900)]
    telling = remains(telephones=["aa"], sex="female", sex_basis="examiner", age_from=50.0)
    found = candidates_for(case(**MARVIN | {"telephones": ["aa"]}), register(*strangers, telling))
    assert "900" in found["other_id"].tolist()


def test_a_register_is_prepared_once_and_answers_as_the_frame_does() -> None:
    found = register(remains(**FOUND), remains(sex="female"), remains())
    ready = prepare(found)
    pd.testing.assert_frame_equal(
        candidates_for(case(**MARVIN), ready), candidates_for(case(**MARVIN), found)
    )
    with pytest.raises(AttributeError):
        ready.register = read_register(found)


def test_empty_registers_have_no_candidates() -> None:
    nobody = remains().iloc[:0]
    assert all_candidates(case(**MARVIN), nobody).empty
    assert candidates_for(case(**MARVIN), nobody).empty
    assert all_candidates(nobody, nobody).empty


def test_a_report_that_nobody_made_weighs_nothing() -> None:
    assert isinstance(read_register(case()).bodies[MatchField.AGE], Reports)
    assert read_register(case()).bodies[MatchField.AGE].codes.tolist() == [0]


def test_a_register_beside_itself_gives_pairs_from_both_sides_and_no_row_with_itself() -> None:
    cases = register(case(**MARVIN), case(**MARVIN), case(sex="female"))
    pairs = all_candidates(cases, cases)
    assert sorted(zip(pairs["one_id"], pairs["other_id"], strict=True)) == [("0", "1"), ("1", "0")]
    assert "0" not in candidates_for(cases.iloc[[0]], cases)["other_id"].tolist()
