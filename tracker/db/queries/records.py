"""Lists records as they stand today, newest first."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from tracker.db.models import Incident, IncidentVersion
from tracker.db.queries.imports import is_seen
from tracker.db.queries.visibility import seen_by_all, seen_in_full
from tracker.domain.permissions import Actor
from tracker.domain.statuses import Status


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
    """Give incidents with their current versions that this actor sees all of."""
    asked = _asked_for(statuses, corridors, owner=actor if mine else None, before=before)
    return _newest(session, (*asked, seen_in_full(actor)), limit=limit)


def seen_records(
    session: Session,
    actor: Actor,
    *,
    statuses: Sequence[str] = (),
    corridors: Sequence[str] = (),
    mine: bool = False,
    before: int | None = None,
    limit: int,
) -> list[tuple[Incident, IncidentVersion]]:
    """Give those that this actor sees all of, and the verified ones that everybody may see."""
    asked = _asked_for(statuses, corridors, owner=actor if mine else None, before=before)
    public = and_(seen_by_all(), IncidentVersion.status == Status.VERIFIED)
    return _newest(session, (*asked, or_(seen_in_full(actor), public)), limit=limit)


def _asked_for(
    statuses: Sequence[str], corridors: Sequence[str], *, owner: Actor | None, before: int | None
) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if statuses:
        asked.append(IncidentVersion.status.in_(statuses))
    if corridors:
        asked.append(IncidentVersion.corridor.in_(corridors))
    if owner is not None:
        known = owner.account_id is not None
        asked.append(Incident.logged_by == owner.account_id if known else false())
    if before is not None:
        asked.append(Incident.id < before)
    return asked


def _newest(
    session: Session, wanted: Sequence[ColumnElement[bool]], *, limit: int
) -> list[tuple[Incident, IncidentVersion]]:
    statement = (
        select(Incident, IncidentVersion)
        .join(IncidentVersion, IncidentVersion.incident_id == Incident.id)
        .where(IncidentVersion.recorded_to.is_(None), is_seen(), *wanted)
        .order_by(Incident.id.desc())
        .limit(limit)
    )
    return [(incident, version) for incident, version in session.execute(statement).all()]
