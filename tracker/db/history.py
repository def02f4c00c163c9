"""Writes versions of incidents, and with each the ledger. Nothing else may change them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import delete, event, insert, update
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from tracker.db.ledger import (
    PEOPLE,
    add_entries,
    entries_of_versions,
    living_entries,
    taken_back,
)
from tracker.db.models.acts import Act, ActSeal
from tracker.db.models.figures import PublishedFigure
from tracker.db.models.incidents import IncidentVersion
from tracker.db.models.ledger import LedgerBlock, LedgerEntry
from tracker.db.one_entry import entries_of_one_change, take_back_incident
from tracker.db.packing import NO_NUMBER, join_columns
from tracker.db.rows import add_rows, reserve_numbers, table_of
from tracker.domain.periods import day_number
from tracker.domain.statuses import Reason, Status

VERSION_COLUMNS = tuple(IncidentVersion.__table__.columns.keys())
_KEPT = (IncidentVersion, LedgerEntry, Act, ActSeal, PublishedFigure)
_ADD_VERSION = insert(table_of(IncidentVersion))
_WRITING = "history_is_writing"


class HistoryIsKept(RuntimeError):
    """Somebody tried to change or delete what was recorded."""


def add_versions(
    session: Session, versions: pd.DataFrame, *, import_id: int | None
) -> pd.DataFrame:
    """Add versions, and to the ledger what they change; give the ledger's new entries.

    `versions` has one row an incident: the columns of `incident_versions` but for `id` and
    `import_id`, then `dataset`, and `supersedes`: the id of the version that it ends (NaN for the
    first one of an incident). A column that is not there is not known, so that a file need not
    name what only people tell. The version before it is ended by `end_versions`.
    """
    first = reserve_numbers(session, "incident_versions", len(versions))
    versions = versions.assign(id=np.arange(first, first + len(versions)))
    columns = {
        name: versions[name] if name in versions else np.array([None])
        for name in VERSION_COLUMNS
        if name != "import_id"
    }
    add_rows(session, IncidentVersion, {**columns, "import_id": np.array([import_id])})
    entries = _entries_of_change(session, versions)
    return add_entries(session, entries.assign(import_id=import_id))


def add_version(session: Session, version: Mapping[str, Any]) -> None:
    """Add one version that a person records, and to the ledger what it changes.

    The same as `add_versions` with one row and no import, but quick: others wait meanwhile.
    `supersedes` is None for the first version of an incident.
    """
    told = {name: None if value != value else value for name, value in version.items()}  # noqa: PLR0124
    row = {name: told.get(name) for name in VERSION_COLUMNS}
    row |= {"id": reserve_numbers(session, "incident_versions", 1), "import_id": None}
    session.execute(_ADD_VERSION, row)
    entries_of_one_change(session, {**told, **row}, counts=row["status"] == Status.VERIFIED)


def _entries_of_change(session: Session, versions: pd.DataFrame) -> pd.DataFrame:
    after = entries_of_versions(session, versions[versions["status"] == Status.VERIFIED])
    after["sign"] = 1
    later = versions[versions["supersedes"].notna()]
    if len(later):
        living = living_entries(session, later["incident_id"].tolist())
        before = taken_back(living)
        same = _unchanged_incidents(living, after)
        before = before[~before["incident_id"].isin(same)]
        after = after[~after["incident_id"].isin(same)]
        entries = pd.concat([before[after.columns], after]) if len(before) else after
    else:
        entries = after
    by_incident = versions.set_index("incident_id")
    days = by_incident["recorded_from"].map(lambda moment: day_number(moment.date()))
    return entries.assign(
        recorded_day=entries["incident_id"].map(days),
        reason=entries["incident_id"].map(by_incident["reason"]),
    )


def _unchanged_incidents(living: pd.DataFrame, after: pd.DataFrame) -> set[object]:
    """Give the incidents that count the same as before: only their words changed."""
    facts = ["incident_id", "stratum_id", "first_day", "last_day", *PEOPLE]
    numbers = [frame[facts].astype(float).fillna(NO_NUMBER) for frame in (living, after)]
    return set(numbers[0].merge(numbers[1], on=facts)["incident_id"])


def end_versions(session: Session, version_ids: Sequence[int], ended_at: dt.datetime) -> int:
    """End versions that are still current; gives how many were.

    Fewer than were asked for means that somebody else has ended one of them meanwhile.
    """
    ended = 0
    session.info[_WRITING] = True
    try:
        for start in range(0, len(version_ids), 5_000):
            part = [int(number) for number in version_ids[start : start + 5_000]]
            statement = (
                update(IncidentVersion)
                .where(IncidentVersion.id.in_(part), IncidentVersion.recorded_to.is_(None))
                .values(recorded_to=ended_at)
                .execution_options(synchronize_session=False)
            )
            ended += session.execute(statement).rowcount  # type: ignore[attr-defined]
    finally:
        session.info.pop(_WRITING)
    return ended


def erase_versions(session: Session, incident_id: int, erased_at: dt.datetime) -> None:
    """Take away every version of an incident, those of an import that is under way too.

    From now on the incident counts no more; its entries of the ledger stay, so that it counts on
    in what is asked for as known on a day before.
    """
    erased_day = day_number(erased_at.date())
    take_back_incident(session, incident_id, day=erased_day, reason=str(Reason.ERASED))
    session.info[_WRITING] = True
    try:
        of_incident = IncidentVersion.incident_id == incident_id
        session.execute(delete(IncidentVersion).where(of_incident))
    finally:
        session.info.pop(_WRITING)


def add_block(session: Session, import_id: int, blocks: Sequence[bytes]) -> None:
    """Keep all entries of an import again as one block of columns."""
    session.add(LedgerBlock(import_id=import_id, columns=join_columns(blocks)))


def _refuse_bulk_changes(state: ORMExecuteState) -> None:
    if not (state.is_update or state.is_delete) or state.session.info.get(_WRITING):
        return
    if state.bind_mapper is not None and state.bind_mapper.class_ in _KEPT:
        raise HistoryIsKept(state.bind_mapper.class_.__tablename__)


def _refuse_changes(session: Session, _context: UOWTransaction, _instances: object) -> None:
    for thing in (*session.dirty, *session.deleted):
        if isinstance(thing, _KEPT):
            raise HistoryIsKept(type(thing).__tablename__)


event.listen(Session, "do_orm_execute", _refuse_bulk_changes)
event.listen(Session, "before_flush", _refuse_changes)
