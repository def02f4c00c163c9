"""The small map holds everyone whose place is public."""

import math

from tracker.maps.overview_map import HEIGHT, WIDTH, overview_map

NAN = math.nan


def test_people_of_one_cell_are_one_circle_whose_area_counts_them() -> None:
    drawn = overview_map(
        [(-111.2, 31.7, 3, NAN), (-111.9, 31.1, NAN, 1), (-77.5, 8.2, 1, 0), (-70.1, 19.9, 0, NAN)]
    )
    large, small = drawn.circles
    assert (large.people, small.people) == (4, 1)
    assert math.isclose(large.radius**2 / small.radius**2, 4, rel_tol=0.02)
    assert 0 < large.x < small.x < WIDTH
    assert 0 < large.y < small.y < HEIGHT


def test_the_unplaced_are_not_drawn() -> None:
    assert overview_map([(NAN, NAN, 5, 5)]).circles == ()


def test_the_land_is_drawn_once_and_small() -> None:
    land = overview_map([]).land
    assert land.startswith("M")
    assert 20_000 < len(land) < 60_000
    assert overview_map([]).land is land
