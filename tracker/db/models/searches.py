"""Searches on the ground: what was planned where, by whom, and what was found or not."""

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db.encryption import SealedText
from tracker.db.models.base import Base


class Search(Base):
    """A search operation; purpose, area, method and words are sealed together as `plan`."""

    __tablename__ = "searches"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    status: Mapped[str]
    begins_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    plan: Mapped[str] = mapped_column(SealedText)
    invented: Mapped[bool]
    version_number: Mapped[int]
    planned_at: Mapped[dt.datetime]
    planned_by: Mapped[str]
    changed_at: Mapped[dt.datetime]
    changed_by: Mapped[str]


class SearchGroup(Base):
    """An organisation whose people take part in a search, and see its map."""

    __tablename__ = "search_groups"
    __table_args__ = (UniqueConstraint("search_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    search_id: Mapped[int] = mapped_column(ForeignKey("searches.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)


class SearchReport(Base):
    """What a group reported of a search: an effort, a finding, nothing found, or a track."""

    __tablename__ = "search_reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    search_id: Mapped[int] = mapped_column(ForeignKey("searches.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    kind: Mapped[str]
    done_on: Mapped[dt.date]
    told: Mapped[str] = mapped_column(SealedText)
    reported_at: Mapped[dt.datetime]
    reported_by: Mapped[str]
    taken_back_at: Mapped[dt.datetime | None]
    taken_back_by: Mapped[str | None]
