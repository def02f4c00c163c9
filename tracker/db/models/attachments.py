"""Photos and documents of incidents; the files themselves lie sealed in a folder."""

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db.encryption import SealedBytes, SealedText
from tracker.db.models.base import Base


class Attachment(Base):
    """A file that somebody has attached to an incident: as it came, and the copy that is shown.

    `file_key` opens both; with the row it is gone, and the files can never be opened again.
    """

    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), index=True)
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    graphic: Mapped[bool]
    description: Mapped[str | None] = mapped_column(SealedText)
    file_key: Mapped[bytes] = mapped_column(SealedBytes)
    original_file: Mapped[str]
    shown_file: Mapped[str | None]
    added_by: Mapped[int | None]
    added_at: Mapped[dt.datetime]
