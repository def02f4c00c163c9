"""Finds an incident for somebody who may see it; for others it is not there."""

from sqlalchemy.orm import Session

from tracker.db.models import Incident, IncidentVersion
from tracker.db.queries.incidents import current_version, find_incident, known_version
from tracker.domain.errors import Conflict, NotFound
from tracker.domain.permissions import Actor
from tracker.domain.visibility import Sight, sight_of


def seen_incident(
    session: Session, actor: Actor, public_id: str, *, at_least: Sight = Sight.FULL
) -> tuple[Incident, IncidentVersion]:
    """Give an incident and its current version; raises `NotFound` where the actor sees less."""
    incident = find_incident(session, public_id.strip().upper())
    version = None if incident is None else current_version(session, incident.id)
    if incident is None or version is None:
        raise NotFound("incident")
    if sight_of(actor, known_version(incident, version).standing) < at_least:
        raise NotFound("incident")
    return incident, version


def expect_version(version: IncidentVersion, expected: int | None) -> None:
    """Raise `Conflict` where the actor has read an older version than the one that stands."""
    if expected is not None and expected != version.version_number:
        raise Conflict("changed_meanwhile")
