"""Tells a case worker what is needed to work with the family of a case; reading it is noted."""

from sqlalchemy.orm import Session

from tracker.db.queries.families import tasks_made_for
from tracker.domain.families import CaseOfFamily
from tracker.domain.people import TaskKind
from tracker.domain.permissions import Action, Actor, require
from tracker.services.acts import note_act
from tracker.services.families.access import get_access, seen_case
from tracker.services.families.notifications import get_notification, may_notify
from tracker.services.families.words import list_words
from tracker.services.people.standing import facts_of

_NAMES = ("given_names", "first_surname", "second_surname")


def get_case_of_family(session: Session, actor: Actor, public_id: str) -> CaseOfFamily:
    """Give access, words and notification of a case's family, to those who keep the case."""
    require(actor, Action.RECORD_CASES)
    record, version = seen_case(session, actor, public_id)
    note_act(session, actor, action="see_family", thing=f"person {record.id}")
    facts = facts_of(version)
    return CaseOfFamily(
        public_id=record.public_id,
        name=" ".join(str(facts[name]) for name in _NAMES if facts.get(name)),
        status=version.status,
        invented=record.invented,
        access=get_access(session, actor, public_id),
        words=list_words(session, actor, public_id),
        referrals=tuple(
            task.told
            for task in tasks_made_for(session, record.id)
            if task.kind == TaskKind.PSYCHOSOCIAL
        ),
        may_notify=may_notify(session, actor, public_id),
        notification=get_notification(session, actor, public_id),
    )
