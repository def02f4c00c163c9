"""When a question that somebody follows is asked again, and what is worth telling then."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.measures import Counts, Measure
from tracker.domain.tallies import Rule, TallyQuery

_DAY = dt.timedelta(days=1)


class Every(StrEnum):
    """How often a question is asked again: as known at the end of each week or month."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Notice:
    """What was known of a question on one day and on a later one; `query` asks as known on that."""

    query: TallyQuery
    known_before: dt.date
    before: Counts
    after: Counts

    @property
    def people(self) -> int | None:
        """Give the people that the rule of the question counts; None is not known."""
        return people_of(self.query, self.after)

    @property
    def change(self) -> int:
        """Give by how many people the figure moved; what was not known counted nobody."""
        return (self.people or 0) - (people_of(self.query, self.before) or 0)


def people_of(query: TallyQuery, counts: Counts) -> int | None:
    """Give the people that a question counts by its rule; None is not known."""
    by_rule = Measure.DEAD if query.rule is Rule.CONFIRMED_DEAD else Measure.DEAD_AND_MISSING
    return counts[by_rule]


def ends_of_periods(every: Every, first: dt.date, today: dt.date) -> Iterator[dt.date]:
    """Give the last days (Sundays, or last days of months) of what has ended before `today`."""
    day = first
    while True:
        if every is Every.WEEK:
            end = day + dt.timedelta(days=6 - day.weekday())
        else:
            end = (day.replace(day=1) + dt.timedelta(days=31)).replace(day=1) - _DAY
        if end >= today:
            return
        yield end
        day = end + _DAY


def notices(known: Iterable[Notice], *, at_least: int | None) -> tuple[Notice, ...]:
    """Keep what moved by so many people since it was told of last; all of it without a number.

    `known` is in order, each beginning where the one before it ends.
    """
    told: list[Notice] = []
    since: Notice | None = None
    for each in known:
        start = each if since is None else since
        step = Notice(each.query, start.known_before, start.before, each.after)
        if at_least is None or abs(step.change) >= at_least:
            told.append(step)
            since = None
        else:
            since = step
    return tuple(told)
