"""The tiles beneath the map: one small file of the whole of the Americas, the same when remade."""

import gzip
import struct
from pathlib import Path
from random import Random

import numpy as np
import pyogrio
import pytest
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geodata.basemap import base_map_file
from geodata.build.base_map import LAYERS, build_base_map
from geodata.build.pmtiles import Frame, Tile, TooManyTiles, archive, tile_number
from geodata.places import look_up_place

WEB_MAP = Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)
LEAST_OF_ALL = Frame((-180.0, -60.0, 180.0, 84.0), (0, 7))


def shapes(layer: str, *, zoom: int) -> BaseGeometry:
    """Read a layer as GDAL reads it, at a zoom."""
    _, _, found, _ = pyogrio.raw.read(base_map_file(), layer=layer, ZOOM_LEVEL=zoom)
    return shapely.union_all(shapely.make_valid(shapely.from_wkb(found)))


def point(longitude: float, latitude: float) -> BaseGeometry:
    return shapely.points(*WEB_MAP.transform(longitude, latitude))


@pytest.fixture(scope="module")
def land() -> BaseGeometry:
    return shapes("land", zoom=5)


def test_the_file_is_small_enough_for_a_slow_line() -> None:
    assert base_map_file().stat().st_size <= 2_500_000


def test_gdal_opens_it_and_finds_every_layer() -> None:
    names = {str(name) for name, _ in pyogrio.list_layers(base_map_file())}
    assert names == {layer.name for layer in LAYERS}
    assert names == {"land", "lakes", "rivers", "provinces", "borders"}


@pytest.mark.parametrize("zoom", range(8))
def test_there_is_land_and_a_border_at_every_zoom(zoom: int) -> None:
    assert shapes("land", zoom=zoom).area > 0
    assert shapes("borders", zoom=zoom).length > 0


def test_it_covers_the_americas_from_alaska_to_cape_horn(land: BaseGeometry) -> None:
    west, south, east, north = land.bounds
    assert west < point(-168, 0).x
    assert east > point(-35, 0).x
    assert south < point(0, -55.5).y
    assert north > point(0, 80).y


@pytest.mark.parametrize(
    ("longitude", "latitude"),
    [(-77.5, 7.6), (-99.13, 19.43), (-72.3, 19.0), (-52.5, 4.0), (-61.0, 14.65), (-147.7, 64.8)],
)
def test_what_is_land_to_the_tracker_is_land_on_the_map(
    land: BaseGeometry, longitude: float, latitude: float
) -> None:
    assert look_up_place(longitude, latitude).country is not None
    assert land.contains(point(longitude, latitude))


@pytest.mark.parametrize(
    ("longitude", "latitude"), [(-90.0, 25.0), (-75.0, 15.0), (-110.0, 10.0), (-45.0, 30.0)]
)
def test_the_sea_is_empty(land: BaseGeometry, longitude: float, latitude: float) -> None:
    assert not land.intersects(point(longitude, latitude))


def test_lakes_rivers_and_borders_lie_where_they_are_known_to() -> None:
    lakes, rivers, borders = (shapes(name, zoom=7) for name in ("lakes", "rivers", "borders"))
    assert lakes.contains(point(-85.4, 11.5))  # Cocibolca
    assert lakes.contains(point(-87.5, 47.8))  # Superior
    assert rivers.distance(point(-76.75, 7.3)) < 40_000  # Atrato
    assert borders.distance(point(-106.5, 31.75)) < 5_000  # El Paso and Ciudad Juarez
    assert borders.distance(point(-77.36, 8.66)) < 5_000  # Sapzurro and La Miel


def test_no_line_is_drawn_round_a_base_within_a_country(land: BaseGeometry) -> None:
    guantanamo = point(-75.12, 19.92)
    assert land.contains(guantanamo)
    assert shapes("borders", zoom=7).distance(guantanamo) > 100_000


def test_a_border_has_no_gap_between_two_tiles() -> None:
    """Between Peru and Ecuador, from the sea to the Putumayo, in one line."""
    _, _, found, _ = pyogrio.raw.read(base_map_file(), layer="borders", ZOOM_LEVEL=5)
    wide = shapely.union_all(shapely.buffer(shapely.from_wkb(found), 600))
    start, end = point(-80.24, -3.43), point(-75.23, -0.11)
    near = [part for part in shapely.get_parts(wide) if part.distance(start) < 15_000]
    assert any(part.distance(end) < 15_000 for part in near)


def test_making_it_again_gives_the_same_bytes(tmp_path: Path) -> None:
    build_base_map(tmp_path)
    assert (tmp_path / base_map_file().name).read_bytes() == base_map_file().read_bytes()


def test_tiles_are_numbered_along_a_way_that_never_jumps() -> None:
    side = 16
    way = {
        tile_number(Tile(4, column, row)): (column, row)
        for column in range(side)
        for row in range(side)
    }
    first = (4**4 - 1) // 3
    assert sorted(way) == list(range(first, first + side * side))
    steps = np.abs(np.diff([way[number] for number in sorted(way)], axis=0)).sum(axis=1)
    assert set(steps.tolist()) == {1}
    assert (way[first], way[first + side * side - 1]) == ((0, 0), (side - 1, 0))


def test_equal_tiles_are_kept_once() -> None:
    tiles = {Tile(3, column, row): b"sea" for column in range(8) for row in range(8)}
    made = archive(tiles | {Tile(0, 0, 0): b"all"}, {}, LEAST_OF_ALL)
    addressed, entries, contents = struct.unpack_from("<3Q", made, 72)
    assert (addressed, entries, contents) == (65, 2, 2)
    data, length = struct.unpack_from("<2Q", made, 56)
    assert gzip.decompress(made[data : data + length]) == b"allsea"


def test_more_tiles_than_a_first_read_can_list_are_refused() -> None:
    chance = Random(8)
    tiles = {
        Tile(8, column, row): chance.randbytes(chance.randint(1, 250))
        for column in range(0, 256, 2)
        for row in range(0, 256, 2)
    }
    with pytest.raises(TooManyTiles):
        archive(tiles, {}, LEAST_OF_ALL)
