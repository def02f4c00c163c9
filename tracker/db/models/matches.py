"""Two records that may be of one person, and what people decided about them."""

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db.encryption import SealedText
from tracker.db.models.base import Base


class Match(Base):
    """A pair of records (the lower id first) and how it stands.

    `compared` is a keyed digest for each field that was compared: a pair that was excluded comes
    back only where one of them changed, and can say which.
    """

    __tablename__ = "matches"
    __table_args__ = (UniqueConstraint("one_id", "other_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    one_id: Mapped[int] = mapped_column(ForeignKey("person_records.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("person_records.id"), index=True)
    scoring: Mapped[str]
    log_odds: Mapped[float]
    strength: Mapped[str]
    compared: Mapped[str]
    status: Mapped[str]
    proposed_at: Mapped[dt.datetime]
    changed_at: Mapped[dt.datetime]


class MatchDecision(Base):
    """One voice of one person about a pair; taken back by whoever gave it, never deleted."""

    __tablename__ = "match_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"), index=True)
    decision: Mapped[str]
    decided_at: Mapped[dt.datetime]
    decided_by: Mapped[str]
    role: Mapped[str]
    organisation_id: Mapped[int | None]
    method: Mapped[str | None]
    authority: Mapped[str | None] = mapped_column(SealedText)
    identified_on: Mapped[dt.date | None]
    reason: Mapped[str | None] = mapped_column(SealedText)
    compared: Mapped[str]
    undone_at: Mapped[dt.datetime | None]
    undone_by: Mapped[str | None]
