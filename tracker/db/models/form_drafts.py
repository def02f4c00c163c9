"""What people have begun to type and not yet saved."""

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db.encryption import SealedText
from tracker.db.models.base import Base


class FormDraft(Base):
    """The fields of a form as somebody has left them; for nobody else, and not for long."""

    __tablename__ = "form_drafts"
    __table_args__ = (UniqueConstraint("account_id", "form"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    form: Mapped[str]
    fields: Mapped[str] = mapped_column(SealedText)
    saved_at: Mapped[dt.datetime] = mapped_column(index=True)
