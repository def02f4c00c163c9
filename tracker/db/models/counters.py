"""Numbers handed out, so that many rows can be prepared with their ids before they are seen."""

from sqlalchemy.orm import Mapped, mapped_column

from tracker.db.models.base import Base


class Counter(Base):
    """The next free number of a kind of thing."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(primary_key=True)
    next_number: Mapped[int]
