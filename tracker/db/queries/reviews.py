"""Reads the queue of reviewers, reviews and questions."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.db.models import Incident, IncidentVersion, Question, Review
from tracker.db.queries.imports import is_seen
from tracker.db.queries.visibility import seen_in_full
from tracker.domain.permissions import Actor
from tracker.domain.statuses import Status

WAITING = (Status.SUBMITTED, Status.UNDER_REVIEW, Status.DISPUTED)


def waiting_records(
    session: Session,
    actor: Actor,
    *,
    statuses: Sequence[str] = WAITING,
    corridors: Sequence[str] = (),
    qualities: Sequence[int] = (),
    limit: int,
) -> list[tuple[Incident, IncidentVersion]]:
    """Give records that wait for a reviewer and that this actor sees all of, the oldest first."""
    statement = (
        select(Incident, IncidentVersion)
        .join(IncidentVersion, IncidentVersion.incident_id == Incident.id)
        .where(
            IncidentVersion.recorded_to.is_(None),
            IncidentVersion.status.in_(statuses),
            is_seen(),
            seen_in_full(actor),
        )
        .order_by(Incident.id)
        .limit(limit)
    )
    if corridors:
        statement = statement.where(IncidentVersion.corridor.in_(corridors))
    if qualities:
        statement = statement.where(IncidentVersion.source_quality.in_(qualities))
    return [(incident, version) for incident, version in session.execute(statement).all()]


def open_questions(session: Session, incident_ids: Sequence[int]) -> dict[int, int]:
    """Count the questions of incidents that nobody has answered yet."""
    statement = (
        select(Question.incident_id, func.count())
        .where(Question.incident_id.in_(incident_ids), Question.answered_at.is_(None))
        .group_by(Question.incident_id)
    )
    rows = session.execute(statement).all()
    return {row[0]: row[1] for row in rows}


def questions_of(session: Session, incident_id: int) -> list[Question]:
    """Give the questions about an incident, the first one first."""
    statement = select(Question).where(Question.incident_id == incident_id).order_by(Question.id)
    return list(session.scalars(statement))


def current_review(session: Session, incident_id: int) -> Review | None:
    """Find the review of an incident that has not ended."""
    statement = select(Review).where(Review.incident_id == incident_id, Review.ended_at.is_(None))
    return session.scalars(statement.order_by(Review.id.desc())).first()


def ever_verified(session: Session, incident_id: int) -> bool:
    """Say whether an incident has been verified before."""
    statement = select(IncidentVersion.id).where(
        IncidentVersion.incident_id == incident_id, IncidentVersion.status == Status.VERIFIED
    )
    return session.scalars(statement.limit(1)).first() is not None


def versions_by_number(session: Session, incident_id: int) -> list[IncidentVersion]:
    """Give the versions of an incident that people see, the first one first."""
    statement = (
        select(IncidentVersion)
        .where(IncidentVersion.incident_id == incident_id, is_seen())
        .order_by(IncidentVersion.version_number)
    )
    return list(session.scalars(statement))
