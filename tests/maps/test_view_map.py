"""A picture's map: where things stand, how large they are, and what is written where."""

import itertools
import math
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.ground import country_shapes, land_shapes
from tracker.domain.places import AMERICAS
from tracker.maps import view_map
from tracker.maps.cells import People, Points
from tracker.maps.view_frame import framed, grown_box, shape_of_box
from tracker.maps.view_map import (
    COLOURS,
    Disc,
    Group,
    disc_of,
    draw_view,
    drawn_disc,
    joined_groups,
    scale_of,
)
from tracker.maps.view_names import NamedShapes, names_of_view, width_of
from tracker.maps.view_numbers import Marks, around, box_of_number, numbers_of_view, overlap

STATIC = Path(view_map.__file__).parents[1] / "web" / "static"
NOBODY = Marks((), ())


def constants_of_page() -> dict[str, float]:
    """Give the numbers by which the page's map draws its marks."""
    script = (STATIC / "map" / "marks.js").read_text(encoding="utf-8")
    return {name: float(value) for name, value in re.findall(r"const (\w+) = ([\d.]+);", script)}


def test_discs_are_drawn_by_the_numbers_of_the_page() -> None:
    page = constants_of_page()
    assert page["LARGEST_RADIUS"] == view_map.LARGEST_RADIUS
    assert page["PERSON_RADIUS"] == view_map.PERSON_RADIUS
    assert page["SMALLEST_RADIUS"] == view_map.SMALLEST_RADIUS
    assert page["NUMBER_FITS"] == view_map.NUMBER_FITS


def test_colours_are_those_of_the_page_in_the_light() -> None:
    sheets = (
        STATIC / "css" / "tokens.css",
        STATIC / "map" / "map.css",
        STATIC / "map" / "drawing.css",
    )
    light: dict[str, str] = {}
    for sheet in sheets:
        for name, colour in re.findall(r"--([\w-]+): (#\w{6});", sheet.read_text(encoding="utf-8")):
            light.setdefault(name, colour)
    assert {name: light[name] for name in COLOURS} == COLOURS


def test_the_area_of_a_disc_is_people_and_the_inside_those_who_died() -> None:
    assert [disc_of((0, 0), (dead, 0), 1.0).radius for dead in (100, 400, 1600)] == [10, 20, 40]
    disc = disc_of((0, 0), (25, 75), 4.0)
    assert (disc.inner / disc.radius) ** 2 == pytest.approx(0.25)
    assert disc.people == 100


def test_the_fullest_cell_just_fits_and_one_person_is_no_larger_than_on_the_page() -> None:
    assert scale_of(1_000_000) * 1_000 == pytest.approx(view_map.LARGEST_RADIUS)
    assert scale_of(1) == view_map.PERSON_RADIUS


def test_nobody_known_is_a_paper_disc_and_no_zero() -> None:
    assert disc_of((0, 0), (None, None), 1.0).people is None
    assert disc_of((0, 0), (1, -3), 1.0).people is None
    assert COLOURS["paper"] in drawn_disc(disc_of((0, 0), (None, None), 1.0))


LATITUDES = st.floats(-90, 90)


@given(
    west=st.floats(-180, 180),
    east=st.floats(-180, 180),
    ends=st.tuples(LATITUDES, LATITUDES).map(sorted),
)
def test_every_box_becomes_one_that_can_be_drawn(
    west: float, east: float, ends: list[float]
) -> None:
    west, east = sorted((west, east))
    box = grown_box((west, ends[0], east, ends[1]))
    shape = shape_of_box(box)
    assert box[0] < box[2]
    assert box[1] < box[3]
    assert 0.1 < shape < 2.6
    assert box[0] <= west
    assert east <= box[2]


def test_a_place_stands_where_web_mercator_puts_it() -> None:
    frame = framed(AMERICAS, 1_000.0)
    assert frame.x(-118.0) == 0
    assert frame.x(-34.0) == pytest.approx(1_000)
    top, bottom = frame.y(np.array([50.0, -36.0])).tolist()
    assert (top, bottom) == pytest.approx((0, frame.height))
    up = 1_000 / math.radians(84) * math.log(math.tan(math.pi / 4 + math.radians(25) / 2))
    equator, north = frame.y(np.array([0.0, 25.0])).tolist()
    assert equator - north == pytest.approx(up)


def test_land_is_whole_and_has_no_slivers_between_neighbours() -> None:
    land = land_shapes()
    assert all(each.geom_type == "Polygon" for each in land)
    areas = shapely.area(country_shapes()).sum()
    assert shapely.area(land).sum() == pytest.approx(areas, rel=1e-3)
    holes = [shapely.Polygon(hole).area for each in land for hole in each.interiors]
    assert all(area > 0.01 for area in holes)


def test_no_name_is_written_over_another_a_number_or_a_large_disc() -> None:
    frame = framed(AMERICAS, 800.0)
    shapes = country_shapes()
    named = NamedShapes("country", shapes, [f"Land {number}" for number in range(len(shapes))])
    disc = Disc(400.0, 400.0, 60.0, 60.0, 9)
    places = np.random.default_rng(3).uniform((-110, -30), (-40, 45), (60, 2))
    cities = pd.DataFrame(places, columns=["longitude", "latitude"])
    cities = cities.assign(name="Ciudad", population=9_000_000)
    marks = Marks((), (around(disc),))
    names = names_of_view(frame, (named,), cities, around=marks)
    assert {name.kind for name in names} == {"country", "city"}
    boxes = [around(disc)]
    for name in names:
        wide = width_of(name.words, name.kind)
        left = name.x if name.kind == "city" else name.x - wide / 2
        boxes.append((left, name.y - 6, left + wide, name.y + 6))
    assert not any(overlap(*pair) for pair in itertools.combinations(boxes, 2))


def test_a_country_is_named_in_the_part_that_is_seen() -> None:
    frame = framed(grown_box((-77.9, 7.2, -77.0, 8.7)), 900.0)
    shapes = country_shapes()
    named = NamedShapes("country", shapes, [str(number) for number in range(len(shapes))])
    nothing = pd.DataFrame({name: [] for name in ("name", "longitude", "latitude", "population")})
    names = names_of_view(frame, (named,), nothing, around=NOBODY)
    assert len(names) == 2  # Panama and Colombia


def test_numbers_are_not_written_where_they_would_be_covered() -> None:
    frame = framed(AMERICAS, 800.0)
    beside = Disc(118.0, 100.0, 30.0, 30.0, 500)
    discs = (Disc(100.0, 100.0, 36.0, 36.0, 700), beside, Disc(500.0, 90.0, 20.0, 4.0, 90))
    numbers = numbers_of_view(frame, discs, str)
    boxes = [box_of_number(frame, number) for number in numbers]
    assert {number.words for number in numbers} == {"700", "500", "90"}
    assert not any(overlap(*pair) for pair in itertools.combinations(boxes, 2))
    first = next(number for number in numbers if number.words == "700")
    assert not overlap(box_of_number(frame, first), around(beside))


def test_the_sheets_hold_shapes_and_no_words() -> None:
    nowhere = np.zeros(0)
    nobody = People(*[np.zeros(0, dtype=np.int64)] * 2)
    points = Points(np.zeros(0, dtype=np.uint32), nowhere, nowhere, nowhere, nobody, nobody)
    sheets = draw_view(framed(AMERICAS, 800.0), points.cells(), fullest=1)
    for sheet in (sheets.ground, sheets.marks):
        assert set(re.findall(r"<(\w+)", sheet)) <= {"svg", "rect", "path", "g", "circle"}
        assert not re.search(r">[^<]", sheet)


GROUPS = st.lists(
    st.builds(
        Group,
        x=st.floats(0, 500),
        y=st.floats(0, 500),
        dead=st.none() | st.integers(0, 400),
        missing=st.none() | st.integers(0, 400),
    ),
    max_size=40,
)


@given(GROUPS)
def test_what_would_cover_one_another_is_drawn_as_one_and_nobody_is_lost(
    groups: list[Group],
) -> None:
    joined = joined_groups(groups, 1.0)
    assert len(joined) <= len(groups)
    for name in ("dead", "missing"):
        before, after = ([getattr(each, name) for each in them] for them in (groups, joined))
        assert sum(filter(None, before)) == sum(filter(None, after))
        assert all(number is None for number in before) == all(number is None for number in after)


def test_discs_are_joined_by_the_same_rule_as_on_the_page() -> None:
    script = (STATIC / "map" / "incidents.js").read_text(encoding="utf-8")
    assert f"const COVERS = {view_map.COVERS};" in script
