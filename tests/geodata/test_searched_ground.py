"""What was searched and what is left make up the planned area, whatever anybody walked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import shape

from geodata.ground_grid import sheet_over
from geodata.searched_ground import (
    Sweep,
    area_problem,
    circle,
    kilometres_from_area,
    length_km,
    searched_ground,
    square_kilometres,
    without_small_bends,
)

SQUARE = [(-111.40, 31.50), (-111.30, 31.50), (-111.30, 31.60), (-111.40, 31.60)]
longitudes = st.floats(-111.45, -111.25).map(lambda x: round(x, 6))
latitudes = st.floats(31.45, 31.65).map(lambda y: round(y, 6))
points = st.tuples(longitudes, latitudes)
sweeps = st.builds(
    Sweep,
    lines=st.lists(st.lists(points, min_size=2, max_size=6, unique=True), max_size=3).map(tuple),
    areas=st.lists(st.lists(points, min_size=3, max_size=6, unique=True), max_size=2).map(tuple),
    width_m=st.floats(1, 1_000),
    level=st.sampled_from((1, 2, 3)),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(sweeps, max_size=4))
def test_searched_and_gap_are_the_whole_area_and_share_no_ground(done: list[Sweep]) -> None:
    ground = searched_ground(SQUARE, done)
    assert ground.searched_km2 + ground.gap_km2 == pytest.approx(ground.area_km2, rel=1e-6)
    assert sum(ground.km2_of_level.values()) == pytest.approx(ground.searched_km2, abs=1e-6)
    assert 0 <= ground.share <= 1
    gap = shape(ground.gap).buffer(0)
    for level in (1, 2, 3):
        searched = shape(ground.searched[level]).buffer(0)
        # An edge that is straight on the plane bends by a metre or two on the globe.
        assert gap.intersection(searched).area < 1e-4 * 0.01


def test_nothing_done_leaves_the_whole_area_and_all_of_it_done_leaves_nothing() -> None:
    before = searched_ground(SQUARE, [])
    assert (before.searched_km2, before.share) == (0, 0)
    assert before.gap_km2 == pytest.approx(before.area_km2)
    after = searched_ground(SQUARE, [Sweep(areas=(SQUARE,), level=2)])
    assert after.share == pytest.approx(1)
    assert after.gap_km2 == pytest.approx(0, abs=1e-6)
    assert after.km2_of_level[2] == pytest.approx(after.area_km2)


def test_a_track_searches_its_length_times_its_width() -> None:
    line = [(-111.38, 31.55), (-111.32, 31.55)]
    ground = searched_ground(SQUARE, [Sweep(lines=(line,), width_m=60)])
    assert length_km(line) == pytest.approx(5.69, rel=0.01)
    assert ground.searched_km2 == pytest.approx(length_km(line) * 0.06, rel=0.02)


def test_the_closest_look_at_a_place_is_the_one_that_counts() -> None:
    twice = [Sweep(areas=(SQUARE,), level=3), Sweep(areas=(SQUARE,), level=1)]
    ground = searched_ground(SQUARE, twice)
    assert ground.km2_of_level[3] == pytest.approx(ground.area_km2)
    assert ground.km2_of_level[1] == pytest.approx(0, abs=1e-9)


def test_what_lies_outside_of_the_area_does_not_count() -> None:
    elsewhere = [(x + 1, y) for x, y in SQUARE]
    assert searched_ground(SQUARE, [Sweep(areas=(elsewhere,))]).searched_km2 == 0


@pytest.mark.parametrize(
    ("ring", "problem"),
    [
        (SQUARE, None),
        (SQUARE[:2], "area_too_few_points"),
        ([SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]], "area_crosses_itself"),
        ([(-111.0, 31.0), (-111.00001, 31.0), (-111.0, 31.00001)], "area_too_small"),
        ([(-112.0, 31.0), (-110.0, 31.0), (-111.0, 33.0)], "area_too_large"),
    ],
)
def test_an_area_that_is_none_is_named_so(ring: list, problem: str | None) -> None:
    assert area_problem(ring) == problem


def test_a_circle_is_as_wide_as_it_says() -> None:
    ring = circle((-111.3, 31.5), 2_000)
    assert square_kilometres(ring) == pytest.approx(12.57, rel=0.005)
    assert kilometres_from_area(ring, [(-111.3, 31.5), (-111.2, 31.5)])[0] == 0
    assert kilometres_from_area(ring, [(-111.2, 31.5)]) == [pytest.approx(7.5, rel=0.01)]


def test_a_line_keeps_its_bends_and_loses_the_shaking_of_the_device() -> None:
    shaky = [(-111.3 + step * 1e-4, 31.5 + (step % 2) * 5e-6) for step in range(100)]
    assert len(without_small_bends(shaky, 2)) == 2
    corner = [(-111.3, 31.5), (-111.29, 31.5), (-111.29, 31.51)]
    assert len(without_small_bends(corner, 2)) == 3


def test_a_sheet_has_a_round_scale_and_holds_the_area() -> None:
    sheet = sheet_over(SQUARE, width_mm=168, height_mm=150)
    assert (sheet.scale, sheet.zone_name, sheet.step_m) == (100_000, "12N", 2_000)
    for x, y in sheet.place(SQUARE):
        assert 0 <= x <= 168
        assert 0 <= y <= 150
    assert all(line.metres % 2_000 == 0 for line in (*sheet.west_east, *sheet.south_north))
    south = sheet_over([(-70.3, -18.4), (-70.2, -18.3)], width_mm=168, height_mm=150)
    assert south.zone_name == "19S"
