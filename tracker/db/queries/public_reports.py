"""Reads what follows reports without an account."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.db.models import ReportAddition, ReportFollowUp


def find_follow_up(session: Session, code_digest: str) -> ReportFollowUp | None:
    """Give what a code follows, if there is such a code."""
    statement = select(ReportFollowUp).where(ReportFollowUp.code_digest == code_digest)
    return session.scalars(statement).one_or_none()


def additions_of(session: Session, incident_id: int) -> Sequence[ReportAddition]:
    """Give what was added to the report of an incident, the first one first."""
    statement = (
        select(ReportAddition)
        .where(ReportAddition.incident_id == incident_id)
        .order_by(ReportAddition.id)
    )
    return session.scalars(statement).all()
