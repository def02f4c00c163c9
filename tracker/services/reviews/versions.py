"""Versions of a record side by side, and the way back to one of them."""

from sqlalchemy.orm import Session

from tracker.db.models import IncidentVersion
from tracker.db.queries.reviews import versions_by_number
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.reviews import VersionTold
from tracker.domain.statuses import Reason
from tracker.services.acts import note_act
from tracker.services.incidents.entries import LOGGED_FACTS, columns_of_facts, facts_of_version
from tracker.services.incidents.standing import expect_version, seen_incident
from tracker.services.incidents.versions import next_version
from tracker.services.incidents.writing import require_writable

_TOLD = ("status", *LOGGED_FACTS)


def list_versions(session: Session, actor: Actor, public_id: str) -> tuple[VersionTold, ...]:
    """Give every version of a record that the actor sees all of, with what it changed."""
    require(actor, Action.LOG_INCIDENTS)
    incident, _ = seen_incident(session, actor, public_id)
    told, before = [], None
    for version in versions_by_number(session, incident.id):
        told.append(_told(actor, version, before))
        before = version
    return tuple(told)


def revert_incident(
    session: Session,
    actor: Actor,
    public_id: str,
    *,
    to_version: int,
    because: str,
    expected_version: int | None = None,
) -> int:
    """Bring back the facts of an earlier version as a new one; its status stays as it is."""
    require(actor, Action.REVISE_INCIDENTS)
    incident, version = seen_incident(session, actor, public_id)
    expect_version(version, expected_version)
    require_writable(actor, incident, version)
    versions = {each.version_number: each for each in versions_by_number(session, incident.id)}
    if to_version not in versions:
        raise NotFound("version")
    columns = columns_of_facts(facts_of_version(versions[to_version]))
    changes = {name: value for name, value in columns.items() if getattr(version, name) != value}
    if not changes:
        return version.version_number
    why = (Reason.REVISED, because)
    number = next_version(session, actor, (incident, version), changes=changes, why=why)
    note_act(session, actor, action="revert_incident", thing=f"incident {incident.id}")
    return number


def _told(actor: Actor, version: IncidentVersion, before: IncidentVersion | None) -> VersionTold:
    now = {"status": version.status, **facts_of_version(version)}
    old = {} if before is None else {"status": before.status, **facts_of_version(before)}
    return VersionTold(
        version_number=version.version_number,
        recorded_from=version.recorded_from,
        status=version.status,
        reason=version.reason,
        reason_note=version.reason_note,
        mine=version.recorded_by == actor.handle,
        changes={name: (old[name], now[name]) for name in _TOLD if old and old[name] != now[name]},
    )
