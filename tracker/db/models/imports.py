"""Files that were taken in, and what was found in them."""

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db.models.base import Base


class Import(Base):
    """One file of a dataset as known on a date. Nothing of it is seen until it is published."""

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset: Mapped[str]
    file_name: Mapped[str]
    sha256: Mapped[str]
    layout: Mapped[str]
    recorded_on: Mapped[dt.date] = mapped_column(index=True)
    replaces: Mapped[bool]
    state: Mapped[str]
    imported_by: Mapped[str]
    started_at: Mapped[dt.datetime]
    published_at: Mapped[dt.datetime | None]
    rows_read: Mapped[int]
    rows_out_of_scope: Mapped[int]
    reported: Mapped[int]
    revised: Mapped[int]
    reclassified: Mapped[int]
    withdrawn: Mapped[int]
    unchanged: Mapped[int]
    continued: Mapped[int]
    gone: Mapped[int]


class ImportFinding(Base):
    """Something that a file said and that needed a repair, a caution or a review."""

    __tablename__ = "import_findings"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), index=True)
    row_number: Mapped[int | None]
    identity: Mapped[str | None]
    code: Mapped[str]
    column_name: Mapped[str | None]
    original: Mapped[str | None]
    value: Mapped[str | None]
    action: Mapped[str]
