"""Lets people complete and correct what they have logged, and hand it in for review."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from tracker.db.models import Incident, IncidentVersion
from tracker.db.session import moment
from tracker.domain.errors import Conflict, NotAllowed
from tracker.domain.permissions import Action, Actor, may, require
from tracker.domain.statuses import Reason, Status, may_become
from tracker.services.acts import note_act
from tracker.services.incidents.entries import columns_of_facts, refuse_future
from tracker.services.incidents.standing import expect_version, seen_incident
from tracker.services.incidents.versions import next_version

# Once somebody reviews a record, its writer answers questions instead of changing it.
_OPEN_TO_WRITER = (Status.DRAFT, Status.SUBMITTED)
_CLOSED = (Status.WITHDRAWN, Status.MERGED)


def edit_incident(
    session: Session,
    actor: Actor,
    public_id: str,
    *,
    facts: Mapping[str, Any],
    because: str | None = None,
    expected_version: int | None = None,
) -> int:
    """Replace what is known of an incident and give the number of the version that stands then.

    Its writer may do so until it is under review, a reviewer who sees all of it always (but for
    withdrawn and merged ones). Facts that change nothing make no version. Raises `Conflict`
    (`changed_meanwhile`) where another version stands than the one that was read.
    """
    require(actor, Action.LOG_INCIDENTS)
    refuse_future(facts, moment(session).date())
    incident, version = seen_incident(session, actor, public_id)
    expect_version(version, expected_version)
    _require_open(actor, incident, version)
    columns = columns_of_facts(facts)
    changes = {name: value for name, value in columns.items() if getattr(version, name) != value}
    if not changes:
        return version.version_number
    why = (Reason.REVISED, because)
    number = next_version(session, actor, (incident, version), changes=changes, why=why)
    note_act(session, actor, action="edit_incident", thing=f"incident {incident.id}")
    return number


def submit_incident(session: Session, actor: Actor, public_id: str) -> int:
    """Hand a draft in for review and give the number of its new version."""
    require(actor, Action.LOG_INCIDENTS)
    incident, version = seen_incident(session, actor, public_id)
    _require_open(actor, incident, version)
    if not may_become(version.status, Status.SUBMITTED):
        raise Conflict("status_does_not_follow", before=version.status, after=Status.SUBMITTED)
    number = next_version(
        session,
        actor,
        (incident, version),
        changes={"status": str(Status.SUBMITTED)},
        why=(Reason.REVISED, None),
    )
    note_act(session, actor, action="submit_incident", thing=f"incident {incident.id}")
    return number


def _require_open(actor: Actor, incident: Incident, version: IncidentVersion) -> None:
    if version.status in _CLOSED:
        raise Conflict("record_is_closed", status=version.status)
    own = actor.account_id is not None and incident.logged_by == actor.account_id
    if may(actor, Action.REVISE_INCIDENTS):
        return
    if not own:
        raise NotAllowed(Action.REVISE_INCIDENTS)
    if version.status not in _OPEN_TO_WRITER:
        raise Conflict("under_review")
