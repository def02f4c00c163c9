"""Opens a case for a family, or a record of remains: restricted, and nothing else at first."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from tracker.db.models.people import PersonRecord
from tracker.db.queries.idempotency import find_key, take_key
from tracker.db.session import keys_of_session, moment
from tracker.domain.errors import Conflict, NotAllowed
from tracker.domain.people import CaseStatus, PersonKind, RemainsStatus
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.public_ids import random_public_id
from tracker.services.acts import note_act
from tracker.services.people.versions import first_person_version, packed_facts

# A case is looked at again after so long, unless somebody says otherwise; it never closes alone.
REVIEWED_AFTER = dt.timedelta(days=90)
LETTERS = {PersonKind.CASE: "C", PersonKind.REMAINS: "R"}
_FIRST = {
    PersonKind.CASE: CaseStatus.REPORTED,
    PersonKind.REMAINS: RemainsStatus.UNIDENTIFIED,
}


def open_person(
    session: Session,
    actor: Actor,
    *,
    kind: PersonKind,
    facts: Mapping[str, Any],
    invented: bool = False,
    key: str | None = None,
) -> str:
    """Open a record with facts as `load_person` gives them; gives its public id.

    It belongs to the actor's organisation. Without a consent it is neither matched nor shared.
    `invented` marks people of demonstrations. `key` makes sending again harmless: the same sender's
    same key gives the record that it opened first. Raises `Conflict` where the facts differ
    (`key_used_otherwise`).
    """
    require(actor, Action.RECORD_CASES)
    if actor.organisation_id is None:
        raise NotAllowed(Action.RECORD_CASES)
    if key is not None and (opened := _opened_before(session, actor, key=key, facts=facts)):
        return opened
    today = moment(session).date()
    record = PersonRecord(
        public_id=random_public_id(LETTERS[kind]),
        kind=kind,
        organisation_id=actor.organisation_id,
        opened_by=actor.handle,
        opened_on=today,
        review_on=today + REVIEWED_AFTER,
        invented=invented,
    )
    session.add(record)
    session.flush()
    first_person_version(session, actor, record, status=_FIRST[kind], facts=facts)
    note_act(session, actor, action="open_person", thing=f"person {record.id}")
    if key is not None:
        find_key(session, sender=actor.handle, key=key).thing = record.public_id
    return record.public_id


def _opened_before(
    session: Session, actor: Actor, *, key: str, facts: Mapping[str, Any]
) -> str | None:
    """Take a key; give the record that it has opened already, if it has."""
    # Under the lookup key: a plain digest of a person could be guessed.
    digest = keys_of_session(session).digest("opened person", packed_facts(facts))
    if take_key(session, sender=actor.handle, key=key, digest=digest):
        return None
    known = find_key(session, sender=actor.handle, key=key)
    if known.digest != digest:
        raise Conflict("key_used_otherwise")
    return known.thing
