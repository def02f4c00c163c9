"""What a report of a period tells, and of which period."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from tracker.domain.errors import BadQuery

_YEAR = re.compile(r"(\d{4})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True)
class ReportPeriod:
    """The days of a report, both included."""

    first: dt.date
    last: dt.date

    @property
    def name(self) -> str:
        """Give the days as they stand in an address."""
        return f"{self.first}..{self.last}"


def read_report_period(given: str) -> ReportPeriod:
    """Read `2026`, `2026-Q1`, `2026-03` or `2026-01-01..2026-03-31`; raises `BadQuery`."""
    try:
        period = _read(given)
    except ValueError:
        period = None
    if period is None:
        raise BadQuery("not_a_report_period", given=given)
    if period.last < period.first:
        raise BadQuery("period_ends_before_it_begins")
    return period


def _read(given: str) -> ReportPeriod | None:
    if found := _YEAR.fullmatch(given):
        return _months(int(found[1]), 1, 12)
    if found := _QUARTER.fullmatch(given):
        last = 3 * int(found[2])
        return _months(int(found[1]), last - 2, last)
    if found := _MONTH.fullmatch(given):
        return _months(int(found[1]), int(found[2]), int(found[2]))
    if found := _DAYS.fullmatch(given):
        return ReportPeriod(dt.date.fromisoformat(found[1]), dt.date.fromisoformat(found[2]))
    return None


def _months(year: int, first: int, last: int) -> ReportPeriod:
    end = calendar.monthrange(year, last)[1]
    return ReportPeriod(dt.date(year, first, 1), dt.date(year, last, end))
