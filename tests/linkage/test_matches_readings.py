"""Registers are read as they are written: other words, one field for a name, gaps of all kinds."""

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from tests.linkage.invented_people import FOUND, MARVIN, case, register, remains, tattoo
from tracker.domain.match_evidence import MatchField
from tracker.linkage.matches import candidates_for, explain_pair, score_pairs
from tracker.linkage.matches.full_names import name_parts
from tracker.linkage.matches.readings import coded, country, day, number, readable, text

UNKNOWN = (
    None, float("nan"), pd.NA, "", "  ", "?", "---", "N/N", "N.N.", "XX", "desconocido",
    "DESCONOCIDA", "Sin nombre", "no identificado", "unknown", "S/D",
)  # fmt: skip


def weights(one: Mapping[str, object], other: Mapping[str, object]) -> dict[str, float]:
    """Weigh two rows of the columns that are given alone; fields that weigh 0 are left out."""
    pair = pd.DataFrame([{"id": 1, **one}]), pd.DataFrame([{"id": 2, "found_date": None, **other}])
    return {str(each.field): each.weight for each in explain_pair(*pair).fields if each.weight}


@pytest.mark.parametrize("told", UNKNOWN)
def test_what_stands_for_not_known_weighs_nothing_in_any_column(told: object) -> None:
    columns = readable(remains(**FOUND)).columns
    cells: dict[str, object] = {name: [told] for name in columns if name != "id"}
    nothing = pd.DataFrame({"id": ["2"], **cells})
    found = explain_pair(case(**MARVIN), nothing)
    assert {each.weight for each in found.fields} == {0.0}
    assert found.log_odds == found.prior


def test_columns_that_are_not_there_are_not_known() -> None:
    assert weights({}, {}) == {}
    assert set(weights({"sex": "male"}, {"sex": "male"})) == {"sex"}


@pytest.mark.parametrize(
    ("whole", "given", "surnames"),
    [
        ("JOSE LUIS GARCIA LOPEZ", ("jose", "luis"), ("garcia", "lopez")),
        ("Juan Pérez", ("juan",), ("perez",)),
        ("García López, Juan", ("juan",), ("garcia", "lopez")),
        ("GARCIA LOPEZ JUAN CARLOS", ("juan", "carlos"), ("garcia", "lopez")),
        ("María José", ("maria", "jose"), ()),
        ("José de la Cruz", ("jose",), ("cruz",)),
        ("Marie Rose Désir", ("marie", "rose"), ("desir",)),
        ("Pedro", ("pedro",), ()),
    ],
)
def test_a_whole_name_in_one_field_is_taken_apart(
    whole: str, given: tuple[str, ...], surnames: tuple[str, ...]
) -> None:
    assert name_parts(whole, None, None) == (given, surnames)


def test_a_whole_name_in_one_field_agrees_with_one_in_three() -> None:
    three = {"given_names": "Marvin", "first_surname": "Funez", "second_surname": "Mejía"}
    assert weights({"given_names": "MARVIN FUNEZ MEJIA"}, three) == weights(three, three)
    assert weights({"first_surname": "Marvin Funez Mejia"}, three) == weights(three, three)


@pytest.mark.parametrize(
    ("cell", "column", "code"),
    [
        ("Femenino", "sex", "female"), ("HOMBRE", "sex", "male"), ("M", "sex", None),
        ("castaño oscuro", "hair", "brown"), ("Black", "hair", "black"), ("café", "eyes", "brown"),
        ("Osamenta", "condition", "skeletal"), ("negro o café", "hair", None),
    ],
)  # fmt: skip
def test_words_for_codes_are_read_where_they_are_clear(
    cell: str, column: str, code: str | None
) -> None:
    assert coded(cell, column) == code


def test_countries_are_read_by_code_and_by_name() -> None:
    assert [country(each) for each in ("HND", "HN", "Honduras", "MÉXICO", "N/N")] == [
        "HND", "HND", "HND", "MEX", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "told",
    ["2024-01-15", "15/01/2024", dt.date(2024, 1, 15), dt.datetime(2024, 1, 15, 6, tzinfo=dt.UTC),
     np.datetime64("2024-01-15"), pd.Timestamp("2024-01-15", tz="UTC"), "2024-01-15T06:00:00"],
)  # fmt: skip
def test_days_are_read_in_every_clear_form(told: object) -> None:
    assert day(told).astype("datetime64[D]") == np.datetime64("2024-01-15")


def test_a_day_that_may_be_a_month_or_is_none_is_not_known() -> None:
    assert all(np.isnat(day(told)) for told in ("05/06/2024", "2024-02-31", "junio", 20240605))


def test_numbers_are_read_with_their_units_and_within_what_can_be() -> None:
    assert [number(each, 30, 230, metres=3) for each in ("162 cm", "1,62", 162, "1.62 m")] == [
        162
    ] * 4
    assert all(np.isnan(number(each, 0, 115)) for each in (-1, 999, "?", None))


def test_two_noughts_are_no_place() -> None:
    nowhere = {"contact_longitude": 0.0, "contact_latitude": 0.0}
    assert weights(nowhere, {"found_longitude": -110.0, "found_latitude": 31.0}) == {}


def test_marks_told_in_words_agree_with_marks_told_in_codes() -> None:
    told = {"marks": ["Tatuaje de una rosa en el antebrazo izquierdo"]}
    coded_marks = {"marks": [tattoo("forearm", "left", description="rose")]}
    assert weights(told, coded_marks) == weights(coded_marks, coded_marks)
    praying = {"marks": [{"kind": "tattoo", "description": "unas manos en el pecho"}]}
    assert weights(praying, {"marks": [tattoo("chest")]})["marks"] > 1


def test_an_inscription_told_in_the_description_alone_still_agrees() -> None:
    inked = {"marks": [tattoo("forearm", text="Yoselin")]}
    told = {"marks": [tattoo("forearm", description="nombre Yoselin")]}
    other = {"marks": [tattoo("forearm", description="nombre Brenda")]}
    assert weights(inked, told)["marks"] > weights(inked, other)["marks"] + 1
    assert weights(inked, told) == weights(told, inked)


def test_telephone_numbers_agree_however_they_are_written() -> None:
    assert weights({"telephones": ["+504 9999-1234"]}, {"telephones": "99991234"})["telephones"] > 4
    assert weights({"telephones": ["99991234"]}, {"telephones": ["99991235"]})["telephones"] < 0


def test_the_same_id_twice_is_answered_twice() -> None:
    twice = pd.DataFrame({"id": [1, 1], "given_names": ["Ana", "Rosa"]})
    found = remains(given_names="Ana")
    assert candidates_for(found, twice)["other_id"].tolist() == ["1", "1"]


def test_a_frame_that_was_read_reads_the_same_again() -> None:
    sought, found = register(case(**MARVIN), case()), register(remains(**FOUND), remains())
    pairs = pd.DataFrame({"one_id": ["0", "1"], "other_id": ["0", "0"]})
    once = score_pairs(sought, found, pairs)
    again = score_pairs(readable(sought), readable(found), pairs)
    pd.testing.assert_frame_equal(once, again)
    assert (once[[f"weight_{field}" for field in MatchField]].iloc[1] == 0).all()


def test_placeholders_are_told_from_names() -> None:
    assert text("Juan Desconocido") == "Juan Desconocido"
    assert text("Masculino no identificado") is None
