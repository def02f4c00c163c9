"""Incidents that became one, parts that belong to one event, and what was told apart."""

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db.models.base import Base


class IncidentMerge(Base):
    """One incident taken into another; a merge that was undone stays on record."""

    __tablename__ = "merges"

    id: Mapped[int] = mapped_column(primary_key=True)
    merged_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), index=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), index=True)
    status_before: Mapped[str]
    merged_at: Mapped[dt.datetime]
    merged_by: Mapped[str]
    because: Mapped[str]
    undone_at: Mapped[dt.datetime | None]
    undone_by: Mapped[str | None]
    undone_because: Mapped[str | None]


class EventPart(Base):
    """A part that belongs to an event; a link that was taken back stays on record."""

    __tablename__ = "event_parts"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), index=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), index=True)
    linked_at: Mapped[dt.datetime]
    linked_by: Mapped[str]
    because: Mapped[str]
    unlinked_at: Mapped[dt.datetime | None]
    unlinked_by: Mapped[str | None]


class Distinction(Base):
    """That two incidents are not the same event, though they look like it."""

    __tablename__ = "distinctions"

    id: Mapped[int] = mapped_column(primary_key=True)
    one_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), index=True)
    said_at: Mapped[dt.datetime]
    said_by: Mapped[str]
    because: Mapped[str]
    undone_at: Mapped[dt.datetime | None]
    undone_by: Mapped[str | None]
