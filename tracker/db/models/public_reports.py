"""Reports without an account: the code that follows one, and what was added with it."""

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db.encryption import SealedText
from tracker.db.models.base import Base


class ReportFollowUp(Base):
    """The code by which whoever reported an incident follows it; only its keyed digest is here."""

    __tablename__ = "report_follow_ups"

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), unique=True)
    code_digest: Mapped[str] = mapped_column(unique=True)
    made_on: Mapped[dt.date]


class ReportAddition(Base):
    """What whoever reported an incident has added to it since, in their words."""

    __tablename__ = "report_additions"

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), index=True)
    added_on: Mapped[dt.date]
    text: Mapped[str] = mapped_column(SealedText)
