"""Names upon the map of a view: countries, corridors and cities, as many as there is room for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pandas as pd
import shapely
from shapely.geometry import mapping

from geodata.ground import Shapes
from tracker.maps.shapes import name_point
from tracker.maps.view_frame import Frame
from tracker.maps.view_map import in_units
from tracker.maps.view_numbers import Marks, Rectangle, overlap

SIZES = {"country": 13.0, "corridor": 13.5, "city": 11.5}
_SPACED = {"country": 0.12, "corridor": 0.0, "city": 0.0}  # of the size, between letters
_LEAST_ACROSS = {"country": 40.0, "corridor": 62.0}
_MOST_ACROSS = 2_000.0
_PEOPLE_OF_CITIES = (
    *((3.2, 5_000_000), (4.0, 2_500_000), (4.7, 1_200_000), (5.5, 600_000), (6.3, 250_000)),
    *((7.2, 100_000), (8.0, 30_000), (9.0, 8_000), (10.0, 5_000)),
)
_NO_CITY = 1_000_000_000
SMALLEST_CITY = 5_000
_SHIFTS = (
    *((0, 0), (0, 15), (0, -15), (0, 30), (0, -30), (25, 0), (-25, 0)),
    *((25, 22), (-25, 22), (25, -22), (-25, -22), (0, 45), (0, -45)),
)
_MOST_CITIES = 60
_PADDING = 3.0
_CITY_BESIDE = 6.0  # from its point to its name
# About how wide letters are, as shares of the size of the face.
_NARROW, _WIDE = set("iljtfrI.,'’ ()-"), set("mwMW@")


@dataclass(frozen=True)
class Name:
    """Words on the map: centred on a point, or for a city to the right of it."""

    kind: str
    words: str
    x: float
    y: float


@dataclass(frozen=True)
class NamedShapes:
    """Areas with their names in the reader's language."""

    kind: str
    shapes: Shapes
    names: Sequence[str]


def names_of_view(
    frame: Frame, areas: Iterable[NamedShapes], cities: pd.DataFrame, *, around: Marks
) -> tuple[Name, ...]:
    """Choose the names that there is room for: the largest first, none under a large mark.

    `cities`: name, longitude, latitude and population, the largest first.
    """
    rooms = _Rooms(frame, around)
    wanted = chain(*(_names_of_areas(frame, each) for each in areas), _cities(frame, cities))
    return tuple(filter(None, map(rooms.place, wanted)))


def width_of(words: str, kind: str) -> float:
    """Tell about how wide words are when they are set."""
    size = SIZES[kind]
    shares = (
        0.3 if sign in _NARROW else 0.83 if sign in _WIDE else 0.68 if sign.isupper() else 0.5
        for sign in words
    )
    return size * (sum(shares) + _SPACED[kind] * len(words))


def _names_of_areas(frame: Frame, areas: NamedShapes) -> Iterator[Name]:
    """Name each area in the middle of what can be seen of it."""
    least = _LEAST_ACROSS[areas.kind]
    drawn = in_units(frame, _seen(frame, areas.shapes))
    across = np.sqrt(np.nan_to_num(shapely.area(drawn)))
    for number in np.argsort(-across, kind="stable").tolist():
        if least <= across[number] <= _MOST_ACROSS and areas.names[number]:
            x, y = _middle(drawn[number])
            yield Name(areas.kind, areas.names[number], x, y)


def _seen(frame: Frame, shapes: Shapes) -> Shapes:
    """Cut shapes to what lies within the frame, so that names stand where one can read them."""
    return np.asarray(shapely.clip_by_rect(shapes, *frame.box), dtype=object)


def _middle(area: shapely.Geometry) -> tuple[float, float]:
    parts = [part for part in shapely.get_parts(area) if part.geom_type == "Polygon"]
    largest = max(parts, key=lambda part: part.area)
    return name_point(mapping(shapely.simplify(largest, 2.0)))


def _cities(frame: Frame, cities: pd.DataFrame) -> Iterator[Name]:
    west, south, east, north = frame.box
    least = next(
        (people for zoom, people in reversed(_PEOPLE_OF_CITIES) if frame.zoom >= zoom), _NO_CITY
    )
    inside = cities[
        cities["longitude"].between(west, east)
        & cities["latitude"].between(south, north)
        & (cities["population"] >= least)
    ].head(_MOST_CITIES)
    x = frame.x(inside["longitude"].to_numpy(dtype=float)).tolist()
    y = frame.y(inside["latitude"].to_numpy(dtype=float)).tolist()
    for words, across, down in zip(inside["name"], x, y, strict=True):
        yield Name("city", str(words), across, down)


class _Rooms:
    """What is taken of the map, by discs and by the names before."""

    def __init__(self, frame: Frame, around: Marks) -> None:
        self._frame = frame
        self._small = around.small
        self._taken = list(around.large)

    def place(self, name: Name) -> Name | None:
        """Find a free place at the point or, for the name of an area, near it; None without one.

        A place without any mark is better than one with small ones, on which names may lie.
        """
        shifts = _SHIFTS[:1] if name.kind == "city" else _SHIFTS
        near = [Name(name.kind, name.words, name.x + dx, name.y + dy) for dx, dy in shifts]
        free = [each for each in near if self._is_free(self._box(each), self._taken)]
        clear = (each for each in free if self._is_free(self._box(each), self._small))
        found = next(clear, free[0] if free else None)
        if found is not None:
            self._taken.append(self._box(found))
        return found

    def _is_free(self, box: Rectangle, taken: Iterable[Rectangle]) -> bool:
        inside = box[0] > 0 and box[1] > 0
        inside = inside and box[2] < self._frame.width and box[3] < self._frame.height
        return inside and not any(overlap(box, other) for other in taken)

    def _box(self, name: Name) -> Rectangle:
        times = self._frame.lettering
        wide, high = width_of(name.words, name.kind) * times, SIZES[name.kind] * times
        left = name.x - _CITY_BESIDE if name.kind == "city" else name.x - wide / 2
        right = name.x + _CITY_BESIDE + wide if name.kind == "city" else name.x + wide / 2
        top, bottom = name.y - high / 2, name.y + high / 2
        return left - _PADDING, top - _PADDING, right + _PADDING, bottom + _PADDING
