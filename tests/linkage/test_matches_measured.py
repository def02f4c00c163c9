"""The benchmark of matches counts right, on a handful of invented people."""

from dataclasses import dataclass

import pandas as pd
import pytest

from benchmarks.matches import lines_of, measure_matches, one_among_many
from benchmarks.peers_of_matches import nearest_by_name_and_age
from tests.linkage.invented_people import FOUND, MARVIN, case, register, remains


@dataclass
class Handful:
    cases: pd.DataFrame
    remains: pd.DataFrame
    truth: pd.DataFrame


@pytest.fixture(scope="module")
def handful() -> Handful:
    """One true pair that is easy and one that nobody can find, among some others."""
    strangers = [case(sex="male", given_names="Pedro", first_surname="Quispe") for _ in range(30)]
    cases = register(case(**MARVIN), case(sex="female", age_from=70.0, age_to=70.0), *strangers)
    found = register(remains(**FOUND), remains(sex="male", sex_basis="document"))
    truth = pd.DataFrame({"case_id": ["0", "1"], "remains_id": ["0", "1"], "informative": [6, 1]})
    return Handful(cases, found, truth)


def test_recall_precision_and_times_are_counted(handful: Handful) -> None:
    measured = measure_matches(handful, peers=False)
    assert measured.recall == 0.5
    assert measured.recall_informative == 1.0
    assert (measured.strong, measured.precision_strong, measured.strong_share) == (1, 1.0, 0.5)
    assert measured.missed_by_choosing == 0.0
    assert measured.calibration["pairs"].sum() == 1
    assert set(measured.seconds) == {
        "prepare cases", "prepare remains", "all pairs", "ten nearest of each",
    }  # fmt: skip
    assert any("recall" in line for line in lines_of(measured))


def test_one_case_is_timed_against_remains_told_again(handful: Handful) -> None:
    assert len(one_among_many(handful, many=50, times=3)) == 3


def test_the_baseline_ranks_by_name_and_age() -> None:
    cases = register(case(given_names="Ana", first_surname="Tzul", age_from=30.0), case(**MARVIN))
    found = register(remains(given_names="Marvin", first_surname="Funez", age_from=25.0))
    nearest = nearest_by_name_and_age(cases, found, limit=1)
    assert nearest["other_id"].tolist() == ["1"]
