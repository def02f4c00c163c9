"""Tell how far points lie from the country that their source names."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from geodata.areas import layer
from geodata.distances import Floats, distance_m

_PIECE = 64  # points of a coast or border in one piece of the search tree


@dataclass(frozen=True)
class _Country:
    """The area of a country, and its outline in pieces on a plane squeezed to its latitude."""

    area: BaseGeometry
    squeeze: float
    outline: shapely.STRtree


@cache
def _areas() -> dict[str, BaseGeometry]:
    """Give the area of each country of the Americas by iso3, prepared for many questions."""
    countries = layer("countries")
    shapes = zip(countries.ids, countries.shapes, strict=True)
    return {iso3: area for iso3, area in shapes if iso3 and area is not None}


@cache
def _country(iso3: str) -> _Country:
    area = _areas()[iso3]
    squeeze = float(np.cos(np.radians(area.centroid.y)))
    plane = shapely.transform(area, lambda points: points * [squeeze, 1.0])
    pieces: list[LineString] = []
    for ring in shapely.get_rings(shapely.get_parts(plane)):
        points = shapely.get_coordinates(ring)
        pieces += [
            LineString(points[start : start + _PIECE + 1])
            for start in range(0, len(points) - 1, _PIECE)
        ]
    return _Country(area, squeeze, shapely.STRtree(pieces))


def distance_to_country_m(
    longitude: Floats, latitude: Floats, country: Sequence[object] | npt.NDArray[np.object_]
) -> Floats:
    """Measure metres from each point (degrees) to the country named beside it, 0 inside.

    NaN where the point is NaN or the country (iso3) is none of the Americas. The nearest piece of
    the outline is sought on a plane: far from the middle of a tall country up to a third too long.
    """
    named = np.asarray(country, dtype=object)
    metres = np.full(len(longitude), np.nan)
    for iso3 in {name for name in named if isinstance(name, str)} & _areas().keys():
        asked = np.flatnonzero((named == iso3) & ~np.isnan(longitude))
        metres[asked] = _distances(_country(iso3), longitude[asked], latitude[asked])
    return metres


def on_american_land(longitude: Floats, latitude: Floats) -> npt.NDArray[np.bool_]:
    """Tell which points (degrees) lie on the land of a country of the Americas."""
    found = np.zeros(len(longitude), dtype=bool)
    for area in _areas().values():
        west, south, east, north = area.bounds
        asked = np.flatnonzero(
            (longitude >= west) & (longitude <= east) & (latitude >= south) & (latitude <= north)
        )
        found[asked] |= shapely.contains_xy(area, longitude[asked], latitude[asked])
    return found


def _distances(country: _Country, longitude: Floats, latitude: Floats) -> Floats:
    """Measure points to one country."""
    metres = np.zeros(len(longitude))
    outside = np.flatnonzero(~shapely.contains_xy(country.area, longitude, latitude))
    if len(outside) == 0:
        return metres
    x, y = longitude[outside], latitude[outside]
    points = shapely.points(x * country.squeeze, y)
    pieces = country.outline.geometries.take(country.outline.nearest(points))
    nearest = shapely.get_coordinates(shapely.get_point(shapely.shortest_line(points, pieces), 1))
    metres[outside] = distance_m((x, y), (nearest[:, 0] / country.squeeze, nearest[:, 1]))
    return metres
