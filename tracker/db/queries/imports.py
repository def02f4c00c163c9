"""What the database holds of a dataset, and the state of imports."""

import datetime as dt

import pandas as pd
from sqlalchemy import ColumnElement, Select, delete, func, or_, select
from sqlalchemy.orm import Session

from tracker.db.models import (
    ExternalId,
    Import,
    ImportFinding,
    Incident,
    IncidentVersion,
    LedgerBlock,
    LedgerEntry,
)
from tracker.db.models.base import Base
from tracker.domain.statuses import ImportState

STATE_COLUMNS = (
    "identity",
    "incident_id",
    "version_id",
    "version_number",
    "fingerprint",
    "status",
    "import_id",
)


def staged_imports() -> Select[int]:
    """Select the imports that nobody may see yet."""
    return select(Import.id).where(Import.state == ImportState.STAGED)


def is_seen() -> ColumnElement[bool]:
    """Tell versions that are published from those of an import that is under way."""
    return or_(
        IncidentVersion.import_id.is_(None), IncidentVersion.import_id.not_in(staged_imports())
    )


def dataset_state(session: Session, dataset: str) -> pd.DataFrame:
    """Give the current version behind every identity of a dataset, one row an identity."""
    statement = (
        select(
            ExternalId.value,
            ExternalId.incident_id,
            IncidentVersion.id,
            IncidentVersion.version_number,
            IncidentVersion.fingerprint,
            IncidentVersion.status,
            IncidentVersion.import_id,
        )
        .join(IncidentVersion, IncidentVersion.incident_id == ExternalId.incident_id)
        .where(
            ExternalId.dataset == dataset,
            ExternalId.leads,
            IncidentVersion.recorded_to.is_(None),
            is_seen(),
            or_(ExternalId.import_id.is_(None), ExternalId.import_id.not_in(staged_imports())),
        )
    )
    return pd.DataFrame(session.execute(statement).all(), columns=list(STATE_COLUMNS))


def last_recorded(session: Session, dataset: str) -> dt.datetime | None:
    """Give the latest moment at which anything of a dataset was recorded."""
    statement = (
        select(func.max(IncidentVersion.recorded_from))
        .join(Incident, Incident.id == IncidentVersion.incident_id)
        .where(Incident.dataset == dataset, is_seen())
    )
    return session.scalar(statement)


def find_published(
    session: Session, *, dataset: str, sha256: str, recorded_on: dt.date
) -> Import | None:
    """Find the same file, already imported as recorded on the same day."""
    statement = select(Import).where(
        Import.dataset == dataset,
        Import.sha256 == sha256,
        Import.recorded_on == recorded_on,
        Import.state == ImportState.PUBLISHED,
    )
    return session.scalars(statement).first()


def list_imports(session: Session) -> list[Import]:
    """Give the published imports, the newest first."""
    statement = (
        select(Import)
        .where(Import.state == ImportState.PUBLISHED)
        .order_by(Import.recorded_on.desc(), Import.id.desc())
    )
    return list(session.scalars(statement))


def abandoned_imports(session: Session) -> list[int]:
    """Give the imports that were cut off before they were published."""
    return list(session.scalars(staged_imports()))


def remove_some_of_import(session: Session, import_id: int, at_most: int = 20_000) -> bool:
    """Remove some rows of an import that was never published; False when nothing is left.

    Only rows that nobody has ever seen go this way.
    """
    for model in (LedgerBlock, LedgerEntry, IncidentVersion, ExternalId, ImportFinding, Incident):
        table = Base.metadata.tables[model.__tablename__]
        key = next(iter(table.primary_key))
        # From the end, where its rows are: an index on import_id would cost every import more.
        last = select(key).where(table.c.import_id == import_id).order_by(key.desc())
        some = last.limit(at_most)
        removed = session.connection().execute(delete(model).where(key.in_(some)))
        if removed.rowcount:
            return True
    session.connection().execute(delete(Import).where(Import.id == import_id))
    return False
