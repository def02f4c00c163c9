"""The subregion schemes: their codes, their labels, and where a death is counted."""

import pytest

from geodata.schemes import (
    BOUNDARIES_VERSION,
    LANGUAGES,
    REVIEW_2021,
    SCHEMES,
    UN_M49,
    review_2021_subregion,
    subregions_by_country,
    un_m49_subregion,
)


def test_the_schemes_and_their_codes_are_the_published_ones():
    assert list(SCHEMES) == ["un_m49", "review_2021", "iom_region"]
    assert UN_M49.codes == (
        "northern_america",
        "central_america",
        "caribbean",
        "south_america",
        "at_sea",
    )
    assert REVIEW_2021.codes == (
        "us_mexico_border",
        "central_america",
        "caribbean",
        "south_america",
        "northern_america",
    )
    assert SCHEMES["iom_region"].codes == ()


def test_every_subregion_is_named_in_five_languages():
    for scheme in SCHEMES.values():
        for code in scheme.codes:
            assert all(scheme.label(code, language).strip() for language in LANGUAGES)
    assert UN_M49.label("caribbean", "fr") == "Caraïbes"


def test_all_57_countries_and_areas_of_the_americas_have_a_un_subregion():
    table = subregions_by_country()
    assert len(table) == 57
    assert table["MEX"] == "central_america"
    assert table["GUF"] == table["FLK"] == "south_america"
    assert table["BMU"] == table["GRL"] == table["SPM"] == "northern_america"
    assert table["PRI"] == table["BES"] == table["TTO"] == "caribbean"


@pytest.mark.parametrize(
    ("country", "distance_km", "subregion"),
    [
        ("USA", 0.0, "northern_america"),
        ("HTI", 90.0, "caribbean"),
        ("BRA", 370.0, "south_america"),
        ("BRA", 371.0, "at_sea"),
        (None, 0.0, "at_sea"),
        ("FRA", 0.0, "at_sea"),
    ],
)
def test_a_death_at_sea_goes_to_the_nearest_land_within_200_nautical_miles(
    country, distance_km, subregion
):
    assert un_m49_subregion(country, distance_km=distance_km) == subregion


@pytest.mark.parametrize(
    ("country", "corridor", "subregion"),
    [
        ("USA", "us_mexico_border", "us_mexico_border"),
        ("MEX", "us_mexico_border", "us_mexico_border"),
        ("MEX", "mexico_transit", "central_america"),
        ("MEX", "guatemala_mexico_border", "central_america"),
        ("USA", "caribbean", "caribbean"),
        ("PRI", "caribbean", "caribbean"),
        ("USA", None, "northern_america"),
        ("CAN", "canada_us", "northern_america"),
        ("BMU", None, "northern_america"),
        ("PAN", "darien", "central_america"),
        ("COL", "darien", "south_america"),
        ("COL", "venezuela_colombia", "south_america"),
        ("BRA", "atlantic_drift", "south_america"),
        (None, "caribbean", "caribbean"),
        (None, None, None),
    ],
)
def test_in_the_review_the_corridor_decides_first_and_then_the_land(country, corridor, subregion):
    assert review_2021_subregion(country, corridor) == subregion


def test_the_review_reaches_boats_adrift_off_brazil_but_not_the_open_ocean():
    assert review_2021_subregion("BRA", None, distance_km=900) == "south_america"
    assert review_2021_subregion("BRA", None, distance_km=1100) is None


def test_the_version_of_the_boundaries_names_edition_and_content():
    edition, month, digest = BOUNDARIES_VERSION.split("-")
    assert edition.isdigit()
    assert month.isdigit()
    assert len(digest) == 8
    assert int(digest, 16) >= 0
