"""What a map is most likely to show first, so that its marks may come with the page."""

import math

import numpy as np

from tracker.domain.places import Box
from tracker.maps.figures import Bounds
from tracker.maps.mercator import latitude_so_far_north, north_of_equator

_TILE = 256.0
_PADDING = 56.0  # pixels, of both sides
# The map on a phone, on a small and on a large screen: pixels wide and high.
_SCREENS = ((330.0, 420.0), (620.0, 600.0), (900.0, 800.0))
# Pixels at a whole zoom that any of them shows, if the map is half a zoom farther away.
_SEEN = (1840.0, 1420.0)


def first_looks(view: Bounds, *, closest: float) -> tuple[tuple[int, Box], ...]:
    """Give the zooms at which screens show a box, each with all that a screen shows around it."""
    (south, west), (north, east) = view
    bottom, top = (float(north_of_equator(np.array(end))) for end in (south, north))
    size = (max((east - west) / 360.0, 1e-9), max(top - bottom, 1e-9))
    middle = ((west + east) / 2, (bottom + top) / 2)
    zooms = {_whole_zoom(screen, size, closest) for screen in _SCREENS}
    return tuple((zoom, _around(middle, zoom)) for zoom in sorted(zooms))


def _whole_zoom(screen: tuple[float, float], size: tuple[float, float], closest: float) -> int:
    """Give the zoom to which a screen that holds a box, in half zooms, is rounded."""
    fits = min(
        math.log2((pixels - _PADDING) / _TILE / share)
        for pixels, share in zip(screen, size, strict=True)
    )
    halves = math.floor(2 * min(fits, closest)) / 2
    return max(2, math.floor(halves + 0.5))


def _around(middle: tuple[float, float], zoom: int) -> Box:
    wide, high = (pixels / _TILE / 2**zoom / 2 for pixels in _SEEN)
    longitude, share = middle
    return (
        max(longitude - 360.0 * wide, -180.0),
        latitude_so_far_north(share - high),
        min(longitude + 360.0 * wide, 180.0),
        latitude_so_far_north(share + high),
    )
