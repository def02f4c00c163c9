"""The corridors: what they hold, that they do not overlap, and how they are drawn."""

import itertools
import json

import pytest
import shapely
from shapely.geometry import shape

from geodata.corridors import (
    CORRIDOR_CODES,
    SEGMENT_CODES,
    corridor,
    corridors,
    features,
    segment,
    segments,
)
from geodata.schemes import LANGUAGES

CROSSING_PLACES = [
    ("Falfurrias, Brooks County", -98.14, 27.23, "us_mexico_border", "lower_rio_grande"),
    ("San Ysidro", -117.03, 32.54, "us_mexico_border", "tijuana_san_diego"),
    ("Barry Goldwater Range", -114.02, 32.26, "us_mexico_border", "mexicali_yuma"),
    ("Arivaca", -111.33, 31.58, "us_mexico_border", "sonoran_desert"),
    ("Phoenix", -112.07, 33.45, "us_mexico_border", "sonoran_desert"),
    ("Ciudad Juárez", -106.49, 31.74, "us_mexico_border", "el_paso_juarez"),
    ("Presidio", -104.37, 29.56, "us_mexico_border", "big_bend"),
    ("Piedras Negras", -100.52, 28.70, "us_mexico_border", "del_rio_eagle_pass"),
    ("Nuevo Laredo", -99.52, 27.48, "us_mexico_border", "laredo"),
    ("Quintana Road, San Antonio", -98.60, 29.33, "us_mexico_border", "laredo"),
    ("Bajo Chiquito, Emberá", -77.68, 8.46, "darien", "embera_rivers"),
    ("Metetí", -77.97, 8.50, "darien", "jungle"),
    ("Necoclí", -76.79, 8.43, "darien", "gulf_of_uraba"),
    ("Carreto, Guna Yala", -77.58, 8.77, "darien", "guna_yala"),
    ("off Juradó", -77.80, 7.10, "darien", "pacific_side"),
    ("Straits of Florida", -81.0, 24.0, "caribbean", "cuba_to_us"),
    ("off New Providence", -77.5, 25.2, "caribbean", "haiti_bahamas_to_us"),
    ("Mona Passage", -67.9, 18.3, "caribbean", "dominican_republic_to_puerto_rico"),
    ("Dajabón", -71.71, 19.55, "caribbean", "haiti_to_dominican_republic"),
    ("Dragon's Mouths", -61.85, 10.70, "caribbean", "venezuela_to_caribbean"),
    ("off San Andrés", -82.0, 12.8, "caribbean", "caribbean_to_central_america"),
    ("Tapachula", -92.26, 14.90, "guatemala_mexico_border", None),
    ("Mexico City", -99.13, 19.43, "mexico_transit", None),
    ("Monterrey to Matehuala", -100.6, 23.6, "mexico_transit", None),
    ("Tegucigalpa", -87.21, 14.07, "central_america_transit", None),
    ("Paso Canoas", -82.84, 8.53, "central_america_transit", None),
    ("Cúcuta", -72.50, 7.89, "venezuela_colombia", None),
    ("Quito", -78.52, -0.23, "andean_route", None),
    ("Colchane", -68.64, -19.28, "altiplano", None),
    ("Roxham Road", -73.52, 45.01, "canada_us", None),
    ("Brasília", -47.88, -15.79, None, None),
    ("Atlanta", -84.39, 33.75, None, None),
]


@pytest.mark.parametrize(
    ("place", "longitude", "latitude", "code", "part"),
    CROSSING_PLACES,
    ids=[row[0] for row in CROSSING_PLACES],
)
def test_a_known_place_lies_in_its_corridor_and_segment(place, longitude, latitude, code, part):
    held = [one.id for one in corridors() if _covers(one.geometry, longitude, latitude)]
    parts = [one.id for one in segments() if _covers(one.geometry, longitude, latitude)]
    assert held == ([code] if code else []), place
    assert parts == ([part] if part else []), place


def _covers(geometry, longitude, latitude):
    return geometry is not None and shapely.intersects_xy(geometry, longitude, latitude)


def test_the_codes_are_those_of_the_data_in_order_of_precedence():
    assert tuple(one.id for one in corridors()) == CORRIDOR_CODES
    assert [one.precedence for one in corridors()] == list(range(1, len(CORRIDOR_CODES) + 1))
    for code in CORRIDOR_CODES:
        assert tuple(part.id for part in corridor(code).segments) == SEGMENT_CODES.get(code, ())


def test_no_two_corridors_overlap_by_more_than_rounding():
    areas = [one.geometry for one in corridors() if one.geometry is not None]
    for left, right in itertools.combinations(areas, 2):
        assert shapely.intersection(left, right).area < 1e-6


@pytest.mark.parametrize("code", SEGMENT_CODES)
def test_segments_fill_their_corridor_and_do_not_overlap(code):
    whole = corridor(code).geometry
    parts = [part.geometry for part in corridor(code).segments]
    assert shapely.symmetric_difference(shapely.union_all(parts), whole).area < 1e-6
    assert sum(part.area for part in parts) == pytest.approx(whole.area, abs=1e-6)


def test_only_the_atlantic_drift_has_no_area():
    assert [one.id for one in corridors() if one.geometry is None] == ["atlantic_drift"]
    assert all(one.geometry.is_valid for one in corridors() if one.geometry is not None)


def test_every_corridor_and_segment_is_named_in_five_languages():
    for one in (*corridors(), *segments()):
        assert set(one.names) == set(LANGUAGES), one.id
        assert all(name.strip() for name in one.names.values()), one.id
    for one in corridors():
        assert {"es", "en"} <= set(one.descriptions)
        assert one.sources


def test_an_unknown_code_is_refused():
    with pytest.raises(KeyError):
        corridor("atlantis")
    with pytest.raises(KeyError):
        segment("atlantis")


def test_maps_get_lighter_areas_that_still_touch():
    fine, light = features(), features(simplify_m=5_000)
    assert len(json.dumps(light)) < len(json.dumps(fine)) / 3
    assert [one["properties"]["id"] for one in light["features"]] == list(CORRIDOR_CODES[:-1])
    areas = {one["properties"]["id"]: shape(one["geometry"]) for one in light["features"]}
    for code, area in areas.items():
        assert area.area == pytest.approx(corridor(code).geometry.area, rel=0.03), code
    assert areas["darien"].distance(areas["central_america_transit"]) < 1e-4


def test_maps_can_draw_segments():
    drawn = features(simplify_m=5_000, by_segment=True)["features"]
    assert [one["properties"]["id"] for one in drawn] == [
        part for code in SEGMENT_CODES for part in SEGMENT_CODES[code]
    ]
    assert drawn[0]["properties"]["corridor"] == "darien"
