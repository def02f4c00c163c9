"""The ledger as columns of numbers in memory, which every tally is summed from.

Loaded once in a process from the blocks of the imports and the entries of people, and loaded
again when the ledger has grown. Nothing here is the truth: the entries are.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.db.ledger import ENTRY_COLUMNS, PEOPLE
from tracker.db.models import Act, Import, Incident, LedgerBlock, LedgerEntry, Stratum
from tracker.db.packing import NO_NUMBER, pack_columns, unpack_columns
from tracker.domain.statuses import ImportState, Visibility
from tracker.domain.strata import DIMENSIONS

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]

# A number of people and the count of entries that know it, in one float: 53 bits hold both, so
# that one pass sums the two. Good for 2**22 entries that know, and half a billion people.
SHIFT = float(2**30)
# Below this share of known values, only those that are known are summed.
SPARSE = 0.5


@dataclass(frozen=True)
class Head:
    """How far the ledger has come: two equal heads are the same ledger, and the same pages."""

    last_act: int
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

    def at(self, kept: npt.NDArray[np.int64], place: npt.NDArray[np.int64]) -> "People":
        """Give the measure of some rows; `place` says where each row has gone, -1 if nowhere."""
        if self.rows is None:
            return People(self.packed[kept], None)
        gone_to = place[self.rows]
        still = gone_to >= 0
        return People(self.packed[still], gone_to[still])


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
        """Give some of the entries."""
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


@dataclass(frozen=True)
class LedgerColumns:
    """The whole ledger in the order of `recorded_day`, and apart what counts today.

    `cells` sums to the same as `living`, with one row for each stratum and month.
    """

    head: Head
    recorded_day: Ints
    rows: Rows
    living: Rows
    cells: Rows
    strata: Strata
    hidden: Ints
    cubes: dict[object, object] = field(default_factory=dict)


def ledger_columns(session: Session) -> LedgerColumns:
    """Give the ledger as this session sees it, from memory where it has not changed."""
    cache = session.info["caches"].setdefault("ledger", LedgerCache())
    return cast(LedgerCache, cache).columns(session)


class LedgerCache:
    """Keeps the columns of one database, and sees to it that they are never out of date."""

    def __init__(self) -> None:
        self._columns: LedgerColumns | None = None
        self._raw: dict[int, dict[str, Ints]] = {}
        self._lock = threading.Lock()

    def columns(self, session: Session) -> LedgerColumns:
        """Give the ledger as this session sees it."""
        head = ledger_head(session)
        with self._lock:
            if self._columns is None or self._columns.head != head:
                self._columns = self._load(session, head)
            return self._columns

    def _load(self, session: Session, head: Head) -> LedgerColumns:
        raw = {
            number: self._raw[number]
            if number in self._raw
            else _entries_of_import(session, number)
            for number in session.scalars(_PUBLISHED)
        }
        self._raw = dict(raw)
        parts = [*raw.values(), _entries_of_people(session)]
        joined = {
            name: np.concatenate([part[name] for part in parts])
            for name in ENTRY_COLUMNS
            if name != "import_id"
        }
        hidden = np.array(session.scalars(_HIDDEN).all(), dtype=np.int32)
        return _ordered(joined, (head, hidden), _load_strata(session))


# Asked before every tally and every kept page, so put together once.
_HEAD = select(
    select(func.max(Act.id)).scalar_subquery(),
    select(func.max(LedgerEntry.id)).where(LedgerEntry.import_id.is_(None)).scalar_subquery(),
    select(func.max(Import.id)).where(Import.state == ImportState.PUBLISHED).scalar_subquery(),
)
_PUBLISHED = select(Import.id).where(Import.state == ImportState.PUBLISHED).order_by(Import.id)
_HIDDEN = select(Incident.id).where(Incident.visibility != Visibility.PUBLIC).order_by(Incident.id)


def ledger_head(session: Session) -> Head:
    """Say how far the ledger has come. Every act moves it: import, revision, restriction."""
    return Head(*(number or 0 for number in session.connection().execute(_HEAD).one()))


def _entries_of_import(session: Session, import_id: int) -> dict[str, Ints]:
    packed = session.scalar(select(LedgerBlock.columns).where(LedgerBlock.import_id == import_id))
    return unpack_columns(packed) if packed is not None else _numbers([])


def _entries_of_people(session: Session) -> dict[str, Ints]:
    statement = select(LedgerEntry.__table__).where(LedgerEntry.import_id.is_(None))
    return _numbers(session.execute(statement.order_by(LedgerEntry.id)).all())


def entries_of_import_by_row(session: Session, import_id: int) -> dict[str, Ints]:
    """Read the entries of an import one by one, to compare with its block."""
    statement = select(LedgerEntry.__table__).where(LedgerEntry.import_id == import_id)
    return _numbers(session.execute(statement.order_by(LedgerEntry.id)).all())


def _numbers(entries: Sequence[Any]) -> dict[str, Ints]:
    frame = pd.DataFrame(entries, columns=list(ENTRY_COLUMNS), dtype=object)
    return unpack_columns(pack_columns(frame))


def _load_strata(session: Session) -> Strata:
    names = (*DIMENSIONS, "boundaries_version")
    columns = [Stratum.id, *(getattr(Stratum, name) for name in names)]
    rows = session.execute(select(*columns).order_by(Stratum.id)).all()
    frame = pd.DataFrame(rows, columns=["id", *names], dtype=object)
    size = int(frame["id"].max()) + 1 if len(frame) else 0
    codes, places = {}, {}
    for name in DIMENSIONS:
        found, values = pd.factorize(frame[name], sort=True)
        by_stratum = np.full(size, -1, dtype=np.int32)
        by_stratum[frame["id"].to_numpy(dtype=int)] = found
        codes[name], places[name] = tuple(values), by_stratum
    boundaries = [""] * size
    for number, version in zip(frame["id"], frame["boundaries_version"], strict=True):
        boundaries[number] = version
    return Strata(codes, places, tuple(boundaries))


def _ordered(joined: dict[str, Ints], now: tuple[Head, Ints], strata: Strata) -> LedgerColumns:
    head, hidden = now
    recorded = joined["recorded_day"]
    if len(recorded) and np.any(np.diff(recorded) < 0):
        order = np.argsort(recorded, kind="stable")
        joined = {name: values[order] for name, values in joined.items()}
    net = np.bincount(joined["version_id"], weights=joined["sign"])
    living = (joined["sign"] > 0) & (net[joined["version_id"]] > 0)
    today = _rows({name: values[living] for name, values in joined.items()})
    return LedgerColumns(
        head=head,
        recorded_day=joined["recorded_day"],
        rows=_rows(joined),
        living=today,
        cells=_cells(today),
        strata=strata,
        hidden=hidden,
    )


def _rows(joined: dict[str, Ints]) -> Rows:
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


def _cells(rows: Rows) -> Rows:
    """Sum the rows of each stratum and month; those that fit no month stay as they are."""
    narrow, wide = np.flatnonzero(rows.month >= 0), rows.at(np.flatnonzero(rows.month < 0))
    months = int(rows.month.max(initial=0)) + 1
    keys = rows.stratum[narrow] * months + rows.month[narrow]
    cells, at = np.unique(keys, return_inverse=True)
    count = len(cells)
    at_row = np.full(len(rows), count, dtype=np.int64)
    at_row[narrow] = at
    month = (cells % months).astype(np.int16)
    day = month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int32)
    nothing = np.zeros(count, dtype=np.int8)

    def summed(measure: People, rest: People) -> People:
        cell_of = at_row if measure.rows is None else at_row[measure.rows]
        sums = np.bincount(cell_of, weights=measure.packed, minlength=count + 1)[:count]
        places = np.arange(len(wide)) if rest.rows is None else rest.rows
        found = np.flatnonzero(sums)
        return People(
            np.concatenate([sums[found], rest.packed]), np.concatenate([found, places + count])
        )

    return Rows(
        stratum=np.concatenate([cells // months, wide.stratum]),
        sign=np.concatenate([np.bincount(at, minlength=count), wide.sign]).astype(np.int32),
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
