"""Distances on the sphere, and the turn of the map that keeps the Americas in one piece."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

EARTH_RADIUS_M = 6_371_008.8
METRES_PER_DEGREE = float(EARTH_RADIUS_M * np.pi / 180)
MERCATOR_EDGE = 85.0

Floats: TypeAlias = npt.NDArray[np.float64]


def distance_m(
    from_position: tuple[npt.ArrayLike, npt.ArrayLike],
    to_position: tuple[npt.ArrayLike, npt.ArrayLike],
) -> Floats:
    """Measure metres between (longitude, latitude) pairs in degrees; arrays broadcast.

    Haversine on the mean earth radius: within 0.6% of the geodesic on WGS 84.
    NaN where a coordinate is NaN.
    """
    longitude_1, latitude_1 = (np.radians(np.asarray(v, dtype=float)) for v in from_position)
    longitude_2, latitude_2 = (np.radians(np.asarray(v, dtype=float)) for v in to_position)
    across = np.sin((longitude_2 - longitude_1) / 2) ** 2
    along = np.sin((latitude_2 - latitude_1) / 2) ** 2
    chord = along + np.cos(latitude_1) * np.cos(latitude_2) * across
    metres: Floats = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))
    return metres


def unrolled(longitudes: npt.ArrayLike) -> Floats:
    """Shift longitudes into [-285, 75), so that the Aleutians join Alaska at the antimeridian."""
    values = np.asarray(longitudes, dtype=float)
    return np.where(values >= 75, values - 360, values)


def mercator(latitudes: Floats) -> Floats:
    """Stretch latitudes so that a degree is as long northward as eastward everywhere."""
    edged = np.clip(latitudes, -MERCATOR_EDGE, MERCATOR_EDGE)
    stretched: Floats = np.degrees(np.arcsinh(np.tan(np.radians(edged))))
    return stretched
