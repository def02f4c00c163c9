"""What people have begun to type and not yet saved."""

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db.encryption import SealedText
from tracker.db.models.base import Base


class FormDraft(Base):
    """The fields of one showing of a form as somebody has left them; for nobody else, not for long.

    Without fields it has ended: it was saved or thrown away, and takes no more.
    """

    __tablename__ = "form_drafts"
    __table_args__ = (UniqueConstraint("account_id", "form", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    form: Mapped[str]
    key: Mapped[str]
    fields: Mapped[str | None] = mapped_column(SealedText)
    saved_at: Mapped[dt.datetime] = mapped_column(index=True)
