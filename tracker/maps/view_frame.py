"""The frame of a picture: which box of the earth it shows, and where each place stands in it."""

import math
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from tracker.domain.places import Box
from tracker.maps.mercator import MOST_LATITUDE, latitude_so_far_north, north_of_equator

Floats: TypeAlias = npt.NDArray[np.float64]
Number = TypeVar("Number", float, Floats)

EARTH_M = 40_075_016.7  # around the equator
TILE = 256.0
# Width by height: a picture stands beside its words or above them, and is nothing between.
_NARROWEST, BESIDE, _ABOVE, _WIDEST = 0.62, 1.05, 1.3, 1.9
_LEAST_DEGREES = 0.05


@dataclass(frozen=True)
class Frame:
    """A box of the earth in Web Mercator, so many units wide and high.

    A unit is what a pixel is on the page's map: the sizes of marks and names are in it, those of
    names so many times as large.
    """

    box: Box
    width: float
    height: float
    lettering: float = 1.0

    @property
    def world(self) -> float:
        """Give the units around the whole earth."""
        return self.width * 360.0 / (self.box[2] - self.box[0])

    @property
    def zoom(self) -> float:
        """Give the zoom at which the page's map would look like this."""
        return math.log2(self.world / TILE)

    def x(self, longitude: Number) -> Number:
        """Give how far right longitudes stand."""
        return (longitude - self.box[0]) / 360.0 * self.world

    def y(self, latitude: Floats) -> Floats:
        """Give how far down latitudes stand."""
        top = north_of_equator(np.array(self.box[3]))
        return np.asarray((top - north_of_equator(latitude)) * self.world)

    def units(self, metres: Floats, latitude: Floats) -> Floats:
        """Give how long so many metres are at a latitude."""
        return np.asarray(metres / (EARTH_M * np.cos(np.radians(latitude))) * self.world)


def shape_of_box(box: Box) -> float:
    """Give the width of a box by its height, as Web Mercator draws it."""
    west, south, east, north = box
    ends = north_of_equator(np.array([south, north]))
    return (east - west) / 360.0 / float(ends[1] - ends[0])


def grown_box(box: Box) -> Box:
    """Give a box as a picture shows it: neither a point nor a strip, the same middle if it can."""
    west, south, east, north = box
    south, north = (min(max(end, -MOST_LATITUDE), MOST_LATITUDE) for end in (south, north))
    west, east = _at_least(west, east, _LEAST_DEGREES)
    south, north = _at_least(south, north, _LEAST_DEGREES)
    wanted = shape_of_box((west, south, east, north))
    if wanted < _NARROWEST or BESIDE < wanted < _ABOVE:
        times = (_NARROWEST if wanted < _NARROWEST else _ABOVE) / wanted
        west, east = _inside(*_at_least(west, east, (east - west) * times), 180.0)
    elif wanted > _WIDEST:
        south, north = _higher(south, north, wanted / _WIDEST)
    return west, south, east, north


def framed(box: Box, width: float, *, lettering: float = 1.0) -> Frame:
    """Frame a box so many units wide."""
    return Frame(box, width, width / shape_of_box(box), lettering)


def _at_least(low: float, high: float, size: float) -> tuple[float, float]:
    missing = max(size - (high - low), 0.0) / 2
    return low - missing, high + missing


def _inside(low: float, high: float, end: float) -> tuple[float, float]:
    """Move a stretch to lie between two ends; cut it where it is longer than that."""
    shift = max(-end - low, 0.0) - max(high - end, 0.0)
    return max(low + shift, -end), min(high + shift, end)


def _higher(south: float, north: float, times: float) -> tuple[float, float]:
    ends = north_of_equator(np.array([south, north]))
    half, middle = (ends[1] - ends[0]) / 2 * times, (ends[0] + ends[1]) / 2
    end = float(north_of_equator(np.array(MOST_LATITUDE)))
    low, high = _inside(float(middle - half), float(middle + half), end)
    return latitude_so_far_north(low), latitude_so_far_north(high)
