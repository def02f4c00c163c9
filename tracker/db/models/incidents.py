"""Incidents: who they are, and every version of what was known of them."""

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db.models.base import Base


class Incident(Base):
    """An incident's identity and today's visibility; what is known of it is in its versions."""

    __tablename__ = "incidents"
    __table_args__ = (
        # Few of many: they are read anew whenever anything was recorded.
        Index(
            "ix_incidents_not_public",
            "id",
            sqlite_where=text("visibility != 'public'"),
            postgresql_where=text("visibility != 'public'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(unique=True)
    dataset: Mapped[str | None]
    visibility: Mapped[str]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"))
    organisation_id: Mapped[int | None] = mapped_column(index=True)
    logged_by: Mapped[int | None] = mapped_column(index=True)
    logged_on: Mapped[dt.date | None]
    logged_through: Mapped[str | None]


class ExternalId(Base):
    """A name that a dataset gives to an incident.

    The one that `leads` brings a row of the dataset's next file back to its incident.
    """

    __tablename__ = "external_ids"
    __table_args__ = (Index("ix_external_ids_dataset_value", "dataset", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), index=True)
    dataset: Mapped[str]
    kind: Mapped[str]
    value: Mapped[str]
    leads: Mapped[bool]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"))


class IncidentVersion(Base):
    """What was known of an incident from `recorded_from` until `recorded_to`.

    Rows are added, never changed; only `recorded_to` is set, once, when the next version comes.
    An import that is under way may hold a version with the same number as one that a person has
    recorded meanwhile: it is never published (see `tracker.services.imports`).
    """

    __tablename__ = "incident_versions"
    __table_args__ = (
        Index("ix_incident_versions_incident_id_version_number", "incident_id", "version_number"),
        # What stands today by day and place: where likely duplicates are looked for.
        Index(
            "ix_incident_versions_standing",
            *("date_from", "latitude", "longitude"),
            sqlite_where=text("recorded_to IS NULL"),
            postgresql_where=text("recorded_to IS NULL"),
        ),
        Index(
            "ix_incident_versions_standing_long",
            *("date_from", "date_to"),
            sqlite_where=text("recorded_to IS NULL AND date_to > date_from"),
            postgresql_where=text("recorded_to IS NULL AND date_to > date_from"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"))
    version_number: Mapped[int]
    recorded_from: Mapped[dt.datetime]
    recorded_to: Mapped[dt.datetime | None]
    recorded_by: Mapped[str]
    entered_at: Mapped[dt.datetime]
    reason: Mapped[str]
    reason_note: Mapped[str | None]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"))
    fingerprint: Mapped[int | None] = mapped_column(BigInteger)

    status: Mapped[str]
    scope: Mapped[str]
    incident_type: Mapped[str]
    date_from: Mapped[dt.date | None]
    date_to: Mapped[dt.date | None]
    date_precision: Mapped[str]
    date_basis: Mapped[str | None]

    number_dead: Mapped[int | None]
    number_dead_max: Mapped[int | None]
    number_missing_min: Mapped[int | None]
    number_missing_max: Mapped[int | None]
    number_survivors: Mapped[int | None]
    number_females: Mapped[int | None]
    number_males: Mapped[int | None]
    number_other_gender: Mapped[int | None]
    number_children: Mapped[int | None]

    causes: Mapped[str | None]
    cause_reported: Mapped[str | None]
    cause_official: Mapped[str | None]
    manner: Mapped[str | None]
    origins: Mapped[str | None]
    origin_reported: Mapped[str | None]
    region_origin_reported: Mapped[str | None]

    longitude: Mapped[float | None]
    latitude: Mapped[float | None]
    location_precision: Mapped[str]
    uncertainty_m: Mapped[float | None]
    location_basis: Mapped[str | None]
    location_description: Mapped[str | None]
    position_reported: Mapped[str | None]
    country_of_incident: Mapped[str | None]
    country_reported: Mapped[str | None]

    country: Mapped[str | None]
    un_m49: Mapped[str | None]
    review_2021: Mapped[str | None]
    corridor: Mapped[str | None]
    segment: Mapped[str | None]
    corridor_relation: Mapped[str | None]
    boundaries_version: Mapped[str]

    route_reported: Mapped[str | None]
    region_reported: Mapped[str | None]
    unsd_reported: Mapped[str | None]
    source_quality: Mapped[int | None]
    information_source: Mapped[str | None]
    url: Mapped[str | None]
    import_codes: Mapped[str | None]
    groups: Mapped[str | None]
    sources: Mapped[str | None]
    notes: Mapped[str | None]
