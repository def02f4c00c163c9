"""Finds what files know of people: their ids, kept mappings, and what went out."""

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select, text
from sqlalchemy.orm import Session

from tracker.db.models.people import (
    KeptMapping,
    PersonExport,
    PersonExternalId,
    PersonRecord,
    PersonVersion,
)

_LISTS_LOCK = 720_223  # the number of PostgreSQL's advisory lock for lists of an organisation


def take_turn_with_lists(session: Session, organisation_id: int) -> None:
    """Let one list of an organisation come in at a time, and nothing be erased meanwhile.

    Two that come at once would both find that a person is not here yet. SQLite has one writer at a
    time as it is.
    """
    if session.get_bind().dialect.name == "postgresql":
        numbers = {"lists": _LISTS_LOCK, "organisation": organisation_id}
        session.execute(text("SELECT pg_advisory_xact_lock(:lists, :organisation)"), numbers)


def external_ids(
    session: Session, organisation_id: int, digests: Iterable[str]
) -> dict[str, PersonExternalId]:
    """Give the ids that an organisation's files are known by, erased records' too."""
    wanted = select(PersonExternalId).where(
        PersonExternalId.organisation_id == organisation_id,
        PersonExternalId.digest.in_([*digests]),
    )
    return {row.digest: row for row in session.scalars(wanted)}


def ids_of_person(session: Session, record_id: int) -> Sequence[PersonExternalId]:
    """Give the ids by which files call a person."""
    wanted = select(PersonExternalId).where(PersonExternalId.record_id == record_id)
    return session.scalars(wanted).all()


def records_with_versions(
    session: Session, record_ids: Iterable[int]
) -> dict[int, tuple[PersonRecord, PersonVersion | None]]:
    """Give records by number, those that were erased without what stands of them."""
    wanted = (
        select(PersonRecord, PersonVersion)
        .outerjoin(
            PersonVersion,
            (PersonVersion.record_id == PersonRecord.id) & PersonVersion.recorded_to.is_(None),
        )
        .where(PersonRecord.id.in_([*record_ids]))
    )
    return {record.id: (record, version) for record, version in session.execute(wanted).all()}


def version_by_number(session: Session, record_id: int, number: int | None) -> PersonVersion | None:
    """Give a version of a record by its number."""
    wanted = select(PersonVersion).where(
        PersonVersion.record_id == record_id, PersonVersion.version_number == number
    )
    return session.scalars(wanted).first()


def mappings_for(session: Session, organisation_id: int, kind: str) -> Sequence[KeptMapping]:
    """Give the mappings that an organisation may use: its own first, then those shared."""
    wanted = (
        select(KeptMapping)
        .where(
            KeptMapping.kind == kind,
            or_(KeptMapping.organisation_id == organisation_id, KeptMapping.shared.is_(True)),
        )
        .order_by(KeptMapping.organisation_id != organisation_id, KeptMapping.name, KeptMapping.id)
    )
    return session.scalars(wanted).all()


def find_own_mapping(
    session: Session, organisation_id: int, kind: str, *, name: str
) -> KeptMapping | None:
    """Find a mapping of an organisation by its name."""
    wanted = select(KeptMapping).where(
        KeptMapping.organisation_id == organisation_id,
        KeptMapping.kind == kind,
        KeptMapping.name == name,
    )
    return session.scalars(wanted).first()


def destinations_of_organisation(session: Session, organisation_id: int) -> list[int | None]:
    """Give to whom an organisation's records went out, anybody (None) last."""
    wanted = (
        select(PersonExport.recipient_id)
        .join(PersonRecord, PersonRecord.id == PersonExport.record_id)
        .where(PersonRecord.organisation_id == organisation_id)
        .distinct()
    )
    found = session.scalars(wanted).all()
    return sorted(found, key=lambda number: (number is None, number or 0))


def exports_of_organisation(
    session: Session, organisation_id: int, recipient_id: int | None
) -> Sequence[PersonRecord]:
    """Give the records of an organisation that went out to a recipient, or to anybody."""
    towards = (
        PersonExport.recipient_id.is_(None)
        if recipient_id is None
        else PersonExport.recipient_id == recipient_id
    )
    went_out = select(PersonExport.record_id).where(towards)
    wanted = (
        select(PersonRecord)
        .where(PersonRecord.organisation_id == organisation_id, PersonRecord.id.in_(went_out))
        .order_by(PersonRecord.id)
    )
    return session.scalars(wanted).all()
