"""Reads incidents, as known today or on a day before."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import Session

from tracker.db.models import ExternalId, Import, Incident, IncidentVersion
from tracker.db.queries.imports import is_seen, staged_imports
from tracker.domain.visibility import Standing

# SQLite takes 32,766 parameters in one statement.
MOST_IDS = 30_000


class KnownVersion(NamedTuple):
    """A version, with what is true of its incident today."""

    public_id: str
    dataset: str | None
    visibility: str
    organisation_id: int | None
    logged_by: int | None
    logged_on: dt.date | None
    version: IncidentVersion

    @property
    def standing(self) -> Standing:
        """Give what decides who sees it."""
        return Standing(
            visibility=self.visibility,
            status=self.version.status,
            organisation_id=self.organisation_id,
            logged_by=self.logged_by,
        )


def known_version(incident: Incident, version: IncidentVersion) -> KnownVersion:
    """Put an incident and one of its versions together."""
    return KnownVersion(
        incident.public_id,
        incident.dataset,
        visibility=incident.visibility,
        organisation_id=incident.organisation_id,
        logged_by=incident.logged_by,
        logged_on=incident.logged_on,
        version=version,
    )


# Asked again and again while somebody saves, so put together once.
_INCIDENT = select(Incident).where(
    Incident.public_id == bindparam("public_id"),
    or_(Incident.import_id.is_(None), Incident.import_id.not_in(staged_imports())),
)
_CURRENT_VERSION = select(IncidentVersion).where(
    IncidentVersion.incident_id == bindparam("incident_id"),
    IncidentVersion.recorded_to.is_(None),
    is_seen(),
)
_OF_INCIDENT = KnownVersion._fields[:-1]


def find_incident(session: Session, public_id: str) -> Incident | None:
    """Find an incident by its public id, unless its import is still under way."""
    if not public_id.isprintable():
        return None  # PostgreSQL refuses to so much as look for a NUL
    return session.scalars(_INCIDENT, {"public_id": public_id}).first()


def current_version(session: Session, incident_id: int) -> IncidentVersion | None:
    """Find the version of an incident that stands today."""
    return session.scalars(_CURRENT_VERSION, {"incident_id": incident_id}).first()


def versions_of_incident(
    session: Session, incident_id: int
) -> list[tuple[IncidentVersion, Import | None]]:
    """Give all versions of an incident, the first one first, and the imports they came by."""
    statement = (
        select(IncidentVersion, Import)
        .outerjoin(Import, Import.id == IncidentVersion.import_id)
        .where(IncidentVersion.incident_id == incident_id, is_seen())
        .order_by(IncidentVersion.version_number)
    )
    return [(version, source) for version, source in session.execute(statement).all()]


def versions_as_known(
    session: Session, incident_ids: Sequence[int], end_of_day: dt.datetime
) -> list[KnownVersion]:
    """Give the versions of incidents as they stood at a moment."""
    rows: list[KnownVersion] = []
    for start in range(0, len(incident_ids), MOST_IDS):
        part = [int(number) for number in incident_ids[start : start + MOST_IDS]]
        statement = _as_known(end_of_day).where(IncidentVersion.incident_id.in_(part))
        rows += [KnownVersion(*row) for row in session.execute(statement).all()]
    return rows


def _as_known(moment: dt.datetime) -> Select[*tuple[Any, ...]]:
    return (
        select(*(getattr(Incident, name) for name in _OF_INCIDENT), IncidentVersion)
        .join(Incident, Incident.id == IncidentVersion.incident_id)
        .where(
            IncidentVersion.recorded_from < moment,
            or_(IncidentVersion.recorded_to.is_(None), IncidentVersion.recorded_to >= moment),
            is_seen(),
        )
    )


def names_of_incidents(session: Session, incident_ids: Sequence[int]) -> dict[int, list[str]]:
    """Give the names that datasets have for incidents, such as `2021.MMP00768`."""
    statement = (
        select(ExternalId.incident_id, ExternalId.value)
        .where(
            ExternalId.incident_id.in_([int(number) for number in incident_ids]),
            ExternalId.kind != "identity",
            or_(ExternalId.import_id.is_(None), ExternalId.import_id.not_in(staged_imports())),
        )
        .order_by(ExternalId.id)
    )
    names: dict[int, list[str]] = {}
    for incident_id, value in session.execute(statement).all():
        known = names.setdefault(incident_id, [])
        if value not in known:
            known.append(value)
    return names
