"""Finds files of several cases, and the cases that could be in one."""

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.orm import Session

from tracker.db.models.people import (
    Consent,
    GroupExport,
    GroupExportRecord,
    PersonExport,
    PersonRecord,
    PersonVersion,
)
from tracker.db.queries.families import disputed_records
from tracker.domain.consents import Purpose
from tracker.domain.people import PersonKind


def cases_agreed_to(
    session: Session,
    organisation_id: int,
    recipient_id: int,
    *,
    today: dt.date,
    ended: Iterable[str],
) -> Sequence[tuple[PersonRecord, PersonVersion]]:
    """Give an organisation's cases that may go to a recipient today, the newest first."""
    agreed = exists().where(
        Consent.record_id == PersonRecord.id,
        Consent.purpose == Purpose.SHARE,
        Consent.recipient_id == recipient_id,
        *_stands(today),
    )
    wanted = (
        select(PersonRecord, PersonVersion)
        .join(PersonVersion, PersonVersion.record_id == PersonRecord.id)
        .where(
            PersonVersion.recorded_to.is_(None),
            PersonVersion.status.not_in([*ended]),
            PersonRecord.organisation_id == organisation_id,
            PersonRecord.kind == PersonKind.CASE,
            PersonRecord.erased_at.is_(None),
            PersonRecord.server_id.is_(None),
            PersonRecord.id.not_in(disputed_records()),
            agreed,
        )
        .order_by(PersonRecord.id.desc())
    )
    return [(record, version) for record, version in session.execute(wanted).all()]


def recipients_agreed_to(session: Session, organisation_id: int, *, today: dt.date) -> list[int]:
    """Give the organisations to which families of an organisation agree today."""
    wanted = (
        select(Consent.recipient_id)
        .join(PersonRecord, PersonRecord.id == Consent.record_id)
        .where(
            PersonRecord.organisation_id == organisation_id,
            PersonRecord.kind == PersonKind.CASE,
            PersonRecord.erased_at.is_(None),
            PersonRecord.server_id.is_(None),
            Consent.purpose == Purpose.SHARE,
            Consent.recipient_id != organisation_id,
            *_stands(today),
        )
        .distinct()
    )
    return [number for number in session.scalars(wanted).all() if number is not None]


def _stands(today: dt.date) -> tuple[ColumnElement[bool], ...]:
    in_time = or_(Consent.until.is_(None), Consent.until >= today)
    return Consent.withdrawn_at.is_(None), in_time


def find_group_export(
    session: Session, organisation_id: int, number: int, *, to_write: bool = False
) -> GroupExport | None:
    """Find a file of several cases of an organisation; held until the end where it is changed."""
    wanted = select(GroupExport).where(
        GroupExport.id == number, GroupExport.organisation_id == organisation_id
    )
    return session.scalars(wanted.with_for_update() if to_write else wanted).first()


def group_exports_of(
    session: Session, organisation_id: int, *, limit: int
) -> Sequence[GroupExport]:
    """Give the files of several cases of an organisation, the newest first."""
    wanted = select(GroupExport).where(GroupExport.organisation_id == organisation_id)
    return session.scalars(wanted.order_by(GroupExport.id.desc()).limit(limit)).all()


def records_of_exports(session: Session, numbers: Iterable[int]) -> Sequence[GroupExportRecord]:
    """Give what is in files of several cases, in the order in which it was asked for."""
    wanted = select(GroupExportRecord).where(GroupExportRecord.export_id.in_([*numbers]))
    return session.scalars(wanted.order_by(GroupExportRecord.id)).all()


def forget_reasons(session: Session, record_id: int) -> None:
    """Remove why files went out that a record was to be in: words could tell of the person."""
    within = select(GroupExportRecord.export_id).where(GroupExportRecord.record_id == record_id)
    session.execute(update(GroupExport).where(GroupExport.id.in_(within)).values(reason=None))


def who_has_files(session: Session, record_id: int) -> Sequence[int | None]:
    """Give the organisations that have a file of a record; None: anybody."""
    wanted = select(PersonExport.recipient_id).where(PersonExport.record_id == record_id).distinct()
    return session.scalars(wanted).all()
