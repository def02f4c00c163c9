"""How near in time and place two reports of one event stand, beside what stands near by chance.

Weights are in nats. Their sources are in docs/duplicates.md.
"""

from dataclasses import dataclass

import numpy as np

from geodata.distances import distance_m
from tracker.linkage.duplicates.background import background
from tracker.linkage.duplicates.records import Records
from tracker.linkage.words import Floats, Ints

# Share of true pairs whose days lie at most so far apart; the rest is spread over ten years.
DATE_SHARES = ((0, 0.35), (1, 0.25), (3, 0.29), (7, 0.05), (31, 0.045), (200, 0.012))
DATE_ELSEWHERE = 0.002
DATE_SWAPPED = 0.003
SPAN_DAYS = 3_650
# Two places of one event: (share, multiple of the joint radius, km more), as round clouds.
PLACE_CLOUDS = ((0.55, 0.6, 0.0), (0.28, 1.5, 1.0), (0.12, 3.0, 10.0), (0.05, 3.0, 60.0))
# Of two places that are both measured on the spot, fewer are far off.
SHARES_ON_THE_SPOT, ON_THE_SPOT_KM = (0.74, 0.18, 0.06, 0.02), 0.5
# Where one place is not known, the other says only so much (share of rows per km2).
LEAST_DENSITY = 1e-10

# How many times more often than by chance two rows of one register stand so near (log), by days
# apart and km: measured; one nat is taken off, to be careful. Farther off it is measured as well,
# but there heat and high water bring deaths of one day about that are no one event.
SAME_SPOT_KM, PARTS_NEAR_KM, PARTS_MOST_SPAN = 0.06, 1.0, 3
PARTS_SAME_SPOT, PARTS_NEAR, PARTS_NEXT_DAY = 4.0, 2.1, 2.0
PARTS_CARE = 1.0
PARTS_ELSEWHERE = -3.0
# On a point that stands for an area, rows of one day are less often one event: (km, log of times).
PARTS_ON_VAGUE_SPOT = ((1.5, 4.0), (7.0, 2.6), (30.0, 2.3), (np.inf, -0.5))
VAGUE_KM = 7.0


@dataclass(frozen=True)
class Nearness:
    """Days and km apart of each pair, and what they weigh under both readings.

    `rows_around` is how many rows of the background stand about there: all, where a place is not
    known.
    """

    days_apart: Floats
    km_apart: Floats
    joint_radius_km: Floats
    rows_around: Floats
    date: Floats
    place: Floats
    parts: Floats


def compare_nearness(records: Records, one: Ints, other: Ints) -> Nearness:
    """Weigh days and places; a date or place that is not known on either side weighs nothing."""
    days, lengths = _days_apart(records, one, other)
    swapped = records.swapped_day[one] == records.first_day[other]
    share = _date_density(days, lengths)
    share = np.where(swapped & (days > 31), DATE_SWAPPED, share)
    date = np.where(np.isnan(days), 0.0, np.log(share * SPAN_DAYS))
    here = (records.longitude[one], records.latitude[one])
    there = (records.longitude[other], records.latitude[other])
    km = distance_m(here, there) / 1000
    radius = np.hypot(records.radius_km[one], records.radius_km[other])
    densities = [_density(records, side, radius=radius) for side in (one, other)]
    by_chance = np.mean(np.log(np.maximum(densities, LEAST_DENSITY)), axis=0)
    place = _place_weight(km, radius=radius, by_chance=by_chance)
    around = np.exp(by_chance) * background().rows * np.pi * (2 * radius + 1) ** 2
    vague = np.maximum(records.radius_km[one], records.radius_km[other])
    parts = _parts_weight(days, km, lengths=lengths, vague=vague)
    return Nearness(
        days_apart=days,
        km_apart=km,
        joint_radius_km=radius,
        rows_around=np.where(np.isnan(km), float(background().rows), around),
        date=date,
        place=place,
        parts=parts,
    )


def _days_apart(records: Records, one: Ints, other: Ints) -> tuple[Floats, Floats]:
    """Give the days between two spans of days, 0 where they meet, and the longer one's length."""
    first, last = records.first_day, records.last_day
    gap = np.maximum(first[one] - last[other], first[other] - last[one])
    lengths = np.maximum(last[one] - first[one], last[other] - first[other])
    return np.maximum(gap, 0.0), lengths


def _date_density(days: Floats, lengths: Floats) -> Floats:
    """Give the share of true pairs per day at this many days apart."""
    density = np.full(len(days), DATE_ELSEWHERE / SPAN_DAYS)
    lower = -1
    for reach, share in DATE_SHARES:
        width = 1 if reach == 0 else 2 * (reach - max(lower, 0))
        density = np.where((days > lower) & (days <= reach), share / width, density)
        lower = reach
    # A day within a month can be any of its days.
    long = lengths > 0
    met = np.where(days == 0, 0.9, density * (lengths + 1)) / (lengths + 1)
    return np.where(long, met, density)


def _place_weight(km: Floats, *, radius: Floats, by_chance: Floats) -> Floats:
    """Weigh distances against the density of rows by chance (log of the share per km2)."""
    cloud = np.zeros(len(km))
    for (wide, times, more), narrow in zip(PLACE_CLOUDS, SHARES_ON_THE_SPOT, strict=True):
        sigma = times * radius + more
        share = np.where(radius <= ON_THE_SPOT_KM, narrow, wide)
        cloud += share / (2 * np.pi * sigma**2) * np.exp(-0.5 * (km / sigma) ** 2)
    # A floor, since some places are simply wrong: anywhere in the Americas.
    cloud += 1e-9
    weight: Floats = np.where(np.isnan(km), 0.0, np.log(cloud) - by_chance)
    return weight


def _density(records: Records, side: Ints, *, radius: Floats) -> Floats:
    """Give the crowding around one side, seen no finer than the pair's joint radius."""
    known = records.density[side]
    coarser = radius > 1.5 * records.radius_km[side]
    if not coarser.any():
        return known
    at = np.flatnonzero(coarser)
    seen = background().density(records.longitude[side[at]], records.latitude[side[at]], radius[at])
    density = known.copy()
    density[at] = seen
    return density


def _parts_weight(days: Floats, km: Floats, *, lengths: Floats, vague: Floats) -> Floats:
    same_day = (days == 0) & (lengths <= PARTS_MOST_SPAN)
    spot = km <= SAME_SPOT_KM
    weight = np.where(same_day & (km <= PARTS_NEAR_KM), PARTS_NEAR, -np.inf)
    weight = np.where(same_day & spot, PARTS_SAME_SPOT, weight)
    next_day = (days == 1) & (lengths <= PARTS_MOST_SPAN) & spot & (vague <= VAGUE_KM)
    weight = np.where(next_day, PARTS_NEXT_DAY, weight)
    # Within a point's own uncertainty, near is no nearer than the same spot.
    cap = np.full(len(days), PARTS_ON_VAGUE_SPOT[-1][1])
    for reach, times in reversed(PARTS_ON_VAGUE_SPOT):
        cap = np.where(vague <= reach, times, cap)
    near: Floats = np.maximum(np.minimum(weight, cap) - PARTS_CARE, PARTS_ELSEWHERE)
    return near
