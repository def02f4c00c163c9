"""Read positions, and repair what is plainly swapped or lacks its minus sign.

A repaired position keeps the text as received beside it. What cannot be repaired is kept off the
map for review; its row counts all the same.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tracker.exchange.mmp.columns import TEXT, Column, Mask, clean_text
from tracker.exchange.mmp.findings import Findings
from tracker.exchange.mmp.scope import in_the_americas

_DEGREES = r"-?\d+(?:\.\d+)?"
_PATTERN = (
    r"(?i)^\s*(?:(?:SRID=4326;)?POINT\s*\(\s*(?P<x>"
    + _DEGREES
    + r")\s+(?P<y>"
    + _DEGREES
    + r")\s*\)"
    r"|[\[(]?(?P<latitude>" + _DEGREES + r")\s*[,; ]\s*(?P<longitude>" + _DEGREES + r")[\])]?)\s*$"
)


@dataclass
class Positions:
    """Degrees in EPSG:4326 (NaN = none), and the text as received."""

    longitude: np.ndarray
    latitude: np.ndarray
    reported: Column
    repaired: Mask

    def place(self, mask: Mask, longitude: np.ndarray, latitude: np.ndarray) -> None:
        """Move the rows of the mask; the arrays hold a value for every row of the frame."""
        self.longitude = np.where(mask, longitude, self.longitude)
        self.latitude = np.where(mask, latitude, self.latitude)
        self.repaired = self.repaired | mask

    def take_off_the_map(self, mask: Mask) -> None:
        """Leave the rows of the mask without a position."""
        self.longitude = np.where(mask, np.nan, self.longitude)
        self.latitude = np.where(mask, np.nan, self.latitude)

    def chosen(self, mask: Mask) -> "Positions":
        """Return the rows of the mask alone."""
        reported = self.reported[mask].reset_index(drop=True)
        return Positions(self.longitude[mask], self.latitude[mask], reported, self.repaired[mask])


def parse_positions(raw: pd.DataFrame) -> Positions:
    """Read "lat, lon", "POINT (lon lat)" or two columns, as they stand."""
    if "coordinates" in raw:
        reported = clean_text(raw["coordinates"])
    elif "longitude" in raw:
        reported = clean_text(raw["latitude"]) + ", " + clean_text(raw["longitude"])
    else:
        reported = pd.Series(np.nan, index=raw.index, dtype=TEXT)
    codes, values = pd.factorize(reported)
    found = pc.extract_regex(pa.array(values, pa.string()), _PATTERN)
    longitude = _degrees(found, "x", "longitude")
    latitude = _degrees(found, "y", "latitude")
    return Positions(longitude[codes], latitude[codes], reported, np.zeros(len(codes), dtype=bool))


def _degrees(found: pa.Array, *groups: str) -> np.ndarray:
    """Return the number in the first group that matched, NaN at the end for code -1."""
    texts = [pc.struct_field(found, group) for group in groups]
    text = pc.if_else(pc.equal(texts[0], ""), texts[1], texts[0])
    numbers = pc.cast(text, pa.float64()).to_numpy(zero_copy_only=False)
    return np.append(numbers.astype(float), np.nan)


def report_unplaced(positions: Positions, findings: Findings) -> None:
    """Report rows without a position that can be read."""
    nowhere = np.isnan(positions.longitude)
    blank = positions.reported.isna().to_numpy()
    findings.add("unplaced", nowhere & blank, column="position", action="kept_off_map")
    findings.add(
        "unreadable_position",
        nowhere & ~blank,
        column="position",
        action="kept_off_map",
        original=positions.reported,
    )


def repair_swapped(positions: Positions, american: Mask, findings: Findings) -> None:
    """Put latitude and longitude back in order where only that makes the point an American one.

    Where the swapped longitude was cut at -90 the true one is lost: those points leave the map.
    """
    latitude, longitude = positions.latitude, positions.longitude
    clamped = american & (latitude == -90)
    findings.add(
        "latitude_clamped",
        clamped,
        column="position",
        action="kept_off_map",
        original=positions.reported,
    )
    positions.take_off_the_map(clamped)
    swapped = (
        ~clamped
        & np.where(american, ~in_the_americas(longitude, latitude), abs(latitude) > 90)
        & np.where(american, in_the_americas(latitude, longitude), abs(longitude) <= 90)
    )
    positions.place(swapped, latitude, longitude)
    report_repair(findings, "swapped_coordinates", swapped, positions=positions)
    beyond = (abs(positions.latitude) > 90) | (abs(positions.longitude) > 180)
    findings.add(
        "unreadable_position",
        beyond,
        column="position",
        action="kept_off_map",
        original=positions.reported,
    )
    positions.take_off_the_map(beyond)


def report_repair(findings: Findings, code: str, mask: Mask, *, positions: Positions) -> None:
    """Report a repair with the text as received and the new position."""
    if mask.any():
        value = np.empty(len(mask), dtype=object)
        value[mask] = [
            f"{lat:.12g}, {lon:.12g}"
            for lat, lon in zip(positions.latitude[mask], positions.longitude[mask], strict=True)
        ]
        findings.add(
            code,
            mask,
            column="position",
            action="repaired",
            original=positions.reported,
            value=value,
        )
