"""Keeps in memory what may be compared, ready for many questions. Scores never depend on it."""

import datetime as dt
import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

import pandas as pd
from sqlalchemy.orm import Session

from tracker.db.queries.matches import (
    RegisterMarks,
    RegisterRow,
    changed_since,
    comparable_ids,
    comparable_rows,
    register_marks,
)
from tracker.db.session import keys_of_session, moment
from tracker.domain.errors import NotReady
from tracker.domain.people import PersonKind
from tracker.linkage.matches import Prepared, candidates_for, prepare
from tracker.services.matches.frames import people_frame

# So many changed records stand beside a register before it is read anew: a share, and at least.
LARGEST_SHARE, LEAST_BESIDE = 0.05, 500


@dataclass(frozen=True)
class Register:
    """What may be compared of one kind: what was read at once, and beside it what changed since.

    `versions` are the numbers of the versions in `base` by record, `beside_versions` those in
    `beside`; `changed` are the records of `base` that do not stand as they did.
    """

    base: Prepared | None
    versions: dict[int, int]
    day: dt.date
    marks: RegisterMarks
    beside: Prepared | None = None
    beside_versions: dict[int, int] = field(default_factory=dict)
    changed: frozenset[int] = frozenset()

    def version_of(self, record_id: int) -> int | None:
        """Give the number of the version of a record that is compared here."""
        if record_id in self.changed:
            return self.beside_versions.get(record_id)
        return self.versions.get(record_id)

    def nearest(self, rows: Prepared, limit: int) -> pd.DataFrame:
        """Find so many likeliest partners of each row, the likeliest first.

        Columns: one_id and other_id (numbers), log_odds (nats).
        """
        found = [
            candidates_for(rows, part, limit)[["one_id", "other_id", "log_odds"]]
            for part in (self.base, self.beside)
            if part is not None
        ]
        if not found:
            return pd.DataFrame({"one_id": [], "other_id": [], "log_odds": []})
        found = [each.astype({"one_id": int, "other_id": int}) for each in found]
        if self.base is not None:
            found[0] = found[0][~found[0]["other_id"].isin(self.changed)]
        frame = pd.concat(found)
        return frame.sort_values(["log_odds", "other_id"], ascending=[False, True])


class Registers:
    """The registers of one database, of cases and of remains.

    While somebody reads ahead (`reads_ahead`), nobody else waits for a whole register to be read.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[PersonKind, Register] = {}
        self.reads_ahead = False

    def register(self, session: Session, kind: PersonKind) -> Register:
        """Give the register as this session sees it; raises `NotReady` where it has to be read."""
        marks = register_marks(session)
        with self._lock:
            found = self._found(session, kind, marks)
            if found is None:
                if self.reads_ahead:
                    raise NotReady
                found = self._keep(session, kind, read_register(session, kind, marks))
            return found

    def read(self, session: Session, kind: PersonKind) -> Register:
        """Give the register, and read it where it has to be: others go on meanwhile."""
        marks = register_marks(session)
        with self._lock:
            found = self._found(session, kind, marks)
        if found is not None:
            return found
        found = read_register(session, kind, marks)
        with self._lock:
            return self._keep(session, kind, found)

    def _found(self, session: Session, kind: PersonKind, marks: RegisterMarks) -> Register | None:
        """Give what is kept, with what changed beside it; None where all has to be read."""
        kept = self._kept.get(kind)
        if kept is None or kept.day != _today(session):
            return None
        if kept.marks == marks:
            return kept
        grown = _grown(session, kind, kept, marks=marks)
        return None if grown is None else self._keep(session, kind, grown)

    def _keep(self, session: Session, kind: PersonKind, found: Register) -> Register:
        kept = self._kept.get(kind)
        # What others may yet undo is not kept for everybody, nor what is older than that.
        older = kept is not None and found.marks.last_version < kept.marks.last_version
        if not _is_writing(session) and not older:
            self._kept[kind] = found
        return found


def registers_of(caches: dict[str, object]) -> Registers:
    """Give the registers among what this process keeps of a database."""
    return cast(Registers, caches.get("matches") or caches.setdefault("matches", Registers()))


def find_register(session: Session, kind: PersonKind) -> Register:
    """Give a register from memory, with what changed since it was read; raises `NotReady`."""
    return registers_of(session.info["caches"]).register(session, kind)


def read_register(session: Session, kind: PersonKind, marks: RegisterMarks) -> Register:
    """Read everything that may be compared of one kind."""
    base, versions = _prepared(session, kind, comparable_rows(session, kind, _today(session)))
    return Register(base=base, versions=versions, day=_today(session), marks=marks)


def _grown(
    session: Session, kind: PersonKind, kept: Register, *, marks: RegisterMarks
) -> Register | None:
    """Put beside a register what changed since it was read; None where that is too much."""
    changed = {*kept.changed, *kept.beside_versions, *_changed(session, kind, kept, marks=marks)}
    if len(changed) > max(LARGEST_SHARE * len(kept.versions), LEAST_BESIDE):
        return None
    rows = comparable_rows(session, kind, kept.day, among=changed)
    beside, versions = _prepared(session, kind, rows)
    return Register(
        base=kept.base,
        versions=kept.versions,
        day=kept.day,
        marks=marks,
        beside=beside,
        beside_versions=versions,
        changed=frozenset(changed),
    )


def _changed(
    session: Session, kind: PersonKind, kept: Register, *, marks: RegisterMarks
) -> Iterable[int]:
    before = kept.marks
    versions, consents = changed_since(session, before)
    whole = before.versions + len(versions) == marks.versions
    if (
        whole
        and before.consents + len(consents) == marks.consents
        and before.erased == marks.erased
    ):
        return {*versions, *consents}
    # Something was erased, or came with lower numbers than what came before: look at all of them.
    standing = comparable_ids(session, kind, kept.day)
    known = {record_id: kept.version_of(record_id) for record_id in {*kept.versions, *standing}}
    return {record_id for record_id, version in known.items() if standing.get(record_id) != version}


def _prepared(
    session: Session, kind: PersonKind, rows: Iterable[RegisterRow]
) -> tuple[Prepared | None, dict[int, int]]:
    versions: dict[int, int] = {}
    people: list[tuple[int, dict[str, object]]] = []
    for row in rows:
        versions[row.record_id] = row.version_id
        people.append((row.record_id, json.loads(row.facts)))
    if not people:
        return None, versions
    frame = people_frame(kind, people, keys_of_session(session), today=_today(session))
    return prepare(frame), versions


def _today(session: Session) -> dt.date:
    return moment(session).date()


def _is_writing(session: Session) -> bool:
    return bool(session.get_bind().get_execution_options().get("writing"))
