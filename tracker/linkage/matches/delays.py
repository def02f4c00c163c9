"""Days from the last contact to death, by how far it lies, and on to the find, by what is left.

For each report of remains (condition, estimated interval) the days since death are spread over
what it may mean, and the days from the last contact to death added; the weight is the log of how
dense that is, over how dense any two dates are.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from tracker.linkage.words import Floats, Ints

# (share, mean days) from last contact to death, by km between the two: a crossing at hand, some
# days' travel, a long way; last where the places are not known.
DELAYS = (
    ((0.62, 5.0), (0.25, 35.0), (0.13, 400.0)),
    ((0.50, 10.0), (0.35, 45.0), (0.15, 450.0)),
    ((0.30, 15.0), (0.48, 60.0), (0.22, 500.0)),
    ((0.52, 8.0), (0.34, 50.0), (0.14, 450.0)),
)
NEAR_KM, FAR_KM = 150.0, 600.0
NOT_PLACED = len(DELAYS) - 1
# How far the day of the last contact is told wrong: (share, mean days); the rest is anything.
TOLD_WRONG = ((0.85, 1.5), (0.10, 15.0))
# Two dates: the dead of the Missing Migrants Project (2014 to 2025) spread as over so many days.
SPAN_DAYS = 3_800.0
STRAY = 0.05
LEAST_TIME, MOST_TIME = -3.0, 6.0
# Days since death, and how much of all finds is made about then: fewer the longer it is.
_T = np.unique(np.round(np.geomspace(1, 5_500, 70))).astype(np.int64) - 1
_FOUND_AFTER = np.gradient(_T.astype(float)) / (_T + 3.0)
# Conditions: days (from, to) between which most are so, and how softly that ends (of the log).
CONDITIONS = {
    "fresh": (0.0, 4.0), "decomposed": (2.0, 90.0), "mummified": (20.0, 1_500.0),
    "skeletal": (45.0, 6_000.0),
}  # fmt: skip
CONDITION_SOFT, REPORT_SOFT, REPORT_WRONG = 0.5, 0.4, 0.05
# Days from contact to find: one by one about nothing, in steps of a twentieth later.
_FIRST_DAY, _LAST_DAY = -3_000, 12_000
_DAYS = np.concatenate([
    -np.geomspace(3_000, 31, 60).round(), np.arange(-30.0, 120.0), np.geomspace(120, 12_000, 94)
])  # fmt: skip
NO_DAYS = len(_DAYS)
NO_REPORT = 0

Report = tuple[str, float, float]
Weights32 = npt.NDArray[np.float32]


@cache
def _bucket_of_day() -> Ints:
    middles = (_DAYS[1:] + _DAYS[:-1]) / 2
    return np.searchsorted(middles, np.arange(_FIRST_DAY, _LAST_DAY + 1)).astype(np.int32)


def buckets(days: Floats) -> Ints:
    """Return the column of each number of days from contact to find; nan has the last one."""
    known = ~np.isnan(days)
    whole = np.clip(np.where(known, days, 0.0), _FIRST_DAY, _LAST_DAY).astype(np.int32)
    found: Ints = np.where(known, _bucket_of_day()[whole - _FIRST_DAY], NO_DAYS)
    return found


def lengths(km: Floats) -> Ints:
    """Return the line of delays for a distance; nan has the last one."""
    ways = (km > NEAR_KM).astype(np.int8) + (km > FAR_KM)
    return np.where(np.isnan(km), NOT_PLACED, ways)


@cache
def _delays() -> Floats:
    """Give how dense the days from contact to find are (delays x days since death x days)."""
    reach, longest = 120, _LAST_DAY
    after = np.arange(longest + 1)
    about = np.arange(-reach, reach + 1)
    wrong = sum(
        (share * np.exp(-np.abs(about) / mean) / np.exp(-np.abs(about) / mean).sum()
         for share, mean in TOLD_WRONG), np.zeros(len(about)),
    )  # fmt: skip
    told = []
    for parts in DELAYS:
        density = sum(
            (share * np.exp(-after / mean) * -np.expm1(-1 / mean) for share, mean in parts),
            np.zeros(len(after)),
        )
        told.append(np.convolve(density, wrong)[: longest + 1])
    table = np.stack(told)
    shifted = (_DAYS[None, :] - _T[:, None] + reach).round().astype(np.int64)
    inside = (shifted >= 0) & (shifted <= longest)
    densities: Floats = np.where(inside, table[:, np.clip(shifted, 0, longest)], 0.0)
    return densities


def _outside(low: float, high: float) -> Floats:
    """Return how far each day since death lies outside a range, of the log of days."""
    at = np.log(_T + 2.0)
    gap: Floats = np.maximum(np.maximum(np.log(low + 2) - at, at - np.log(high + 2)), 0.0)
    return gap


def _since_death(report: Report) -> Floats:
    """Return the chance of each number of days since death, given condition and interval."""
    condition, low, high = report
    chances = _FOUND_AFTER.copy()
    if condition in CONDITIONS:
        chances *= np.exp(-((_outside(*CONDITIONS[condition]) / CONDITION_SOFT) ** 2)) + 0.01
    if not np.isnan(low):
        chances *= np.exp(-_outside(low, high) / REPORT_SOFT) + REPORT_WRONG
    whole: Floats = chances / chances.sum()
    return whole


def delay_nats(reports: Sequence[Report]) -> Weights32:
    """Weigh the days to a find for each report (reports x delays x days and none), in nats.

    The first line stands for no report and says nothing.
    """
    table = np.zeros((len(reports) + 1, len(DELAYS), NO_DAYS + 1), dtype=np.float32)
    if reports:
        since = np.stack([_since_death(report) for report in reports])
        density = np.einsum("rt,dtn->rdn", since, _delays(), optimize=True)
        odds = (1 - STRAY) * density * SPAN_DAYS + STRAY
        table[1:, :, :NO_DAYS] = np.clip(np.log(odds), LEAST_TIME, MOST_TIME)
    return table
