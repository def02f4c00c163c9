"""Finds what became of an incident that was merged, told apart, or belongs to an event."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.db.models import Distinction, EventPart, Incident, IncidentMerge, IncidentVersion
from tracker.db.queries.imports import is_seen


def standing_merge(session: Session, merged_id: int) -> IncidentMerge | None:
    """Find the merge that took an incident into another and was not undone."""
    statement = select(IncidentMerge).where(
        IncidentMerge.merged_id == merged_id, IncidentMerge.undone_at.is_(None)
    )
    return session.scalars(statement).first()


def last_kept(session: Session, incident_id: int) -> int:
    """Follow merges to the incident that holds the event today; itself where it was not merged."""
    seen = {incident_id}
    while (merge := standing_merge(session, incident_id)) is not None:
        incident_id = merge.kept_id
        if incident_id in seen:
            break
        seen.add(incident_id)
    return incident_id


def taken_in(session: Session, kept_ids: Sequence[int]) -> dict[int, list[int]]:
    """Give, for each incident, all that was taken into it, directly or by way of others."""
    found: dict[int, list[int]] = {}
    ends = {int(number): int(number) for number in kept_ids}
    while ends:
        statement = (
            select(IncidentMerge.kept_id, IncidentMerge.merged_id)
            .where(IncidentMerge.kept_id.in_(ends), IncidentMerge.undone_at.is_(None))
            .order_by(IncidentMerge.id)
        )
        nearer, ends = ends, {}
        for kept_id, merged_id in session.execute(statement).all():
            last = nearer[kept_id]
            if merged_id not in found.get(last, []):
                found.setdefault(last, []).append(merged_id)
                ends[merged_id] = last
    return found


class KnownMerge(NamedTuple):
    """A merge with the public ids of both incidents."""

    merge: IncidentMerge
    merged: str
    kept: str


def merges_of(session: Session, incident_id: int) -> list[KnownMerge]:
    """Give every merge that an incident had a part in, undone ones too, the first one first."""
    merged, kept = aliased(Incident), aliased(Incident)
    statement = (
        select(IncidentMerge, merged.public_id, kept.public_id)
        .join(merged, merged.id == IncidentMerge.merged_id)
        .join(kept, kept.id == IncidentMerge.kept_id)
        .where((IncidentMerge.merged_id == incident_id) | (IncidentMerge.kept_id == incident_id))
        .order_by(IncidentMerge.id)
    )
    return [KnownMerge(*row) for row in session.execute(statement).all()]


def part_links(
    session: Session, *, event_id: int | None = None, part_id: int | None = None
) -> list[EventPart]:
    """Give the links between parts and events that stand, of one event or one part if asked."""
    statement = select(EventPart).where(EventPart.unlinked_at.is_(None)).order_by(EventPart.id)
    if event_id is not None:
        statement = statement.where(EventPart.event_id == event_id)
    if part_id is not None:
        statement = statement.where(EventPart.part_id == part_id)
    return list(session.scalars(statement))


def standing_of(
    session: Session, incident_ids: Sequence[int]
) -> dict[int, tuple[Incident, IncidentVersion]]:
    """Give incidents with the versions that stand today, by number."""
    statement = (
        select(Incident, IncidentVersion)
        .join(IncidentVersion, IncidentVersion.incident_id == Incident.id)
        .where(
            Incident.id.in_([int(number) for number in incident_ids]),
            IncidentVersion.recorded_to.is_(None),
            is_seen(),
        )
    )
    return {incident.id: (incident, version) for incident, version in session.execute(statement)}


class KnownDistinction(NamedTuple):
    """That somebody told an incident apart from another one, with the other's public id."""

    distinction: Distinction
    other_id: int
    other: str


def distinctions_of(session: Session, incident_id: int) -> list[KnownDistinction]:
    """Give what was told apart from an incident and was not undone, the first one first."""
    other = case(
        (Distinction.one_id == incident_id, Distinction.other_id), else_=Distinction.one_id
    )
    statement = (
        select(Distinction, Incident.id, Incident.public_id)
        .join(Incident, Incident.id == other)
        .where(
            or_(Distinction.one_id == incident_id, Distinction.other_id == incident_id),
            Distinction.undone_at.is_(None),
        )
        .order_by(Distinction.id)
    )
    return [KnownDistinction(*row) for row in session.execute(statement).all()]


def pairs_told_apart(session: Session) -> set[frozenset[int]]:
    """Give every pair of incidents that was told apart and was not undone."""
    statement = select(Distinction.one_id, Distinction.other_id).where(
        Distinction.undone_at.is_(None)
    )
    return {frozenset(pair) for pair in session.execute(statement).all()}
