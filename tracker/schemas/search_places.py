"""Reads places of a search as typed, pasted or tapped: a point in each line, or GeoJSON."""

import json
import math
from collections.abc import Callable
from typing import Any, TypeAlias

from geodata.coordinates import parse_position
from geodata.positions import Position, PositionUnclear
from geodata.searched_ground import area_problem
from tracker.schemas.typed import Unclear

Point: TypeAlias = tuple[float, float]

MOST_POINTS = 2_000
LONGEST_TEXT = 400_000
_DIGITS = 6


def place_in_text(text: str) -> Position:
    """Read one place; raises `Unclear`."""
    if not text.strip():
        raise Unclear("required")
    try:
        return parse_position(text)
    except PositionUnclear as unclear:
        raise Unclear(f"position_{unclear.code}") from None


def area_in_text(text: str) -> list[Point]:
    """Read the edge of an area: its corners in order, or a GeoJSON polygon; raises `Unclear`."""
    if not text.strip():
        raise Unclear("area_missing")
    points = _of_geojson(text, _outer_edge) if text.lstrip()[0] == "{" else _points(text)
    ring = points[:-1] if len(points) > 1 and points[0] == points[-1] else points
    problem = area_problem(ring)
    if problem is not None:
        raise Unclear(problem)
    return ring


def line_in_text(text: str) -> list[Point]:
    """Read a way that somebody went: its points in order, or a GeoJSON line; raises `Unclear`."""
    if not text.strip():
        raise Unclear("line_too_short")
    points = _of_geojson(text, _line) if text.lstrip()[0] == "{" else _points(text)
    if len({*points}) < 2:
        raise Unclear("line_too_short")
    return points


def _points(text: str) -> list[Point]:
    lines = [line for line in text[:LONGEST_TEXT].splitlines() if line.strip()]
    if len(lines) > MOST_POINTS:
        raise Unclear("too_many_points")
    read = map(place_in_text, lines)
    return [(round(each.longitude, _DIGITS), round(each.latitude, _DIGITS)) for each in read]


def _of_geojson(text: str, read: Callable[[dict[str, Any]], Any]) -> list[Point]:
    if len(text) > LONGEST_TEXT:
        raise Unclear("too_many_points")
    try:
        held = read(_geometry(json.loads(text)))
        points = [(round(float(x), _DIGITS), round(float(y), _DIGITS)) for x, y, *_ in held]
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        raise Unclear("area_not_readable") from None
    if len(points) > MOST_POINTS:
        raise Unclear("too_many_points")
    for x, y in points:
        if not (math.isfinite(x) and abs(x) <= 180 and math.isfinite(y) and abs(y) <= 90):
            raise Unclear("area_not_readable")
    return points


def _geometry(given: dict[str, Any]) -> dict[str, Any]:
    """Give the one shape that a text holds: more than one would have to be chosen from."""
    if given["type"] == "FeatureCollection":
        [given] = given["features"]
    return dict(given["geometry"]) if given["type"] == "Feature" else given


def _outer_edge(shape: dict[str, Any]) -> Any:  # noqa: ANN401 -- any JSON
    if shape["type"] == "MultiPolygon":
        [polygon] = shape["coordinates"]
        return polygon[0]
    if shape["type"] != "Polygon":
        raise ValueError(shape["type"])
    return shape["coordinates"][0]


def _line(shape: dict[str, Any]) -> Any:  # noqa: ANN401
    if shape["type"] != "LineString":
        raise ValueError(shape["type"])
    return shape["coordinates"]
