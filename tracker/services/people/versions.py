"""Writes versions of a person's record; nothing is overwritten, and followers hear of it."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from tracker.db.models.people import FeedEntry, PersonRecord, PersonVersion
from tracker.db.queries.people import end_person_version
from tracker.db.queries.shared_people import open_shares, take_turn_in_feed
from tracker.db.session import moment
from tracker.domain.errors import Conflict
from tracker.domain.permissions import Actor


def packed_facts(facts: Mapping[str, Any]) -> str:
    """Write facts so that the same ones are the same text."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def first_person_version(
    session: Session, actor: Actor, record: PersonRecord, *, status: str, facts: Mapping[str, Any]
) -> PersonVersion:
    """Write what is known of a person at first."""
    version = PersonVersion(
        record_id=record.id,
        version_number=1,
        recorded_from=moment(session),
        recorded_by=actor.handle,
        status=status,
        facts=packed_facts(facts),
    )
    session.add(version)
    session.flush()
    return version


def next_person_version(
    session: Session,
    actor: Actor,
    before: PersonVersion,
    *,
    status: str | None = None,
    facts: Mapping[str, Any] | None = None,
    reason: str | None = None,
) -> PersonVersion:
    """Write what is known from now on; raises `Conflict` where somebody was quicker."""
    now = moment(session)
    if not end_person_version(session, before.id, now):
        raise Conflict("changed_meanwhile")
    version = PersonVersion(
        record_id=before.record_id,
        version_number=before.version_number + 1,
        recorded_from=now,
        recorded_by=actor.handle,
        status=status or before.status,
        reason=reason or None,
        facts=before.facts if facts is None else packed_facts(facts),
    )
    session.add(version)
    session.flush()
    tell_followers(session, before.record_id, change="changed")
    return version


def tell_followers(session: Session, record_id: int, *, change: str) -> None:
    """Tell every organisation with which a record is shared that it changed or is gone.

    What each of them is told in the end is what holds when it asks.
    """
    shares = open_shares(session, record_id)
    for organisation_id in sorted({share.organisation_id for share in shares}):
        tell_follower(session, record_id, organisation_id, change=change)


def tell_follower(session: Session, record_id: int, organisation_id: int, *, change: str) -> None:
    """Tell one organisation; ids only."""
    take_turn_in_feed(session)
    entry = FeedEntry(
        organisation_id=organisation_id,
        record_id=record_id,
        change=change,
        made_at=moment(session),
    )
    session.add(entry)
    session.flush()
