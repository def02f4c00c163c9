"""The days of two records on one line, for the page of a match."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.matches import MatchSide
from tracker.domain.people import PersonKind

_ROOM = 40.0  # units of the line at each end
_LENGTH = 640.0


@dataclass(frozen=True)
class DayTold:
    """Something that happened to one of the two: `until` where it lies between two days.

    `at` and `to` are places on a line of 640 units.
    """

    what: str
    side: int
    day: dt.date
    precision: str
    until: dt.date | None
    at: float = 0.0
    to: float | None = None


@dataclass(frozen=True)
class DaysTold:
    """What happened, the earliest first, and how many days lie between contact and find."""

    days: tuple[DayTold, ...]
    between: int | None


def days_of_pair(sides: tuple[MatchSide, MatchSide]) -> DaysTold | None:
    """Lay out the days of both sides; None where neither tells any."""
    told = [day for place, side in enumerate(sides) for day in _days_of(side, place)]
    if not told:
        return None
    told.sort(key=lambda each: each.day)
    first = told[0].day
    last = max(each.until or each.day for each in told)
    length = max((last - first).days, 1)

    def at(day: dt.date) -> float:
        return round(_ROOM + (_LENGTH - 2 * _ROOM) * (day - first).days / length, 1)

    days = tuple(
        DayTold(
            what=each.what,
            side=each.side,
            day=each.day,
            precision=each.precision,
            until=each.until,
            at=at(each.day),
            to=None if each.until is None else at(each.until),
        )
        for each in told
    )
    return DaysTold(days=days, between=_between(days))


def _days_of(side: MatchSide, place: int) -> list[DayTold]:
    stem = "contact" if side.kind is PersonKind.CASE else "found"
    given = side.facts.get(f"{stem}_date")
    if not given:
        return []
    day = dt.date.fromisoformat(str(given))
    precision = str(side.facts.get(f"{stem}_date_precision") or "day")
    told = [DayTold(stem, place, day, precision, None)]
    died = _interval(side.facts, day)
    if died is not None:
        told.append(DayTold("death", place, died[0], "day", died[1]))
    return told


def _interval(facts: Mapping[str, object], found: dt.date) -> tuple[dt.date, dt.date] | None:
    least, most = facts.get("interval_days_from"), facts.get("interval_days_to")
    if not isinstance(least, int) and not isinstance(most, int):
        return None
    near = least if isinstance(least, int) else 0
    far = most if isinstance(most, int) else near
    # Nobody's days begin before calendars do.
    days = [min(each, (found - dt.date.min).days) for each in (max(near, far), near)]
    return found - dt.timedelta(days=days[0]), found - dt.timedelta(days=days[1])


def _between(days: tuple[DayTold, ...]) -> int | None:
    ends = {each.what: each.day for each in days if each.precision == "day"}
    if "contact" not in ends or "found" not in ends:
        return None
    return (ends["found"] - ends["contact"]).days
