"""Standing questions, summed up to the end of each month of recording.

The few tallies that everybody asks for are answered as known on any day from the end of the last
month before it and the entries since then, so that they cost the same at any number of incidents.
"""

from dataclasses import dataclass

import numpy as np

from tracker.db.columns import Floats, Ints, LedgerColumns, unpacked
from tracker.db.cuts import Cut, Longs, chosen_entries, groups_of_entries
from tracker.domain.periods import day_of_number


@dataclass(frozen=True)
class Sums:
    """For each group its codes, the number of incidents, and people with how many know them.

    `codes` holds one list for each dimension; no two groups have the same codes.
    """

    codes: list[list[str]]
    incidents: Longs
    people: dict[str, tuple[Longs, Longs]]


@dataclass(frozen=True)
class Cube:
    """One standing question: sums per group at the end of each month of recording.

    `groups`: the group of each entry (-1: it does not count). `months`: months since 1970-01 in
    which anything was recorded; `starts`: where the entries of each begin.
    `incidents`, `people`: arrays of (months, groups), summed up from the first month on.
    `hidden`: the incidents that were not shown when it was summed.
    """

    codes: list[list[str]]
    groups: Longs
    months: Longs
    starts: Longs
    incidents: Floats
    people: dict[str, Floats]
    hidden: Ints

    @classmethod
    def of(cls, columns: LedgerColumns, cut: Cut) -> "Cube":
        """Sum a question up over the whole ledger."""
        rows = columns.rows
        groups, named = groups_of_entries(columns, cut, rows)
        chosen = chosen_entries(columns, cut, rows)
        kept = np.flatnonzero(chosen) if chosen is not None else np.arange(len(rows))
        numbers, closed = np.unique(groups[kept], return_inverse=True)
        groups = np.full(len(rows), -1, dtype=np.int64)
        groups[kept] = closed
        by_entry = columns.recorded_day.astype("datetime64[D]").astype("datetime64[M]")
        months, starts, at = np.unique(
            by_entry.astype(np.int64), return_index=True, return_inverse=True
        )
        count = len(numbers)
        cells = np.where(groups >= 0, at * count + groups, -1)

        def summed(rows_at: Longs, weights: Floats) -> Floats:
            counted = cells[rows_at] >= 0
            sums = np.bincount(
                cells[rows_at][counted],
                weights=weights[counted],
                minlength=len(months) * count,
            )
            return sums.reshape(len(months), count).cumsum(axis=0)

        everything = np.arange(len(rows))
        return cls(
            codes=named.columns_of(numbers),
            groups=groups,
            months=months,
            starts=starts,
            incidents=summed(everything, rows.sign.astype(float)),
            people={
                name: summed(everything if measure.rows is None else measure.rows, measure.packed)
                for name, measure in rows.people.items()
            },
            hidden=columns.hidden,
        )

    def is_of(self, columns: LedgerColumns, cut: Cut) -> bool:
        """Say whether it holds all that these columns hold, and hides what they hide."""
        shown = cut.shows_all or np.array_equal(self.hidden, columns.hidden)
        return len(self.groups) == len(columns.rows) and shown

    def as_known(self, columns: LedgerColumns, known_day: int, stop: int) -> Sums:
        """Sum what counted at the end of a day; `stop` is where later entries begin."""
        next_day = np.datetime64(day_of_number(known_day + 1), "M").astype(np.int64)
        ended = int(np.searchsorted(self.months, next_day, side="left"))
        start = int(self.starts[ended]) if ended < len(self.starts) else stop
        since = columns.rows.between(start, stop)
        groups = self.groups[start:stop]
        count = self.incidents.shape[1]

        def summed(base: Floats, weights: Floats, rows_at: Longs | None) -> Floats:
            before = base[ended - 1] if ended else np.zeros(count)
            at = groups if rows_at is None else groups[rows_at]
            counted = at >= 0
            return before + np.bincount(at[counted], weights=weights[counted], minlength=count)

        incidents = summed(self.incidents, since.sign.astype(float), None)
        return Sums(
            codes=self.codes,
            incidents=np.rint(incidents).astype(np.int64),
            people={
                name: unpacked(summed(self.people[name], measure.packed, measure.rows))
                for name, measure in since.people.items()
            },
        )
