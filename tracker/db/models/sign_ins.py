"""How people prove who they are: second factors, sessions, devices, tokens, and failures."""

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db.encryption import SealedBytes, SealedText
from tracker.db.models.base import Base


class SecondFactor(Base):
    """An app with one-time codes, or a passkey."""

    __tablename__ = "second_factors"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    kind: Mapped[str]
    name: Mapped[str] = mapped_column(SealedText)
    secret: Mapped[bytes] = mapped_column(SealedBytes)
    credential_id: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    # The newest step of time (TOTP) or count (passkey) that was accepted: none comes twice.
    counter: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[dt.datetime]
    last_used_at: Mapped[dt.datetime | None]


class RecoveryCode(Base):
    """A code that stands in for a second factor once."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    code_digest: Mapped[str]
    used_at: Mapped[dt.datetime | None]


class SignIn(Base):
    """A session of somebody in a browser; of its secret only the hash is here."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    stage: Mapped[str]
    device: Mapped[str]
    created_at: Mapped[dt.datetime]
    last_seen_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    wrong_codes: Mapped[int]
    # What a passkey has to sign next, and the secret of an app that is being set up.
    challenge: Mapped[bytes | None] = mapped_column(LargeBinary)
    pending_secret: Mapped[bytes | None] = mapped_column(SealedBytes)


class KnownDevice(Base):
    """A browser in which somebody has signed in before; others cannot lock it out."""

    __tablename__ = "known_devices"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    last_used_at: Mapped[dt.datetime]


class ApiToken(Base):
    """A key for a program of somebody's; shown once, only its hash is here."""

    __tablename__ = "api_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str] = mapped_column(SealedText)
    prefix: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    scope: Mapped[str]
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    last_used_at: Mapped[dt.datetime | None]
    revoked_at: Mapped[dt.datetime | None]


class Throttle(Base):
    """How often something failed, by a keyed digest of what was tried."""

    __tablename__ = "throttles"

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last_failed_at: Mapped[dt.datetime]
