"""Time and place: last contact before death, death before the find, and the way between."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.distances import EARTH_RADIUS_M
from tracker.domain.match_evidence import MatchField
from tracker.linkage.matches.routes import (
    contact_to_found,
    corridor_number,
    planned_to_found,
    same_kind,
)
from tracker.linkage.words import Floats, Ints

# From last contact to death: (share, mean days). Most die on the stretch they set out for.
DELAYS = ((0.55, 10.0), (0.33, 90.0), (0.12, 900.0))
# Days between two records of the last contact of one person.
RETOLD = ((0.6, 3.0), (0.3, 45.0), (0.1, 500.0))
# Two people of the registers: their days spread over about so many.
SPAN_DAYS = 2_500.0
# A post-mortem interval is stretched by a quarter of its length and three days.
STRETCH, STRETCH_DAYS = 0.25, 3.0
# Where nobody estimated the interval: days from death to find, by condition.
INTERVALS = {
    "fresh": (0.0, 5.0), "decomposed": (3.0, 120.0), "mummified": (30.0, 1_500.0),
    "skeletal": (60.0, 3_650.0),
}  # fmt: skip
ANY_INTERVAL = (0.0, 1_500.0)
# What is left for dates that are plainly wrong, and for those somewhat off (days).
STRAY, SOMEWHAT, SOMEWHAT_DAYS = 0.03, 0.4, 20.0
LEAST_TIME, MOST_TIME = -3.5, 4.5

# km apart, and log of (share of true pairs / share of any two) about there; straight between, by
# the log of km.
PLACE_KM = (10.0, 50.0, 150.0, 400.0, 1_000.0, 2_500.0, 5_000.0)
PLACE_NATS = (3.2, 2.3, 1.4, 0.3, -0.6, -1.3, -1.8)
# Where the places are near, the planned crossing says little more.
NEAR_PLACE, ROUTE_LEFT = 0.5, 0.3


LONGEST_DAYS = 30_000
_PASSED: Floats = sum(
    (share * -np.expm1(-np.arange(LONGEST_DAYS + 1) / mean) for share, mean in DELAYS),
    np.zeros(LONGEST_DAYS + 1),
)


@dataclass(frozen=True)
class Journeys:
    """Days (since 1970), positions on the unit sphere (rows x 3) and corridors of one register.

    `alive_on` is nan for remains; `dead_from`, `dead_to` (the stretched interval of death) and
    `found_on` are nan for cases; `planned` is nowhere for remains.
    """

    is_remains: bool
    alive_on: Floats
    dead_from: Floats
    dead_to: Floats
    found_on: Floats
    position: Floats
    here: Ints
    planned: Ints


def journeys_of(frame: pd.DataFrame) -> Journeys:
    """Read days, places and corridors; the columns tell whether these are cases or remains."""
    is_remains = "found_date" in frame
    stem = "found" if is_remains else "contact"
    day, nothing = _days(frame[f"{stem}_date"]), np.full(len(frame), np.nan)
    start, end = _window(frame, day) if is_remains else (nothing, nothing)
    planned = [None] * len(frame) if is_remains else frame["planned_corridor"]
    return Journeys(
        is_remains=is_remains,
        alive_on=nothing if is_remains else day,
        dead_from=start,
        dead_to=end,
        found_on=day if is_remains else nothing,
        position=_positions(frame[f"{stem}_longitude"], frame[f"{stem}_latitude"]),
        here=np.array([corridor_number(each) for each in frame[f"{stem}_corridor"]], dtype=int),
        planned=np.array([corridor_number(each) for each in planned], dtype=int),
    )


def _days(dates: pd.Series) -> Floats:
    days = pd.to_datetime(dates).to_numpy(dtype="datetime64[D]")
    whole: Floats = np.where(np.isnat(days), np.nan, days.astype(np.int64).astype(float))
    return whole


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
    place = place_weight(one, other)
    route = route_weight(one, other)
    said = (place > NEAR_PLACE) & (route > 0)
    return {
        MatchField.TIME: time_weight(one, other),
        MatchField.PLACE: place,
        MatchField.ROUTE: np.where(said, ROUTE_LEFT * route, route),
    }


def time_weight(one: tuple[Journeys, Ints], other: tuple[Journeys, Ints]) -> Floats:
    """Weigh the days of pairs: the case first where there is one case."""
    (ours, rows), (theirs, others) = one, other
    if not theirs.is_remains:
        days = np.abs(ours.alive_on[rows] - theirs.alive_on[others])
        density = sum(
            share / (2 * (mean + 1)) * np.exp(-days / (mean + 1)) for share, mean in RETOLD
        )
        odds = density * SPAN_DAYS + STRAY
    elif ours.is_remains:
        gap, length = _windows_apart(one, other)
        meeting = np.exp(-gap / (SOMEWHAT_DAYS + 0.25 * length))
        odds = np.maximum(SPAN_DAYS / (length + 60), 1.0) * meeting + STRAY
    else:
        odds = _contact_before_death(
            ours.alive_on[rows], theirs.dead_from[others], theirs.dead_to[others]
        )
    weight = np.clip(np.log(odds), LEAST_TIME, MOST_TIME)
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


def _contact_before_death(contact: Floats, start: Floats, end: Floats) -> Floats:
    """Give how much likelier this contact is before this death than before any (arrays)."""
    width = end - start + 1
    density = (_passed(end + 1 - contact) - _passed(start - contact)) / width
    late = np.maximum(contact - end, 0.0)
    somewhat = np.where(late > 0, SOMEWHAT * np.exp(-late / SOMEWHAT_DAYS), 0.0)
    odds: Floats = density * SPAN_DAYS + STRAY + somewhat
    return odds


def _passed(days: Floats) -> Floats:
    """Give the share of the dead whose last contact lies at most so many days before."""
    known = np.isfinite(days)
    whole = np.clip(np.where(known, days, 0.0), 0, LONGEST_DAYS).astype(np.intp)
    return np.where(known, _PASSED[whole], np.nan)


def place_weight(one: tuple[Journeys, Ints], other: tuple[Journeys, Ints]) -> Floats:
    """Weigh the distance; without two points, the corridors (the case first where there is one)."""
    (ours, rows), (theirs, others) = one, other
    gap = ours.position[rows] - theirs.position[others]
    km = np.sqrt(np.einsum("ij,ij->i", gap, gap)) * EARTH_RADIUS_M / 1000
    near = distance_nats(km)
    corridors = same_kind() if ours.is_remains == theirs.is_remains else contact_to_found()
    told = corridors[ours.here[rows], theirs.here[others]]
    return np.where(np.isnan(near), told, near)


def distance_nats(km: Floats) -> Floats:
    """Return the weight of two points so many km (straight through the earth) apart."""
    nats: Floats = np.interp(np.log(np.maximum(km, 1.0)), np.log(PLACE_KM), PLACE_NATS)
    return nats


def route_weight(one: tuple[Journeys, Ints], other: tuple[Journeys, Ints]) -> Floats:
    """Weigh the planned crossing with where somebody was found, or two planned crossings."""
    (ours, rows), (theirs, others) = one, other
    if ours.is_remains:
        return np.zeros(len(rows))
    if theirs.is_remains:
        return np.asarray(planned_to_found()[ours.planned[rows], theirs.here[others]])
    return np.asarray(same_kind()[ours.planned[rows], theirs.planned[others]])
