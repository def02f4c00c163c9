"""Opens a case for a family, or a record of remains: restricted, and nothing else at first."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from tracker.db.models.people import PersonRecord
from tracker.db.session import moment
from tracker.domain.errors import NotAllowed
from tracker.domain.people import CaseStatus, PersonKind, RemainsStatus
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.public_ids import random_public_id
from tracker.services.acts import note_act
from tracker.services.people.versions import first_person_version

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
) -> str:
    """Open a record with facts as `load_person` gives them; gives its public id.

    It belongs to the actor's organisation. Without a consent it is neither matched nor shared.
    `invented` marks people of demonstrations.
    """
    require(actor, Action.RECORD_CASES)
    if actor.organisation_id is None:
        raise NotAllowed(Action.RECORD_CASES)
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
    return record.public_id
