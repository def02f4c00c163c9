"""Reviews of incidents: who checked what, and what was asked and answered."""

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db.encryption import SealedText
from tracker.db.models.base import Base


class Review(Base):
    """One time that somebody took up a record; `decision` is the status that came of it."""

    __tablename__ = "reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), index=True)
    reviewer_id: Mapped[int | None]
    begun_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    decision: Mapped[str | None]
    checklist: Mapped[str | None]


class Question(Base):
    """A question about a record, and its answer; both may hold what must stay between them."""

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), index=True)
    asked_by: Mapped[int | None]
    asked_at: Mapped[dt.datetime]
    text: Mapped[str] = mapped_column(SealedText)
    answered_by: Mapped[int | None]
    answered_at: Mapped[dt.datetime | None]
    answer: Mapped[str | None] = mapped_column(SealedText)
