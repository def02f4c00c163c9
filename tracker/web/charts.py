"""Works out the bars of a chart; the template draws them."""

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.domain.measures import Counts
from tracker.domain.tallies import NOT_KNOWN, NOT_SHOWN, Tally, TallyRow

HEIGHT = 220.0
# Beside the widest bar there is room for its number, in percent of the chart.
WIDEST = 72.0
MOST_BARS = 30
MOST_FEW = 2


@dataclass(frozen=True)
class Bar:
    """One month: x and width in percent of the chart, the rest in pixels from its top."""

    month: str
    dead: int | None
    missing: int | None
    x: float
    width: float
    dead_y: float
    dead_height: float
    missing_y: float
    missing_height: float


@dataclass(frozen=True)
class Mark:
    """A line of the scale or a year on the axis."""

    text: int
    at: float


@dataclass(frozen=True)
class MonthlyChart:
    """Bars from the first to the last month that has an incident."""

    bars: tuple[Bar, ...]
    scale: tuple[Mark, ...]
    years: tuple[Mark, ...]
    undated_people: int
    height: float = HEIGHT


def monthly_chart(tally: Tally) -> MonthlyChart | None:
    """Turn a tally by month into bars of the dead with the missing on top of them."""
    counted = {row.codes[0]: row.counts for row in tally.rows}
    undated = sum(
        counted.pop(code, {}).get("dead_and_missing") or 0 for code in (NOT_KNOWN, NOT_SHOWN)
    )
    if not counted:
        return None
    months = list(_months(min(counted), max(counted)))
    most = max(counts.get("dead_and_missing") or 0 for counts in counted.values())
    top, step = _scale(max(most, 1))
    pixels, width = HEIGHT / top, 100 / len(months)
    return MonthlyChart(
        bars=tuple(
            _bar(month, counted.get(month, {}), x=index * width, width=width, pixels=pixels)
            for index, month in enumerate(months)
        ),
        scale=tuple(
            Mark(value, round(HEIGHT - value * pixels, 1)) for value in range(0, top + 1, step)
        ),
        years=tuple(
            Mark(int(month[:4]), round(index * width, 3))
            for index, month in enumerate(months)
            if month.endswith("-01")
        ),
        undated_people=undated,
    )


@dataclass(frozen=True)
class RowBar:
    """One row of a table: its codes and people; where its bars begin and how wide, in percent."""

    codes: tuple[str, ...]
    dead: int | None
    missing: int | None
    dead_width: float
    missing_width: float


@dataclass(frozen=True)
class RowChart:
    """A bar for each row that has people, in the order of the table; the largest, if many."""

    bars: tuple[RowBar, ...]
    left_out: int


def row_chart(tally: Tally) -> RowChart | None:
    """Turn the rows of a tally into bars that lie; None where there is nothing to compare."""
    people = [(row, _people(row.counts)) for row in tally.rows]
    told = [(row, number) for row, number in people if number > 0]
    if not tally.query.by or len(told) < MOST_FEW:
        return None
    least = sorted((number for _, number in told), reverse=True)[:MOST_BARS][-1]
    drawn = [(row, number) for row, number in told if number >= least][:MOST_BARS]
    percent = WIDEST / max(number for _, number in drawn)
    return RowChart(
        bars=tuple(_row_bar(row, percent) for row, _ in drawn), left_out=len(told) - len(drawn)
    )


def _row_bar(row: TallyRow, percent: float) -> RowBar:
    dead, missing = row.counts.get("dead"), row.counts.get("missing")
    return RowBar(
        codes=row.codes,
        dead=dead,
        missing=missing,
        dead_width=round(max(dead or 0, 0) * percent, 2),
        missing_width=round(max(missing or 0, 0) * percent, 2),
    )


def _people(counts: Counts) -> int:
    """Add up what is drawn of a row: nothing for what is not known or fewer than none."""
    return max(counts.get("dead") or 0, 0) + max(counts.get("missing") or 0, 0)


def _bar(month: str, counts: Counts, *, x: float, width: float, pixels: float) -> Bar:
    dead, missing = counts.get("dead"), counts.get("missing")
    # A negative "missing" (people since found dead) takes nothing from the drawing.
    dead_height = max(dead or 0, 0) * pixels
    missing_height = max(missing or 0, 0) * pixels
    return Bar(
        month=month,
        dead=dead,
        missing=missing,
        x=round(x + width * 0.1, 3),
        width=round(width * 0.8, 3),
        dead_y=round(HEIGHT - dead_height, 1),
        dead_height=round(dead_height, 1),
        missing_y=round(HEIGHT - dead_height - missing_height, 1),
        missing_height=round(missing_height, 1),
    )


def _months(first: str, last: str) -> Iterator[str]:
    day = dt.date.fromisoformat(f"{first}-01")
    while (month := f"{day:%Y-%m}") <= last:
        yield month
        day = (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)


def _scale(most: int) -> tuple[int, int]:
    """Give the top of the scale and the step between its lines."""
    for power in itertools.count():
        for step in (10**power, 2 * 10**power, 5 * 10**power):
            if step * 5 >= most:
                return -(-most // step) * step, step
    raise AssertionError("unreachable")
