"""Keys by which a record that is sent again is known."""

import datetime as dt

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db.models.base import Base


class IdempotencyKey(Base):
    """A key that came with a record, and what became of it: sent again, it makes no second one.

    `sender` is the handle of whoever sent it: two people may use the same key.
    """

    __tablename__ = "idempotency_keys"
    __table_args__ = (UniqueConstraint("sender", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sender: Mapped[str]
    key: Mapped[str]
    digest: Mapped[str]
    thing: Mapped[str]
    made_at: Mapped[dt.datetime]
