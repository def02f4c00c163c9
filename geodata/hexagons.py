"""Hexagons of nearly one size all over the earth (H3): their numbers and outlines."""

from functools import lru_cache
from typing import TypeAlias

import h3.api.numpy_int as h3
import numpy as np
import numpy.typing as npt

Cells: TypeAlias = npt.NDArray[np.uint64]
Floats: TypeAlias = npt.NDArray[np.float64]

FINEST = 5  # 17 km from side to side: no finer than the grid of public places is wide
_RESOLUTION_AT = np.uint64(52)
_DIGIT_BITS, _DIGITS = 3, 15


def hexagons_of(longitude: Floats, latitude: Floats) -> Cells:
    """Give the hexagon of resolution `FINEST` that holds each place (degrees, EPSG:4326)."""
    places = longitude + 1j * latitude
    unique, inverse = np.unique(places, return_inverse=True)
    cells = [h3.latlng_to_cell(place.imag, place.real, FINEST) for place in unique.tolist()]
    found: Cells = np.array(cells, dtype=np.uint64)[inverse]
    return found


def wider_hexagons(cells: Cells, resolution: int) -> Cells:
    """Give the hexagon of a coarser resolution that each one belongs to.

    An H3 number holds the resolution in bits 52 to 55, then a digit a resolution; those that are
    not in use are 7 (https://h3geo.org/docs/core-library/h3Indexing).
    """
    unused = np.uint64(2 ** (_DIGIT_BITS * (_DIGITS - resolution)) - 1)
    cleared = cells & ~(np.uint64(15) << _RESOLUTION_AT)
    return cleared | (np.uint64(resolution) << _RESOLUTION_AT) | unused


@lru_cache(maxsize=20_000)
def hexagon_outline(cell: int) -> tuple[tuple[float, float], ...]:
    """Give the corners (longitude, latitude in degrees) of a hexagon."""
    return tuple((longitude, latitude) for latitude, longitude in h3.cell_to_boundary(cell))


@lru_cache(maxsize=20_000)
def hexagon_centre(cell: int) -> tuple[float, float]:
    """Give the middle (longitude, latitude in degrees) of a hexagon."""
    latitude, longitude = h3.cell_to_latlng(cell)
    return longitude, latitude
