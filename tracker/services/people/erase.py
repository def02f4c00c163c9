"""Erases the record of a person for good. Its ids stay, so that no file brings it back."""

from sqlalchemy import event
from sqlalchemy.orm import Session

from tracker.db.models.people import PersonRecord, PersonTask
from tracker.db.queries.families import confirmed_matches
from tracker.db.queries.group_exports import forget_reasons
from tracker.db.queries.person_erasures import erase_what_is_told, file_names_of
from tracker.db.queries.person_lists import take_turn_with_lists
from tracker.db.removals import Removed, note_removal
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import empty_journal, moment
from tracker.domain.erasures import Ground
from tracker.domain.people import PersonSight, TaskKind
from tracker.domain.permissions import Action, Actor, Role, require
from tracker.services.acts import note_act
from tracker.services.kept_files import remove_files
from tracker.services.people.desk import AHEAD
from tracker.services.people.standing import seen_person
from tracker.services.people.tombstones import KEPT_OUT, keep_likeness
from tracker.services.people.versions import tell_followers

PROGRAM = "program"


def erase_person(
    session: Session, actor: Actor, files: SealedFiles, *, public_id: str, ground: Ground
) -> None:
    """Erase everything told of a person: versions, consents, matches, files, words of the family.

    Recipients are told to do the same. A record that was identified with this one stays so, by
    method, authority and day alone; whoever keeps it is asked to look at it again.
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
    take_turn_with_lists(session, record.organisation_id)
    tell_followers(session, record.id, change="withdrawn")
    remove_files(session, files, file_names_of(session, record.id))
    # A copy that its server shares no more may be shared again.
    if ground in KEPT_OUT and not (record.server_id and actor.role is Role.OPERATOR):
        keep_likeness(session, record)
    standing = _identified_with(session, record)
    erase_what_is_told(session, record.id, identifications=standing.keys())
    for other in standing.values():
        _ask_to_look_again(session, other)
    forget_reasons(session, record.id)
    record.erased_at, record.erased_by = moment(session), actor.handle
    record.erasure_ground = str(ground)
    record.incident_id = record.review_on = None
    session.flush()
    note_act(session, actor, action=Action.ERASE_CASES, thing=f"person {record.id}")
    note_removal(session, Removed.PERSON, record.public_id, ground=ground)
    event.listen(session, "after_commit", _empty_journal, once=True)


def _identified_with(session: Session, record: PersonRecord) -> dict[int, PersonRecord]:
    """Give the living records that were identified with one, by the number of the match."""
    found = {}
    for match, _ in confirmed_matches(session, record.id):
        other = session.get_one(PersonRecord, match.one_id + match.other_id - record.id)
        if other.erased_at is None:
            found[match.id] = other
    return found


def _ask_to_look_again(session: Session, record: PersonRecord) -> None:
    # What another server keeps is looked after there.
    if record.server_id is None:
        session.add(
            PersonTask(
                record_id=record.id,
                kind=TaskKind.IDENTIFICATION,
                told="",
                due_on=moment(session).date() + AHEAD,
                made_at=moment(session),
                made_by=PROGRAM,
            )
        )


def _empty_journal(session: Session) -> None:
    empty_journal(session.get_bind().engine)
