"""What a family does on its own page: write, dispute, leave, take back what it agreed to."""

from sqlalchemy.orm import Session

from tracker.db.models.families import FamilyAccess, FamilyWord
from tracker.db.queries.families import disputed_among, find_access, words_of
from tracker.db.queries.people import consents_of
from tracker.db.session import moment
from tracker.domain.errors import InvalidRecord, NotFound
from tracker.domain.families import DISPUTES, LONGEST_WORDS, OF_FAMILY, WordKind
from tracker.domain.permissions import Action, Actor, require
from tracker.services.acts import note_act
from tracker.services.people.consents import end_consent
from tracker.services.people.versions import tell_followers

# Of one case and not taken up; more would be a flood.
MOST_OPEN = 50


def write_word(
    session: Session, actor: Actor, access_id: int, *, kind: WordKind, told: str = ""
) -> None:
    """Take what a family writes, for the case worker. Sent twice, it is one word.

    A dispute holds the case back from everybody else at once; leaving takes back every consent.
    """
    require(actor, Action.FOLLOW_OWN_CASE)
    access = own_access(session, access_id)
    told = told.strip().replace("\x00", "")
    _refuse_wrong(kind, told)
    open_words = [each for each in words_of(session, access.record_id) if not each.taken_up_at]
    if any((each.kind, each.told) == (kind, told) for each in open_words):
        return
    # What protects somebody is taken, however much was written before.
    protects = kind in DISPUTES or kind is WordKind.LEAVE
    if len(open_words) >= MOST_OPEN and not protects:
        raise InvalidRecord({"told": ("too_many_words",)})
    if kind in DISPUTES and not disputed_among(session, [access.record_id]):
        tell_followers(session, access.record_id, change="withdrawn")
    session.add(
        FamilyWord(record_id=access.record_id, kind=kind, told=told, written_at=moment(session))
    )
    session.flush()
    note_act(session, OF_FAMILY, action="write_family_word", thing=f"person {access.record_id}")
    if kind is WordKind.LEAVE:
        withdraw_every_own_consent(session, actor, access_id)


def withdraw_own_consent(session: Session, actor: Actor, access_id: int, *, number: int) -> None:
    """Take back one consent of the family's own case: what rested on it ends at once."""
    require(actor, Action.FOLLOW_OWN_CASE)
    access = own_access(session, access_id)
    end_consent(session, OF_FAMILY, access.record_id, number=number)


def withdraw_every_own_consent(session: Session, actor: Actor, access_id: int) -> None:
    """Take back every consent of the family's own case."""
    require(actor, Action.FOLLOW_OWN_CASE)
    access = own_access(session, access_id)
    for consent in consents_of(session, [access.record_id]):
        if consent.withdrawn_at is None:
            end_consent(session, OF_FAMILY, access.record_id, number=consent.id)


def own_access(session: Session, access_id: int) -> FamilyAccess:
    """Give the access of a visit; raises `NotFound` where it has ended."""
    access = find_access(session, access_id)
    if access is None:
        raise NotFound("person")
    return access


def _refuse_wrong(kind: WordKind, told: str) -> None:
    if not told and kind in (WordKind.ADDITION, WordKind.CORRECTION):
        raise InvalidRecord({"told": ("required",)})
    if len(told) > LONGEST_WORDS:
        raise InvalidRecord({"told": ("too_long",)})
