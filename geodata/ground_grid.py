"""A sheet of paper over an area: the UTM grid, a round scale, and where everything stands on it."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pyproj import Transformer

Point: TypeAlias = tuple[float, float]
SCALES = (
    *(500, 1_000, 2_000, 2_500, 5_000, 10_000, 20_000, 25_000, 50_000, 100_000),
    *(200_000, 250_000, 500_000, 1_000_000, 2_000_000),
)
_STEPS_M = (10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
_FEWEST_LINES = 5
_MARGIN = 1.08


@dataclass(frozen=True)
class GridLine:
    """A line of the grid: how far along the sheet (mm), and its easting or northing (m)."""

    at: float
    metres: int


@dataclass(frozen=True)
class GroundSheet:
    """A sheet so many millimetres wide and high at a scale of 1 to `scale`, grid north up.

    `west_east` holds the upright lines, `south_north` the level ones; `step_m` lies between two.
    """

    width_mm: float
    height_mm: float
    scale: int
    zone: int
    northern: bool
    step_m: int
    west_east: tuple[GridLine, ...]
    south_north: tuple[GridLine, ...]
    place: Callable[[Sequence[Point]], list[Point]]

    @property
    def zone_name(self) -> str:
        """Give the zone as receivers call it: 12N."""
        return f"{self.zone}{'N' if self.northern else 'S'}"


def sheet_over(points: Iterable[Point], *, width_mm: float, height_mm: float) -> GroundSheet:
    """Lay a sheet over points (longitude, latitude) at the largest round scale that holds them all.

    UTM on WGS 84, in the zone of their middle.
    """
    given = [*points]
    middle_x = (min(x for x, _ in given) + max(x for x, _ in given)) / 2
    middle_y = (min(y for _, y in given) + max(y for _, y in given)) / 2
    zone, northern = int((middle_x + 180) // 6) % 60 + 1, middle_y >= 0
    code = (32_600 if northern else 32_700) + zone
    to_utm = Transformer.from_crs("EPSG:4326", f"EPSG:{code}", always_xy=True)
    metres = [to_utm.transform(x, y) for x, y in given]
    lows = min(x for x, _ in metres), min(y for _, y in metres)
    highs = max(x for x, _ in metres), max(y for _, y in metres)
    needed = max(
        (highs[0] - lows[0]) * _MARGIN / width_mm, (highs[1] - lows[1]) * _MARGIN / height_mm
    )
    scale = next((each for each in SCALES if each / 1_000 >= needed), SCALES[-1])
    per_mm = scale / 1_000
    west = (lows[0] + highs[0]) / 2 - width_mm * per_mm / 2
    north = (lows[1] + highs[1]) / 2 + height_mm * per_mm / 2
    short = min(width_mm, height_mm) * per_mm
    step = max(each for each in _STEPS_M if each * _FEWEST_LINES <= short or each == _STEPS_M[0])

    def place(line: Sequence[Point]) -> list[Point]:
        moved = (to_utm.transform(x, y) for x, y in line)
        return [(round((x - west) / per_mm, 2), round((north - y) / per_mm, 2)) for x, y in moved]

    return GroundSheet(
        width_mm=width_mm,
        height_mm=height_mm,
        scale=scale,
        zone=zone,
        northern=northern,
        step_m=step,
        west_east=tuple(
            GridLine(round((x - west) / per_mm, 2), x)
            for x in _round_metres(west, west + width_mm * per_mm, step)
        ),
        south_north=tuple(
            GridLine(round((north - y) / per_mm, 2), y)
            for y in _round_metres(north - height_mm * per_mm, north, step)
        ),
        place=place,
    )


def _round_metres(low: float, high: float, step: int) -> range:
    return range(math.ceil(low / step) * step, math.floor(high) + 1, step)
