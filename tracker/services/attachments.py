"""Attaches photos and documents to incidents, and gives them to those who see all of one."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.db.models import Attachment, Incident
from tracker.db.queries.attachments import (
    attachments_of,
    count_attachments,
    find_attachment,
    names_of_files,
)
from tracker.db.queries.person_files import names_of_person_files
from tracker.db.sealed_files import SealedFiles, new_file_key
from tracker.db.session import moment
from tracker.domain.attachments import (
    LONGEST_DESCRIPTION,
    MOST_BYTES,
    MOST_OF_AN_INCIDENT,
    AttachmentTold,
    MediaType,
    ShownFile,
)
from tracker.domain.errors import DomainError, NotFound
from tracker.domain.permissions import Action, Actor, require
from tracker.exchange.pictures import media_type_of, plain_copy
from tracker.services.acts import note_act
from tracker.services.incidents.standing import seen_incident
from tracker.services.incidents.writing import require_writable
from tracker.services.kept_files import keep_file, remove_files

SWEPT_AFTER = dt.timedelta(days=1)


@dataclass(frozen=True)
class ReadFile:
    """A file that somebody wants to attach, looked into: its kind, and the copy that is shown."""

    content: bytes
    media_type: MediaType
    shown: bytes | None


def read_file(content: bytes) -> ReadFile:
    """Look into a file, within limits; a picture is copied without all that cameras write into it.

    It takes a while and needs no database. Raises `DomainError` with what is wrong with the file.
    """
    if not content:
        raise DomainError("file_empty")
    if len(content) > MOST_BYTES:
        raise DomainError("file_too_large", megabytes=MOST_BYTES // 1_000_000)
    media_type = media_type_of(content)
    shown = None if media_type is MediaType.PDF else plain_copy(content)
    return ReadFile(content, media_type, shown)


def may_attach(session: Session, actor: Actor, public_id: str) -> Incident:
    """Give the incident if this actor may attach one more file to it; raises what is against it."""
    require(actor, Action.LOG_INCIDENTS)
    incident, version = seen_incident(session, actor, public_id)
    require_writable(actor, incident, version)
    if count_attachments(session, incident.id) >= MOST_OF_AN_INCIDENT:
        raise DomainError("too_many_files", most=MOST_OF_AN_INCIDENT)
    return incident


def attach_file(
    session: Session,
    actor: Actor,
    files: SealedFiles,
    *,
    public_id: str,
    file: ReadFile,
    graphic: bool = False,
    description: str = "",
) -> int:
    """Attach a file to an incident and give its number.

    The file as it came is kept sealed beside the copy that is shown. Should the transaction fail,
    neither stays.
    """
    incident = may_attach(session, actor, public_id)
    key = new_file_key()
    attachment = Attachment(
        incident_id=incident.id,
        media_type=str(file.media_type),
        size=len(file.content),
        sha256=hashlib.sha256(file.content).hexdigest(),
        graphic=graphic,
        description=description.strip()[:LONGEST_DESCRIPTION] or None,
        file_key=key,
        original_file=keep_file(session, files, file.content, key=key),
        shown_file=None if file.shown is None else keep_file(session, files, file.shown, key=key),
        added_by=actor.account_id,
        added_at=moment(session),
    )
    session.add(attachment)
    session.flush()
    note_act(session, actor, action="attach_file", thing=f"attachment {attachment.id}")
    return attachment.id


def list_attachments(session: Session, actor: Actor, public_id: str) -> tuple[AttachmentTold, ...]:
    """Tell what is attached to an incident that the actor sees all of."""
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    incident, _ = seen_incident(session, actor, public_id)
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
        for each in attachments_of(session, incident.id)
    )


def open_attachment(
    session: Session, actor: Actor, files: SealedFiles, *, public_id: str, number: int
) -> ShownFile:
    """Give the copy of an attachment that is shown; a document is given as it came."""
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    incident, _ = seen_incident(session, actor, public_id)
    attachment = _attachment(session, incident, number)
    name = attachment.shown_file or attachment.original_file
    media_type = attachment.media_type if attachment.shown_file is None else MediaType.JPEG
    return ShownFile(str(media_type), files.read(name, attachment.file_key))


def remove_attachment(
    session: Session, actor: Actor, files: SealedFiles, *, public_id: str, number: int
) -> None:
    """Take an attachment away for good, its files and their key too."""
    require(actor, Action.LOG_INCIDENTS)
    incident, version = seen_incident(session, actor, public_id)
    require_writable(actor, incident, version)
    attachment = _attachment(session, incident, number)
    session.delete(attachment)
    session.flush()
    remove_files(session, files, (attachment.original_file, attachment.shown_file))
    note_act(session, actor, action="remove_attachment", thing=f"attachment {number}")


def sweep_files(session: Session, actor: Actor, files: SealedFiles) -> int:
    """Take away sealed files that no row names and that are a day old; gives how many.

    They are left where a machine stopped between a file and its row.
    """
    require(actor, Action.MANAGE_INSTALLATION)
    left = files.older_than(moment(session) - SWEPT_AFTER)
    left -= names_of_files(session) | names_of_person_files(session)
    for name in left:
        files.remove(name)
    note_act(session, actor, action="sweep_files", thing=f"{len(left)} files")
    return len(left)


def _attachment(session: Session, incident: Incident, number: int) -> Attachment:
    found = find_attachment(session, incident.id, number)
    if found is None:
        raise NotFound("attachment")
    return found
