"""Finds records of people, their versions, consents and shares."""

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true, update
from sqlalchemy.orm import Session, aliased

from tracker.db.models import Incident, Organisation
from tracker.db.models.people import (
    Consent,
    FeedEntry,
    PersonExternalId,
    PersonRecord,
    PersonTask,
    PersonVersion,
    Share,
)
from tracker.db.queries.families import disputed_records
from tracker.domain.consents import Purpose
from tracker.domain.people import PersonKind
from tracker.domain.permissions import Actor, Role


def find_person(
    session: Session, public_id: str, seen: ColumnElement[bool] | None = None
) -> PersonRecord | None:
    """Find a record that was not erased by its public id.

    What is not `seen` is left out in the same question, so that the work does not tell of it.
    """
    wanted = select(PersonRecord).where(
        PersonRecord.public_id == public_id, PersonRecord.erased_at.is_(None)
    )
    if seen is not None:
        wanted = wanted.where(seen)
    return session.scalars(wanted).first()


def current_person_version(session: Session, record_id: int) -> PersonVersion | None:
    """Give the version of a record that stands."""
    wanted = select(PersonVersion).where(
        PersonVersion.record_id == record_id, PersonVersion.recorded_to.is_(None)
    )
    return session.scalars(wanted).first()


def versions_of_person(session: Session, record_id: int) -> Sequence[PersonVersion]:
    """Give all versions of a record, the newest first."""
    wanted = (
        select(PersonVersion)
        .where(PersonVersion.record_id == record_id)
        .order_by(PersonVersion.version_number.desc())
    )
    return session.scalars(wanted).all()


def end_person_version(session: Session, version_id: int, ended_at: dt.datetime) -> bool:
    """End the version that stands; False where somebody else has ended it meanwhile."""
    ended = session.execute(
        update(PersonVersion)
        .where(PersonVersion.id == version_id, PersonVersion.recorded_to.is_(None))
        .values(recorded_to=ended_at)
        .execution_options(synchronize_session=False)
    )
    return bool(ended.rowcount)  # type: ignore[attr-defined]


def consents_of(session: Session, record_ids: Iterable[int]) -> Sequence[Consent]:
    """Give all consents of some records, those withdrawn too, the oldest first."""
    wanted = select(Consent).where(Consent.record_id.in_([*record_ids])).order_by(Consent.id)
    return session.scalars(wanted).all()


def live_shares(session: Session, record_ids: Iterable[int], today: dt.date) -> Sequence[Share]:
    """Give the shares of some records that stand today, the oldest first."""
    wanted = (
        select(Share)
        .where(Share.record_id.in_([*record_ids]), share_stands(today))
        .order_by(Share.id)
    )
    return session.scalars(wanted).all()


def opening_shares(session: Session, record_ids: Iterable[int], today: dt.date) -> Sequence[Share]:
    """Give the shares that show a record today: none while its family disputes it."""
    wanted = (
        select(Share)
        .where(Share.record_id.in_([*record_ids]), share_opens(today))
        .order_by(Share.id)
    )
    return session.scalars(wanted).all()


def share_opens(today: dt.date) -> ColumnElement[bool]:
    """Let through shares that stand, but for those of a record that its family disputes."""
    return and_(share_stands(today), Share.record_id.not_in(disputed_records()))


def share_stands(today: dt.date) -> ColumnElement[bool]:
    """Let through shares that were not ended, whose day has not passed, and that rest on consent.

    Remains need no consent; a case is shared no longer than its family agrees.
    """
    # Names of their own: this stands within questions that ask for the same tables.
    shared, consent = aliased(PersonRecord), aliased(Consent)
    remains = exists().where(shared.id == Share.record_id, shared.kind == PersonKind.REMAINS)
    agreed = exists().where(
        consent.record_id == Share.record_id,
        consent.recipient_id == Share.organisation_id,
        consent.purpose == Purpose.SHARE,
        consent.withdrawn_at.is_(None),
        or_(consent.until.is_(None), consent.until >= today),
    )
    in_time = or_(Share.until.is_(None), Share.until >= today)
    return and_(Share.ended_at.is_(None), in_time, or_(remains, agreed))


def seen_people(actor: Actor, today: dt.date) -> ColumnElement[bool]:
    """Let through records of which this actor sees something: `sight_of_person` says the same."""
    if actor.role is Role.OPERATOR:
        return true()
    if actor.role is not Role.CASE_WORKER or actor.organisation_id is None:
        return false()
    shared = select(Share.record_id).where(
        Share.organisation_id == actor.organisation_id, share_opens(today)
    )
    own = PersonRecord.organisation_id == actor.organisation_id
    return or_(own, PersonRecord.id.in_(shared))


def list_person_rows(
    session: Session,
    seen: ColumnElement[bool],
    *,
    kind: str,
    statuses: Sequence[str] = (),
    before: int | None = None,
    limit: int,
) -> Sequence[tuple[PersonRecord, PersonVersion]]:
    """Give records with what stands of them, the newest first."""
    asked = [seen, PersonRecord.kind == kind, PersonRecord.erased_at.is_(None)]
    if statuses:
        asked.append(PersonVersion.status.in_(statuses))
    if before is not None:
        asked.append(PersonRecord.id < before)
    wanted = (
        select(PersonRecord, PersonVersion)
        .join(PersonVersion, PersonVersion.record_id == PersonRecord.id)
        .where(PersonVersion.recorded_to.is_(None), *asked)
        .order_by(PersonRecord.id.desc())
        .limit(limit)
    )
    return [(record, version) for record, version in session.execute(wanted).all()]


def names_of_organisations(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """Give the names of some organisations."""
    wanted = select(Organisation.id, Organisation.name).where(Organisation.id.in_({*ids}))
    return {row.id: row.name for row in session.execute(wanted).all()}


def public_ids_of_incidents(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """Give the public ids of some incidents."""
    wanted = select(Incident.id, Incident.public_id).where(Incident.id.in_({*ids}))
    return {row.id: row.public_id for row in session.execute(wanted).all()}


def find_external_id(
    session: Session, organisation_id: int, digest: str
) -> PersonExternalId | None:
    """Find the record, living or erased, that a file of this organisation calls so."""
    wanted = select(PersonExternalId).where(
        PersonExternalId.organisation_id == organisation_id, PersonExternalId.digest == digest
    )
    return session.scalars(wanted).first()


def tasks_of(session: Session, record_id: int) -> Sequence[PersonTask]:
    """Give the tasks of a record: those to be done by their day, then those that are done."""
    wanted = (
        select(PersonTask)
        .where(PersonTask.record_id == record_id)
        .order_by(PersonTask.done_at.is_not(None), PersonTask.due_on, PersonTask.id)
    )
    return session.scalars(wanted).all()


def feed_after(
    session: Session, organisation_id: int, *, after: int, limit: int
) -> Sequence[FeedEntry]:
    """Give what was told to an organisation after an entry, the oldest first."""
    wanted = (
        select(FeedEntry)
        .where(FeedEntry.organisation_id == organisation_id, FeedEntry.id > after)
        .order_by(FeedEntry.id)
        .limit(limit)
    )
    return session.scalars(wanted).all()


def organisations_besides(session: Session, organisation_id: int) -> Sequence[Organisation]:
    """Give every organisation of this tracker but one, by name."""
    wanted = select(Organisation).where(Organisation.id != organisation_id)
    return session.scalars(wanted.order_by(Organisation.name, Organisation.id)).all()
