"""The web's Mercator projection: how far north of the equator a latitude is drawn."""

import math
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]

# Beyond this the square of the world ends.
MOST_LATITUDE = 85.0511


def north_of_equator(latitude: Floats) -> Floats:
    """Give the distance from the equator as a share of the way around the earth (degrees in)."""
    sines = np.sin(np.radians(np.clip(latitude, -MOST_LATITUDE, MOST_LATITUDE)))
    return np.asarray(np.arctanh(sines) / (2 * np.pi))


def latitude_so_far_north(share: float) -> float:
    """Give the latitude that is drawn so far from the equator."""
    return math.degrees(math.atan(math.sinh(share * 2 * math.pi)))
