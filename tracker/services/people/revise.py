"""Changes what is known of a person, how the record stands, and to which incident it belongs."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from tracker.db.session import moment
from tracker.domain.errors import Conflict, InvalidRecord, UnknownCode
from tracker.domain.people import (
    BY_MATCH_ALONE,
    STATUSES,
    PersonKind,
    PersonSight,
    with_sealed_contacts,
)
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.visibility import Sight
from tracker.services.acts import note_act
from tracker.services.incidents.standing import seen_incident
from tracker.services.people.standing import expect_person_version, facts_of, seen_person
from tracker.services.people.versions import next_person_version


def revise_person(
    session: Session,
    actor: Actor,
    public_id: str,
    *,
    facts: Mapping[str, Any],
    expected_version: int | None = None,
    reason: str = "",
    review_on: dt.date | None = None,
) -> int:
    """Replace what is known by facts as `load_person` gives them; gives the new version's number.

    The same facts make no version. Contact details whose day has passed, which nobody sees, stay as
    they are unless another day is given. `review_on` sets the day on which somebody looks again.
    """
    require(actor, Action.RECORD_CASES)
    record, version = seen_person(session, actor, public_id, at_least=PersonSight.KEEPER)
    expect_person_version(version, expected_version)
    if review_on is not None:
        if review_on < moment(session).date():
            raise InvalidRecord({"review_on": ("in_the_past",)})
        record.review_on = review_on
    stood = facts_of(version)
    facts = with_sealed_contacts(stood, facts, moment(session).date())
    if facts == stood:
        return version.version_number
    after = next_person_version(session, actor, version, facts=facts, reason=reason)
    note_act(session, actor, action="revise_person", thing=f"person {record.id}")
    return after.version_number


def set_review_day(session: Session, actor: Actor, public_id: str, *, review_on: dt.date) -> None:
    """Say on which day somebody looks at a record again."""
    require(actor, Action.RECORD_CASES)
    record, _ = seen_person(session, actor, public_id, at_least=PersonSight.KEEPER)
    if review_on < moment(session).date():
        raise InvalidRecord({"review_on": ("in_the_past",)})
    record.review_on = review_on
    session.flush()
    note_act(session, actor, action="set_review_day", thing=f"person {record.id}")


def change_status(
    session: Session, actor: Actor, public_id: str, *, status: str, reason: str
) -> None:
    """Say how a case or remains stand from now on, and on what basis.

    That somebody died, or who remains are, is said by a confirmed match alone: raises `Conflict`
    (`needs_confirmed_match`). A reason is required.
    """
    require(actor, Action.RECORD_CASES)
    record, version = seen_person(session, actor, public_id, at_least=PersonSight.KEEPER)
    known = STATUSES[PersonKind(record.kind)]
    if status not in known:
        raise UnknownCode("status", status, known)
    if status in BY_MATCH_ALONE or version.status in BY_MATCH_ALONE:
        raise Conflict("needs_confirmed_match")
    if not reason.strip():
        raise InvalidRecord({"reason": ("required",)})
    if status != version.status:
        next_person_version(session, actor, version, status=status, reason=reason.strip())
        note_act(session, actor, action="change_status", thing=f"person {record.id}")


def link_incident(session: Session, actor: Actor, public_id: str, *, incident: str | None) -> None:
    """Say to which incident remains belong, or to none; the incident itself stays as it is.

    What an incident counts changes only where somebody who may revises the incident.
    """
    require(actor, Action.RECORD_CASES)
    record, _ = seen_person(session, actor, public_id, at_least=PersonSight.KEEPER)
    if record.kind != PersonKind.REMAINS:
        raise Conflict("remains_only")
    record.incident_id = seen_incident_id(session, actor, incident) if incident else None
    note_act(session, actor, action="link_incident", thing=f"person {record.id}")
    session.flush()


def seen_incident_id(session: Session, actor: Actor, public_id: str) -> int:
    """Give the number of an incident that this actor may see at least in the public view."""
    found, _ = seen_incident(session, actor, public_id, at_least=Sight.PUBLIC)
    return found.id
