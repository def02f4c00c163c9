"""Keeps photos and documents of a person for those who see all of the record."""

import hashlib

from sqlalchemy.orm import Session

from tracker.db.models.people import PersonFile, PersonRecord
from tracker.db.queries.person_files import (
    count_person_files,
    files_of_person,
    find_person_file,
)
from tracker.db.sealed_files import SealedFiles, new_file_key
from tracker.db.session import moment
from tracker.domain.attachments import (
    LONGEST_DESCRIPTION,
    MOST_OF_AN_INCIDENT,
    AttachmentTold,
    MediaType,
    ShownFile,
)
from tracker.domain.errors import DomainError, NotFound
from tracker.domain.people import PersonSight
from tracker.domain.permissions import Action, Actor, require
from tracker.services.acts import note_act
from tracker.services.attachments import ReadFile
from tracker.services.kept_files import keep_file, remove_files
from tracker.services.people.standing import seen_person

MOST_OF_A_PERSON = MOST_OF_AN_INCIDENT


def may_add_file(session: Session, actor: Actor, public_id: str) -> PersonRecord:
    """Give the record if this actor may add one more file to it; raises what is against it."""
    require(actor, Action.RECORD_CASES)
    record, _ = seen_person(session, actor, public_id, at_least=PersonSight.KEEPER)
    if count_person_files(session, record.id) >= MOST_OF_A_PERSON:
        raise DomainError("too_many_files", most=MOST_OF_A_PERSON)
    return record


def add_person_file(
    session: Session,
    actor: Actor,
    files: SealedFiles,
    *,
    public_id: str,
    file: ReadFile,
    graphic: bool = False,
    description: str = "",
) -> int:
    """Add a photo or a document to the record of a person and give its number.

    The file as it came is kept sealed beside the copy that is shown, without what cameras write.
    """
    record = may_add_file(session, actor, public_id)
    key = new_file_key()
    shown = None if file.shown is None else keep_file(session, files, file.shown, key=key)
    added = PersonFile(
        record_id=record.id,
        media_type=str(file.media_type),
        size=len(file.content),
        sha256=hashlib.sha256(file.content).hexdigest(),
        graphic=graphic,
        description=description.replace("\x00", "").strip()[:LONGEST_DESCRIPTION] or None,
        file_key=key,
        original_file=keep_file(session, files, file.content, key=key),
        shown_file=shown,
        added_by=actor.account_id,
        added_at=moment(session),
    )
    session.add(added)
    session.flush()
    note_act(session, actor, action="add_person_file", thing=f"person file {added.id}")
    return added.id


def list_person_files(session: Session, actor: Actor, public_id: str) -> tuple[AttachmentTold, ...]:
    """Tell what files there are about a person to those who see all of the record."""
    require(actor, Action.SEE_CASES)
    record, _ = seen_person(session, actor, public_id, at_least=PersonSight.WHOLE)
    return tuple(
        AttachmentTold(
            number=each.id,
            media_type=each.media_type,
            size=each.size,
            sha256=each.sha256,
            graphic=each.graphic,
            description=each.description,
            added_at=each.added_at,
            mine=each.added_by is not None and each.added_by == actor.account_id,
        )
        for each in files_of_person(session, record.id)
    )


def open_person_file(
    session: Session, actor: Actor, files: SealedFiles, *, public_id: str, number: int
) -> ShownFile:
    """Give the copy of a file that is shown, and note it; a document is given as it came."""
    require(actor, Action.SEE_CASES)
    record, _ = seen_person(session, actor, public_id, at_least=PersonSight.WHOLE)
    found = _file(session, record, number)
    note_act(session, actor, action="see_person_file", thing=f"person file {found.id}")
    name = found.shown_file or found.original_file
    media_type = found.media_type if found.shown_file is None else MediaType.JPEG
    return ShownFile(str(media_type), files.read(name, found.file_key))


def remove_person_file(
    session: Session, actor: Actor, files: SealedFiles, *, public_id: str, number: int
) -> None:
    """Take a file away for good, its key too."""
    require(actor, Action.RECORD_CASES)
    record, _ = seen_person(session, actor, public_id, at_least=PersonSight.KEEPER)
    found = _file(session, record, number)
    session.delete(found)
    session.flush()
    remove_files(session, files, (found.original_file, found.shown_file))
    note_act(session, actor, action="remove_person_file", thing=f"person file {number}")


def _file(session: Session, record: PersonRecord, number: int) -> PersonFile:
    found = find_person_file(session, record.id, number)
    if found is None:
        raise NotFound("file")
    return found
