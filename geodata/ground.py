"""The ground of drawings: land, lakes and the lines between countries, as shapes."""

import gzip
import json
from functools import cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import shape

from geodata.basemap import country_features
from geodata.corridors import features

Shapes: TypeAlias = npt.NDArray[np.object_]
"""Shapes in EPSG:4326."""

_WIDEST_GAP = 0.01  # square degrees
_SOURCES = Path(__file__).resolve().parent / "data" / "sources"


@cache
def country_shapes() -> Shapes:
    """Give the area of each country, in the order of `country_features`."""
    return _array([shape(each["geometry"]) for each in country_features()["features"]])


@cache
def land_shapes() -> Shapes:
    """Give all land, one area for each island and mainland."""
    whole = shapely.get_parts(shapely.union_all(shapely.make_valid(country_shapes())))
    return _array([_without_gaps(part) for part in whole if part.geom_type == "Polygon"])


def _without_gaps(area: shapely.Polygon) -> shapely.Polygon:
    """Close the slivers that are left between neighbours; what is wider is water."""
    holes = [hole for hole in area.interiors if shapely.Polygon(hole).area > _WIDEST_GAP]
    return shapely.Polygon(area.exterior, holes)


@cache
def lake_shapes() -> Shapes:
    """Give the lakes and reservoirs."""
    return _source("lakes_10m_americas")


@cache
def border_shapes() -> Shapes:
    """Give the lines between countries."""
    return _source("land_borders_10m_americas")


@cache
def corridor_shapes(simplify_m: float) -> Shapes:
    """Give the areas of the corridors that have one, in the order of `corridors.features`."""
    drawn = features(simplify_m=simplify_m)["features"]
    return _array([shape(each["geometry"]) for each in drawn])


def _source(name: str) -> Shapes:
    with gzip.open(_SOURCES / f"{name}.geojson.gz", "rt", encoding="utf-8") as file:
        collection = json.load(file)
    return _array([shape(each["geometry"]) for each in collection["features"]])


def _array(shapes: list[shapely.Geometry]) -> Shapes:
    return np.array(shapes, dtype=object)
