"""Looks through what would become public of a record for personal data."""

from sqlalchemy.orm import Session

from tracker.db.models import IncidentVersion
from tracker.domain.errors import Conflict
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.personal_data import PersonalData, find_personal_data
from tracker.services.incidents.standing import seen_incident

# Free text that the public view of a record shows. Words of the place and notes stay behind.
PUBLIC_TEXTS = ("cause_reported", "information_source", "url")


def personal_data_of(
    session: Session, actor: Actor, public_id: str
) -> dict[str, tuple[PersonalData, ...]]:
    """Say for each public text of a record what personal data it seems to hold."""
    require(actor, Action.LOG_INCIDENTS)
    _, version = seen_incident(session, actor, public_id)
    return personal_data_in(version)


def personal_data_in(version: IncidentVersion) -> dict[str, tuple[PersonalData, ...]]:
    """Say for each public text of a version what personal data it seems to hold."""
    found = {name: find_personal_data(getattr(version, name)) for name in PUBLIC_TEXTS}
    return {name: kinds for name, kinds in found.items() if kinds}


def refuse_personal_data(version: IncidentVersion) -> None:
    """Raise `Conflict` where a public text holds personal data."""
    found = personal_data_in(version)
    if found:
        raise Conflict("personal_data_in_public_text", fields=tuple(found))
