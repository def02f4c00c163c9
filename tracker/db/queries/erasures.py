"""Takes away what is told of an incident wherever it is told, and finds what was erased."""

from collections.abc import Sequence

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from tracker.db.models import (
    Attachment,
    Distinction,
    Erasure,
    EventPart,
    ExternalId,
    FormDraft,
    IdempotencyKey,
    Import,
    ImportFinding,
    Incident,
    IncidentMerge,
    Question,
    ReportAddition,
    ReportFollowUp,
    Review,
)
from tracker.db.models.base import Base

_OF_INCIDENT: tuple[type[Base], ...] = (
    Attachment,
    Question,
    Review,
    ReportAddition,
    ReportFollowUp,
)
# What a key that was used stands beside once its record was erased: no digest of the facts.
NO_DIGEST = ""
# The kind of name that all parts of an event share.
NAME_OF_EVENT = "main_id"


def remove_what_is_told(session: Session, incident: Incident) -> None:
    """Remove every row about an incident but its versions, its ids and the log of acts."""
    for model in _OF_INCIDENT:
        table = Base.metadata.tables[model.__tablename__]
        session.execute(delete(model).where(table.c.incident_id == incident.id))
    either = or_(IncidentMerge.merged_id == incident.id, IncidentMerge.kept_id == incident.id)
    session.execute(delete(IncidentMerge).where(either))
    apart = or_(Distinction.one_id == incident.id, Distinction.other_id == incident.id)
    session.execute(delete(Distinction).where(apart))
    linked = or_(EventPart.event_id == incident.id, EventPart.part_id == incident.id)
    session.execute(delete(EventPart).where(linked))
    session.execute(delete(FormDraft).where(FormDraft.form == incident.public_id))
    of_record = IdempotencyKey.thing == incident.public_id
    session.execute(update(IdempotencyKey).where(of_record).values(digest=NO_DIGEST))
    _remove_findings(session, incident)


def _remove_findings(session: Session, incident: Incident) -> None:
    """Remove what was found in the rows of files that told of an incident."""
    names = select(ExternalId.value).where(ExternalId.incident_id == incident.id)
    imports = select(Import.id).where(Import.dataset == incident.dataset)
    told = (ImportFinding.import_id.in_(imports), ImportFinding.identity.in_(names))
    session.execute(delete(ImportFinding).where(*told))


def is_erased(session: Session, public_id: str) -> bool:
    """Say whether the incident with this public id was erased."""
    statement = (
        select(Erasure.id)
        .join(Incident, Incident.id == Erasure.incident_id)
        .where(Incident.public_id == public_id)
    )
    return session.scalars(statement).first() is not None


def erased_names(session: Session, dataset: str) -> set[str]:
    """Give the names by which a dataset would bring back what was erased."""
    statement = (
        select(ExternalId.value)
        .join(Erasure, Erasure.incident_id == ExternalId.incident_id)
        .where(
            ExternalId.dataset == dataset,
            or_(ExternalId.leads, ExternalId.kind != NAME_OF_EVENT),
        )
    )
    return set(session.scalars(statement))


def erasures_of(
    session: Session, *, organisation_id: int | None, limit: int
) -> Sequence[tuple[Erasure, str]]:
    """Give the erasures of an organisation's records (None: all), the newest first."""
    statement = (
        select(Erasure, Incident.public_id)
        .join(Incident, Incident.id == Erasure.incident_id)
        .order_by(Erasure.id.desc())
        .limit(limit)
    )
    if organisation_id is not None:
        statement = statement.where(Incident.organisation_id == organisation_id)
    return [(erasure, public_id) for erasure, public_id in session.execute(statement).all()]
