"""The record of what was done to the installation, by whom."""

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from tracker.db.models.base import Base


class Act(Base):
    """One act; it names things by id and holds no personal data. Never changed afterwards."""

    __tablename__ = "acts"

    id: Mapped[int] = mapped_column(primary_key=True)
    done_at: Mapped[dt.datetime]
    actor: Mapped[str]
    action: Mapped[str]
    thing: Mapped[str]
