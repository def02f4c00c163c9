"""Looks for what cannot be, in an installation's tables."""

from collections.abc import Iterator

from sqlalchemy import case, func, select, text
from sqlalchemy.orm import Session

from tracker.db.models import IncidentVersion, LedgerBlock, LedgerEntry
from tracker.db.queries.imports import is_seen, staged_imports
from tracker.domain.statuses import Status


def integrity_faults(session: Session) -> list[str]:
    """Ask SQLite whether its file is sound; other databases look after themselves."""
    if session.get_bind().dialect.name != "sqlite":
        return []
    found = [str(row[0]) for row in session.execute(text("PRAGMA quick_check"))]
    broken = [f"{row[0]} {row[1]}" for row in session.execute(text("PRAGMA foreign_key_check"))]
    return [fault for fault in found if fault != "ok"] + broken


def incidents_with_many_current_versions(session: Session) -> list[int]:
    """Give the incidents that have two versions at once."""
    statement = (
        select(IncidentVersion.incident_id)
        .where(IncidentVersion.recorded_to.is_(None), is_seen())
        .group_by(IncidentVersion.incident_id)
        .having(func.count() > 1)
    )
    return list(session.scalars(statement))


def verified_without_entry(session: Session) -> list[int]:
    """Give the current versions whose incident does not count exactly once, or counts wrongly."""
    seen = LedgerEntry.import_id.is_(None) | LedgerEntry.import_id.not_in(staged_imports())
    net = (
        select(LedgerEntry.incident_id, func.sum(LedgerEntry.sign).label("net"))
        .where(seen)
        .group_by(LedgerEntry.incident_id)
        .subquery()
    )
    should = case((IncidentVersion.status == Status.VERIFIED, 1), else_=0)
    statement = (
        select(IncidentVersion.id)
        .outerjoin(net, net.c.incident_id == IncidentVersion.incident_id)
        .where(
            IncidentVersion.recorded_to.is_(None),
            is_seen(),
            func.coalesce(net.c.net, 0) != should,
        )
    )
    return list(session.scalars(statement))


def blocks_of_imports(session: Session) -> Iterator[tuple[int, bytes]]:
    """Give the packed entries of each published import, one after the other."""
    numbers = select(LedgerBlock.import_id).where(LedgerBlock.import_id.not_in(staged_imports()))
    for number in session.scalars(numbers.order_by(LedgerBlock.import_id)).all():
        packed = session.scalar(select(LedgerBlock.columns).where(LedgerBlock.import_id == number))
        if packed is not None:
            yield number, packed
