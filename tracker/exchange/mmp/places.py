"""Compare points with the country that the row names: repair wrong signs, report what is far off.

Only rows of the Americas are compared. Within TOLERANCE_M of the country, or at sea within
SEA_REACH_M of it, all is well: nine points in ten fall inside, the others lie a median 1 km off.
"""

import re
from functools import lru_cache

import numpy as np
import pandas as pd

from geodata.countries import find_country
from geodata.named_countries import distance_to_country_m, on_american_land
from tracker.exchange.mmp.columns import Mask, matches, translate
from tracker.exchange.mmp.findings import Findings
from tracker.exchange.mmp.positions import Positions, report_repair
from tracker.exchange.mmp.scope import in_the_americas

TOLERANCE_M = 5_000.0
SEA_REACH_M = 370_000.0  # 200 nautical miles
_TERRITORIES = {"PRI": "USA", "VIR": "USA"}
_FAR_M = 100_000.0
_FAR_AT_SEA_M = 1_000_000.0
_ASIDE = re.compile(r"\([^)]*\)?\s*$| [-–] .*$")
_SEA_WORDS = (
    r"\bsea\b|\bocean\b|\bwaters?\b|off (?:the )?(?:coast|shore)|\bmar\b|nautical|\bstraits?\b"
)


def compare_places(
    positions: Positions, american: Mask, labels: pd.DataFrame, *, findings: Findings
) -> np.ndarray:
    """Repair signs, take impossible points off the map, and report both.

    Return the radius in metres that each point needs to reach the country it names, 0 for most.
    """
    words = labels["location_description"]
    told = translate(words, _country_told).to_numpy()
    named = labels["country_of_incident"].to_numpy(dtype=object)
    named = np.where(pd.isna(named), told, named)
    comparison = _Comparison(positions, american, (named, told))
    comparison.repair_signs(matches(words, _SEA_WORDS), findings)
    return comparison.report_outside(findings)


def _country_told(words: str) -> str | None:
    """Return the country that ends a description ("Ranch, Brooks County, Texas, USA")."""
    last = _ASIDE.sub("", words).strip(" .").rpartition(",")[2].strip()
    # Two letters are a state here ("Brooks County, TX"), not a country's code.
    return _country_named(last) if len(last) > 2 and "," in words else None


# Descriptions differ, the countries that end them hardly do.
_country_named = lru_cache(maxsize=4096)(find_country)


def _distance_m(longitude: np.ndarray, latitude: np.ndarray, named: np.ndarray) -> np.ndarray:
    """Measure metres to the country named; its territories are the country too."""
    metres = distance_to_country_m(longitude, latitude, named)
    for territory, country in _TERRITORIES.items():
        far = np.flatnonzero((named == country) & (metres > TOLERANCE_M))
        also = distance_to_country_m(longitude[far], latitude[far], [territory] * len(far))
        metres[far] = np.fmin(metres[far], also)
    return metres


class _Comparison:
    """The points of the Americas, each different pair of point and country compared once."""

    def __init__(
        self, positions: Positions, american: Mask, countries: tuple[np.ndarray, np.ndarray]
    ) -> None:
        self.positions = positions
        self.american = american
        self.named, self.told = countries
        self.off_m = self._off(self.named)

    def _off(self, country: np.ndarray, turn: tuple[int, int] = (1, 1)) -> np.ndarray:
        """Measure how far each point, its signs turned, lies from a country."""
        frame = pd.DataFrame(
            {
                "longitude": self.positions.longitude * turn[0],
                "latitude": self.positions.latitude * turn[1],
                "country": country,
            }
        )
        group = frame.groupby(list(frame), sort=False, dropna=False).ngroup().to_numpy()
        _, first = np.unique(group, return_index=True)
        different = frame.iloc[first]
        metres = _distance_m(
            different["longitude"].to_numpy(),
            different["latitude"].to_numpy(),
            different["country"].to_numpy(dtype=object),
        )
        return metres[group]

    def repair_signs(self, at_sea: Mask, findings: Findings) -> None:
        """Turn a sign where only that puts the point into the country named."""
        positions = self.positions
        for code, turn in (("longitude_sign", (-1, 1)), ("latitude_sign", (1, -1))):
            far = self.american & (
                (self.off_m > _FAR_M) & ~at_sea
                | ~in_the_americas(positions.longitude, positions.latitude)
            )
            far &= ~np.isnan(positions.longitude)
            if not far.any():
                continue
            rows = np.flatnonzero(far)
            turned = np.zeros(len(far), dtype=bool)
            turned[rows] = self._of(rows)._fits(turn)
            positions.place(turned, positions.longitude * turn[0], positions.latitude * turn[1])
            report_repair(findings, code, turned, positions=positions)
            self.off_m = np.where(turned, 0.0, self.off_m)

    def _of(self, rows: np.ndarray) -> "_Comparison":
        chosen = np.zeros(len(self.named), dtype=bool)
        chosen[rows] = True
        countries = (self.named[rows], self.told[rows])
        return _Comparison(self.positions.chosen(chosen), self.american[rows], countries)

    def _fits(self, turn: tuple[int, int]) -> Mask:
        """Tell points that, turned, lie in the country named, or on any land where none is."""
        off = self._off(self.named, turn)
        land = on_american_land(
            self.positions.longitude * turn[0], self.positions.latitude * turn[1]
        )
        fits: Mask = np.where(np.isnan(off), land, off <= TOLERANCE_M)
        return fits

    def report_outside(self, findings: Findings) -> np.ndarray:
        """Report points outside the country named; what cannot be meant leaves the map."""
        positions = self.positions
        placed = self.american & ~np.isnan(positions.longitude)
        elsewhere = placed & ~in_the_americas(positions.longitude, positions.latitude)
        beyond = placed & (self.off_m > TOLERANCE_M)
        land = np.zeros(len(placed), dtype=bool)
        rows = np.flatnonzero(beyond)
        land[rows] = on_american_land(positions.longitude[rows], positions.latitude[rows])
        outside = elsewhere | (beyond & (land | (self.off_m > SEA_REACH_M)))
        meant = self._in_country_told(outside & ~elsewhere)
        far = np.where(land, self.off_m > _FAR_M, self.off_m > _FAR_AT_SEA_M)
        removed = outside & ~meant & (elsewhere | far)
        lowered = outside & ~meant & ~removed
        for action, mask in (
            ("kept", outside & meant),
            ("lowered", lowered),
            ("kept_off_map", removed),
        ):
            findings.add(
                "outside_country",
                mask,
                column="position",
                action=action,
                original=positions.reported,
                value=self.named,
            )
        positions.take_off_the_map(removed)
        return np.where(lowered, self.off_m, 0.0)

    def _in_country_told(self, outside: Mask) -> Mask:
        """Tell points in the country of the description, where the label names another one."""
        meant = np.zeros(len(outside), dtype=bool)
        rows = np.flatnonzero(outside)
        metres = _distance_m(
            self.positions.longitude[rows], self.positions.latitude[rows], self.told[rows]
        )
        meant[rows] = metres <= TOLERANCE_M
        return meant
