"""The ground of drawings: land, lakes and the lines between countries, as shapes."""

import gzip
from functools import cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import shape

from geodata.corridors import features

Shapes: TypeAlias = npt.NDArray[np.object_]
"""Shapes in EPSG:4326."""

_WIDEST_GAP = 0.01  # square degrees
_DATA = Path(__file__).resolve().parent / "data"


@cache
def country_shapes() -> Shapes:
    """Give the area of each country, in the order of `country_features`."""
    return _parts((_DATA / "countries.geojson").read_text(encoding="utf-8"))


@cache
def land_shapes() -> Shapes:
    """Give all land, one area for each island and mainland."""
    whole = shapely.disjoint_subset_union_all(shapely.get_parts(country_shapes()))
    return _array([_without_gaps(part) for part in shapely.get_parts(whole)])


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
    with gzip.open(_DATA / "sources" / f"{name}.geojson.gz", "rt", encoding="utf-8") as file:
        return _parts(file.read())


def _parts(collection: str) -> Shapes:
    """Give the shapes of a GeoJSON collection."""
    return np.asarray(shapely.get_parts(shapely.from_geojson(collection)), dtype=object)


def _array(shapes: list[shapely.Geometry]) -> Shapes:
    return np.array(shapes, dtype=object)
