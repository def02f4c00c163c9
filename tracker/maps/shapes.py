"""Areas made small enough for a phone: snapped to a grid, thinned, with a point for their name."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

GeoJson: TypeAlias = Mapping[str, Any]
Point: TypeAlias = tuple[int, int]
Step: TypeAlias = Callable[[float, float], int]

UNITS_PER_DEGREE = 100
MIDDLE = 8


def outer_rings(geometry: GeoJson) -> list[Sequence[Sequence[float]]]:
    """Give the outer ring of each part of a Polygon or MultiPolygon."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    return [polygon[0] for polygon in polygons]


def snapped_ring(ring: Sequence[Sequence[float]], step: Step) -> list[Point]:
    """Snap a ring to a grid, in hundredths of a degree, and drop the points nobody would miss.

    `step` gives the grid's width at a longitude and latitude. A point shared by two countries
    is snapped alike in both, so no gap opens along their border.
    """
    points: list[Point] = []
    for longitude, latitude, *_ in ring:
        width = step(longitude, latitude)
        across = round(longitude * UNITS_PER_DEGREE / width) * width
        point = (across, round(latitude * UNITS_PER_DEGREE / width) * width)
        if points and points[-1] == point:
            continue
        while len(points) > 1 and _in_line(points[-2], points[-1], point):
            points.pop()
        points.append(point)
    return points


def _in_line(first: Point, second: Point, third: Point) -> bool:
    return (second[0] - first[0]) * (third[1] - first[1]) == (second[1] - first[1]) * (
        third[0] - first[0]
    )


def box_area(ring: Sequence[Point]) -> int:
    """Give the area of the box around a ring, in its own units squared."""
    across, up = [x for x, _ in ring], [y for _, y in ring]
    return (max(across) - min(across)) * (max(up) - min(up))


def steps_of(ring: Sequence[Point]) -> list[int]:
    """Write a ring as its first point and the step to each next one: x, y, dx, dy, dx, dy ..."""
    flat = list(ring[0])
    for (x0, y0), (x1, y1) in pairwise(ring):
        flat += (x1 - x0, y1 - y0)
    return flat


def snapped_area(geometry: GeoJson, width: int) -> dict[str, Any]:
    """Snap all rings of an area, holes included, to a grid so many hundredths of a degree wide."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    snapped = []
    for polygon in polygons:
        rings = [snapped_ring(ring, lambda *_: width) for ring in polygon]
        kept = [_degrees(ring) for ring in rings if len(ring) > 3]
        if kept and len(rings[0]) > 3:
            snapped.append(kept)
    return {"type": "MultiPolygon", "coordinates": snapped}


def _degrees(ring: Sequence[Point]) -> list[tuple[float, float]]:
    return [(x / UNITS_PER_DEGREE, y / UNITS_PER_DEGREE) for x, y in ring]


def _ring_area(ring: Sequence[Sequence[float]]) -> float:
    doubled = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    return abs(doubled) / 2 * math.cos(math.radians(ring[0][1]))


def area_in_degrees(geometry: GeoJson) -> float:
    """Give the area of the largest part, in square degrees narrowed by its latitude."""
    return max(map(_ring_area, outer_rings(geometry)))


def name_point(geometry: GeoJson) -> tuple[float, float]:
    """Give a point (longitude, latitude) well inside the largest part of an area.

    It is the middle of the widest stretch on any of several parallels, those half-way up
    preferred; a centroid may lie outside of a bent area.
    """
    ring = max(outer_rings(geometry), key=_ring_area)
    south, north = min(point[1] for point in ring), max(point[1] for point in ring)
    best = (0.0, ring[0][0], ring[0][1])
    for step in range(1, 2 * MIDDLE):
        latitude = south + (north - south) * step / (2 * MIDDLE)
        cuts = sorted(_crossings(ring, latitude))
        for west, east in zip(cuts[::2], cuts[1::2], strict=False):
            centred = 1 - abs(step - MIDDLE) / (1.5 * MIDDLE)
            best = max(best, ((east - west) * centred, (west + east) / 2, latitude))
    return round(best[1], 2), round(best[2], 2)


def _crossings(ring: Sequence[Sequence[float]], latitude: float) -> Iterable[float]:
    for (x0, y0, *_), (x1, y1, *_) in pairwise(ring):
        if (y0 > latitude) != (y1 > latitude):
            yield x0 + (latitude - y0) * (x1 - x0) / (y1 - y0)
