"""A small map for the first page, drawn on the server as SVG, with circles for people."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from geodata.basemap import country_features

WIDTH, HEIGHT = 640, 800
_CENTRE = (-82.0, 9.0)
_PIXELS_PER_RADIAN = 545.0
_SHIFT_Y = -40.0
_LEAST_STEP = 1.1
_LEAST_OFFSET = 0.45
_MARGIN = 10.0
_LEAST_AREA = 2.0
_CELL_DEGREES = 1.0
_LARGEST_RADIUS = 24.0


Point: TypeAlias = tuple[float, float]
Place: TypeAlias = tuple[float, float, float, float]
"""Longitude and latitude as public, the dead and the missing; NaN is not known."""


@dataclass(frozen=True)
class Circle:
    """People of one cell: centre and radius in the map's own units."""

    x: float
    y: float
    radius: float
    people: int


@dataclass(frozen=True)
class OverviewMap:
    """What the template draws: the land as one SVG path, and the circles, largest first."""

    land: str
    circles: tuple[Circle, ...]
    width: int = WIDTH
    height: int = HEIGHT


def overview_map(places: Iterable[Place]) -> OverviewMap:
    """Add up people by cells of one degree; the area of a circle is people."""
    cells: Counter[tuple[int, int]] = Counter()
    for longitude, latitude, *numbers in places:
        people = sum(int(number) for number in numbers if number > 0)
        if people and not math.isnan(longitude):
            cells[_cell(longitude), _cell(latitude)] += people
    most = max(cells.values(), default=1)
    return OverviewMap(_land(), tuple(_circle(cell, n, most) for cell, n in cells.most_common()))


def _cell(degrees: float) -> int:
    return math.floor(degrees / _CELL_DEGREES)


def _circle(cell: tuple[int, int], people: int, most: int) -> Circle:
    x, y = _project((cell[0] + 0.5) * _CELL_DEGREES, (cell[1] + 0.5) * _CELL_DEGREES)
    radius = max(_LARGEST_RADIUS * math.sqrt(people / most), 1.2)
    return Circle(round(x, 1), round(y, 1), round(radius, 1), people)


def _project(longitude: float, latitude: float) -> Point:
    """Project degrees to pixels: Lambert's azimuthal equal-area projection."""
    east = math.radians(longitude - _CENTRE[0])
    north, centre = math.radians(latitude), math.radians(_CENTRE[1])
    cosine = math.sin(centre) * math.sin(north) + math.cos(centre) * math.cos(north) * math.cos(
        east
    )
    scale = _PIXELS_PER_RADIAN * math.sqrt(2 / (1 + cosine))
    x = scale * math.cos(north) * math.sin(east)
    y = scale * (
        math.cos(centre) * math.sin(north) - math.sin(centre) * math.cos(north) * math.cos(east)
    )
    return WIDTH / 2 + x, HEIGHT / 2 - y + _SHIFT_Y


@cache
def _land() -> str:
    features = country_features()["features"]
    rings = (ring for feature in features for ring in _rings(feature["geometry"]))
    return "".join(filter(None, map(_path, rings)))


def _rings(geometry: dict[str, Any]) -> Iterator[list[list[float]]]:
    polygons = geometry["coordinates"]
    for polygon in [polygons] if geometry["type"] == "Polygon" else polygons:
        yield polygon[0]


def _path(ring: list[list[float]]) -> str | None:
    """Draw a ring without the points and islands that are too small to be seen."""
    kept: list[Point] = []
    for longitude, latitude, *_ in ring:
        point = _to_the_edge(_project(longitude, latitude))
        if not kept or math.dist(point, kept[-1]) >= _LEAST_STEP:
            kept.append(point)
    if len(kept) < 3 or _area(kept) < _LEAST_AREA:
        return None
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in _straightened(kept)) + "Z"


def _straightened(line: list[Point]) -> list[Point]:
    """Leave out the points that lie next to the line between others (Douglas and Peucker)."""
    if len(line) < 3:
        return line
    first, last = line[0], line[-1]
    far = max(range(1, len(line) - 1), key=lambda index: _offset(line[index], first, last))
    if _offset(line[far], first, last) <= _LEAST_OFFSET:
        return [first, last]
    return _straightened(line[: far + 1])[:-1] + _straightened(line[far:])


def _offset(point: Point, first: Point, last: Point) -> float:
    length = math.dist(first, last)
    if length == 0:
        return math.dist(point, first)
    (x, y), (ax, ay), (bx, by) = point, first, last
    return abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length


def _to_the_edge(point: Point) -> Point:
    # Coasts outside the picture collapse onto a line just beyond its edge.
    x, y = point
    return min(max(x, -_MARGIN), WIDTH + _MARGIN), min(max(y, -_MARGIN), HEIGHT + _MARGIN)


def _area(points: list[Point]) -> float:
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2
