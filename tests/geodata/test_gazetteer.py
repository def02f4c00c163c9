"""Names lead to places, points to the nearest place."""

import numpy as np
import pytest

from geodata.distances import distance_m
from geodata.gazetteer import find_places, nearest_place, nearest_places, places_at


def test_accents_case_and_short_forms_do_not_matter():
    for typed in ("Ciudad Juárez", "ciudad juarez", "CD. JUAREZ", "  Cd Juárez"):
        assert find_places(typed)[0].name == "Ciudad Juárez"
    assert find_places("nunoa", country="CHL")[0].name == "Ñuñoa"
    assert {place.name for place in find_places("St Johns", limit=3)} >= {"St. John's"}


def test_whole_names_come_before_beginnings_and_big_places_before_small_ones():
    found = find_places("Los Angeles", limit=50)
    assert (found[0].name, found[0].country) == ("Los Angeles", "USA")
    whole = [place.name in {"Los Angeles", "Los Ángeles"} for place in found]
    assert whole == sorted(whole, reverse=True)
    people = [place.population for place in found if place.name in {"Los Angeles", "Los Ángeles"}]
    assert people == sorted(people, reverse=True)


def test_a_country_narrows_the_search_and_the_limit_holds():
    found = find_places("san", country="CRI", limit=4)
    assert len(found) == 4
    assert {place.country for place in found} == {"CRI"}


def test_a_name_that_nobody_bears_finds_nothing():
    assert find_places("zzzyx") == []
    assert find_places("  ") == []


def test_the_nearest_place_of_a_city_centre_is_the_city():
    place, metres = nearest_place(-76.79, 8.426)
    assert place.name == "Necoclí"
    assert metres < 3_000


def test_nearest_places_are_those_that_measuring_every_place_gives():
    random = np.random.default_rng(1)
    x, y = random.uniform(-170, -35, 300), random.uniform(-55, 70, 300)
    rows, metres = nearest_places(x, y)
    everywhere = places_at(np.arange(44_034))
    longitudes = np.array([place.longitude for place in everywhere[:]])
    latitudes = np.array([place.latitude for place in everywhere])
    for at in range(300):
        least = distance_m((x[at], y[at]), (longitudes, latitudes)).min()
        assert metres[at] == pytest.approx(least, abs=0.01)
    assert [place.geoname_id for place in places_at(rows[:3])] == [
        everywhere[row].geoname_id for row in rows[:3]
    ]


def test_unknown_points_have_no_nearest_place():
    rows, metres = nearest_places(np.array([np.nan, -76.8]), np.array([8.0, 8.4]))
    assert rows[0] == -1
    assert np.isnan(metres[0])
    assert places_at(rows)[0] is None
    with pytest.raises(ValueError, match="finite"):
        nearest_place(float("nan"), 8.0)
