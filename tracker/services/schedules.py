"""Follows questions and published figures: what is known at the end of each week or month."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy.orm import Session

from tracker.db.session import moment
from tracker.domain.figures import Figure
from tracker.domain.measures import Counts
from tracker.domain.permissions import ANYONE, Action, Actor, require
from tracker.domain.schedules import Every, Notice, ends_of_periods, notices
from tracker.domain.tallies import TallyQuery
from tracker.services.tallies import first_known_day, totals_as_known

# So many notices are given, the newest first.
MOST_NOTICES = 60


def notices_of_question(
    session: Session,
    actor: Actor,
    query: TallyQuery,
    *,
    every: Every,
    at_least: int | None = None,
) -> tuple[Notice, ...]:
    """Tell what everybody may know of a question at the end of each week or month.

    With `at_least` only where it moved by so many people since the last notice. They are worked
    out from the first day on which anything is known, so that a notice never changes.
    """
    require(actor, Action.SEE_TALLIES)
    first = first_known_day(session)
    if first is None:
        return ()
    known = _known(session, query, (first, None), every=every)
    return _newest(notices(known, at_least=at_least))


def notices_of_figure(
    session: Session, actor: Actor, figure: Figure, *, every: Every, at_least: int
) -> tuple[Notice, ...]:
    """Tell when a published figure would have moved by so many people, from what was published."""
    require(actor, Action.SEE_TALLIES)
    published = figure.query.as_known_on, figure.total
    known = _known(session, figure.followed_by, published, every=every)
    return _newest(notices(known, at_least=at_least))


def _newest(told: tuple[Notice, ...]) -> tuple[Notice, ...]:
    return told[: -MOST_NOTICES - 1 : -1]


def _known(
    session: Session,
    query: TallyQuery,
    start: tuple[dt.date, Counts | None],
    *,
    every: Every,
) -> Iterator[Notice]:
    """Give what was known at each end, from a day on and what is told of it (None: ask for it)."""
    day, before = start
    days = list(ends_of_periods(every, day + dt.timedelta(days=1), moment(session).date()))
    at_first, *totals = totals_as_known(session, ANYONE, query, days=[day, *days])
    before = before or at_first
    for known, after in zip(days, totals, strict=True):
        yield Notice(replace(query, as_known_on=known), day, before, after)
        day, before = known, after
