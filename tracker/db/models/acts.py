"""The record of what was done to the installation, by whom, and what shows that it was changed."""

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


class ActSeal(Base):
    """The seal of an act over itself and the seal before it, in the order of their commits.

    There is no foreign key: a seal outlives an act that somebody takes away, and shows it.
    """

    __tablename__ = "act_seals"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    act_id: Mapped[int] = mapped_column(unique=True)
    seal: Mapped[str]
