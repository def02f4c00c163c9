"""Pairs of invented people, written by hand: what raises a score, what lowers it, what hides none."""

import numpy as np
import pytest

from tests.linkage.invented_people import FOUND, MARVIN, case, register, remains, tattoo
from tracker.domain.duplicates import Verdict
from tracker.domain.match_evidence import Explanation, MatchField, Settling, Strength
from tracker.linkage.matches import (
    MATCHES_VERSION,
    PRIOR,
    candidates_for,
    explain_pair,
    what_would_settle,
)

Facts = dict[str, object]


def explained(sought: Facts, found: Facts) -> Explanation:
    return explain_pair(case(**sought), remains(**found))


def weights(sought: Facts, found: Facts) -> dict[MatchField, float]:
    return {field.field: field.weight for field in explained(sought, found).fields}


def weight(field: MatchField, sought: Facts, found: Facts) -> float:
    return weights(sought, found)[field]


def test_a_pair_that_agrees_in_all_is_strong_even_without_a_name() -> None:
    told = explained(MARVIN, FOUND)
    assert told.strength == Strength.STRONG
    assert told.version == MATCHES_VERSION
    assert told.told(Verdict.AGAINST) == ()
    assert {field.field for field in told.told(Verdict.UNKNOWN)} >= {
        MatchField.NAMES, MatchField.TELEPHONES, MatchField.EYES, MatchField.ORIGIN,
    }  # fmt: skip


def test_the_prior_and_the_weights_add_up_to_the_log_odds() -> None:
    told = explained(MARVIN, FOUND)
    total = PRIOR + sum(field.weight for field in told.fields)
    assert told.log_odds == pytest.approx(total, abs=0.01)
    assert told.probability == pytest.approx(1 / (1 + np.exp(-told.log_odds)), abs=1e-3)


def test_two_rows_that_know_nothing_stay_at_the_prior() -> None:
    told = explained({}, {})
    assert told.log_odds == pytest.approx(PRIOR, abs=1e-3)
    assert {field.weight for field in told.fields} == {0.0}
    assert {field.facts["code"] for field in told.fields} == {"not_told"}
    assert told.strength == Strength.WEAK


LOWERED = {
    "a wrong assessed sex": {"sex": "female"},
    "a wrong side of the tattoo": {
        "marks": [tattoo("forearm", "right", text="YOSELIN", description="name with a rose")]
    },
    "an age outside by three years": {"age_from": 27.0, "age_to": 35.0},
    "a height outside by five cm": {"height_from_cm": 177.0, "height_to_cm": 185.0},
    "a neighbouring part of the body": {"marks": [tattoo("hand", "left", text="YOSELIN")]},
    "another hair": {"hair": "grey"},
    "an interval that is too long": {"interval_days_from": 60.0, "interval_days_to": 120.0},
    "a place far away": {"found_longitude": -97.5, "found_latitude": 26.2},
    "another tooth": {"dental": [{"finding": "gold", "tooth": 21}]},
}


@pytest.mark.parametrize("changed", LOWERED.values(), ids=list(LOWERED))
def test_one_wrong_field_lowers_the_score_and_never_hides_the_pair(changed: Facts) -> None:
    told = explained(MARVIN, FOUND | changed)
    assert told.log_odds < explained(MARVIN, FOUND).log_odds
    assert len(told.told(Verdict.SUPPORTS)) >= 4
    others = [remains(**stranger(seed)) for seed in range(60)]
    everybody = register(remains(**(FOUND | changed)), *others)
    assert candidates_for(case(**MARVIN), everybody)["other_id"].tolist()[0] == "0"


def stranger(seed: int) -> Facts:
    """Make up somebody who agrees with Marvin in what is frequent."""
    start = float(18 + seed % 25)
    return {
        "sex": "male", "sex_basis": "examiner", "age_from": start, "age_to": start + 10,
        "age_basis": "examiner", "height_from_cm": 160.0 + seed % 15, "hair": "black",
        "found_date": f"2024-{1 + seed % 12:02}-11", "found_longitude": -111.0 - seed / 60,
        "found_latitude": 31.8, "found_corridor": "us_mexico_border", "condition": "skeletal",
    }  # fmt: skip


@pytest.mark.parametrize("field", list(MatchField))
def test_no_field_alone_excludes(field: MatchField) -> None:
    worst = weights(MARVIN | OTHERWISE_SOUGHT, OTHERWISE_FOUND)
    assert worst[field] < 0
    assert worst[field] >= -3.2


OTHERWISE_SOUGHT: Facts = {
    "telephones": ["aa"], "clothing": [{"kind": "shirt", "colour": "rojo", "brand": "Nike"}],
    "medical": [{"finding": "fracture", "part": "femur", "side": "left", "description": "clavo"}],
    "belongings": [{"kind": "religious", "text": "Salmo 23", "description": "rosario"}],
    "weight_from_kg": 60.0, "dental": [{"finding": "missing", "tooth": 11}],
}  # fmt: skip
OTHERWISE_FOUND: Facts = {
    "given_names": "Pedro", "first_surname": "Quispe", "telephones": ["bb"], "sex": "female",
    "sex_basis": "examiner", "age_from": 60.0, "age_to": 70.0, "age_basis": "examiner",
    "height_from_cm": 120.0, "weight_from_kg": 120.0, "hair": "fair", "eyes": "blue",
    "marks": [tattoo("calf", "right", text="Toro", description="bull")],
    "dental": [{"finding": "missing", "tooth": 36}],
    "medical": [{"finding": "fracture", "part": "skull", "side": "right", "description": "plate"}],
    "belongings": [{"kind": "religious", "text": "Xangô", "description": "bracelet"}],
    "clothing": [{"kind": "shirt", "colour": "blue", "brand": "Puma"}],
    "found_date": "2020-01-01", "found_longitude": -70.0, "found_latitude": -20.0,
    "found_corridor": "altiplano", "condition": "fresh", "origin_country": "PER",
}  # fmt: skip


TATTOO = MatchField.MARKS


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        (tattoo("chest", description="Virgen de Guadalupe"), tattoo("chest", description="Virgin")),
        (tattoo("forearm", description="calavera y rosas"), tattoo("forearm", description="skull, roses")),
        (tattoo("back", description="alas de ángel"), tattoo("back", description="wings")),
        (tattoo("neck", text="M.R.", description=""), tattoo("neck", text="MR", description="")),
        (tattoo("hand", text="Mi Madre"), tattoo("forearm", text="mi madre")),
        (tattoo("calf", description="ancla"), tattoo("calf", description="anchor, faded")),
    ],
)  # fmt: skip
def test_one_tattoo_told_in_two_languages_supports(sought: Facts, found: Facts) -> None:
    assert weight(TATTOO, {"marks": [sought]}, {"marks": [found]}) > 1.2


def test_a_tattoo_and_no_mention_of_one_says_nothing() -> None:
    assert weight(TATTOO, {"marks": [tattoo("chest")]}, {"marks": []}) == 0.0
    mole = {"kind": "mole", "part": "face", "side": "left", "text": None, "description": ""}
    assert weight(TATTOO, {"marks": [tattoo("chest")]}, {"marks": [mole]}) == 0.0


def test_two_tattoos_that_agree_weigh_more_than_one_and_their_order_says_nothing() -> None:
    one, two = tattoo("chest", description="cruz"), tattoo("hand", "left", text="Abril")
    single = weight(TATTOO, {"marks": [one]}, {"marks": [one]})
    double = weight(TATTOO, {"marks": [one, two]}, {"marks": [two, one]})
    assert double > single
    assert double == weight(TATTOO, {"marks": [one, two]}, {"marks": [one, two]})


def test_an_equal_telephone_number_is_very_strong_and_another_one_nearly_nothing() -> None:
    phone = MatchField.TELEPHONES
    assert weight(phone, {"telephones": ["aa", "bb"]}, {"telephones": ["bb"]}) == pytest.approx(4.5)
    assert weight(phone, {"telephones": ["aa"]}, {"telephones": ["bb"]}) == pytest.approx(-0.1)
    assert weight(phone, {"telephones": ["aa"]}, {}) == 0.0


def test_digests_of_telephone_numbers_are_never_told() -> None:
    told = explained({"telephones": ["secret"]}, {"telephones": ["secret"]})
    assert "secret" not in str(told)


def test_the_same_gold_tooth_weighs_more_than_the_same_missing_one() -> None:
    def tooth(finding: str, number: int | None) -> Facts:
        return {"dental": [{"finding": finding, "tooth": number}]}

    dental = MatchField.DENTAL
    gold = weight(dental, tooth("gold", 11), tooth("gold", 11))
    assert gold > weight(dental, tooth("missing", 36), tooth("missing", 36)) > 0
    assert gold > weight(dental, tooth("gold", 11), tooth("gold", 12)) > 0
    assert gold > weight(dental, tooth("gold", 11), tooth("gold", None)) > 0
    assert weight(dental, tooth("missing", 36), tooth("missing", 11)) < 0


def test_a_plate_in_the_thigh_and_one_on_the_femur_are_compared() -> None:
    told = {"finding": "implant", "side": "left", "description": "placa y tornillos"}
    seen = {"finding": "implant", "side": "left", "description": "plate with screws"}
    medical = MatchField.MEDICAL
    sought, found = {"medical": [told | {"part": "thigh"}]}, {"medical": [seen | {"part": "femur"}]}
    assert weight(medical, sought, found) > 2.5


def test_an_inscription_and_a_kind_of_belonging_support() -> None:
    medal = {"kind": "religious", "text": "Santa Muerte 2019", "description": "medalla de plata"}
    found = {"kind": "religious", "text": "SANTA MUERTE 2019", "description": "silver medal"}
    belongings = MatchField.BELONGINGS
    assert weight(belongings, {"belongings": [medal]}, {"belongings": [found]}) > 4


def test_clothes_weigh_little_either_way() -> None:
    shirt = {"kind": "shirt", "colour": "azul", "brand": "Nike", "description": "manga larga"}
    other = {"kind": "shirt", "colour": "red", "brand": "Puma", "description": ""}
    blue = shirt | {"colour": "blue"}
    clothing = MatchField.CLOTHING
    assert 1 < weight(clothing, {"clothing": [shirt]}, {"clothing": [blue]}) <= 4.0
    assert -1.6 <= weight(clothing, {"clothing": [shirt]}, {"clothing": [other]}) < 0


def test_bones_say_less_of_the_sex_than_a_fresh_body() -> None:
    def sex(condition: str) -> float:
        found = {"sex": "female", "sex_basis": "examiner", "condition": condition}
        return weight(MatchField.SEX, {"sex": "male", "sex_basis": "family"}, found)

    assert sex("fresh") < sex("decomposed") < sex("skeletal") < 0
    intersex = {"sex": "intersex", "sex_basis": "examiner"}
    assert weight(MatchField.SEX, {"sex": "male", "sex_basis": "family"}, intersex) == 0.0


def test_a_contact_after_the_find_speaks_against_and_a_day_late_hardly() -> None:
    found = {"found_date": "2024-06-20", "condition": "fresh"}

    def time(contact: str) -> float:
        return weight(MatchField.TIME, {"contact_date": contact}, found)

    assert time("2024-06-15") > time("2024-06-21") > 0 > time("2024-12-01")
    assert time("2024-06-15") > time("2023-06-15") > time("2026-06-15")


def test_the_planned_corridor_and_those_on_the_way_are_plausible() -> None:
    def route(found: str) -> float:
        sought = {"planned_corridor": "us_mexico_border", "contact_corridor": "darien"}
        return weight(MatchField.ROUTE, sought, {"found_corridor": found})

    assert route("us_mexico_border") > 0 > route("mexico_transit") > -0.5
    darien = {"contact_corridor": "darien"}
    place = MatchField.PLACE
    there = weight(place, darien, {"found_corridor": "darien"})
    after = weight(place, darien, {"found_corridor": "central_america_transit"})
    assert there > 0 > after > -0.5
    assert weight(place, darien, {"found_corridor": "altiplano"}) < -1.5


def test_a_rare_country_of_origin_weighs_more_than_a_frequent_one() -> None:
    def origin(one: str, other: str) -> float:
        return weight(MatchField.ORIGIN, {"origin_country": one}, {"origin_country": other})

    assert origin("NIC", "NIC") > origin("MEX", "MEX") > 0 > origin("MEX", "HND")


def test_what_would_settle_follows_what_is_left_to_compare() -> None:
    fresh = what_would_settle(explained(MARVIN, FOUND | {"condition": "fresh"}))
    assert fresh == (
        Settling.DENTAL, Settling.FINGERPRINTS, Settling.DNA_REFERENCE, Settling.PHOTO_OF_TATTOO,
    )  # fmt: skip
    bones = what_would_settle(explained({}, {"condition": "skeletal"}))
    assert bones == (Settling.DNA_REFERENCE,)


def test_a_find_weighs_more_in_a_land_where_few_are_found() -> None:
    def place(contact: tuple[float, float], found: tuple[float, float]) -> float:
        sought = {"contact_longitude": contact[0], "contact_latitude": contact[1]}
        seen = {"found_longitude": found[0], "found_latitude": found[1]}
        return weight(MatchField.PLACE, sought, seen)

    desert = place((-111.8, 30.7), (-111.8, 31.5))
    assert place((-68.9, -19.3), (-68.9, -18.5)) > desert > 0 > place((-111.8, 30.7), (-98.2, 27.1))


def test_the_longer_the_way_the_later_a_find_may_be() -> None:
    def time(longitude: float, latitude: float, found: str) -> float:
        sought = {
            "contact_date": "2024-06-01", "contact_longitude": longitude,
            "contact_latitude": latitude,
        }  # fmt: skip
        seen = {
            "found_date": found, "found_longitude": -111.8, "found_latitude": 31.8,
            "condition": "fresh",
        }  # fmt: skip
        return weight(MatchField.TIME, sought, seen)

    assert time(-111.8, 30.9, "2024-06-05") > time(-92.3, 14.9, "2024-06-05")
    assert time(-92.3, 14.9, "2024-09-01") > time(-111.8, 30.9, "2024-09-01")


def test_an_age_in_the_middle_of_a_range_weighs_more_than_at_its_edge() -> None:
    def age(years: float) -> float:
        sought = {"age_from": years, "age_to": years, "age_basis": "family"}
        seen = {"age_from": 40.0, "age_to": 60.0, "age_basis": "examiner"}
        return weight(MatchField.AGE, sought, seen)

    assert age(50.0) > age(41.0) > age(37.0) > age(25.0)


@pytest.mark.parametrize(
    ("sought", "found", "least"),
    [("morado", "purple", 1.5), ("azul marino", "navy blue", 1.0), ("negro", "black", 0.5)],
)
def test_a_rare_colour_of_clothes_in_two_languages_weighs_more(
    sought: str, found: str, least: float
) -> None:
    one, other = ({"kind": "shirt", "colour": each} for each in (sought, found))
    clothing = weight(MatchField.CLOTHING, {"clothing": [one]}, {"clothing": [other]})
    assert least < clothing < 2.1
