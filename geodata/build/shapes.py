"""Name the operations by which a corridor is made from boundaries."""

from collections.abc import Iterable
from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry import MultiPoint, MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

GRID = 1e-6


class Plane:
    """Measure in metres on a projection chosen for one corridor."""

    def __init__(self, projection: str) -> None:
        """Keep the transformations between EPSG:4326 and the projection (a PROJ string)."""
        self._to = Transformer.from_crs("EPSG:4326", projection, always_xy=True)
        self._back = Transformer.from_crs(projection, "EPSG:4326", always_xy=True)

    def flat(self, geometry: BaseGeometry) -> BaseGeometry:
        """Take longitude and latitude to metres."""
        return _moved(geometry, self._to)

    def globe(self, geometry: BaseGeometry) -> BaseGeometry:
        """Take metres to longitude and latitude on the grid of six decimals."""
        return areas(_moved(shapely.segmentize(geometry, 25_000), self._back))

    def band(self, geometry: BaseGeometry, km: float) -> BaseGeometry:
        """Give all that lies within so many kilometres of a line or an area."""
        tolerance = min(200.0, km * 4)
        flat = shapely.simplify(self.flat(geometry), tolerance)
        wide = shapely.buffer(flat, km * 1000, quad_segs=16)
        return self.globe(shapely.simplify(wide, tolerance))

    def inner(self, geometry: BaseGeometry, km: float) -> BaseGeometry:
        """Give the part of an area within so many kilometres of its own edge."""
        core = shapely.buffer(self.flat(geometry), -km * 1000, quad_segs=8)
        return minus(geometry, self.globe(shapely.simplify(core, 200.0)))

    def nearest(
        self, area: BaseGeometry, groups: dict[str, BaseGeometry], step_km: float
    ) -> dict[str, BaseGeometry]:
        """Divide an area among lines or shores: each place goes to the nearest of them."""
        names = list(groups)
        lines = [shapely.segmentize(self.flat(groups[name]), step_km * 1000) for name in names]
        frame = self.flat(shapely.segmentize(area, 0.25)).buffer(100_000)
        lines = [_within(line, frame.buffer(300_000)) for line in lines]
        points, owners = _sites(lines)
        cells = shapely.get_parts(
            shapely.voronoi_polygons(shapely.multipoints(points), extend_to=frame, ordered=True)
        )
        parts = {}
        rest = area
        for number, name in enumerate(names):
            cell = shapely.union_all(cells[owners == number])
            part = rest if number == len(names) - 1 else common(rest, self.globe(cell))
            parts[name] = part
            rest = minus(rest, part)
        return parts


def _within(line: BaseGeometry, frame: BaseGeometry) -> BaseGeometry:
    points = shapely.get_coordinates(line)
    shapely.prepare(frame)
    return MultiPoint(points[shapely.intersects_xy(frame, points[:, 0], points[:, 1])])


def _sites(lines: list[BaseGeometry]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    coordinates = [np.round(shapely.get_coordinates(line), 0) for line in lines]
    points = np.concatenate(coordinates)
    owners = np.repeat(np.arange(len(lines)), [len(part) for part in coordinates])
    points, first = np.unique(points, axis=0, return_index=True)
    return points, owners[first]


def _moved(geometry: BaseGeometry, transformer: Transformer) -> BaseGeometry:
    return shapely.transform(
        geometry, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))
    )


@cache
def plane(longitude: float, latitude: float) -> Plane:
    """Give the equal-area plane around a point, true within 1.5% to 2,000 km."""
    return Plane(f"+proj=laea +lon_0={longitude} +lat_0={latitude} +datum=WGS84")


def areas(geometry: BaseGeometry) -> BaseGeometry:
    """Keep only the areas of a shape, valid and on the grid of six decimals."""
    snapped = shapely.set_precision(shapely.make_valid(geometry), GRID)
    parts = [part for part in shapely.get_parts(snapped) if isinstance(part, Polygon)]
    nested = [part for part in shapely.get_parts(snapped) if isinstance(part, MultiPolygon)]
    return shapely.union_all([*parts, *nested], grid_size=GRID)


def together(shapes: Iterable[BaseGeometry]) -> BaseGeometry:
    """Unite areas."""
    return areas(shapely.union_all(list(shapes), grid_size=GRID))


def minus(left: BaseGeometry, right: BaseGeometry) -> BaseGeometry:
    """Take one area out of another."""
    return areas(shapely.difference(left, right, grid_size=GRID))


def common(left: BaseGeometry, right: BaseGeometry) -> BaseGeometry:
    """Keep what two areas share."""
    return areas(shapely.intersection(left, right, grid_size=GRID))


def between(bounds: tuple[float, float, float, float]) -> BaseGeometry:
    """Give the area between two meridians and two parallels: west, south, east, north."""
    return box(*bounds)


def without_crumbs(geometry: BaseGeometry, square_km: float) -> BaseGeometry:
    """Leave out the parts of an area smaller than so many square kilometres."""
    kept = [
        part
        for part in shapely.get_parts(geometry)
        if part.area * 111.2**2 * np.cos(np.radians(part.centroid.y)) >= square_km
    ]
    return together(kept)
