"""A position as somebody gave it: degrees, how sure, and in which form it was written."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from geodata.distances import METRES_PER_DEGREE

# No handheld receiver and no map does better, whatever the number of digits typed.
FINEST_UNCERTAINTY_M = 10.0


class PositionForm(StrEnum):
    """How a position was written."""

    DECIMAL = "decimal"
    DEGREES_MINUTES = "degrees_minutes"
    DEGREES_MINUTES_SECONDS = "degrees_minutes_seconds"
    WKT = "wkt"
    GEO_URI = "geo_uri"
    UTM = "utm"
    MGRS = "mgrs"


class UnclearReason(StrEnum):
    """Why a typed position is refused."""

    UNREADABLE = "unreadable"
    MISSING_COORDINATE = "missing_coordinate"
    MISSING_HEMISPHERE = "missing_hemisphere"
    MISSING_ZONE = "missing_zone"
    AMBIGUOUS_ORDER = "ambiguous_order"
    AMBIGUOUS_SEPARATOR = "ambiguous_separator"
    AMBIGUOUS_HEMISPHERE = "ambiguous_hemisphere"
    HEMISPHERE_CONFLICT = "hemisphere_conflict"
    ZONE_CONFLICT = "zone_conflict"
    OUT_OF_RANGE = "out_of_range"
    UNKNOWN_DATUM = "unknown_datum"


class PositionUnclear(ValueError):
    """Raised where a typed position has no reading, or more than one."""

    def __init__(self, code: UnclearReason) -> None:
        """Keep the code; the sentence for people is made elsewhere."""
        super().__init__(str(code))
        self.code = code


@dataclass(frozen=True)
class Position:
    """A point in EPSG:4326 degrees with the radius in metres that its digits allow."""

    longitude: float
    latitude: float
    uncertainty_m: float
    form: PositionForm

    def __post_init__(self) -> None:
        """Refuse what is not on the globe."""
        if not (-180 <= self.longitude <= 180 and -90 <= self.latitude <= 90):
            raise PositionUnclear(UnclearReason.OUT_OF_RANGE)


def in_american_waters(longitude: float, latitude: float) -> bool:
    """Tell whether a point lies in the wide box of the Americas and the seas around them."""
    return -180 <= longitude <= -30 and -60 <= latitude <= 84


def digits_uncertainty_m(latitude: float, longitude_step: float, latitude_step: float) -> float:
    """Turn the last digits typed (steps in degrees) into the radius in metres left open."""
    across = longitude_step * float(np.cos(np.radians(latitude)))
    radius = float(np.hypot(across, latitude_step)) / 2 * METRES_PER_DEGREE
    return max(radius, FINEST_UNCERTAINTY_M)
