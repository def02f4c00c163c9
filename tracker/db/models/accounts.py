"""Organisations, the accounts of their people, and the links that invite them."""

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db.encryption import SealedText
from tracker.db.models.base import Base


class Organisation(Base):
    """A group whose people log, review, search or count."""

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    country: Mapped[str]
    created_at: Mapped[dt.datetime]
    deactivated_at: Mapped[dt.datetime | None]


class Account(Base):
    """A person of one organisation, with one role in it.

    Name and address are sealed; the address is found by its keyed digest.
    """

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    role: Mapped[str]
    name: Mapped[str] = mapped_column(SealedText)
    email: Mapped[str] = mapped_column(SealedText)
    email_digest: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    created_at: Mapped[dt.datetime]
    password_changed_at: Mapped[dt.datetime]
    deactivated_at: Mapped[dt.datetime | None]


class Invitation(Base):
    """A link that works once: to join an organisation, or to come back into an account."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    purpose: Mapped[str]
    role: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_by: Mapped[str]
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    tries: Mapped[int]
    used_at: Mapped[dt.datetime | None]
    revoked_at: Mapped[dt.datetime | None]
