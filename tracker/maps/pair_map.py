"""A small map of two places on one picture, drawn on the server as SVG, without any other host."""

from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.basemap import country_features
from geodata.distances import distance_m
from tracker.maps.shapes import outer_rings
from tracker.maps.view_frame import Frame, framed, grown_box

Floats: TypeAlias = npt.NDArray[np.float64]
Point: TypeAlias = tuple[float, float]

WIDTH = 420.0
_ROOM, _LEAST_ROOM = 0.35, 0.35  # beside the two places: a share of what lies between, degrees
_EDGE = 12.0
_LETTER, _LINE = 7.5, 17.0  # about how wide a letter of a name is, and how high a line
_MOST_NAMES = 6
_LENGTHS_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000)


@dataclass(frozen=True)
class Named:
    """A name at a place of the picture; `ends` where it is written to the left of it."""

    words: str
    x: float
    y: float
    ends: bool


@dataclass(frozen=True)
class PairMap:
    """What the template draws: the land as one path, two places, names, and a length of so many km.

    `km` is the distance between the places on the ground.
    """

    land: str
    places: tuple[Point, Point]
    names: tuple[Named, ...]
    km: float
    scale_km: int
    scale: float
    width: int
    height: int


def pair_map(one: Point, other: Point, cities: pd.DataFrame) -> PairMap:
    """Draw two places (longitude, latitude) with what lies between them.

    `cities`: name, longitude, latitude, population.
    """
    frame = framed(_box(one, other), WIDTH)
    places = _at(frame, one), _at(frame, other)
    km = float(distance_m(one, other)) / 1000
    latitude = (one[1] + other[1]) / 2
    per_km = float(frame.units(np.array(1000.0), np.array(latitude)))
    length = max((each for each in _LENGTHS_KM if each * per_km <= WIDTH / 3), default=1)
    return PairMap(
        land=_land(frame),
        places=places,
        names=_names(frame, cities, around=places),
        km=km,
        scale_km=length,
        scale=round(length * per_km, 1),
        width=round(frame.width),
        height=round(frame.height),
    )


def _box(one: Point, other: Point) -> tuple[float, float, float, float]:
    west, east = sorted((one[0], other[0]))
    south, north = sorted((one[1], other[1]))
    room = max(_ROOM * max(east - west, north - south), _LEAST_ROOM)
    return grown_box((west - room, south - room, east + room, north + room))


def _at(frame: Frame, place: Point) -> Point:
    down = float(frame.y(np.array(place[1])))
    return round(float(frame.x(place[0])), 1), round(down, 1)


@cache
def _rings() -> tuple[Floats, ...]:
    """Give the outlines of all countries (points x longitude, latitude)."""
    features = country_features()["features"]
    rings = (ring for each in features for ring in outer_rings(each["geometry"]))
    return tuple(np.array(ring, dtype=float)[:, :2] for ring in rings)


def _land(frame: Frame) -> str:
    west, south, east, north = frame.box
    paths = []
    for ring in _rings():
        low, high = ring.min(axis=0), ring.max(axis=0)
        if low[0] < east and high[0] > west and low[1] < north and high[1] > south:
            paths.append(_path(frame, ring))
    return "".join(paths)


def _path(frame: Frame, ring: Floats) -> str:
    # What lies outside of the picture collapses onto a line just beyond its edge.
    across = np.clip(frame.x(ring[:, 0]), -_EDGE, frame.width + _EDGE)
    down = np.clip(frame.y(ring[:, 1]), -_EDGE, frame.height + _EDGE)
    points = np.stack([across, down], axis=1).round(1)
    moved = np.abs(np.diff(points, axis=0)).max(axis=1, initial=0) >= 0.5
    kept = points[np.concatenate([[True], moved])]
    if len(kept) < 3:
        return ""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in kept.tolist()) + "Z"


def _names(frame: Frame, cities: pd.DataFrame, *, around: tuple[Point, ...]) -> tuple[Named, ...]:
    """Name the largest cities for which there is room beside the places and one another."""
    west, south, east, north = frame.box
    inside = cities[
        cities["longitude"].between(west, east) & cities["latitude"].between(south, north)
    ].nlargest(40, "population")
    taken = [(x - 16, y - 16, x + 16, y + 16) for x, y in around]
    named: list[Named] = []
    for words, longitude, latitude in inside[["name", "longitude", "latitude"]].itertuples(
        index=False
    ):
        x, y = _at(frame, (longitude, latitude))
        ends = x + _LETTER * len(words) > frame.width - 8
        left = x - _LETTER * len(words) - 10 if ends else x - 6
        box = (left, y - _LINE / 2, left + _LETTER * len(words) + 16, y + _LINE / 2)
        within = box[0] > 0 and box[2] < frame.width and box[1] > 4 and box[3] < frame.height - 40
        if within and not any(_meet(box, other) for other in taken):
            taken.append(box)
            named.append(Named(words, x, y, ends))
        if len(named) == _MOST_NAMES:
            break
    return tuple(named)


_Box: TypeAlias = tuple[float, float, float, float]


def _meet(one: _Box, other: _Box) -> bool:
    return not (one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1])
