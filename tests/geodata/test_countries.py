"""Countries are found in every spelling that people and datasets use."""

import numpy as np
import pytest

from geodata.countries import LANGUAGES, country_name, find_countries, find_country


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("United States of America", "USA"),
        ("Venezuela (Bolivarian Republic of)", "VEN"),
        ("Bolivia (Plurinational State of)", "BOL"),
        ("Turks and Caicos", "TCA"),
        ("Turks & Caicos Islands", "TCA"),
        ("México", "MEX"),
        ("MEJICO", "MEX"),
        ("USA", "USA"),
        ("US", "USA"),
        ("EE. UU.", "USA"),
        ("EEUU", "USA"),
        ("Etazini", "USA"),
        ("Ayiti", "HTI"),
        ("Haïti", "HTI"),
        ("la República Dominicana", "DOM"),
        ("The Bahamas", "BHS"),
        ("Brésil", "BRA"),
        ("Côte d'Ivoire", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("Democratic Republic of the Congo", "COD"),
        ("Congo", "COG"),
        ("Türkiye", "TUR"),
        ("Viet Nam", "VNM"),
        ("China, Hong Kong Special Administrative Region", "HKG"),
        ("State of Palestine", "PSE"),
        ("Palestinian Territories", "PSE"),
        ("St. Lucia", "LCA"),
        ("Curacao", "CUW"),
        ("  guatemala ", "GTM"),
        ("UK", "GBR"),
    ],
)
def test_a_country_is_found_by_its_spelling(text, iso3):
    assert find_country(text) == iso3


@pytest.mark.parametrize(
    "text",
    [
        "Latin America / Caribbean (P)",
        "Unknown",
        "Mixed",
        "América",
        "Central America",
        "Guatemala,Honduras",
        "Korea",
        "",
        None,
    ],
)
def test_what_is_no_single_country_is_none(text):
    assert find_country(text) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_shown_in_a_language_is_found_again(language):
    for iso3 in ("MEX", "HTI", "GUF", "USA", "VEN", "SEN", "CMR", "IND", "AFG", "COD", "CUB"):
        assert find_country(country_name(iso3, language)) == iso3


def test_names_follow_the_language():
    assert country_name("USA", "es") == "Estados Unidos"
    assert country_name("HTI", "ht") == "Ayiti"
    assert country_name("IND", "pt") == "Índia"
    with pytest.raises(KeyError):
        country_name("QQQ", "es")


def test_many_countries_are_found_at_once_in_their_order():
    texts = np.array(["México", None, float("nan"), "Unknown", "Cuba", "México"], dtype=object)
    assert find_countries(texts).tolist() == ["MEX", None, None, None, "CUB", "MEX"]
