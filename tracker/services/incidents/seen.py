"""Gives incidents to whoever asks: all of those they work on, the public view of the others."""

from collections.abc import Sequence
from typing import TypeAlias

from sqlalchemy.orm import Session

from tracker.db.models import Incident, IncidentVersion
from tracker.db.queries.incidents import known_version, names_of_incidents
from tracker.db.queries.records import seen_records
from tracker.domain.incidents import IncidentRecord, PublishedIncident, RecordFilter
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.visibility import Sight, sight_of
from tracker.services.incidents.read import get_incident, published_incident
from tracker.services.incidents.records import MOST_RECORDS, record_of
from tracker.services.incidents.standing import seen_incident

SeenIncident: TypeAlias = IncidentRecord | PublishedIncident


def get_seen(session: Session, actor: Actor, public_id: str) -> SeenIncident:
    """Give what this actor sees of an incident; raises `NotFound` where that is nothing."""
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    standing = seen_incident(session, actor, public_id, at_least=Sight.PUBLIC)
    if sight_of(actor, known_version(*standing).standing) == Sight.FULL:
        return record_of(*standing)
    return get_incident(session, actor, public_id)


def list_seen(
    session: Session, actor: Actor, wanted: RecordFilter
) -> tuple[tuple[SeenIncident, ...], int | None]:
    """Give incidents that this actor sees, the newest first, and where the next ones begin.

    Of those that are not theirs to work on only verified public ones are among them, each in its
    public view. The second value is None where no more follow.
    """
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    limit = max(1, min(wanted.limit, MOST_RECORDS))
    rows = seen_records(
        session,
        actor,
        statuses=wanted.statuses,
        corridors=wanted.corridors,
        mine=wanted.mine,
        before=wanted.after,
        limit=limit + 1,
    )
    more = rows[limit - 1][0].id if len(rows) > limit else None
    return tuple(_views(session, actor, rows[:limit])), more


def _views(
    session: Session, actor: Actor, rows: Sequence[tuple[Incident, IncidentVersion]]
) -> list[SeenIncident]:
    known = [known_version(*row) for row in rows]
    full = [sight_of(actor, each.standing) == Sight.FULL for each in known]
    others = [row[0].id for row, all_of_it in zip(rows, full, strict=True) if not all_of_it]
    names = names_of_incidents(session, others)
    return [
        record_of(*row)
        if all_of_it
        else published_incident(session, actor, each, names=names.get(row[0].id, []))
        for row, each, all_of_it in zip(rows, known, full, strict=True)
    ]
