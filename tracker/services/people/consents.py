"""Records what a family agrees to, and takes it back at once, also where it was passed on."""

import datetime as dt

from sqlalchemy.orm import Session

from tracker.db.models import Organisation
from tracker.db.models.people import Consent, PersonRecord
from tracker.db.queries.people import consents_of
from tracker.db.removals import Removed, note_removal
from tracker.db.session import moment
from tracker.domain.consents import ConsentTold, Purpose
from tracker.domain.errors import InvalidRecord, NotFound
from tracker.domain.people import PersonSight
from tracker.domain.permissions import Action, Actor, require
from tracker.services.acts import note_act
from tracker.services.people.agreements import consents_told
from tracker.services.people.outgoing import recall_files
from tracker.services.people.shares import end_shares_without_consent
from tracker.services.people.standing import seen_person
from tracker.services.people.versions import tell_followers


def record_consent(
    session: Session,
    actor: Actor,
    public_id: str,
    *,
    purpose: Purpose,
    given_by: str,
    given_on: dt.date,
    recipient_id: int | None = None,
    until: dt.date | None = None,
) -> int:
    """Record that a family agreed to a purpose towards a recipient; gives its number.

    Sharing names its recipient; matching without one holds towards every organisation here.
    """
    require(actor, Action.RECORD_CASES)
    record, _ = seen_person(session, actor, public_id, at_least=PersonSight.KEEPER)
    today = moment(session).date()
    wrong: dict[str, tuple[str, ...]] = {}
    if not given_by.strip():
        wrong["given_by"] = ("required",)
    if given_on > today:
        wrong["given_on"] = ("in_the_future",)
    if until is not None and until < today:
        wrong["until"] = ("in_the_past",)
    if purpose is Purpose.SHARE and recipient_id is None:
        wrong["recipient_id"] = ("required",)
    if recipient_id is not None and session.get(Organisation, recipient_id) is None:
        wrong["recipient_id"] = ("unknown_code",)
    if wrong:
        raise InvalidRecord(wrong)
    consent = Consent(
        record_id=record.id,
        purpose=purpose,
        recipient_id=recipient_id,
        given_by=given_by.strip(),
        given_on=given_on,
        until=until,
        recorded_at=moment(session),
        recorded_by=actor.handle,
    )
    session.add(consent)
    session.flush()
    # Those with whom it is shared learn what they may do with it now.
    tell_followers(session, record.id, change="changed")
    note_act(session, actor, action="record_consent", thing=f"person {record.id}")
    return consent.id


def withdraw_consent(session: Session, actor: Actor, public_id: str, *, number: int) -> None:
    """Take a consent back: what rested on it ends at once, and recipients are told."""
    require(actor, Action.RECORD_CASES)
    record, _ = seen_person(session, actor, public_id, at_least=PersonSight.KEEPER)
    end_consent(session, actor, record.id, number=number)


def end_consent(session: Session, actor: Actor, record_id: int, *, number: int) -> None:
    """Take a consent back for whoever was found to may: a case worker, or the family itself."""
    consent = next((each for each in consents_of(session, [record_id]) if each.id == number), None)
    if consent is None:
        raise NotFound("consent")
    if consent.withdrawn_at is None:
        consent.withdrawn_at, consent.withdrawn_by = moment(session), actor.handle
        session.flush()
        note_removal(session, Removed.CONSENT, str(consent.id))
    end_shares_without_consent(session, actor, record_id)
    recall_files(session, actor, session.get_one(PersonRecord, record_id))
    tell_followers(session, record_id, change="changed")
    note_act(session, actor, action="withdraw_consent", thing=f"person {record_id}")


def list_consents(session: Session, actor: Actor, public_id: str) -> tuple[ConsentTold, ...]:
    """Give the consents of a record, the oldest first, to those who see all of it."""
    require(actor, Action.SEE_CASES)
    record, _ = seen_person(session, actor, public_id, at_least=PersonSight.WHOLE)
    return consents_told(session, consents_of(session, [record.id]))
