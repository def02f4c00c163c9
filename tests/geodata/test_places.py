"""The table of cells must answer what the shapes themselves answer."""

import numpy as np
import pytest
import shapely

from geodata.areas import layer
from geodata.distances import distance_m
from geodata.grid import GRID_FILE, GridStale, load_grid, save_grid
from geodata.places import look_up_place, look_up_places
from geodata.schemes import BOUNDARIES_VERSION


def exact(name, x, y):
    """The first area that covers each point, by the plain test of every shape."""
    found = np.full(x.size, None, dtype=object)
    one = layer(name)
    for code in reversed(range(len(one.ids))):
        if one.shapes[code] is not None:
            found[shapely.intersects_xy(one.shapes[code], x, y)] = one.ids[code]
    return found


def assert_exact(x, y):
    places = look_up_places(x, y)
    assert (places.decoded("country") == exact("countries", x, y)).all()
    assert (places.decoded("corridor") == exact("corridors", x, y)).all()
    owners = {fact["id"]: fact["corridor"] for fact in layer("segments").facts}
    for segment, corridor in zip(
        places.decoded("segment"), places.decoded("corridor"), strict=True
    ):
        assert segment is None or owners[segment] == corridor


def outline(name):
    shapes = [shape for shape in layer(name).shapes if shape is not None]
    return np.concatenate([shapely.get_coordinates(shape) for shape in shapes])


def test_scattered_points_get_the_answer_of_the_shapes():
    random = np.random.default_rng(1)
    assert_exact(random.uniform(-180, 180, 40_000), random.uniform(-75, 88, 40_000))


def test_points_near_the_darien_and_the_border_get_the_answer_of_the_shapes():
    random = np.random.default_rng(2)
    assert_exact(random.normal(-77.3, 0.8, 20_000), random.normal(8.2, 0.8, 20_000))
    assert_exact(random.uniform(-118, -96, 20_000), random.uniform(25, 34, 20_000))


@pytest.mark.parametrize("name", ["countries", "corridors", "segments"])
def test_points_on_an_edge_and_a_hair_beside_it_get_the_answer_of_the_shapes(name):
    random = np.random.default_rng(3)
    corners = random.permutation(outline(name))[:4_000]
    assert_exact(corners[:, 0], corners[:, 1])
    beside = corners + random.normal(0, 1e-6, corners.shape)
    assert_exact(np.clip(beside[:, 0], -180, 180), beside[:, 1])


def test_points_on_the_lines_between_cells_get_the_answer_of_the_shapes():
    random = np.random.default_rng(4)
    x = random.integers(-1250, -350, 10_000) / 10
    y = random.uniform(-55, 60, 10_000)
    assert_exact(x, y)
    assert_exact(random.uniform(-125, -60, 10_000), random.integers(-4400, 4800, 10_000) / 80)


def test_the_aleutians_are_one_country_on_both_sides_of_the_antimeridian():
    random = np.random.default_rng(5)
    x = np.append(random.uniform(170, 180, 5_000), random.uniform(-180, -165, 5_000))
    assert_exact(x, random.uniform(51, 54, 10_000))
    assert look_up_place(172.9, 52.9).country == "USA"
    assert look_up_place(180.0, 52.0).un_m49 == look_up_place(-180.0, 52.0).un_m49


def test_a_point_in_the_sonoran_desert_has_its_corridor_and_both_subregions():
    place = look_up_place(-111.8, 31.9)
    assert place.country == "USA"
    assert place.un_m49 == "northern_america"
    assert place.review_2021 == "us_mexico_border"
    assert (place.corridor, place.segment) == ("us_mexico_border", "sonoran_desert")
    assert place.relation == "inside"


def test_a_death_at_sea_goes_to_the_subregion_of_the_nearest_shore():
    place = look_up_place(-75.0, 11.5)
    assert place.country is None
    assert place.un_m49 == "south_america"


def test_the_open_ocean_is_at_sea_and_other_continents_are_nothing():
    assert look_up_place(-52.0, 25.0).un_m49 == "at_sea"
    assert look_up_place(14.0, 36.0).un_m49 is None


def test_the_shore_of_a_point_at_sea_is_the_nearest_one():
    random = np.random.default_rng(6)
    x, y = random.uniform(-98, -60, 3_000), random.uniform(8, 30, 3_000)
    places = look_up_places(x, y)
    countries = layer("countries")
    inside = dict(zip(countries.ids, countries.facts, strict=True))
    points = [shapely.get_coordinates(shapely.segmentize(s, 0.05)) for s in countries.shapes]
    for at in np.flatnonzero(places.country < 0)[:150]:
        metres = {
            area: float(distance_m((x[at], y[at]), (p[:, 0], p[:, 1])).min())
            for area, p in zip(countries.ids, points, strict=True)
        }
        least = min(metres.values())
        # The table answers for the middle of a cell of 0.1 degree: 8 km either way.
        close = {inside[area]["subregion"] for area, m in metres.items() if m <= least + 20_000}
        assert places.decoded("un_m49")[at] in close | ({"at_sea"} if least > 350_000 else set())


def test_a_named_country_within_five_kilometres_wins_over_the_polygon():
    # The bridge between Ciudad Juarez and El Paso, a kilometre into Mexico.
    assert look_up_place(-106.48, 31.74).country == "MEX"
    assert look_up_place(-106.48, 31.74, named_country="USA").country == "USA"
    assert look_up_place(-106.48, 31.74, named_country="USA").un_m49 == "northern_america"


def test_a_named_country_farther_than_five_kilometres_does_not():
    assert look_up_place(-106.42, 31.60, named_country="USA").country == "MEX"
    assert look_up_place(-106.48, 31.74, named_country="COL").country == "MEX"
    assert look_up_place(-106.48, 31.74, named_country="SEN").country == "MEX"


def test_the_named_country_wins_exactly_where_its_edge_is_within_five_kilometres():
    random = np.random.default_rng(8)
    x, y = random.uniform(-107, -106, 2_000), random.uniform(31.5, 31.85, 2_000)
    plain = look_up_places(x, y).decoded("country")
    named = look_up_places(x, y, named_countries=np.full(x.size, "USA", object)).decoded("country")
    usa = layer("countries").shapes[layer("countries").ids.index("USA")]
    near = shapely.clip_by_rect(usa, -108, 31, -105, 33)
    edge = shapely.get_coordinates(shapely.segmentize(near.boundary, 0.0005))
    for at in np.flatnonzero(plain == "MEX"):
        metres = float(distance_m((x[at], y[at]), (edge[:, 0], edge[:, 1])).min())
        if abs(metres - 5_000) > 60:
            assert (named[at] == "USA") == (metres < 5_000)


def test_a_circle_that_crosses_the_corridors_edge_straddles_it():
    assert look_up_place(-111.8, 31.9, uncertainty_m=100).relation == "inside"
    assert look_up_place(-111.8, 31.9, uncertainty_m=400_000).relation == "straddles"
    assert look_up_place(-111.8, 31.9, uncertainty_m=float("nan")).relation == "inside"
    outside = look_up_place(-90.0, 40.0, uncertainty_m=50_000)
    assert (outside.corridor, outside.relation) == (None, None)


def test_straddling_agrees_with_the_distance_to_the_edge():
    random = np.random.default_rng(9)
    x, y = random.uniform(-78.5, -76.5, 600), random.uniform(7.0, 9.2, 600)
    radius = 10 ** random.uniform(1, 5, 600)
    places = look_up_places(x, y, uncertainty_m=radius)
    corridors = layer("corridors")
    edges = [
        shapely.get_coordinates(shapely.segmentize(s.boundary, 0.001)) if s is not None else None
        for s in corridors.shapes
    ]
    told = places.decoded("relation")
    for at in np.flatnonzero(places.corridor >= 0):
        edge = edges[places.corridor[at]]
        metres = float(distance_m((x[at], y[at]), (edge[:, 0], edge[:, 1])).min())
        if abs(metres - radius[at]) > 0.015 * radius[at] + 100:
            assert (told[at] == "straddles") == (metres < radius[at])


def test_points_that_are_not_known_belong_nowhere():
    frame = look_up_places(
        np.array([np.nan, -110.0, 500.0, -110.0]),
        np.array([31.0, np.nan, 31.0, 95.0]),
        uncertainty_m=np.array([10.0, 10.0, 10.0, np.nan]),
        named_countries=["USA", None, "MEX", "USA"],
    ).frame()
    assert frame.isna().all().all()


def test_no_points_at_all_give_an_empty_answer():
    none = np.array([])
    assert look_up_places(none, none, uncertainty_m=none, named_countries=[]).frame().empty


def test_positions_of_unequal_length_are_refused():
    with pytest.raises(ValueError, match="positions_unequal"):
        look_up_places(np.zeros(2), np.zeros(3))


def test_the_table_that_ships_was_built_from_the_boundaries_that_ship():
    assert load_grid().version == BOUNDARIES_VERSION


def test_a_table_of_other_boundaries_is_refused_and_the_same_table_has_the_same_bytes(tmp_path):
    grid = load_grid()
    save_grid(grid, tmp_path / "same.npz")
    assert (tmp_path / "same.npz").read_bytes() == GRID_FILE.read_bytes()
    other = type(grid)(**{**vars(grid), "version": "1999-01-00000000"})
    save_grid(other, tmp_path / "other.npz")
    with pytest.raises(GridStale, match="grid_stale"):
        load_grid(tmp_path / "other.npz")
