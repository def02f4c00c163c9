"""How much of an area was searched, and which ground is left, measured around its middle."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geodata.distances import EARTH_RADIUS_M

Point: TypeAlias = tuple[float, float]
"""Longitude and latitude in degrees (EPSG:4326)."""
Line: TypeAlias = Sequence[Point]
GeoJson: TypeAlias = dict[str, Any]

LEVELS = (1, 2, 3)
LARGEST_KM2 = 5_000.0
SMALLEST_M2 = 25.0
_ROUND = 64
_DIGITS = 6
# A bend that is smaller than this share of the width of what was searched changes nothing.
_BEND = 0.05


@dataclass(frozen=True)
class Sweep:
    """Ground that somebody went over: lines so many metres wide, or whole areas.

    `level` says how thoroughly, 1 to 3.
    """

    lines: tuple[Line, ...] = ()
    areas: tuple[Line, ...] = ()
    width_m: float = 0.0
    level: int = 1


@dataclass(frozen=True)
class Ground:
    """What of an area was searched: square kilometres, and shapes as GeoJSON (EPSG:4326).

    `searched` maps each level to the ground that was searched so thoroughly and no more;
    `gap` is what nobody searched.
    """

    area_km2: float
    searched_km2: float
    gap_km2: float
    km2_of_level: Mapping[int, float]
    searched: Mapping[int, GeoJson]
    gap: GeoJson

    @property
    def share(self) -> float:
        """Give the share of the area that was searched, 0 to 1."""
        return min(1.0, self.searched_km2 / self.area_km2)


def searched_ground(area: Line, sweeps: Iterable[Sweep]) -> Ground:
    """Take from an area what was searched of it; what lies outside of it does not count.

    Measured in an equal-area projection around the middle of the area.
    """
    to_metres, to_degrees = _plane(area)
    planned = shapely.make_valid(_moved(_polygon(area), to_metres))
    best: dict[int, BaseGeometry] = {}
    by_level = [(sweep.level, _swept(sweep, to_metres)) for sweep in sweeps]
    covered: BaseGeometry = shapely.Polygon()
    for level in reversed(LEVELS):
        found = [shape for own, shape in by_level if own == level]
        here = _areas_of(shapely.intersection(shapely.union_all(found), planned))
        best[level] = _areas_of(shapely.difference(here, covered))
        covered = _areas_of(shapely.union(covered, here))
    gap = _areas_of(shapely.difference(planned, covered))
    return Ground(
        area_km2=planned.area / 1e6,
        searched_km2=covered.area / 1e6,
        gap_km2=gap.area / 1e6,
        km2_of_level={level: best[level].area / 1e6 for level in LEVELS},
        searched={level: _geojson(best[level], to_degrees) for level in LEVELS},
        gap=_geojson(gap, to_degrees),
    )


def area_problem(ring: Line) -> str | None:
    """Say by a code what is wrong with the edge of an area; None where nothing is."""
    if len({*ring}) < 3:
        return "area_too_few_points"
    polygon = _polygon(ring)
    if not polygon.is_valid:
        return "area_crosses_itself"
    to_metres, _ = _plane(ring)
    size = _moved(polygon, to_metres).area
    if size > LARGEST_KM2 * 1e6:
        return "area_too_large"
    return "area_too_small" if size < SMALLEST_M2 else None


def square_kilometres(ring: Line) -> float:
    """Give the size of an area."""
    to_metres, _ = _plane(ring)
    return float(_moved(_polygon(ring), to_metres).area) / 1e6


def circle(centre: Point, radius_m: float) -> list[Point]:
    """Give the edge of a circle so many metres around a point."""
    transformers = _around(*centre)
    angles = np.linspace(0, 2 * math.pi, _ROUND, endpoint=False)
    xy = np.column_stack([radius_m * np.sin(angles), radius_m * np.cos(angles)])
    return [(round(x, _DIGITS), round(y, _DIGITS)) for x, y in transformers[1](xy).tolist()]


def without_small_bends(line: Line, metres: float) -> list[Point]:
    """Leave out points of a line that change its way by less than so many metres."""
    to_metres, to_degrees = _around(*line[0])
    plain = shapely.simplify(_moved(shapely.LineString(line), to_metres), metres)
    points = shapely.get_coordinates(_moved(plain, to_degrees)).tolist()
    return [(round(x, _DIGITS), round(y, _DIGITS)) for x, y in points]


def length_km(line: Line) -> float:
    """Give the length of a line."""
    points = np.radians(np.asarray(line, dtype=float))
    middle = np.cos((points[1:, 1] + points[:-1, 1]) / 2)
    east, north = np.diff(points[:, 0]) * middle, np.diff(points[:, 1])
    return float(np.hypot(east, north).sum()) * EARTH_RADIUS_M / 1_000


def kilometres_from_area(area: Line, points: Iterable[Point]) -> list[float]:
    """Give how far points lie from an area; 0 within it.

    Good to 1% up to some hundred kilometres.
    """
    to_metres, _ = _plane(area)
    planned = _moved(_polygon(area), to_metres)
    given = np.asarray([*points], dtype=float).reshape(-1, 2)
    apart = shapely.distance(planned, shapely.points(to_metres(given)))
    return [float(metres) / 1_000 for metres in np.atleast_1d(apart)]


_Move: TypeAlias = Callable[[Any], Any]


def _plane(ring: Line) -> tuple[_Move, _Move]:
    middle = shapely.MultiPoint([*ring]).envelope.centroid
    return _around(middle.x, middle.y)


def _around(longitude: float, latitude: float) -> tuple[_Move, _Move]:
    # Equal areas: a share of the ground is a share of the plane.
    plane = f"+proj=laea +lat_0={latitude:.6f} +lon_0={longitude:.6f} +ellps=WGS84 +units=m"
    there = Transformer.from_crs("EPSG:4326", plane, always_xy=True)

    def to_metres(xy: Any) -> Any:  # noqa: ANN401 -- arrays of numpy
        return np.column_stack(there.transform(xy[:, 0], xy[:, 1]))

    def to_degrees(xy: Any) -> Any:  # noqa: ANN401
        return np.column_stack(there.transform(xy[:, 0], xy[:, 1], direction="INVERSE"))

    return to_metres, to_degrees


def _moved(shape: Any, move: _Move) -> Any:  # noqa: ANN401 -- the stubs know no own classes
    return shapely.transform(shape, move)


def _polygon(ring: Line) -> shapely.Polygon:
    return shapely.Polygon([*ring])


def _swept(sweep: Sweep, to_metres: _Move) -> BaseGeometry:
    parts = [shapely.make_valid(_moved(_polygon(ring), to_metres)) for ring in sweep.areas]
    half = sweep.width_m / 2
    for line in sweep.lines:
        moved = _moved(shapely.LineString([*line]), to_metres)
        parts.append(shapely.simplify(moved, half * _BEND).buffer(half, quad_segs=6))
    union: BaseGeometry = shapely.union_all(parts)
    return union


def _areas_of(shape: Any) -> Any:  # noqa: ANN401
    """Leave out points and lines: they are no ground."""
    # A collection may hold collections.
    parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(shape))).tolist()
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def _geojson(shape: Any, to_degrees: _Move) -> GeoJson:  # noqa: ANN401
    moved = shapely.set_precision(_moved(shape, to_degrees), 10.0**-_DIGITS, mode="pointwise")
    return dict(mapping(moved))
