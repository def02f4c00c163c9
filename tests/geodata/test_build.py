"""The build of the boundaries: the same bytes again, and operations that measure what they say."""

import itertools
import json

import pytest
import shapely
from pyproj import Geod
from shapely.geometry import LineString, Point, box

from geodata.build import border, sources
from geodata.build.__main__ import boundaries_version, build
from geodata.build.shapes import common, minus, plane
from geodata.corridors import corridor
from geodata.schemes import BOUNDARIES_VERSION

BUILT = ("countries.geojson", "corridors.geojson", "segments.geojson")
GLOBE = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    directory = tmp_path_factory.mktemp("rebuilt")
    build(directory)
    return directory


@pytest.mark.parametrize("name", [*BUILT, "VERSION"])
def test_building_again_gives_the_same_bytes(rebuilt, name):
    assert (rebuilt / name).read_bytes() == (sources.DATA / name).read_bytes()


def test_the_version_is_the_hash_of_the_files_that_ship():
    files = [(sources.DATA / name).read_bytes() for name in BUILT]
    assert boundaries_version(files) == BOUNDARIES_VERSION


@pytest.mark.parametrize("name", BUILT)
def test_coordinates_have_at_most_six_decimals_and_areas_are_valid(name):
    collection = json.loads((sources.DATA / name).read_text(encoding="utf-8"))
    for feature in collection["features"]:
        if feature["geometry"] is None:
            continue
        area = shapely.from_geojson(json.dumps(feature["geometry"]))
        assert area.is_valid
        assert shapely.get_coordinates(area).round(6).tolist() == (
            shapely.get_coordinates(area).tolist()
        )


def test_all_56_countries_and_territories_are_there_and_overlap_by_slivers_only():
    collection = json.loads((sources.DATA / "countries.geojson").read_text(encoding="utf-8"))
    facts = [feature["properties"] for feature in collection["features"]]
    assert len(facts) == 56
    assert {"GUF", "GLP", "MTQ", "BES"} <= {one["iso3"] for one in facts}
    assert all(set(one["names"]) == {"es", "en", "pt", "fr", "ht"} for one in facts)
    areas = [shapely.from_geojson(json.dumps(one["geometry"])) for one in collection["features"]]
    tree = shapely.STRtree(areas)
    for left, right in zip(*tree.query(areas, predicate="intersects"), strict=True):
        if left < right:
            assert shapely.intersection(areas[left], areas[right]).area < 1e-3


def test_a_band_is_as_wide_as_it_says_by_the_geodesic():
    line = sources.border_line("MEX-USA")
    edge = shapely.get_coordinates(border.BORDER.band(line, 150).boundary)[::25]
    on_line = shapely.segmentize(line, 0.01)
    tree = shapely.STRtree(shapely.points(shapely.get_coordinates(on_line)))
    for longitude, latitude in edge:
        near = tree.geometries[
            tree.query(box(longitude - 2, latitude - 1.8, longitude + 2, latitude + 1.8))
        ]
        reach = min(GLOBE.inv(longitude, latitude, point.x, point.y)[2] / 1000 for point in near)
        assert reach == pytest.approx(150, abs=2)


def test_the_border_corridor_goes_beyond_150_km_only_along_the_named_roads():
    line = sources.border_line("MEX-USA")
    beyond = minus(corridor("us_mexico_border").geometry, border.BORDER.band(line, 150.5))
    roads = [border.BORDER.band(sources.road(name), border.ROAD_KM + 0.5) for name in border.ROADS]
    assert beyond.area > 1
    assert minus(beyond, shapely.union_all(roads)).area < 1e-6


def test_each_place_goes_to_the_nearest_of_two_lines():
    flat = plane(-70.0, 10.0)
    lines = {"west": LineString([(-71, 9), (-71, 11)]), "east": LineString([(-69, 9), (-69, 11)])}
    parts = flat.nearest(box(-71.5, 9.2, -68.5, 10.8), lines, 5.0)
    assert parts["west"].covers(Point(-70.1, 10.0))
    assert parts["east"].covers(Point(-69.9, 10.0))
    assert common(parts["west"], parts["east"]).area < 1e-6


def test_a_road_is_refused_where_a_town_and_its_number_disagree(tmp_path, monkeypatch):
    (tmp_path / "roads.csv").write_text("road,geonameid,place\nI-35,4705349,El Paso\n", "utf-8")
    monkeypatch.setattr(sources, "SOURCES", tmp_path)
    sources._road_places.cache_clear()
    with pytest.raises(ValueError, match="4705349 is Laredo, not El Paso"):
        sources.road("I-35")
    sources._road_places.cache_clear()


def test_an_unknown_boundary_is_refused():
    with pytest.raises(KeyError):
        sources.border_line("BRA-USA")
    with pytest.raises(KeyError):
        sources.province("MEX", "Nowhere")


def test_segments_of_the_border_meet_in_the_order_of_the_line():
    parts = list(border.segments().values())
    for left, right in itertools.pairwise(parts):
        assert left.intersects(right)
