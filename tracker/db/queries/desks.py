"""Finds what an organisation's case workers have to look at, by its day."""

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from tracker.db.models.people import PersonRecord, PersonTask, PersonVersion


def reviews_due(
    session: Session, organisation_id: int, *, until: dt.date, closed: Iterable[str], limit: int
) -> Sequence[tuple[PersonRecord, PersonVersion]]:
    """Give an organisation's open records to be looked at again by a day, the longest due first."""
    wanted = (
        select(PersonRecord, PersonVersion)
        .join(PersonVersion, PersonVersion.record_id == PersonRecord.id)
        .where(
            _own(organisation_id),
            PersonVersion.recorded_to.is_(None),
            PersonVersion.status.not_in([*closed]),
            PersonRecord.review_on <= until,
        )
        .order_by(PersonRecord.review_on, PersonRecord.id)
        .limit(limit)
    )
    return [(record, version) for record, version in session.execute(wanted).all()]


def tasks_due(
    session: Session, organisation_id: int, *, until: dt.date, limit: int
) -> Sequence[tuple[PersonTask, PersonRecord, PersonVersion]]:
    """Give an organisation's tasks to be done by a day, the longest due first."""
    wanted = (
        select(PersonTask, PersonRecord, PersonVersion)
        .join(PersonRecord, PersonRecord.id == PersonTask.record_id)
        .join(PersonVersion, PersonVersion.record_id == PersonRecord.id)
        .where(
            _own(organisation_id),
            PersonVersion.recorded_to.is_(None),
            PersonTask.done_at.is_(None),
            PersonTask.due_on <= until,
        )
        .order_by(PersonTask.due_on, PersonTask.id)
        .limit(limit)
    )
    return [(task, record, version) for task, record, version in session.execute(wanted).all()]


def _own(organisation_id: int) -> ColumnElement[bool]:
    # What another server shares is changed there.
    return and_(
        PersonRecord.organisation_id == organisation_id,
        PersonRecord.erased_at.is_(None),
        PersonRecord.server_id.is_(None),
    )
