"""Finds the record of a person for somebody who may see it; for others it is not there."""

import json
from typing import Any

from sqlalchemy.orm import Session

from tracker.db.models.people import PersonRecord, PersonVersion
from tracker.db.queries.people import (
    current_person_version,
    find_person,
    opening_shares,
    seen_people,
)
from tracker.db.session import moment
from tracker.domain.errors import Conflict, NotFound
from tracker.domain.people import PersonSight, PersonStanding, sight_of_person
from tracker.domain.permissions import Actor


def seen_person(
    session: Session,
    actor: Actor,
    public_id: str,
    *,
    at_least: PersonSight = PersonSight.IDENTIFICATION,
) -> tuple[PersonRecord, PersonVersion]:
    """Give a record and what stands of it; raises `NotFound` where the actor sees less."""
    seen = seen_people(actor, moment(session).date())
    record = find_person(session, public_id.strip().upper(), seen)
    if record is None or sight_of_record(session, actor, record) < at_least:
        raise NotFound("person")
    return record, standing_version(session, record)


def standing_version(session: Session, record: PersonRecord) -> PersonVersion:
    """Give the version of a living record that stands."""
    version = current_person_version(session, record.id)
    if version is None:
        raise NotFound("person")
    return version


def sight_of_record(session: Session, actor: Actor, record: PersonRecord) -> PersonSight:
    """Say how much of a record this actor sees today."""
    shares = opening_shares(session, [record.id], moment(session).date())
    standing = PersonStanding(
        organisation_id=record.organisation_id,
        shared={share.organisation_id: share.what for share in shares},
        followed=record.server_id is not None,
    )
    return sight_of_person(actor, standing)


def expect_person_version(version: PersonVersion, expected: int | None) -> None:
    """Raise `Conflict` where the actor has read an older version than the one that stands."""
    if expected is not None and expected != version.version_number:
        raise Conflict("changed_meanwhile")


def facts_of(version: PersonVersion) -> dict[str, Any]:
    """Give the facts of a version as plain values."""
    facts: dict[str, Any] = json.loads(version.facts)
    return facts
