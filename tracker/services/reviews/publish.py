"""Looks through what would become public of a record for personal data."""

from sqlalchemy.orm import Session

from tracker.domain.permissions import Action, Actor, require
from tracker.domain.personal_data import PersonalData
from tracker.services.incidents.standing import seen_incident
from tracker.services.incidents.writing import personal_data_in


def personal_data_of(
    session: Session, actor: Actor, public_id: str
) -> dict[str, tuple[PersonalData, ...]]:
    """Say for each public text of a record what personal data it seems to hold."""
    require(actor, Action.LOG_INCIDENTS)
    _, version = seen_incident(session, actor, public_id)
    return personal_data_in(version)
