"""What families wrote, for the case workers who take it up."""

from sqlalchemy.orm import Session

from tracker.db.models.families import FamilyWord
from tracker.db.models.people import PersonVersion
from tracker.db.queries.families import open_words_of, words_of
from tracker.db.session import moment
from tracker.domain.errors import InvalidRecord, NotFound
from tracker.domain.families import DISPUTES, WordKind, WordTold
from tracker.domain.permissions import Action, Actor, require
from tracker.services.acts import note_act
from tracker.services.families.access import seen_case
from tracker.services.people.revise import change_status
from tracker.services.people.standing import standing_version
from tracker.services.people.versions import next_person_version


def list_words(session: Session, actor: Actor, public_id: str) -> tuple[WordTold, ...]:
    """Give what the family of a case wrote, the newest first, to those who keep the case."""
    require(actor, Action.RECORD_CASES)
    record, _ = seen_case(session, actor, public_id)
    return tuple(word_told(word) for word in words_of(session, record.id))


def list_open_words(session: Session, actor: Actor) -> tuple[tuple[str, WordTold], ...]:
    """Give what families wrote and nobody took up, with the case: what is disputed first."""
    require(actor, Action.RECORD_CASES)
    if actor.organisation_id is None:
        return ()
    rows = open_words_of(session, actor.organisation_id)
    told = [(record.public_id, word_told(word)) for word, record in rows]
    return tuple(sorted(told, key=lambda pair: not pair[1].disputes))


def take_up_word(
    session: Session,
    actor: Actor,
    public_id: str,
    *,
    number: int,
    reason: str = "",
    status: str = "",
) -> None:
    """Say that a word of a family was dealt with.

    Where the family disputes the case, `reason` says what was found out: with it the case takes
    `status`, or stands as it was; from then on it is compared and shown to others again.
    """
    require(actor, Action.RECORD_CASES)
    record, version = seen_case(session, actor, public_id)
    word = next((each for each in words_of(session, record.id) if each.id == number), None)
    if word is None:
        raise NotFound("word")
    if word.taken_up_at is not None:
        return
    if word.kind in DISPUTES and not reason.strip():
        raise InvalidRecord({"reason": ("required",)})
    word.taken_up_at, word.taken_up_by = moment(session), actor.handle
    session.flush()
    if word.kind in DISPUTES:
        if status and status != version.status:
            change_status(session, actor, public_id, status=status, reason=reason)
        else:
            _stands(session, actor, standing_version(session, record), reason=reason)
    note_act(session, actor, action="take_up_family_word", thing=f"person {record.id}")


def _stands(session: Session, actor: Actor, version: PersonVersion, *, reason: str) -> None:
    next_person_version(session, actor, version, reason=reason.strip())


def word_told(word: FamilyWord) -> WordTold:
    """Tell what a family wrote."""
    taken_up = word.taken_up_at
    return WordTold(
        number=word.id,
        kind=WordKind(word.kind),
        told=word.told,
        written_on=word.written_at.date(),
        taken_up_on=None if taken_up is None else taken_up.date(),
    )
