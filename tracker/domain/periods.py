"""Periods of a tally: which day, month, quarter or year an incident belongs to."""

import datetime as dt
from enum import StrEnum

EPOCH = dt.date(1970, 1, 1)


class DatePrecision(StrEnum):
    """How well the date of an incident is known."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"
    UNKNOWN = "unknown"


def day_number(day: dt.date) -> int:
    """Count the days from 1970-01-01 to this day."""
    return (day - EPOCH).days


def day_of_number(number: int) -> dt.date:
    """Give the day that lies this many days after 1970-01-01."""
    return EPOCH + dt.timedelta(days=number)


def year_code(month_index: int) -> str:
    """Name the year of a month counted from 1970-01."""
    return f"{1970 + month_index // 12}"


def quarter_code(month_index: int) -> str:
    """Name the quarter of a month counted from 1970-01, such as `2021-Q1`."""
    return f"{1970 + month_index // 12}-Q{month_index % 12 // 3 + 1}"


def month_code(month_index: int) -> str:
    """Name a month counted from 1970-01, such as `2021-01`."""
    return f"{1970 + month_index // 12}-{month_index % 12 + 1:02d}"
