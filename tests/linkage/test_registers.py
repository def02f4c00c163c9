"""The synthetic registers hold what their document says, and nobody who ever lived."""

import hashlib
import re
import subprocess
import sys

import pandas as pd
import pytest

import benchmarks.registers
from benchmarks.registers import Registers, make_registers
from benchmarks.registers.columns import (
    CASE_COLUMNS,
    LISTS,
    REMAINS_COLUMNS,
    is_known,
)
from benchmarks.registers.marks_words import PARTS
from benchmarks.registers.passages import CORRIDOR_WEIGHTS
from benchmarks.registers.shares import (
    age_outside,
    apart_days,
    known_share,
    number_shared,
    pairs_of,
    sex_differs,
    with_mark,
)

CASES, REMAINS = 3_000, 1_500
TEETH = {row * 10 + place for row in (1, 2, 3, 4) for place in range(1, 9)}
BONES = {"femur", "tibia", "humerus", "radius", "ulna", "rib", "skull", "jaw", "spine", "pelvis"}
KINDS = {
    "marks": {"tattoo", "scar", "mole", "birthmark", "piercing"},
    "belongings": {"telephone", "paper", "document", "religious", "jewellery", "photo", "money",
                   "bag", "other"},
    "clothing": {"shirt", "trousers", "jacket", "shoes", "cap", "belt", "dress", "underwear",
                 "other"},
}  # fmt: skip
FINDINGS = {
    "dental": {"missing", "filled", "crown", "gold", "prosthesis", "braces", "caries", "impacted"},
    "medical": {"fracture", "implant", "prosthesis", "surgery", "amputation", "disease"},
}
DIGEST_OF_FEW = (
    "from benchmarks.registers import make_registers; from tests.linkage.test_registers import "
    "digest_of; print(digest_of(make_registers(60, 40, 5)))"
)


@pytest.fixture(scope="module")
def made() -> Registers:
    return make_registers(CASES, REMAINS, 11)


@pytest.fixture(scope="module")
def pairs(made: Registers) -> pd.DataFrame:
    return pairs_of(made)


def digest_of(made: Registers) -> str:
    frames = (made.cases, made.remains, made.truth)
    held = "\n".join(frame.to_json(orient="split", date_format="iso") for frame in frames)
    return hashlib.sha256(held.encode()).hexdigest()


def things(made: Registers, name: str) -> list[dict]:
    return [one for frame in (made.cases, made.remains) for held in frame[name] for one in held]


def whole_names(frame: pd.DataFrame) -> pd.Series:
    first = frame["given_names"].str.split(" ").str[0]
    return (first + " " + frame["first_surname"]).dropna().str.lower()


def test_the_frames_have_the_columns_and_types_of_the_contract(made: Registers) -> None:
    for frame, columns, rows in (
        (made.cases, CASE_COLUMNS, CASES),
        (made.remains, REMAINS_COLUMNS, REMAINS),
    ):
        assert tuple(frame.columns) == columns
        assert len(frame) == rows == frame["id"].nunique()
        assert isinstance(frame.index, pd.RangeIndex)
        assert all(isinstance(value, list) for name in LISTS for value in frame[name])
    assert made.cases["contact_date"].dtype == made.remains["found_date"].dtype == "datetime64[s]"


def test_every_value_is_one_of_the_contract(made: Registers) -> None:
    corridors = set(CORRIDOR_WEIGHTS)
    assert set(made.cases["contact_corridor"].dropna()) <= corridors
    assert set(made.cases["planned_corridor"].dropna()) <= corridors
    assert set(made.remains["found_corridor"].dropna()) <= corridors
    for frame in (made.cases, made.remains):
        assert set(frame["sex"].dropna()) <= {"female", "male", "intersex"}
        assert set(frame["hair"].dropna()) <= {"black", "brown", "fair", "grey", "red", "bald"}
        assert set(frame["eyes"].dropna()) <= {"brown", "black", "green", "blue", "hazel"}
        assert frame["origin_country"].dropna().str.fullmatch(r"[A-Z]{3}").all()
        for low, high in (
            ("age_from", "age_to"),
            ("height_from_cm", "height_to_cm"),
            ("weight_from_kg", "weight_to_kg"),
        ):
            assert (frame[low].isna() == frame[high].isna()).all()
            assert (frame[low].dropna() <= frame[high].dropna()).all()
    for name, kinds in KINDS.items():
        assert {thing["kind"] for thing in things(made, name)} <= kinds
    for name, findings in FINDINGS.items():
        assert {thing["finding"] for thing in things(made, name)} <= findings
    assert {thing["tooth"] for thing in things(made, "dental")} <= TEETH | {None}
    assert {thing["part"] for thing in things(made, "marks")} <= set(PARTS)
    assert {thing["part"] for thing in things(made, "medical")} <= set(PARTS) | BONES
    sides = {thing["side"] for name in ("marks", "medical") for thing in things(made, name)}
    assert sides == {"left", "right", "middle", None}


def test_the_truth_joins_each_case_and_each_remains_once(made: Registers) -> None:
    assert len(made.truth) == REMAINS * 0.6
    assert made.truth["case_id"].is_unique
    assert made.truth["remains_id"].is_unique
    assert made.truth["case_id"].isin(made.cases["id"]).all()
    assert made.truth["remains_id"].isin(made.remains["id"]).all()
    assert made.truth["informative"].between(0, 14).all()


def test_pairs_agree_where_nobody_erred_and_strangers_do_not(pairs: pd.DataFrame) -> None:
    strangers = pairs.copy()
    columns = [name for name in pairs if name.startswith("remains_")]
    strangers[columns] = pairs[columns].shift(1)
    strangers = strangers.iloc[1:]
    assert age_outside(pairs) < 0.2 < age_outside(strangers)
    assert sex_differs(pairs) < 0.05 < sex_differs(strangers)
    assert number_shared(pairs) > 0.5 > number_shared(strangers)
    assert (apart_days(pairs).dropna() >= -31).all()


def test_the_order_of_the_rows_gives_nothing_away(pairs: pd.DataFrame) -> None:
    numbers = [pairs[name].str[1:].astype(int) for name in ("case_id", "remains_id")]
    assert abs(numbers[0].corr(numbers[1])) < 0.15


def test_the_part_of_remains_with_a_case_is_the_one_asked_for() -> None:
    assert len(make_registers(60, 40, 2, shared=0.25).truth) == 10
    assert make_registers(60, 40, 2, shared=0.0).truth.empty
    with pytest.raises(ValueError, match="more remains"):
        make_registers(10, 40, 2)


def test_the_same_seed_makes_the_same_bytes_in_another_process() -> None:
    here = digest_of(make_registers(60, 40, 5))
    there = subprocess.run(
        [sys.executable, "-c", DIGEST_OF_FEW], capture_output=True, check=True, text=True
    )
    assert there.stdout.strip() == here != digest_of(make_registers(60, 40, 6))


def test_fields_are_missing_as_often_as_the_document_says(made: Registers) -> None:
    remains, cases = made.remains, made.cases
    named = known_share(remains, "given_names", "first_surname", "second_surname", "nicknames")
    assert named == pytest.approx(0.63, abs=0.04)
    assert known_share(remains, "sex") == pytest.approx(0.945, abs=0.025)
    assert known_share(remains, "belongings") == pytest.approx(0.32, abs=0.05)
    assert known_share(cases, "belongings") == pytest.approx(0.30, abs=0.04)
    assert with_mark(cases, "tattoo").mean() == pytest.approx(0.19, abs=0.04)
    assert known_share(cases, "given_names") > 0.99


def test_decomposed_and_skeletal_remains_tell_less(made: Registers) -> None:
    by = dict(list(made.remains.groupby("condition")))
    assert set(by) == {"fresh", "decomposed", "mummified", "skeletal"}
    for name in ("decomposed", "mummified", "skeletal"):
        assert known_share(by[name], "eyes", "weight_from_kg") == 0
    assert known_share(by["skeletal"], "hair") < 0.15
    assert known_share(by["fresh"], "hair") > 0.7
    assert known_share(by["skeletal"], "marks") == 0 < known_share(by["decomposed"], "marks")
    assert known_share(by["skeletal"], "dental") > known_share(by["fresh"], "dental")
    assert with_mark(by["fresh"], "tattoo").mean() == pytest.approx(0.23, abs=0.06)


def test_places_and_names_alone_say_little(made: Registers, pairs: pd.DataFrame) -> None:
    corridors = made.cases["contact_corridor"].value_counts(normalize=True)
    assert corridors.iloc[0] > 0.3
    assert whole_names(made.cases).duplicated(keep=False).mean() > 0.05
    numbers = made.cases["telephones"].explode().dropna()
    assert 0.02 < numbers.duplicated(keep=False).mean() < 0.4
    spelled_alike = pairs["case_first_surname"] == pairs["remains_first_surname"]
    both = pairs[["case_first_surname", "remains_first_surname"]].notna().all(axis=1)
    assert 0.2 < spelled_alike[both].mean() < 0.8


def test_nothing_in_a_row_could_identify_a_real_person(made: Registers) -> None:
    assert "Nobody described here ever lived" in (benchmarks.registers.__doc__ or "")
    for frame in (made.cases, made.remains):
        assert frame["id"].str.fullmatch(r"[CR]\d{6}").all()
        assert not {"birth_date", "document_number", "address"} & set(frame.columns)
        words = frame.drop(columns=["id", "telephones"]).select_dtypes(object)
        text = "\n".join(str(value) for name in words for value in words[name] if is_known(value))
        assert re.search(r"\d{4,}|@|https?:", text) is None
        numbers = frame["telephones"].explode().dropna()
        assert numbers.str.fullmatch(r"[0-9a-f]{32}").all()
