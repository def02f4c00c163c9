"""How a family follows its own case, what it says, and how it was told of a death."""

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db.encryption import SealedText
from tracker.db.models.base import Base


class FamilyAccess(Base):
    """A code and a second secret with which a family follows its case; neither is kept here.

    Wrong secrets are counted, and make the next try wait. `reach` is how the family reaches the
    organisation, `support` who listens to it; both are shown to the family alone.
    """

    __tablename__ = "family_accesses"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("person_records.id"), index=True)
    code_digest: Mapped[str] = mapped_column(unique=True)
    secret_hash: Mapped[str]
    reach: Mapped[str] = mapped_column(SealedText)
    support: Mapped[str | None] = mapped_column(SealedText)
    made_at: Mapped[dt.datetime]
    made_by: Mapped[str]
    wrong_secrets: Mapped[int]
    wait_until: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]


class FamilyWord(Base):
    """What a family wrote about its case, until somebody has taken it up."""

    __tablename__ = "family_words"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("person_records.id"), index=True)
    kind: Mapped[str]
    told: Mapped[str] = mapped_column(SealedText)
    written_at: Mapped[dt.datetime]
    taken_up_at: Mapped[dt.datetime | None]
    taken_up_by: Mapped[str | None]


class FamilyNotification(Base):
    """That a family was told of a death, by whom, with what care; undone where it was a mistake."""

    __tablename__ = "family_notifications"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("person_records.id"), index=True)
    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"), index=True)
    notified_on: Mapped[dt.date]
    told: Mapped[str] = mapped_column(SealedText)
    noted_at: Mapped[dt.datetime]
    noted_by: Mapped[str]
    undone_at: Mapped[dt.datetime | None]
    undone_by: Mapped[str | None]
