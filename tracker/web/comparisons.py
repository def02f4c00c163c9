"""Sets one period beside another: the same question, row by row."""

from dataclasses import dataclass, replace

from tracker.domain.measures import Measure
from tracker.domain.tallies import PERIOD_GROUPINGS, Rule, Tally, TallyQuery

# Of fewer people a percentage says nothing.
LEAST_FOR_PERCENT = 20


@dataclass(frozen=True)
class ComparedRow:
    """People of a row in the one period and in the other; None is not known."""

    codes: tuple[str, ...]
    before: int | None
    now: int | None

    @property
    def change(self) -> int | None:
        """Give how many more or fewer there are now; None where either is not known."""
        return None if self.before is None or self.now is None else self.now - self.before

    @property
    def percent(self) -> int | None:
        """Give the change in percent of before; None where that would say nothing."""
        if self.change is None or self.before is None or self.before < LEAST_FOR_PERCENT:
            return None
        return round(100 * self.change / self.before)


@dataclass(frozen=True)
class Comparison:
    """Two tallies of one question in two periods; rows of either, then the totals."""

    before: Tally
    now: Tally
    measure: Measure
    rows: tuple[ComparedRow, ...]
    total: ComparedRow


def comparable(query: TallyQuery) -> TallyQuery:
    """Give the question without breakdowns by time: months of two years are different rows."""
    by = tuple(grouping for grouping in query.by if grouping not in PERIOD_GROUPINGS)
    return replace(query, by=by)


def compare(before: Tally, now: Tally) -> Comparison:
    """Set two tallies of the same breakdown beside each other.

    A row that only one of them has counts nobody in the other: there a 0 is known to be none.
    """
    rule = now.query.rule
    measure = Measure.DEAD if rule is Rule.CONFIRMED_DEAD else Measure.DEAD_AND_MISSING
    old = {row.codes: row.counts[measure] for row in before.rows}
    new = {row.codes: row.counts[measure] for row in now.rows}
    codes = list(dict.fromkeys((*new, *old))) if now.query.by else []
    return Comparison(
        before=before,
        now=now,
        measure=measure,
        rows=tuple(ComparedRow(each, old.get(each, 0), new.get(each, 0)) for each in codes),
        total=ComparedRow((), before.total[measure], now.total[measure]),
    )
