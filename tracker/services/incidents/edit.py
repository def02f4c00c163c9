"""Lets people complete and correct what they have logged, and hand it in for review."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from tracker.db.session import moment
from tracker.domain.errors import Conflict
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.statuses import Reason, Status, may_become
from tracker.services.acts import note_act
from tracker.services.incidents.entries import columns_of_facts, refuse_future
from tracker.services.incidents.standing import expect_version, seen_incident
from tracker.services.incidents.versions import next_version
from tracker.services.incidents.writing import PLACE, require_writable


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

    Its writer may do so until it is under review, a reviewer of the same organisation until it is
    verified; after that it is reviewed again first. Facts that change nothing make no version.
    Raises `Conflict` (`changed_meanwhile`) where another version stands than the one that was read.
    """
    require(actor, Action.LOG_INCIDENTS)
    refuse_future(facts, moment(session).date())
    incident, version = seen_incident(session, actor, public_id)
    expect_version(version, expected_version)
    require_writable(actor, incident, version)
    columns = columns_of_facts(facts)
    changes = {name: value for name, value in columns.items() if getattr(version, name) != value}
    if not changes:
        return version.version_number
    if incident.dataset is not None and not PLACE.isdisjoint(changes):
        raise Conflict("place_of_dataset")
    why = (Reason.REVISED, because)
    number = next_version(session, actor, (incident, version), changes=changes, why=why)
    note_act(session, actor, action="edit_incident", thing=f"incident {incident.id}")
    return number


def submit_incident(session: Session, actor: Actor, public_id: str) -> int:
    """Hand a draft in for review and give the number of its new version."""
    require(actor, Action.LOG_INCIDENTS)
    incident, version = seen_incident(session, actor, public_id)
    require_writable(actor, incident, version)
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
