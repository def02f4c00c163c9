"""Which rows are about the Americas."""

import numpy as np

from tracker.exchange.mmp.columns import Column, Mask, tell

AMERICAN_REGIONS = frozenset(
    ("US-Mexico Border", "North America", "Central America", "Caribbean", "South America")
)
_FOLDED = frozenset(region.casefold() for region in AMERICAN_REGIONS)
# West, south, east, north in degrees: the Americas with their seas, without the Azores,
# Cape Verde, Iceland and Polynesia.
_BOXES = ((-170.0, 0.0, -34.0, 84.0), (-115.0, -60.0, -25.0, 0.0))


def region_in_scope(region: Column) -> Mask:
    """Tell rows whose region label is one of the five, or holds one of them among several."""
    return tell(
        region,
        lambda label: any(part.strip().casefold() in _FOLDED for part in label.split(",")),
    )


def in_the_americas(longitude: np.ndarray, latitude: np.ndarray) -> Mask:
    """Tell points (degrees, NaN = no) in the Americas or the seas around them."""
    inside = np.zeros(len(longitude), dtype=bool)
    for west, south, east, north in _BOXES:
        inside |= (
            (longitude >= west) & (longitude <= east) & (latitude >= south) & (latitude <= north)
        )
    return inside
