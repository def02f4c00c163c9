"""Corridors: how many of the dead each holds, and which comes after which on the way north."""

from collections.abc import Mapping
from functools import cache

import numpy as np

from geodata.corridors import CORRIDOR_CODES
from tracker.linkage.words import Floats

# Shares of the deaths that are known in the Americas: rounded by hand, after the tallies of
# IOM's Missing Migrants Project, where the border of Mexico and the United States leads by far.
SHARES: Mapping[str, float] = {
    "us_mexico_border": 0.50, "caribbean": 0.15, "mexico_transit": 0.09, "darien": 0.10,
    "central_america_transit": 0.04, "guatemala_mexico_border": 0.04, "venezuela_colombia": 0.02,
    "andean_route": 0.02, "altiplano": 0.01, "canada_us": 0.01, "atlantic_drift": 0.02,
}  # fmt: skip
# What comes next for people on the move.
NEXT: Mapping[str, tuple[str, ...]] = {
    "altiplano": ("andean_route",),
    "andean_route": ("altiplano", "darien", "venezuela_colombia"),
    "venezuela_colombia": ("andean_route", "darien", "caribbean"),
    "darien": ("central_america_transit", "caribbean"),
    "central_america_transit": ("guatemala_mexico_border",),
    "guatemala_mexico_border": ("mexico_transit",),
    "mexico_transit": ("us_mexico_border",),
    "us_mexico_border": ("canada_us",),
    "canada_us": ("us_mexico_border",),
    "caribbean": ("central_america_transit", "us_mexico_border", "atlantic_drift"),
    "atlantic_drift": ("caribbean",),
}
# Of those who died, so many did in the corridor of the last contact, as far as it is known alone.
STAYED = 0.65
# How readily people get, beside one who stays: on to the next corridor, farther, against the way.
ONE_STEP, FARTHER_ON, NOT_ON_THE_WAY = 1.0, 0.3, 0.06
# How likely a find is on the way to the planned crossing, and elsewhere, beside there.
ON_THE_WAY, OFF_THE_WAY = 0.4, 0.12
# Two records of one kind: how many tell the same corridor, and the most that it weighs (nats).
SAME_CORRIDOR, MOST_CORRIDOR = 0.60, 2.2
# Two records of one kind tell one corridor or another.
OTHER_CORRIDOR = -1.0
NOWHERE = len(CORRIDOR_CODES)


def corridor_number(code: object) -> int:
    """Return the number of a corridor; an unknown one has the number after the last."""
    return CORRIDOR_CODES.index(str(code)) if code in CORRIDOR_CODES else NOWHERE


@cache
def steps_between() -> "np.ndarray[tuple[int, int], np.dtype[np.int64]]":
    """Count the steps from each corridor to each other one; 99 where no way leads there."""
    steps = np.full((NOWHERE, NOWHERE), 99)
    for start, code in enumerate(CORRIDOR_CODES):
        steps[start, start] = 0
        ring = [code]
        for distance in range(1, NOWHERE):
            ring = [after for each in ring for after in NEXT[each]]
            for each in ring:
                at = CORRIDOR_CODES.index(each)
                steps[start, at] = min(steps[start, at], distance)
    return steps


@cache
def same_kind() -> Floats:
    """Give the weight of the corridors of two cases, or of two remains."""
    table = np.zeros((NOWHERE + 1, NOWHERE + 1))
    table[:NOWHERE, :NOWHERE] = OTHER_CORRIDOR
    weights = [min(np.log(SAME_CORRIDOR / SHARES[code]), MOST_CORRIDOR) for code in CORRIDOR_CODES]
    np.fill_diagonal(table[:NOWHERE, :NOWHERE], weights)
    return table
