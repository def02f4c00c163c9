"""What every file about a person has to pass before it goes out, and how that is noted."""

import datetime as dt

from sqlalchemy.orm import Session

from tracker.db.models import Organisation
from tracker.db.models.people import PersonExport, PersonRecord, PersonTask, PersonVersion
from tracker.db.queries.families import disputed_among
from tracker.db.queries.group_exports import who_has_files
from tracker.db.queries.people import consents_of, names_of_organisations, tasks_of
from tracker.db.session import moment
from tracker.domain.consents import ConsentTold, Purpose, agreed
from tracker.domain.errors import Conflict, InvalidRecord
from tracker.domain.people import CaseStatus, PersonKind, RemainsStatus, TaskKind
from tracker.domain.permissions import Actor
from tracker.services.acts import note_act
from tracker.services.people.agreements import consents_told

LONGEST_REASON = 500
ENDED = frozenset({CaseStatus.WITHDRAWN, CaseStatus.CLOSED_BY_FAMILY, RemainsStatus.WITHDRAWN})


def holding_consent(
    session: Session, record_id: int, recipient_id: int | None
) -> ConsentTold | None:
    """Give the consent to a file for this recipient that holds longest; None without any.

    None while the family disputes the record, whatever it agreed to before.
    """
    purpose = Purpose.PUBLISH if recipient_id is None else Purpose.SHARE
    today = moment(session).date()
    if disputed_among(session, [record_id]):
        return None
    holding = [
        consent
        for consent in consents_told(session, consents_of(session, [record_id]))
        if agreed([consent], purpose, recipient=recipient_id, today=today)
    ]
    return max(holding, key=lambda consent: consent.until or dt.date.max, default=None)


def may_go_out(
    session: Session, record: PersonRecord, version: PersonVersion, *, recipient_id: int | None
) -> dt.date | None:
    """Give until when a record may be with a recipient; None: without an end.

    Remains need no consent. Raises `Conflict`: `no_consent`, `case_has_ended`.
    """
    consent = None
    if record.kind == PersonKind.CASE:
        consent = holding_consent(session, record.id, recipient_id)
        if consent is None:
            raise Conflict("no_consent")
    if version.status in ENDED:
        raise Conflict("case_has_ended")
    return None if consent is None else consent.until


def name_of_recipient(session: Session, recipient_id: int | None, *, own_id: int) -> str | None:
    """Give the name of another organisation; None for anybody."""
    if recipient_id is None:
        return None
    if recipient_id == own_id:
        raise Conflict("own_organisation")
    organisation = session.get(Organisation, recipient_id)
    if organisation is None:
        raise InvalidRecord({"recipient_id": ("unknown_code",)})
    return organisation.name


def sound_reason(reason: str) -> str:
    """Check why something goes out."""
    reason = reason.strip().replace("\x00", "")
    if not reason or len(reason) > LONGEST_REASON:
        raise InvalidRecord({"reason": ("too_long" if reason else "required",)})
    return reason


def recall_files(session: Session, actor: Actor, record: PersonRecord) -> None:
    """Make it a task of today to have files forgotten that no consent covers any more."""
    for recipient_id in who_has_files(session, record.id):
        if record.kind != PersonKind.CASE or holding_consent(session, record.id, recipient_id):
            continue
        named = names_of_organisations(session, [recipient_id] if recipient_id else [])
        whom = named.get(recipient_id or 0, "Anybody")
        told = f"{whom}: has a file of this case, and the family's consent is no more. Tell them to"
        told += " forget it today (What recipients have to forget)."
        if any(task.told == told and task.done_at is None for task in tasks_of(session, record.id)):
            continue
        task = PersonTask(
            record_id=record.id,
            kind=TaskKind.FOLLOW_UP,
            told=told,
            due_on=moment(session).date(),
            made_at=moment(session),
            made_by=actor.handle,
        )
        session.add(task)
        session.flush()


def note_export(
    session: Session, actor: Actor, record_id: int, *, recipient_id: int | None, reason: str
) -> None:
    """Note that a record went out, so that whoever has it can be told to forget it."""
    session.add(
        PersonExport(
            record_id=record_id,
            recipient_id=recipient_id,
            reason=reason,
            exported_at=moment(session),
            exported_by=actor.handle,
        )
    )
    session.flush()
    note_act(session, actor, action="export_person", thing=f"person {record_id}")
