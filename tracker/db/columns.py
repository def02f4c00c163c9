"""The ledger as columns of numbers in memory, which every tally is summed from.

`tracker.db.ledger_cache` loads them and lets them grow. Nothing here is the truth: the entries are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from tracker.db.ledger import PEOPLE
from tracker.db.packing import NO_NUMBER

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]

# A number of people and the count of entries that know it, in one float: 53 bits hold both, so
# that one pass sums the two. Good for 2**22 entries that know, and half a billion people.
SHIFT = float(2**30)
# Below this share of known values, only those that are known are summed.
SPARSE = 0.5
# Up to this share of the rows are picked out one by one.
FEW = 0.02


@dataclass(frozen=True)
class Head:
    """How far the ledger has come: two equal heads are the same ledger, and the same pages."""

    last_act: int
    acts_lately: int
    last_entry: int
    last_import: int


@dataclass(frozen=True)
class Strata:
    """For each dimension its codes, and for each stratum the place of its code (-1: unknown)."""

    codes: dict[str, tuple[str, ...]]
    places: dict[str, Ints]
    boundaries: tuple[str, ...]


@dataclass(frozen=True)
class People:
    """A measure of all rows, packed: `rows` says which ones know it, None that nearly all do."""

    packed: Floats
    rows: npt.NDArray[np.int64] | None

    def between(self, first: int, last: int) -> "People":
        """Give the measure of a stretch of rows."""
        if self.rows is None:
            return People(self.packed[first:last], None)
        start, stop = np.searchsorted(self.rows, [first, last])
        return People(self.packed[start:stop], self.rows[start:stop] - first)

    def at(
        self, kept: npt.NDArray[np.int64], place: npt.NDArray[np.int64] | None = None
    ) -> "People":
        """Give the measure of some rows; `place` says where each row has gone, -1 if nowhere.

        Without `place` the rows, which must be in order, are looked for one by one.
        """
        if self.rows is None:
            return People(self.packed[kept], None)
        if place is None:
            found = np.searchsorted(self.rows, kept)
            known = np.flatnonzero(np.append(self.rows, -1)[found] == kept)
            return People(self.packed[found[known]], known)
        gone_to = place[self.rows]
        still = gone_to >= 0
        return People(self.packed[still], gone_to[still])

    def full(self, count: int) -> Floats:
        """Give the measure of all of so many rows, 0 where it is not known."""
        if self.rows is None:
            return self.packed
        everything = np.zeros(count)
        everything[self.rows] = self.packed
        return everything


@dataclass(frozen=True)
class Rows:
    """Entries of the ledger as arrays of one length; months and such are -1 where not known."""

    stratum: npt.NDArray[np.int64]
    sign: npt.NDArray[np.int8] | npt.NDArray[np.int32]
    reason: npt.NDArray[np.int8]
    incident: Ints
    first_day: Ints
    last_day: Ints
    month: npt.NDArray[np.int16]
    people: dict[str, People]

    def __len__(self) -> int:
        """Count the entries."""
        return len(self.stratum)

    def between(self, first: int, last: int) -> "Rows":
        """Give a stretch of the entries."""
        cut = slice(first, last)
        return Rows(
            stratum=self.stratum[cut],
            sign=self.sign[cut],
            reason=self.reason[cut],
            incident=self.incident[cut],
            first_day=self.first_day[cut],
            last_day=self.last_day[cut],
            month=self.month[cut],
            people={name: people.between(first, last) for name, people in self.people.items()},
        )

    def at(self, kept: npt.NDArray[np.int64]) -> "Rows":
        """Give some of the entries, in the order of the ledger."""
        place = None
        if len(kept) > FEW * len(self):
            place = np.full(len(self), -1, dtype=np.int64)
            place[kept] = np.arange(len(kept))
        return Rows(
            stratum=self.stratum[kept],
            sign=self.sign[kept],
            reason=self.reason[kept],
            incident=self.incident[kept],
            first_day=self.first_day[kept],
            last_day=self.last_day[kept],
            month=self.month[kept],
            people={name: people.at(kept, place) for name, people in self.people.items()},
        )


def rows_joined(parts: Sequence[Rows]) -> Rows:
    """Put rows end to end; measures are kept as the first part keeps them."""
    starts = np.cumsum([0, *(len(part) for part in parts)])[:-1].tolist()

    def people(name: str) -> People:
        measures = [part.people[name] for part in parts]
        if measures[0].rows is None:
            full = [measure.full(len(part)) for measure, part in zip(measures, parts, strict=True)]
            return People(np.concatenate(full), None)
        known = [
            np.flatnonzero(each.packed) if each.rows is None else each.rows for each in measures
        ]
        packed = [
            each.packed[each.packed != 0] if each.rows is None else each.packed for each in measures
        ]
        rows = [each + start for each, start in zip(known, starts, strict=True)]
        return People(np.concatenate(packed), np.concatenate(rows))

    def all_of(name: str) -> npt.NDArray[Any]:
        return np.concatenate([getattr(part, name) for part in parts])

    return Rows(
        **{each.name: all_of(each.name) for each in fields(Rows) if each.name != "people"},
        people={name: people(name) for name in PEOPLE},
    )


@dataclass(frozen=True)
class LedgerColumns:
    """The whole ledger in the order of `recorded_day`, and apart what counts today.

    `living_version` holds the version of each row of `living`. `cells` sums to the same as
    `living`, with one row for each stratum and month; those that fit no month come last.
    `hidden`: incidents that not everybody may see today; `erased`: those of them that nobody can.
    """

    head: Head
    recorded_day: Ints
    rows: Rows
    living: Rows
    living_version: Ints
    cells: Rows
    strata: Strata
    hidden: Ints
    erased: Ints
    cubes: dict[object, object] = field(default_factory=dict)


def columns_of_entries(
    joined: dict[str, Ints], now: tuple[Head, Ints, Ints], strata: Strata
) -> LedgerColumns:
    """Order entries (their columns, unknown numbers as `NO_NUMBER`) and see which of them live."""
    head, hidden, erased = now
    recorded = joined["recorded_day"]
    if len(recorded) and np.any(np.diff(recorded) < 0):
        order = np.argsort(recorded, kind="stable")
        joined = {name: values[order] for name, values in joined.items()}
    net = np.bincount(joined["version_id"], weights=joined["sign"])
    living = (joined["sign"] > 0) & (net[joined["version_id"]] > 0)
    today = rows_of_entries({name: values[living] for name, values in joined.items()})
    return LedgerColumns(
        head=head,
        recorded_day=joined["recorded_day"],
        rows=rows_of_entries(joined),
        living=today,
        living_version=joined["version_id"][living],
        cells=cells_of_rows(today, today.at(np.flatnonzero(today.month < 0))),
        strata=strata,
        hidden=hidden,
        erased=erased,
    )


def rows_of_entries(joined: dict[str, Ints]) -> Rows:
    """Give entries as rows that are quick to sum."""
    first, last = joined["first_day"], joined["last_day"]
    months = [_months(days) for days in (first, last)]
    dated = (first >= 0) & (last != NO_NUMBER) & (months[0] == months[1])
    return Rows(
        stratum=joined["stratum_id"].astype(np.int64),
        sign=joined["sign"].astype(np.int8),
        reason=joined["reason"].astype(np.int8),
        incident=joined["incident_id"],
        first_day=first,
        last_day=last,
        month=np.where(dated, months[0], -1).astype(np.int16),
        people={name: _people(joined[name], joined["sign"]) for name in PEOPLE},
    )


def cells_of_rows(rows: Rows, wide: Rows) -> Rows:
    """Sum the rows of each stratum and month; `wide` are those that fit no month, as they are.

    Rows may take back others; a cell of which nothing is left is no cell.
    """
    narrow = np.flatnonzero(rows.month >= 0)
    months = int(rows.month.max(initial=0)) + 1
    keys = rows.stratum[narrow] * months + rows.month[narrow]
    cells, at = np.unique(keys, return_inverse=True)
    count = len(cells)
    number = np.bincount(at, weights=rows.sign[narrow], minlength=count)
    left = np.flatnonzero(number)
    at_row = np.full(len(rows), count, dtype=np.int64)
    at_row[narrow] = at
    month = (cells[left] % months).astype(np.int16)
    day = month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int32)
    nothing = np.zeros(len(left), dtype=np.int8)

    def summed(measure: People, rest: People) -> People:
        cell_of = at_row if measure.rows is None else at_row[measure.rows]
        sums = np.bincount(cell_of, weights=measure.packed, minlength=count + 1)[left]
        places = np.arange(len(wide)) if rest.rows is None else rest.rows
        found = np.flatnonzero(sums)
        return People(
            np.concatenate([sums[found], rest.packed]), np.concatenate([found, places + len(left)])
        )

    return Rows(
        stratum=np.concatenate([cells[left] // months, wide.stratum]),
        sign=np.concatenate([number[left], wide.sign]).astype(np.int32),
        reason=np.concatenate([nothing, wide.reason]),
        incident=np.concatenate([nothing, wide.incident]).astype(np.int32),
        first_day=np.concatenate([day, wide.first_day]),
        last_day=np.concatenate([day, wide.last_day]),
        month=np.concatenate([month, wide.month]),
        people={name: summed(rows.people[name], wide.people[name]) for name in PEOPLE},
    )


def _months(days: Ints) -> npt.NDArray[np.int64]:
    known = np.where(days == NO_NUMBER, 0, days).astype("datetime64[D]")
    return known.astype("datetime64[M]").astype(np.int64)


def _people(values: Ints, sign: Ints) -> People:
    known = values != NO_NUMBER
    packed = np.where(known, values + sign * SHIFT, 0.0)
    if known.mean() > SPARSE if len(known) else True:
        return People(packed, None)
    rows = np.flatnonzero(known)
    return People(packed[rows], rows)


def unpacked(sums: Floats) -> "tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]":
    """Read packed sums back: people, and how many entries know them."""
    known = np.rint(sums / SHIFT)
    return np.rint(sums - known * SHIFT).astype(np.int64), known.astype(np.int64)
