"""Lists records as they stand today, for those who see all of them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.db.models import Incident, IncidentVersion
from tracker.db.queries.imports import is_seen
from tracker.db.queries.visibility import seen_in_full
from tracker.domain.permissions import Actor


def current_records(
    session: Session,
    actor: Actor,
    *,
    statuses: Sequence[str] = (),
    corridors: Sequence[str] = (),
    mine: bool = False,
    before: int | None = None,
    limit: int,
) -> list[tuple[Incident, IncidentVersion]]:
    """Give incidents with their current versions that this actor sees all of, newest first."""
    statement = (
        select(Incident, IncidentVersion)
        .join(IncidentVersion, IncidentVersion.incident_id == Incident.id)
        .where(IncidentVersion.recorded_to.is_(None), is_seen(), seen_in_full(actor))
        .order_by(Incident.id.desc())
        .limit(limit)
    )
    if statuses:
        statement = statement.where(IncidentVersion.status.in_(statuses))
    if corridors:
        statement = statement.where(IncidentVersion.corridor.in_(corridors))
    if mine:
        statement = statement.where(Incident.logged_by == actor.account_id)
    if before is not None:
        statement = statement.where(Incident.id < before)
    return [(incident, version) for incident, version in session.execute(statement).all()]
