"""Positions typed on the military and UTM grids, in metres."""

import re
from functools import cache

import mgrs
from pyproj import Transformer

from geodata.positions import (
    FINEST_UNCERTAINTY_M,
    Position,
    PositionForm,
    PositionUnclear,
    UnclearReason,
)

BANDS = "CDEFGHJKLMNPQRSTUVWX"
_MGRS = re.compile(
    r"(?:MGRS:?\s*)?(\d{1,2})\s*([C-HJ-NP-X])\s*([A-HJ-NP-Z]{2})\s*(\d+(?:\s+\d+)?)", re.I
)
_ZONE_WORDS = r"(?:zone|zona|huso|fuseau|fuso)"
_SIDE_WORDS = r"north|norte|nord|south|sur|sul|sud"
_EASTING = r"(?:[EX]\s*[:=]?\s*)?(\d{6,7}(?:\.\d+)?)\s*(?:m\s*E?\b|E\b)?"
_NORTHING = r"(?:[NY]\s*[:=]?\s*)?(\d{1,8}(?:\.\d+)?)\s*(?:m\s*N?\b|N\b)?"
_GRID_PAIR = rf"{_EASTING}\s*[,;]?\s+{_NORTHING}"
_UTM = re.compile(
    rf"(?:UTM\s*:?\s*)?{_ZONE_WORDS}?\s*:?\s*(\d{{1,2}})\s*({_SIDE_WORDS}|[A-Z])\s*[,:;]?\s+{_GRID_PAIR}",
    re.I,
)
_UTM_ZONELESS = re.compile(
    rf"(?:UTM\s*:?\s*)?(?:{_ZONE_WORDS}?\s*:?\s*\d{{1,2}}\s*[,:;]?\s+)?"
    rf"{_GRID_PAIR}",
    re.I,
)
# In band S (32 to 40 degrees north) northings read as southern ones fall on Patagonia.
_BAND_S_NORTHINGS = (3_540_000.0, 4_430_000.0)


def read_mgrs(text: str) -> Position | None:
    """Read a reference of the military grid; the point is the middle of its square."""
    found = _MGRS.fullmatch(text)
    if found is None:
        return None
    figures = _figures(found[4])
    reference = f"{int(found[1]):02d}{found[2]}{found[3]}{figures}".upper()
    side_m = 10.0 ** (5 - len(figures) // 2)
    try:
        zone, hemisphere, easting, northing = mgrs.MGRS().MGRSToUTM(reference)
    except mgrs.core.MGRSError as error:
        raise PositionUnclear(UnclearReason.OUT_OF_RANGE) from error
    # The library gives the middle of the square, not its corner.
    longitude, latitude = _to_degrees(zone, hemisphere == "N", (easting, northing))
    return Position(longitude, latitude, _square_radius_m(side_m), PositionForm.MGRS)


def _figures(typed: str) -> str:
    parts = typed.split()
    if len(parts) == 2 and len(parts[0]) != len(parts[1]):
        raise PositionUnclear(UnclearReason.UNREADABLE)
    figures = "".join(parts)
    if len(figures) % 2 or len(figures) > 10:
        raise PositionUnclear(UnclearReason.UNREADABLE)
    return figures


def read_utm(text: str) -> Position | None:
    """Read zone, band or hemisphere, easting and northing in metres."""
    found = _UTM.fullmatch(text)
    if found is None:
        if _UTM_ZONELESS.fullmatch(text):
            raise PositionUnclear(UnclearReason.MISSING_ZONE)
        return None
    zone, easting, northing = int(found[1]), float(found[3]), float(found[4])
    if not (1 <= zone <= 60 and 100_000 <= easting < 1_000_000 and northing <= 10_000_000):
        raise PositionUnclear(_utm_fault(easting, northing))
    north = _is_north(found[2], northing)
    longitude, latitude = _to_degrees(zone, north, (easting, northing))
    if not -80 <= latitude <= 84:
        raise PositionUnclear(UnclearReason.OUT_OF_RANGE)
    if not _in_band(found[2], latitude):
        raise PositionUnclear(UnclearReason.ZONE_CONFLICT)
    step_m = 10.0 ** -max(len(found[at].partition(".")[2]) for at in (3, 4))
    return Position(longitude, latitude, _square_radius_m(step_m), PositionForm.UTM)


def _utm_fault(easting: float, northing: float) -> UnclearReason:
    """Tell a northing typed before its easting from a number beyond the grid."""
    turned = 1_000_000 <= easting <= 10_000_000 and 100_000 <= northing < 1_000_000
    return UnclearReason.AMBIGUOUS_ORDER if turned else UnclearReason.OUT_OF_RANGE


def _is_north(side: str, northing: float) -> bool:
    lowered = side.lower()
    if len(side) > 1:
        return lowered.startswith("n")
    if lowered == "s":
        low, high = _BAND_S_NORTHINGS
        if low <= northing <= high:
            raise PositionUnclear(UnclearReason.AMBIGUOUS_HEMISPHERE)
        return False
    if lowered.upper() not in BANDS:
        raise PositionUnclear(UnclearReason.ZONE_CONFLICT)
    return lowered >= "n"


def _in_band(side: str, latitude: float) -> bool:
    # N and S alone are read as hemispheres: band N lies in the north anyway.
    if len(side) > 1 or side.lower() in "ns":
        return True
    south_edge = -80 + 8 * BANDS.index(side.upper())
    north_edge = 84 if side.upper() == "X" else south_edge + 8
    return south_edge - 0.01 <= latitude <= north_edge + 0.01


def _square_radius_m(side_m: float) -> float:
    return max(float(side_m * 0.5**0.5), FINEST_UNCERTAINTY_M)


@cache
def _transformer(code: int) -> Transformer:
    return Transformer.from_crs(f"EPSG:{code}", "EPSG:4326", always_xy=True)


def _to_degrees(zone: int, north: bool, metres: tuple[float, float]) -> tuple[float, float]:
    return _transformer((32600 if north else 32700) + zone).transform(*metres)
