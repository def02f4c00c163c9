"""Typed coordinates are read in every usual form, and refused where two readings are possible."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geodata.coordinates import parse_position
from geodata.distances import distance_m
from geodata.positions import PositionForm, PositionUnclear

READABLE = [
    ("31.5, -110.2", 31.5, -110.2, "decimal"),
    ("31,5; -110,2", 31.5, -110.2, "decimal"),
    ("31,5 -110,2", 31.5, -110.2, "decimal"),
    ("31.5N 110.2W", 31.5, -110.2, "decimal"),
    ("31.5N,110.2W", 31.5, -110.2, "decimal"),
    ("N31.5 W110.2", 31.5, -110.2, "decimal"),
    ("110.2 O, 31.5 N", 31.5, -110.2, "decimal"),
    ("31.5° N, 110.2° W", 31.5, -110.2, "decimal"),
    ("(31.5°, −110.2°)", 31.5, -110.2, "decimal"),
    ("31.5N -110.2", 31.5, -110.2, "decimal"),
    ("31.5 N, -110.2 W", 31.5, -110.2, "decimal"),
    ("lat 31.5 lon -110.2", 31.5, -110.2, "decimal"),
    ("Longitude: -110.2, Latitude: 31.5", 31.5, -110.2, "decimal"),
    ("31,5 N e 110,2 O", 31.5, -110.2, "decimal"),
    ("33,45 sul 70,66 oeste", -33.45, -70.66, "decimal"),
    ("48.85, 2.35", 48.85, 2.35, "decimal"),
    ("31.5, -110.2 (WGS84)", 31.5, -110.2, "decimal"),
    ("31º30'N 110º12'O", 31.5, -110.2, "degrees_minutes"),
    ("110 56.05' O, 31 20' N", 31 + 20 / 60, -(110 + 56.05 / 60), "degrees_minutes"),
    ("31° 30,5' N 110° 12,25' O", 31 + 30.5 / 60, -(110 + 12.25 / 60), "degrees_minutes"),
    (
        "8 grados 26 minutos norte, 77 grados 37 minutos oeste",
        8 + 26 / 60,
        -77 - 37 / 60,
        "degrees_minutes",
    ),
    (
        "19°25' de latitud norte y 99°08' de longitud oeste",
        19 + 25 / 60,
        -99 - 8 / 60,
        "degrees_minutes",
    ),
    ("48°30' nord, 60°15' ouest", 48.5, -60.25, "degrees_minutes"),
    ("S 33 27 W 70 40", -33.45, -70 - 40 / 60, "degrees_minutes"),
    ("31°30'15\"N 110°12'30\"W", 31 + 30.25 / 60, -110 - 12.5 / 60, "degrees_minutes_seconds"),
    ("31-30-15N 110-12-30W", 31 + 30.25 / 60, -110 - 12.5 / 60, "degrees_minutes_seconds"),
    ("31:30:15 N, 110:12:30 O", 31 + 30.25 / 60, -110 - 12.5 / 60, "degrees_minutes_seconds"),
    ("31°30′15″ -110°12′30″", 31 + 30.25 / 60, -110 - 12.5 / 60, "degrees_minutes_seconds"),
    ("POINT (-110.2 31.5)", 31.5, -110.2, "wkt"),
    ("SRID=4326;POINT(-110.2 31.5)", 31.5, -110.2, "wkt"),
    ("geo:31.5,-110.2;u=35", 31.5, -110.2, "geo_uri"),
]

REFUSED = [
    ("", "unreadable"),
    ("cerca del río", "unreadable"),
    ("nan, nan", "unreadable"),
    ("31.5° 30' N, 110° W", "unreadable"),
    ("31.5", "missing_coordinate"),
    ("12, 31", "missing_hemisphere"),
    ("31.5, 110.2", "missing_hemisphere"),
    ("31.5N 110.2", "missing_hemisphere"),
    ("31°30' 110°12'", "missing_hemisphere"),
    ("12,31", "ambiguous_separator"),
    ("31,5,-110,2", "ambiguous_separator"),
    ("1.234,5", "ambiguous_separator"),
    ("31. 5, -110", "ambiguous_separator"),
    ("31.5-110.2", "ambiguous_separator"),
    ("31 30 -110 12", "ambiguous_separator"),
    ("-110.2, 31.5", "ambiguous_order"),
    ("-109.200018, 31.483549", "ambiguous_order"),
    ("110.2, 31.5", "ambiguous_order"),
    ("12R 3540000 498000", "ambiguous_order"),
    ("31N 110S", "hemisphere_conflict"),
    ("31.5 N, -110.2 E", "hemisphere_conflict"),
    ("lat 31.5 W, lon 110", "hemisphere_conflict"),
    ("91N 110W", "out_of_range"),
    ("31°61'N 110°W", "out_of_range"),
    ("360, 720", "out_of_range"),
    ("498000 3540000", "missing_zone"),
    ("12S 498000 3540000", "ambiguous_hemisphere"),
    ("12T 498000 3540000", "zone_conflict"),
    ("61N 498000 3540000", "out_of_range"),
    ("NAD27 12R 498000 3540000", "unknown_datum"),
    ("SRID=32612;POINT(498000 3540000)", "unknown_datum"),
    ("geo:31.5,-110.2;crs=nad27", "unknown_datum"),
    ("12RVV 980 4000", "unreadable"),
]


@pytest.mark.parametrize(("text", "latitude", "longitude", "form"), READABLE)
def test_a_usual_form_is_read(text, latitude, longitude, form):
    position = parse_position(text)
    assert position.latitude == pytest.approx(latitude, abs=1e-9)
    assert position.longitude == pytest.approx(longitude, abs=1e-9)
    assert position.form == form


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_is_unclear_is_refused_with_its_code(text, code):
    with pytest.raises(PositionUnclear) as refused:
        parse_position(text)
    assert refused.value.code == code


def test_the_uncertainty_follows_the_digits_typed():
    assert parse_position("31.5, -110.2").uncertainty_m > 5_000
    assert parse_position("31.50, -110.20").uncertainty_m < 1_000
    assert parse_position("31.500000, -110.200000").uncertainty_m == 10
    assert parse_position("31°30'N 110°12'W").uncertainty_m == pytest.approx(1_218, abs=5)
    assert parse_position("geo:31.500000,-110.200000;u=350").uncertainty_m == 350


def test_utm_is_what_the_projection_says():
    longitude, latitude = Transformer.from_crs(32612, 4326, always_xy=True).transform(498e3, 354e4)
    for text in (
        "12R 498000 3540000",
        "UTM zone 12 N 498000 3540000",
        "zona 12 norte 498000 3540000",
        "12R 498000mE 3540000mN",
        "12R E 498000 N 3540000",
    ):
        position = parse_position(text)
        assert (position.longitude, position.latitude) == pytest.approx((longitude, latitude))
        assert position.form is PositionForm.UTM
    assert parse_position("19 sur 350000 6290000").latitude == pytest.approx(-33.519, abs=0.001)


def test_the_middle_of_a_military_square_is_taken_with_its_half_diagonal():
    text = "17TPJ3008433438"
    position = parse_position(text)
    longitude, latitude = Transformer.from_crs(32617, 4326, always_xy=True).transform(
        630084.5, 4833438.5
    )
    assert (position.longitude, position.latitude) == pytest.approx((longitude, latitude))
    coarse = parse_position("17T PJ 30 33")
    assert coarse.uncertainty_m == pytest.approx(707, abs=1)
    assert distance_m((longitude, latitude), (coarse.longitude, coarse.latitude)) < 710


AMERICAN = {"latitude": st.floats(-55, 80), "longitude": st.floats(-169, -35)}
STYLES = {
    "es": "{0}°{1}'{2}\" {3}, {4}°{5}'{6}\" {7}",
    "en": "{3} {0} {1} {2} {7} {4} {5} {6}",
    "fr": "{0} degrés {1} minutes {2} secondes {3}; {4} degrés {5} minutes {6} secondes {7}",
    "pt": "{0}º {1}′ {2}″ {3} e {4}º {5}′ {6}″ {7}",
}
WORDS = {
    "es": ("norte", "sur", "oeste"),
    "en": ("N", "S", "W"),
    "fr": ("nord", "sud", "ouest"),
    "pt": ("norte", "sul", "oeste"),
}


def sexagesimal(degrees):
    tenths = round(abs(degrees) * 36_000)
    return tenths // 36_000, tenths // 600 % 60, f"{tenths % 600 / 10:.1f}"


@given(language=st.sampled_from(sorted(STYLES)), **AMERICAN)
def test_degrees_minutes_seconds_come_back_within_their_uncertainty(language, latitude, longitude):
    north, south, west = WORDS[language]
    side = north if latitude >= 0 else south
    text = STYLES[language].format(*sexagesimal(latitude), side, *sexagesimal(longitude), west)
    position = parse_position(text)
    away = distance_m((longitude, latitude), (position.longitude, position.latitude))
    assert away <= position.uncertainty_m


@given(digits=st.integers(1, 7), comma=st.booleans(), **AMERICAN)
def test_decimals_come_back_within_their_uncertainty(digits, comma, latitude, longitude):
    text = f"{latitude:.{digits}f}; {longitude:.{digits}f}"
    position = parse_position(text.replace(".", ",") if comma else text)
    away = distance_m((longitude, latitude), (position.longitude, position.latitude))
    assert away <= position.uncertainty_m * 1.001


@given(st.text(max_size=60))
def test_any_text_gives_a_position_or_a_code(text):
    with contextlib.suppress(PositionUnclear):
        assert parse_position(text).uncertainty_m >= 10
