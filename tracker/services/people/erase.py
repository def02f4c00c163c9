"""Erases the record of a person for good. Its ids stay, so that no file brings it back."""

from sqlalchemy import event
from sqlalchemy.orm import Session

from tracker.db.models.people import PersonRecord
from tracker.db.queries.person_erasures import erase_what_is_told, file_names_of
from tracker.db.removals import Removed, note_removal
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import empty_journal, moment
from tracker.domain.erasures import Ground
from tracker.domain.people import PersonSight
from tracker.domain.permissions import Action, Actor, require
from tracker.services.acts import note_act
from tracker.services.kept_files import remove_files
from tracker.services.people.standing import seen_person
from tracker.services.people.versions import tell_followers


def erase_person(
    session: Session, actor: Actor, files: SealedFiles, *, public_id: str, ground: Ground
) -> None:
    """Erase everything told of a person: versions, consents, matches, files, words of the family.

    Recipients are told to do the same.
    """
    require(actor, Action.ERASE_CASES)
    record, _ = seen_person(session, actor, public_id, at_least=PersonSight.KEEPER)
    _erase(session, actor, files, record=record, ground=ground)


def erase_person_again(
    session: Session, actor: Actor, files: SealedFiles, *, record: PersonRecord, ground: Ground
) -> None:
    """Erase a record that was erased once and came back with a backup."""
    require(actor, Action.MANAGE_INSTALLATION)
    _erase(session, actor, files, record=record, ground=ground)


def _erase(
    session: Session, actor: Actor, files: SealedFiles, *, record: PersonRecord, ground: Ground
) -> None:
    tell_followers(session, record.id, change="withdrawn")
    remove_files(session, files, file_names_of(session, record.id))
    erase_what_is_told(session, record.id)
    record.erased_at, record.erased_by = moment(session), actor.handle
    record.erasure_ground = str(ground)
    record.incident_id = record.review_on = None
    session.flush()
    note_act(session, actor, action=Action.ERASE_CASES, thing=f"person {record.id}")
    note_removal(session, Removed.PERSON, record.public_id, ground=ground)
    event.listen(session, "after_commit", _empty_journal, once=True)


def _empty_journal(session: Session) -> None:
    empty_journal(session.get_bind().engine)
