"""What the public may see of a place, and when."""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

PUBLIC_GRID_DEGREES = 0.1
PUBLIC_DELAY_DAYS = 14
METRES_PER_DEGREE = 111_195.0


@dataclass(frozen=True)
class PublicationRule:
    """How coarse and how late places of records logged here become public.

    Grids are in degrees; a corridor can have a coarser one than the rest, never a finer one.
    """

    delay_days: int = PUBLIC_DELAY_DAYS
    grid_of_corridor: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what would show more than the default."""
        if self.delay_days < 0 or any(
            not PUBLIC_GRID_DEGREES <= grid <= 10 for grid in self.grid_of_corridor.values()
        ):
            raise ValueError("a public grid is at least 0.1 degree, a delay at least 0 days")

    def grid(self, corridor: str | None) -> float:
        """Give the width in degrees of the cells in which places of a corridor are shown."""
        return self.grid_of_corridor.get(corridor or "", PUBLIC_GRID_DEGREES)

    @property
    def coarsest_grid(self) -> float:
        """Give the width of the widest cells: so far off can a shown place seem to stand."""
        return max([PUBLIC_GRID_DEGREES, *self.grid_of_corridor.values()])


# Radius in metres that each precision promises at least (domain: location_precision).
PRECISION_RADIUS_M: dict[str, float] = {
    "exact": 10.0,
    "vicinity": 100.0,
    "locality": 1_000.0,
    "adm3": 5_000.0,
    "adm2": 20_000.0,
    "corridor_segment": 60_000.0,
    "adm1": 100_000.0,
    "sea_area": 150_000.0,
    "adm0": 500_000.0,
    "unknown": 500_000.0,
}


def place_on_grid(
    longitude: float, latitude: float, grid: float = PUBLIC_GRID_DEGREES
) -> tuple[float, float]:
    """Give the centre of the fixed grid cell (degrees) that holds a point.

    The same point gives the same centre after every save: averaging many answers tells nothing.
    """

    def centre(value: float) -> float:
        return round((math.floor(round(value / grid, 9)) + 0.5) * grid, 6)

    return centre(longitude), centre(latitude)


def grid_radius_m(grid: float = PUBLIC_GRID_DEGREES) -> float:
    """Give the radius in metres of the circle around a grid cell, at the equator."""
    return grid * METRES_PER_DEGREE * math.sqrt(0.5)


def place_is_delayed(recorded_on: dt.date, today: dt.date, days: int = PUBLIC_DELAY_DAYS) -> bool:
    """Say whether a record is too recent for its place to be public."""
    return (today - recorded_on).days < days
