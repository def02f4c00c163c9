"""Loads the ledger into columns once in a process, and lets them grow with what people record.

Imports are loaded whole. After that only the entries of people that are new are read: they come
last in the ledger, and their ids rise in the order in which they were committed.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np
import pandas as pd
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from tracker.db.columns import Head, Ints, LedgerColumns, columns_of_entries
from tracker.db.growth import grown_columns, grown_strata
from tracker.db.ledger import ENTRY_COLUMNS
from tracker.db.models import Act, Erasure, Import, Incident, LedgerBlock, LedgerEntry, Stratum
from tracker.db.packing import NO_NUMBER, REASONS, unpack_columns
from tracker.domain.statuses import ImportState, Visibility
from tracker.domain.strata import DIMENSIONS

# So many entries of people at most are added to what was loaded before it is loaded anew.
MOST_GROWTH = 50_000


def ledger_columns(session: Session) -> LedgerColumns:
    """Give the ledger as this session sees it, from memory as far as it has not changed."""
    caches = session.info["caches"]
    # Not by setdefault alone: an empty cache is costly to make, and here on every page's way.
    return _cache_of(caches).columns(session)


def ledger_growth(session: Session) -> "LedgerGrowth":
    """Give the same as `ledger_columns` in its two parts, which costs nothing to put together."""
    return _cache_of(session.info["caches"]).growth(session)


def _cache_of(caches: dict[str, Any]) -> "LedgerCache":
    cache = caches.get("ledger") or caches.setdefault("ledger", LedgerCache())
    return cast(LedgerCache, cache)


@dataclass(frozen=True)
class LedgerGrowth:
    """What was loaded of the ledger, and the entries of people (their columns) since then.

    `loaded` has the head, the strata and what is withheld as they are now; its rows are older.
    """

    loaded: LedgerColumns
    later: dict[str, Ints]

    @property
    def entries(self) -> int:
        """Count the entries of both parts."""
        return len(self.loaded.rows) + len(self.later["id"])


class LedgerCache:
    """Keeps the columns of one database, and sees to it that they are never out of date.

    Only what a reading session has seen is kept: others may yet undo what they see. A session
    that sees an older state than others have seen is given that state.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._raw: dict[int, dict[str, Ints]] = {}
        self._loaded: LedgerColumns | None = None
        self._columns: LedgerColumns | None = None
        self._growth: LedgerGrowth | None = None
        self._later: dict[str, Ints] = _numbers([])  # entries of people since `_loaded`

    def columns(self, session: Session) -> LedgerColumns:
        """Give the ledger as this session sees it."""
        head = ledger_head(session)
        with self._lock:
            if self._columns is not None and self._columns.head == head:
                return self._columns
            keeps = self._keeps(session, head, newest=self._columns)
            found = self._grown(session, head, keeps=keeps)
            if found is None:
                found = self._load(session, head, keeps=keeps)
            if keeps:
                self._columns = found
            return found

    def growth(self, session: Session) -> LedgerGrowth:
        """Give the ledger as this session sees it, what is new of it apart."""
        head = ledger_head(session)
        with self._lock:
            if self._growth is not None and self._growth.loaded.head == head:
                return self._growth
            newest = self._growth.loaded if self._growth else self._columns
            keeps = self._keeps(session, head, newest=newest)
            found = self._added(session, head, keeps=keeps)
            if found is None:
                loaded = self._load(session, head, keeps=keeps)
                if keeps:
                    self._columns = loaded
                found = LedgerGrowth(loaded, _numbers([]))
            if keeps:
                self._growth = found
            return found

    def _keeps(self, session: Session, head: Head, *, newest: LedgerColumns | None) -> bool:
        return not _is_writing(session) and not (newest and head.last_act < newest.head.last_act)

    def _added(self, session: Session, head: Head, *, keeps: bool) -> LedgerGrowth | None:
        """Give what is loaded and what people have recorded since; None where that will not do."""
        loaded, last = self._loaded, self._columns
        if loaded is None or last is None or head.last_import != loaded.head.last_import:
            return None
        if head.last_entry < loaded.head.last_entry:
            return None
        later = self._entries_since(session, loaded, head)
        days = later["recorded_day"]
        if len(days) > MOST_GROWTH or not _in_order(loaded.recorded_day[-1:], days):
            return None
        if keeps:
            self._later = later
        known = self._growth.loaded.strata if self._growth else last.strata
        if len(known.boundaries) < len(last.strata.boundaries):
            known = last.strata
        strata = grown_strata(known, _strata_from(session, len(known.boundaries)))
        hidden, erased = _withheld(session)
        now = replace(loaded, head=head, hidden=hidden, erased=erased, strata=strata)
        return LedgerGrowth(now, later)

    def _grown(self, session: Session, head: Head, *, keeps: bool) -> LedgerColumns | None:
        """Add to what is loaded what people have recorded since; None where that will not do."""
        loaded, last = self._loaded, self._columns
        growth = self._added(session, head, keeps=keeps)
        if growth is None or loaded is None or last is None:
            return None
        now, strata = growth.loaded, growth.loaded.strata
        hidden, erased = now.hidden, now.erased
        if head.last_entry == last.head.last_entry:
            # Nothing that counts: a draft, or who may see something.
            cubes = dict(last.cubes)
            return replace(
                last, head=head, hidden=hidden, erased=erased, strata=strata, cubes=cubes
            )
        found = grown_columns(loaded, growth.later, now=(head, hidden, erased), strata=strata)
        if len(last.rows) <= len(found.rows):
            found.cubes.update(last.cubes)
        return found

    def _entries_since(
        self, session: Session, loaded: LedgerColumns, head: Head
    ) -> dict[str, Ints]:
        """Give the entries of people since `loaded`, reading only those that are not known yet."""
        known = self._later
        last = int(known["id"][-1]) if len(known["id"]) else loaded.head.last_entry
        if head.last_entry < last:
            seen = known["id"] <= head.last_entry
            return {name: values[seen] for name, values in known.items()}
        new = _entries_of_people(session, after=last, until=head.last_entry)
        return {name: np.concatenate([known[name], new[name]]) for name in known}

    def _load(self, session: Session, head: Head, *, keeps: bool) -> LedgerColumns:
        raw = {
            number: self._raw[number]
            if number in self._raw
            else _entries_of_import(session, number)
            for number in session.scalars(_PUBLISHED)
        }
        parts = [*raw.values(), _entries_of_people(session, until=head.last_entry)]
        joined = {
            name: np.concatenate([part[name] for part in parts])
            for name in ENTRY_COLUMNS
            if name != "import_id"
        }
        strata = grown_strata(None, _strata_from(session, 0))
        found = columns_of_entries(joined, (head, *_withheld(session)), strata)
        if keeps:
            self._raw, self._loaded, self._later = raw, found, _numbers([])
            self._growth = None
        return found


# Where several write at once, an act can be seen after one with a higher id: so many are counted.
_LATE_ACTS = 200
_LAST_ACT = select(func.max(Act.id)).scalar_subquery()
# Asked before every tally and every kept page, so put together once.
LEDGER_HEAD = select(
    _LAST_ACT,
    select(func.count()).where(Act.id > _LAST_ACT - _LATE_ACTS).scalar_subquery(),
    select(func.max(LedgerEntry.id)).where(LedgerEntry.import_id.is_(None)).scalar_subquery(),
    select(func.max(Import.id)).where(Import.state == ImportState.PUBLISHED).scalar_subquery(),
)
_PUBLISHED = select(Import.id).where(Import.state == ImportState.PUBLISHED).order_by(Import.id)
# In the words of `ix_incidents_not_public`, which is not found by others.
_NOT_PUBLIC = text(f"visibility != '{Visibility.PUBLIC}'")
_HIDDEN = select(Incident.id).where(_NOT_PUBLIC).order_by(Incident.id)
_ERASED = select(Erasure.incident_id).order_by(Erasure.incident_id)


def ledger_head(session: Session) -> Head:
    """Say how far the ledger has come. Every act moves it: import, revision, restriction."""
    return Head(*(number or 0 for number in session.connection().execute(LEDGER_HEAD).one()))


def _is_writing(session: Session) -> bool:
    return bool(session.get_bind().get_execution_options().get("writing", False))


def _in_order(last: Ints, days: Ints) -> bool:
    return not np.any(np.diff(np.concatenate([last, days])) < 0)


def _withheld(session: Session) -> tuple[Ints, Ints]:
    """Give the incidents that not everybody may see today, and those that were erased."""
    hidden, erased = (
        np.array(session.scalars(statement).all(), dtype=np.int32)
        for statement in (_HIDDEN, _ERASED)
    )
    return hidden, erased


def _entries_of_import(session: Session, import_id: int) -> dict[str, Ints]:
    packed = session.scalar(select(LedgerBlock.columns).where(LedgerBlock.import_id == import_id))
    return unpack_columns(packed) if packed is not None else _numbers([])


def _entries_of_people(session: Session, *, until: int, after: int = 0) -> dict[str, Ints]:
    of_people = LedgerEntry.import_id.is_(None)
    new = LedgerEntry.id.between(after + 1, until)
    statement = select(LedgerEntry.__table__).where(of_people, new).order_by(LedgerEntry.id)
    return _numbers(session.execute(statement).all())


def entries_of_import_by_row(session: Session, import_id: int) -> dict[str, Ints]:
    """Read the entries of an import one by one, to compare with its block."""
    statement = select(LedgerEntry.__table__).where(LedgerEntry.import_id == import_id)
    return _numbers(session.execute(statement.order_by(LedgerEntry.id)).all())


def _numbers(entries: Sequence[Any]) -> dict[str, Ints]:
    columns = dict(zip(ENTRY_COLUMNS, zip(*entries, strict=True), strict=True)) if entries else {}
    return {
        name: np.array([_number(name, value) for value in columns.get(name, ())], dtype=np.int32)
        for name in ENTRY_COLUMNS
        if name != "import_id"
    }


def _number(name: str, value: Any) -> int:  # noqa: ANN401 -- as the column holds it
    if value is None:
        return NO_NUMBER
    return REASONS.index(value) if name == "reason" else int(value)


def _strata_from(session: Session, first: int) -> pd.DataFrame:
    """Read the strata from a number on."""
    names = ("id", *DIMENSIONS, "boundaries_version")
    columns = [getattr(Stratum, name) for name in names]
    statement = select(*columns).where(Stratum.id >= first).order_by(Stratum.id)
    return pd.DataFrame(session.execute(statement).all(), columns=list(names), dtype=object)
