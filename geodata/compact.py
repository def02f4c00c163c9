"""Places and corridors small enough for a phone: whole numbers, no detail in excess."""

from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.corridors import METRES_PER_DEGREE, Corridor, Segment, corridors
from geodata.gazetteer import all_places

# Steps to a degree: a step is 111 metres at most.
STEPS = 1000
SIMPLIFIED_TO_M = 300.0


def compact_towns() -> dict[str, Any]:
    """Give the populated places, the most populous first: names, countries (iso3) and steps.

    `countries` lists the countries, `country` says which of them each place is in; `large` is how
    many of the places have at least 20,000 people.
    """
    table = all_places().sort_values("population", ascending=False, kind="stable")
    countries = sorted(set(table["country"]))
    numbers = {iso3: number for number, iso3 in enumerate(countries)}
    return {
        "steps": STEPS,
        "names": "\n".join(table["name"]),
        "countries": countries,
        "country": table["country"].map(numbers).to_list(),
        "x": np.rint(table["longitude"] * STEPS).astype(int).to_list(),
        "y": np.rint(table["latitude"] * STEPS).astype(int).to_list(),
        "large": int((table["population"] >= 20_000).sum()),
    }


def compact_areas() -> dict[str, Any]:
    """Give segments, and corridors that have none, as rings of steps; they do not overlap.

    A ring is its first point and the way from each point to the next. A point is inside an area
    when a line from it crosses its rings an odd number of times.
    """
    parts: list[Corridor | Segment] = []
    for corridor in corridors():
        parts += corridor.segments or ([corridor] if corridor.geometry is not None else [])
    shapes = np.array([part.geometry for part in parts], dtype=object)
    shapes = shapely.coverage_simplify(shapes, SIMPLIFIED_TO_M / METRES_PER_DEGREE)
    return {
        "steps": STEPS,
        "corridors": {corridor.id: dict(corridor.names) for corridor in corridors()},
        "areas": [_area(part, shape) for part, shape in zip(parts, shapes, strict=True)],
    }


def _area(part: Corridor | Segment, shape: BaseGeometry) -> dict[str, Any]:
    owner = part.corridor if isinstance(part, Segment) else part.id
    segment = part.id if isinstance(part, Segment) else None
    rings = [
        ring
        for polygon in shapely.get_parts(shape)
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    west, south, east, north = (round(edge * STEPS) for edge in shape.bounds)
    return {
        "corridor": owner,
        "segment": segment,
        "names": dict(part.names),
        "box": [west - 1, south - 1, east + 1, north + 1],
        "rings": [_steps(np.asarray(ring.coords)[:, :2]) for ring in rings],
    }


def _steps(points: np.ndarray[Any, Any]) -> list[int]:
    whole = np.rint(points[:-1] * STEPS).astype(int)
    ways: list[int] = np.diff(whole, axis=0, prepend=np.zeros((1, 2), dtype=int)).ravel().tolist()
    return ways
