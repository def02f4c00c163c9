"""Time and place: last contact before death, death before the find, and the way between."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tracker.domain.match_evidence import MatchField
from tracker.linkage.matches.delays import (
    LEAST_TIME,
    NO_REPORT,
    SPAN_DAYS,
    STRAY,
    Report,
    Weights32,
    buckets,
    delay_nats,
    lengths,
)
from tracker.linkage.matches.routes import NOWHERE, corridor_number, same_kind
from tracker.linkage.matches.where_found import (
    LEAST_PLACE,
    MOST_PLACE,
    chord_km,
    elsewhere,
    foretold,
    reach,
    ways,
)
from tracker.linkage.words import Floats, Ints

# Days between two records of the last contact of one person.
RETOLD = ((0.6, 3.0), (0.3, 45.0), (0.1, 500.0))
# A post-mortem interval is stretched by a quarter of its length and three days.
STRETCH, STRETCH_DAYS = 0.25, 3.0
# Where nobody estimated the interval: days from death to find, by condition.
INTERVALS = {
    "fresh": (0.0, 5.0), "decomposed": (3.0, 120.0), "mummified": (30.0, 1_500.0),
    "skeletal": (60.0, 3_650.0),
}  # fmt: skip
ANY_INTERVAL = (0.0, 1_500.0)
# Intervals of two remains that do not meet (days).
SOMEWHAT_DAYS = 20.0
MOST_SAME_TIME = 4.5

# Two of a kind: km apart, and log of (share of true pairs / share of any two) about there; straight
# between, by the log of km.
PLACE_KM = (10.0, 50.0, 150.0, 400.0, 1_000.0, 2_500.0, 5_000.0)
PLACE_NATS = (3.2, 2.3, 1.4, 0.3, -0.6, -1.3, -1.8)


@dataclass(frozen=True)
class Journeys:
    """Days (since 1970), positions on the unit sphere (rows x 3) and corridors of one register.

    `alive_on` is nan for remains; `dead_from`, `dead_to` (the stretched interval of death) and
    `found_on` are nan for cases; `planned` is nowhere for remains. `report` (rows) points into
    `delays`, the weights of days to a find. `around` (near parts over G), `ahead` and `route`
    (rows x corridors and none, nats) say where each case would be found; remains have none.
    """

    is_remains: bool
    alive_on: Floats
    dead_from: Floats
    dead_to: Floats
    found_on: Floats
    position: Floats
    here: Ints
    planned: Ints
    report: Ints
    delays: Weights32
    around: Floats
    ahead: Floats
    route: Floats


def journeys_of(frame: pd.DataFrame) -> Journeys:
    """Read days, places and corridors; the columns tell whether these are cases or remains."""
    is_remains = "found_date" in frame
    stem = "found" if is_remains else "contact"
    day, nothing = _days(frame[f"{stem}_date"]), np.full(len(frame), np.nan)
    start, end = _window(frame, day) if is_remains else (nothing, nothing)
    position = _positions(frame[f"{stem}_longitude"], frame[f"{stem}_latitude"])
    here = np.array([corridor_number(each) for each in frame[f"{stem}_corridor"]], dtype=int)
    planned = np.full(len(frame), NOWHERE)
    report, delays = np.zeros(len(frame), dtype=int), delay_nats(())
    around, ahead, route = (np.zeros((0,)), *(np.zeros((0, NOWHERE + 1)) for _ in range(2)))
    if is_remains:
        report, delays = _delays(frame)
    else:
        planned = np.array([corridor_number(each) for each in frame["planned_corridor"]], dtype=int)
        around, ahead, route = foretold(position, here, planned)
    return Journeys(
        is_remains=is_remains,
        alive_on=nothing if is_remains else day,
        dead_from=start,
        dead_to=end,
        found_on=day if is_remains else nothing,
        position=position,
        here=here,
        planned=planned,
        report=report,
        delays=delays,
        around=around,
        ahead=ahead,
        route=route,
    )


def _days(dates: pd.Series) -> Floats:
    days = pd.to_datetime(dates).to_numpy(dtype="datetime64[D]")
    whole: Floats = np.where(np.isnat(days), np.nan, days.astype(np.int64).astype(float))
    return whole


def _delays(frame: pd.DataFrame) -> tuple[Ints, Weights32]:
    """Number the reports of what tells the days since death, and weigh each."""
    low = frame["interval_days_from"].to_numpy(dtype=float, na_value=np.nan)
    high = frame["interval_days_to"].to_numpy(dtype=float, na_value=np.nan)
    low, high = np.where(np.isnan(low), 0 * high, low), np.where(np.isnan(high), 2 * low + 30, high)
    low, high = np.maximum(np.fmin(low, high), 0), np.maximum(np.fmax(low, high), 0)
    numbers: dict[tuple[str, str, str], int] = {}
    reports: list[Report] = []
    told = np.full(len(frame), NO_REPORT)
    columns = (frame["condition"].tolist(), low.round().tolist(), high.round().tolist())
    for row, (condition, start, end) in enumerate(zip(*columns, strict=True)):
        key = (str(condition), str(start), str(end))
        if key not in numbers:
            numbers[key] = len(numbers) + 1
            reports.append((str(condition), start, end))
        told[row] = numbers[key]
    return told, delay_nats(reports)


def _window(frame: pd.DataFrame, found: Floats) -> tuple[Floats, Floats]:
    """Give the first and last day of death, stretched, but never after the find."""
    usual = [INTERVALS.get(str(each), ANY_INTERVAL) for each in frame["condition"]]
    table = np.array(usual, dtype=float).reshape(-1, 2)
    low = frame["interval_days_from"].to_numpy(dtype=float, na_value=np.nan)
    high = frame["interval_days_to"].to_numpy(dtype=float, na_value=np.nan)
    neither = np.isnan(low) & np.isnan(high)
    low = np.where(neither, table[:, 0], np.where(np.isnan(low), 0.0, low))
    high = np.where(neither, table[:, 1], np.where(np.isnan(high), 2 * low + 30, high))
    more = np.round(STRETCH * np.abs(high - low) + STRETCH_DAYS)
    low, high = np.round(low), np.round(high)
    return found - np.maximum(low, high) - more, found - np.maximum(np.minimum(low, high) - more, 0)


def _positions(longitude: "pd.Series[float]", latitude: "pd.Series[float]") -> Floats:
    east = np.radians(longitude.to_numpy(dtype=float, na_value=np.nan))
    north = np.radians(latitude.to_numpy(dtype=float, na_value=np.nan))
    return np.stack(
        [np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=1
    )


def journey_weights(
    one: tuple[Journeys, Ints], other: tuple[Journeys, Ints]
) -> dict[MatchField, Floats]:
    """Weigh time, place and planned route of pairs of rows; 0 where a side does not know."""
    if one[0].is_remains and not other[0].is_remains:
        one, other = other, one
    km = _km_apart(one, other)
    return {
        MatchField.TIME: time_weight(one, other, km),
        MatchField.PLACE: place_weight(one, other, km),
        MatchField.ROUTE: route_weight(one, other),
    }


def time_weight(one: tuple[Journeys, Ints], other: tuple[Journeys, Ints], km: Floats) -> Floats:
    """Weigh the days of pairs (km apart): the case first where there is one case."""
    (ours, rows), (theirs, others) = one, other
    if theirs.is_remains and not ours.is_remains:
        days = buckets(theirs.found_on[others] - ours.alive_on[rows])
        told: Floats = theirs.delays[theirs.report[others], lengths(km), days].astype(float)
        return told
    if not theirs.is_remains:
        days = np.abs(ours.alive_on[rows] - theirs.alive_on[others])
        density = sum(
            share / (2 * (mean + 1)) * np.exp(-days / (mean + 1)) for share, mean in RETOLD
        )
        odds = density * SPAN_DAYS + STRAY
    else:
        gap, length = _windows_apart(one, other)
        meeting = np.exp(-gap / (SOMEWHAT_DAYS + 0.25 * length))
        odds = np.maximum(SPAN_DAYS / (length + 60), 1.0) * meeting + STRAY
    weight = np.clip(np.log(odds), LEAST_TIME, MOST_SAME_TIME)
    return np.where(np.isnan(weight), 0.0, weight)


def _windows_apart(
    one: tuple[Journeys, Ints], other: tuple[Journeys, Ints]
) -> tuple[Floats, Floats]:
    """Give the days between two intervals of death (0 where they meet), and their joint length."""
    (ours, rows), (theirs, others) = one, other
    starts = (ours.dead_from[rows], theirs.dead_from[others])
    ends = (ours.dead_to[rows], theirs.dead_to[others])
    gap = np.maximum(np.maximum(starts[0] - ends[1], starts[1] - ends[0]), 0.0)
    return gap, (ends[0] - starts[0]) + (ends[1] - starts[1])


def _km_apart(one: tuple[Journeys, Ints], other: tuple[Journeys, Ints]) -> Floats:
    gap = one[0].position[one[1]] - other[0].position[other[1]]
    return chord_km(np.sqrt(np.einsum("ij,ij->i", gap, gap)))


def place_weight(one: tuple[Journeys, Ints], other: tuple[Journeys, Ints], km: Floats) -> Floats:
    """Weigh the distance; without two points, the corridors (the case first where there is one)."""
    (ours, rows), (theirs, others) = one, other
    here, there = ours.here[rows], theirs.here[others]
    if ours.is_remains == theirs.is_remains:
        near, told = distance_nats(km), same_kind()[here, there]
    else:
        odds = reach(km) * ways()[here, there] * ours.around[rows] + elsewhere()[here, there]
        near, told = np.clip(np.log(odds), LEAST_PLACE, MOST_PLACE), ours.ahead[rows, there]
    return np.where(np.isnan(near), told, near)


def distance_nats(km: Floats) -> Floats:
    """Return the weight of two points of a kind so many km (straight through the earth) apart."""
    nats: Floats = np.interp(np.log(np.maximum(km, 1.0)), np.log(PLACE_KM), PLACE_NATS)
    return nats


def route_weight(one: tuple[Journeys, Ints], other: tuple[Journeys, Ints]) -> Floats:
    """Weigh the planned crossing with where somebody was found, or two planned crossings."""
    (ours, rows), (theirs, others) = one, other
    if ours.is_remains:
        return np.zeros(len(rows))
    if theirs.is_remains:
        return ours.route[rows, theirs.here[others]]
    return np.asarray(same_kind()[ours.planned[rows], theirs.planned[others]])
