"""Reads the period of a report as people write it."""

import datetime as dt
import re

from tracker.domain.errors import BadQuery
from tracker.domain.reports import ReportPeriod
from tracker.domain.tallies import Grouping
from tracker.schemas.tallies import PERIOD_SHAPES
from tracker.schemas.typed import Unclear, span_of

_DAY = PERIOD_SHAPES[Grouping.DAY]
_DAYS = re.compile(rf"({_DAY})\.\.({_DAY})")


def read_report_period(given: str) -> ReportPeriod:
    """Read `2026`, `2026-Q1`, `2026-03` or `2026-01-01..2026-03-31`; raises `BadQuery`."""
    try:
        period = _read(given)
    except (ValueError, Unclear):
        period = None
    if period is None:
        raise BadQuery("not_a_report_period", given=given)
    if period.last < period.first:
        raise BadQuery("period_ends_before_it_begins")
    return period


def _read(given: str) -> ReportPeriod | None:
    if found := _DAYS.fullmatch(given):
        return ReportPeriod(dt.date.fromisoformat(found[1]), dt.date.fromisoformat(found[2]))
    year = given[:4]
    if re.fullmatch(PERIOD_SHAPES[Grouping.YEAR], given):
        return _months(year)
    if re.fullmatch(PERIOD_SHAPES[Grouping.QUARTER], given):
        last = 3 * int(given[-1])
        return _months(year, last - 2, last)
    if re.fullmatch(PERIOD_SHAPES[Grouping.MONTH], given):
        return _months(year, int(given[-2:]), int(given[-2:]))
    return None


def _months(year: str, first: int = 1, last: int = 12) -> ReportPeriod:
    return ReportPeriod(span_of(int(year), first)[0], span_of(int(year), last)[1])
