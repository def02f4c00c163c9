"""Incidents gathered into the cells of a map, coarser with each step out, whatever their number.

Cells are squares of the web's Mercator projection: at level L the world is 2**L cells wide. They
are made of public places alone, so that neither a cell nor its middle tells more than those do.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from tracker.domain.places import Box
from tracker.maps.mercator import north_of_equator

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Codes: TypeAlias = npt.NDArray[np.uint32]
Mask: TypeAlias = npt.NDArray[np.bool_]

FINEST = 16
# No answer holds more cells than this; a box that has more is told in coarser ones.
MOST_CELLS = 4_000
_SPREAD = (
    (np.uint32(8), np.uint32(0x00FF00FF)),
    (np.uint32(4), np.uint32(0x0F0F0F0F)),
    (np.uint32(2), np.uint32(0x33333333)),
    (np.uint32(1), np.uint32(0x55555555)),
)
_PLACE = 1e5  # parts of a degree by which two places are the same


def cell_codes(longitude: Floats, latitude: Floats) -> Codes:
    """Number the finest cells of places (degrees), so that neighbours stand near one another."""
    x, y = _columns_and_lines(longitude, latitude)
    return _spread(x) | (_spread(y) << np.uint32(1))


def _columns_and_lines(longitude: Floats, latitude: Floats) -> tuple[Codes, Codes]:
    last = 2**FINEST - 1
    x = (longitude + 180.0) / 360.0
    y = 0.5 - north_of_equator(latitude)
    column, line = (np.clip(np.floor(share * 2**FINEST), 0, last) for share in (x, y))
    return column.astype(np.uint32), line.astype(np.uint32)


def _spread(numbers: Codes) -> Codes:
    """Put a zero between the bits of numbers below 2**16."""
    for shift, mask in _SPREAD:
        numbers = (numbers | (numbers << shift)) & mask
    return numbers


def _gathered(numbers: Codes) -> Codes:
    """Take every second bit out again: the other way round of `_spread`."""
    numbers = numbers & _SPREAD[-1][1]
    for shift, mask in ((1, 0x33333333), (2, 0x0F0F0F0F), (4, 0x00FF00FF), (8, 0x0000FFFF)):
        numbers = (numbers | (numbers >> np.uint32(shift))) & np.uint32(mask)
    return numbers


@dataclass(frozen=True)
class People:
    """Numbers of people, and how many incidents know theirs: 0 of 0 is not known."""

    number: Ints
    known: Ints

    def at(self, kept: "Ints | slice | Mask") -> "People":
        """Give some of them."""
        return People(self.number[kept], self.known[kept])

    def or_none(self) -> list[int | None]:
        """Give the numbers, None where nobody knows."""
        pairs = zip(self.number.tolist(), self.known.tolist(), strict=True)
        return [number if known or number else None for number, known in pairs]


@dataclass(frozen=True)
class Cells:
    """Cells with what lies in them, in the order of their codes.

    `longitude`, `latitude`: the middle of the places; `unknown`: incidents of which neither the
    dead nor the missing are known; `alone`: all lie at one place, known to `radius_m` metres.
    """

    level: int
    code: Codes
    incidents: Ints
    dead: People
    missing: People
    unknown: Ints
    east: Floats
    north: Floats
    first_place: Ints
    last_place: Ints
    radius_m: Floats

    @property
    def longitude(self) -> Floats:
        """Give the middle of each cell's places."""
        return self.east / self.incidents

    @property
    def latitude(self) -> Floats:
        """Give the middle of each cell's places."""
        return self.north / self.incidents

    @property
    def alone(self) -> Mask:
        """Tell cells whose incidents all lie at one place."""
        same: Mask = self.first_place == self.last_place
        return same

    @cached_property
    def fullest(self) -> int:
        """Give the people of the fullest cell, by which marks are sized."""
        return int(np.maximum(self.dead.number + self.missing.number, 0).max(initial=0))

    def at(self, kept: "Ints | slice") -> "Cells":
        """Give some of the cells."""
        return Cells(
            level=self.level,
            code=self.code[kept],
            incidents=self.incidents[kept],
            dead=self.dead.at(kept),
            missing=self.missing.at(kept),
            unknown=self.unknown[kept],
            east=self.east[kept],
            north=self.north[kept],
            first_place=self.first_place[kept],
            last_place=self.last_place[kept],
            radius_m=self.radius_m[kept],
        )

    def gathered(self, level: int) -> "Cells":
        """Give the cells of a level above, or sum those of one code on this one."""
        return _summed(self, self.code >> np.uint32(2 * (self.level - level)), level)

    def in_box(self, box: Box) -> "Cells":
        """Give the cells that touch a box."""
        west, south, east, north = box
        x, y = _columns_and_lines(np.array([west, east]), np.array([north, south]))
        step = np.uint32(FINEST - self.level)
        (left, right), (top, bottom) = x >> step, y >> step
        first, last = _spread(x >> step) | (_spread(y >> step) << np.uint32(1))
        start = int(np.searchsorted(self.code, first))
        stop = int(np.searchsorted(self.code, last, side="right"))
        part = self.code[start:stop]
        column, line = _gathered(part), _gathered(part >> np.uint32(1))
        inside = (column >= left) & (column <= right) & (line >= top) & (line <= bottom)
        return self.at(np.flatnonzero(inside) + start)


def _summed(cells: Cells, code: Codes, level: int) -> Cells:
    """Add up neighbours of one code."""
    if not len(code):
        return Cells(**{**vars(cells.at(slice(0))), "level": level})
    starts = np.flatnonzero(np.append(True, code[1:] != code[:-1]))

    def added(values: npt.NDArray[Any]) -> Any:  # noqa: ANN401 -- as it was given
        return np.add.reduceat(values, starts)

    def people(measure: People) -> People:
        return People(added(measure.number), added(measure.known))

    return Cells(
        level=level,
        code=code[starts],
        incidents=added(cells.incidents),
        dead=people(cells.dead),
        missing=people(cells.missing),
        unknown=added(cells.unknown),
        east=added(cells.east),
        north=added(cells.north),
        first_place=np.minimum.reduceat(cells.first_place, starts),
        last_place=np.maximum.reduceat(cells.last_place, starts),
        radius_m=np.maximum.reduceat(cells.radius_m, starts),
    )


@dataclass(frozen=True)
class Points:
    """Places of incidents in the order of `cell_codes`, with their people."""

    code: Codes
    longitude: Floats
    latitude: Floats
    radius_m: Floats
    dead: People
    missing: People

    def cells(self) -> Cells:
        """Give the finest cells."""
        place = place_numbers(self.longitude, self.latitude)
        each = Cells(
            level=FINEST,
            code=self.code,
            incidents=np.ones(len(self.code), dtype=np.int64),
            dead=self.dead,
            missing=self.missing,
            unknown=((self.dead.known + self.missing.known) == 0).astype(np.int64),
            east=self.longitude,
            north=self.latitude,
            first_place=place,
            last_place=place,
            radius_m=self.radius_m,
        )
        return each.gathered(FINEST)


def place_numbers(longitude: Floats, latitude: Floats) -> Ints:
    """Number places, so that two are the same where their numbers are."""
    place = np.rint(longitude * _PLACE).astype(np.int64) * 100_000_000
    place += np.rint(latitude * _PLACE).astype(np.int64)
    return place


class Pyramid:
    """The cells of all levels, each made when it is first looked at, of the nearest below.

    They are made of finest cells, of which several in a row may have the same code.
    """

    def __init__(self, parts: Cells) -> None:
        self._levels = {FINEST + 1: parts}

    def level(self, level: int) -> Cells:
        """Give all cells of a level (0 to `FINEST`)."""
        level = min(max(level, 0), FINEST)
        if level not in self._levels:
            # Others may be adding levels meanwhile.
            below = min(made for made in list(self._levels) if made > level)
            self._levels[level] = self._levels[below].gathered(level)
        return self._levels[level]

    def view(self, box: Box, level: int) -> Cells:
        """Give the cells of a box: coarser ones where there would be more than `MOST_CELLS`."""
        found = self.level(level).in_box(box)
        while len(found.code) > MOST_CELLS:
            level = found.level - 1
            found = self.level(level).in_box(box)
        return found
