"""What is left of records that were erased."""

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db.models.base import Base


class Erasure(Base):
    """That an incident was erased: it has no version any more, and its ids let none come back."""

    __tablename__ = "erasures"

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), unique=True)
    erased_at: Mapped[dt.datetime]
    erased_by: Mapped[str]
    ground: Mapped[str]
