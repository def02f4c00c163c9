"""Figures that were published: frozen, so that whoever quotes one can show where it came from."""

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from tracker.db.models.base import Base


class PublishedFigure(Base):
    """A tally as it was published. Rows are added, never changed; corrections stand beside it."""

    __tablename__ = "published_figures"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(unique=True)
    title_es: Mapped[str]
    title_en: Mapped[str]
    note_es: Mapped[str | None]
    note_en: Mapped[str | None]
    question: Mapped[str]
    followed_by: Mapped[str | None]
    as_known_on: Mapped[dt.date]
    answer_csv: Mapped[str]
    answer_json: Mapped[str]
    checksum: Mapped[str]
    boundaries_version: Mapped[str]
    published_at: Mapped[dt.datetime]
    published_by: Mapped[str]
