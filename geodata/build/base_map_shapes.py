"""Give the shapes of the base map, and fit them to a zoom."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry import LineString, Polygon, box
from shapely.geometry.base import BaseGeometry

from geodata.build import sources
from geodata.build.countries import countries

Shapes = Sequence[BaseGeometry]

WORLD_MAP = Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)
# A line that another source draws within so many degrees is the same river.
SAME_RIVER = 0.12
SMOOTHING = 3
LEAST_HOLE = 1e-4  # square degrees; what is smaller lies between two sources
# A leased base, round which Natural Earth draws a line: no border between two countries.
GUANTANAMO_BAY = box(-75.3, 19.8, -75.0, 20.1)


@cache
def _whole() -> BaseGeometry:
    """Unite the countries with the land that no country of the table holds."""
    areas = [*countries().values(), sources.land_10m()]
    whole = shapely.union_all([shapely.make_valid(area) for area in areas])
    return shapely.multipolygons(
        [_without_slivers(part) for part in shapely.get_parts(whole) if isinstance(part, Polygon)]
    )


def _without_slivers(area: Polygon) -> Polygon:
    holes = [hole for hole in area.interiors if Polygon(hole).area >= LEAST_HOLE]
    return Polygon(area.exterior, holes)


def bounds() -> tuple[float, float, float, float]:
    """Give west, south, east and north of what is drawn."""
    west, south, east, north = shapely.total_bounds(_whole())
    return float(west), float(south), float(east), float(north)


def land() -> Shapes:
    """Give all land as one area for each island and mainland."""
    return _parts([_whole()], "Polygon")


def lakes() -> Shapes:
    """Give the lakes and reservoirs."""
    return sources.lakes()


def rivers() -> Shapes:
    """Give the rivers: the finely drawn ones, and the others smoothed."""
    fine = sources.fine_rivers()
    near = shapely.buffer(shapely.union_all(list(fine)), SAME_RIVER)
    coarse = shapely.difference(shapely.union_all(list(sources.coarse_rivers())), near)
    smooth = [_smooth(line) for line in _parts([shapely.line_merge(coarse)], "LineString")]
    return _lines([*fine, *smooth])


def borders() -> Shapes:
    """Give the lines between countries."""
    return [line for line in sources.land_borders() if not GUANTANAMO_BAY.contains(line)]


def provinces() -> Shapes:
    """Give the lines between the first-level divisions of each country."""
    lines: list[BaseGeometry] = []
    for divisions in sources.divisions().values():
        lines += _shared(divisions)
    return _lines(lines)


def on_the_map(shapes: Shapes) -> NDArray[np.object_]:
    """Take longitude and latitude to the metres of a web map."""
    moved = [
        shapely.transform(
            shape, lambda xy: np.column_stack(WORLD_MAP.transform(xy[:, 0], xy[:, 1]))
        )
        for shape in shapes
    ]
    return np.array(moved, dtype=object)


def fit_for(shapes: NDArray[np.object_], *, least: float, off: float) -> NDArray[np.object_]:
    """Leave out what is less than so many metres across or long, and bends of so many metres."""
    areas = shapely.get_dimensions(shapes) == 2
    enough = np.where(areas, np.sqrt(shapely.area(shapes)), shapely.length(shapes)) >= least
    simple = shapely.simplify(shapes[enough], off)
    return np.asarray(simple[~shapely.is_empty(simple)], dtype=object)


def _shared(areas: Shapes) -> list[BaseGeometry]:
    """Give the edges that two of the areas have in common."""
    edges = shapely.boundary(np.array(areas, dtype=object))
    pairs = shapely.STRtree(edges).query(edges, predicate="intersects").T
    return [shapely.intersection(edges[one], edges[other]) for one, other in pairs if one < other]


def _lines(lines: Shapes) -> Shapes:
    """Join lines end to end and tell them apart from the longest on."""
    return _parts([shapely.line_merge(shapely.union_all(list(lines)))], "LineString")


def _parts(shapes: Shapes, kind: str) -> Shapes:
    parts = [part for part in shapely.get_parts(shapes) if part.geom_type == kind]
    return sorted(parts, key=lambda part: (-part.length, part.bounds))


def _smooth(line: BaseGeometry) -> BaseGeometry:
    """Round the corners of a line by cutting them off, and again."""
    points = shapely.get_coordinates(line)
    for _ in range(SMOOTHING):
        before, after = points[:-1], points[1:]
        cut = np.stack([0.75 * before + 0.25 * after, 0.25 * before + 0.75 * after], axis=1)
        points = np.concatenate([points[:1], cut.reshape(-1, 2)[1:-1], points[-1:]])
    return LineString(points)
