"""The map: folium's part holds no word of anybody, and places and names are complete."""

import json
import time

import numpy as np
import pandas as pd
import pytest
from map_frames import CORRIDORS, HOSTILE, LAND, collection, square

from geodata.basemap import large_cities
from tracker.maps.incidents_map import WHOLE_REGION, MapParts, draw_map, first_view


def drawn(*, language: str = "en", **options: object) -> MapParts:
    given = {"corridors": CORRIDORS, "basemap": LAND, "first_view": WHOLE_REGION}
    return draw_map(language=language, **{"alone": True, **given, **options})


def test_no_word_of_a_corridor_or_a_country_stands_in_what_folium_writes() -> None:
    named = collection(({"id": "x", "names": {"en": HOSTILE[0]}}, square(-78.0, 7.0, 2.0)))
    parts = drawn(corridors=named, basemap=named)
    assert HOSTILE[0] not in parts.script + parts.html
    assert parts.script.count("</script") == 0
    assert all("</script" not in text for text in parts.data.values())


def test_folium_describes_land_corridors_areas_and_incidents_with_a_control() -> None:
    script = drawn(language="es").script
    for part in (
        "L.map(",
        "L.geoJson(",
        "tracker.land(",
        "tracker.uncertainty(",
        "L.control.layers(",
    ):
        assert part in script
    assert "Corredores migratorios" in script


def test_the_land_stands_in_the_page_only_where_no_tiles_can_be_asked_for() -> None:
    assert "map-land" not in drawn(alone=False).data
    assert "map-land" in drawn().data


def test_the_map_can_be_zoomed_by_hand_but_not_without_end() -> None:
    parts = drawn()
    assert "user-scalable" not in parts.html + parts.script
    assert '"maxZoom": 13' in parts.script


def test_the_first_view_holds_nearly_all_places_and_never_the_ends_of_the_earth() -> None:
    longitude = np.array([*np.linspace(-90, -70, 999), 170.0])
    latitude = np.array([*np.linspace(0, 20, 999), -85.0])
    (south, west), (north, east) = first_view(longitude, latitude)
    assert (round(south), round(west), round(north), round(east)) == (0, -90, 20, -70)
    assert first_view(np.array([170.0]), np.array([10.0])) == WHOLE_REGION
    assert first_view(np.array([]), np.array([])) == WHOLE_REGION


def test_names_stand_inside_their_areas_in_the_language_of_the_reader() -> None:
    names = json.loads(drawn().data["map-names"])
    by_words = {words: (kind, longitude, latitude) for kind, words, longitude, latitude, _ in names}
    kind, longitude, latitude = by_words["Dominican Rep."]
    assert kind == "country"
    assert -72 < longitude < -70
    assert 17 < latitude < 19
    assert by_words["Darien"][0] == "corridor"
    assert "Atlantic drift" not in by_words


def test_a_name_stands_inside_an_area_that_is_bent() -> None:
    bent = [
        [-80, 0],
        [-70, 0],
        [-70, 10],
        [-71, 10],
        [-71, 1],
        [-79, 1],
        [-79, 10],
        [-80, 10],
        [-80, 0],
    ]
    land = collection(({"names": {"en": "Bent"}}, {"type": "Polygon", "coordinates": [bent]}))
    names = json.loads(drawn(basemap=land, language="en").data["map-names"])
    _, _, longitude, latitude, _ = names[0]
    assert 0 < latitude < 10
    assert longitude < -79 or longitude > -71 or latitude < 1


def test_a_border_shared_by_two_countries_stays_shared() -> None:
    land = collection(
        ({"names": {"en": "West"}}, square(-80.123456, 10.0, 4.0)),
        ({"names": {"en": "East"}}, square(-76.123456, 10.0, 4.0)),
    )
    rings = json.loads(drawn(basemap=land, language="en").data["map-land"])
    west, east = rings
    assert west[0] + west[2] == east[0]


def test_the_largest_cities_are_named_and_the_rest_left_out() -> None:
    cities = pd.DataFrame(
        {
            "name": [f"City {number}" for number in range(2_000)],
            "longitude": -80.0,
            "latitude": 10.0,
            "population": range(2_000),
        }
    )
    names = json.loads(drawn(cities=cities).data["map-names"])
    named = [words for kind, words, *_ in names if kind == "city"]
    assert len(named) == 500
    assert named[0] == "City 1999"


def test_a_city_has_the_name_that_the_reader_calls_it() -> None:
    for language, name in (("es", "Ciudad de México"), ("en", "Mexico City"), ("fr", "Mexico")):
        names = json.loads(drawn(cities=large_cities(), language=language).data["map-names"])
        assert name in [words for kind, words, *_ in names if kind == "city"]


@pytest.mark.alone
def test_what_is_made_of_the_land_is_made_once() -> None:
    ring = [[-100 + step / 5000, 20 + (step % 7) / 9] for step in range(50_000)]
    large = {"type": "Polygon", "coordinates": [[*ring, [-100, 0], ring[0]]]}
    land = collection(({"names": {"en": "Large"}}, large))
    started = time.perf_counter()
    drawn(basemap=land, language="en")
    first = time.perf_counter() - started
    started = time.perf_counter()
    drawn(basemap=land, language="es")
    assert time.perf_counter() - started < first
