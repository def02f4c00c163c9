"""Finds sessions, second factors, devices and keys of the API."""

import datetime as dt

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from tracker.db.models import (
    Account,
    ApiToken,
    KnownDevice,
    Organisation,
    RecoveryCode,
    SecondFactor,
    SignIn,
    Throttle,
)

# Asked at every request, so put together once.
_SIGN_IN = (
    select(SignIn, Account)
    .join(Account, Account.id == SignIn.account_id)
    .join(Organisation, Organisation.id == Account.organisation_id)
    .where(
        SignIn.token_hash == bindparam("token_hash"),
        SignIn.ended_at.is_(None),
        Account.deactivated_at.is_(None),
        Organisation.deactivated_at.is_(None),
    )
)
_API_TOKEN = (
    select(ApiToken, Account)
    .join(Account, Account.id == ApiToken.account_id)
    .join(Organisation, Organisation.id == Account.organisation_id)
    .where(
        ApiToken.token_hash == bindparam("token_hash"),
        ApiToken.revoked_at.is_(None),
        Account.deactivated_at.is_(None),
        Organisation.deactivated_at.is_(None),
    )
)


def find_sign_in(session: Session, token_hash: str) -> tuple[SignIn, Account] | None:
    """Give a session that nobody has ended, with its account, if both and the group stand."""
    found = session.execute(_SIGN_IN, {"token_hash": token_hash}).one_or_none()
    return None if found is None else (found[0], found[1])


def find_api_token(session: Session, token_hash: str) -> tuple[ApiToken, Account] | None:
    """Give a key of the API that nobody has revoked, with its account, if it still stands."""
    found = session.execute(_API_TOKEN, {"token_hash": token_hash}).one_or_none()
    return None if found is None else (found[0], found[1])


def open_sign_ins(session: Session, account_id: int) -> list[SignIn]:
    """List the sessions of an account that nobody has ended, the newest first."""
    statement = (
        select(SignIn)
        .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
        .order_by(SignIn.last_seen_at.desc(), SignIn.id.desc())
    )
    return list(session.scalars(statement))


def end_sign_ins(
    session: Session, account_id: int, *, at: dt.datetime, but: int | None = None
) -> None:
    """End the sessions of an account, all or all but one."""
    statement = update(SignIn).where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
    if but is not None:
        statement = statement.where(SignIn.id != but)
    session.execute(statement.values(ended_at=at))


def note_seen(session: Session, session_id: int, at: dt.datetime) -> None:
    """Note that a session was used."""
    session.execute(update(SignIn).where(SignIn.id == session_id).values(last_seen_at=at))


def forget_sign_ins(session: Session, account_id: int, *, before: dt.datetime) -> None:
    """Forget the sessions of an account that were last used before a moment."""
    session.execute(
        delete(SignIn).where(SignIn.account_id == account_id, SignIn.last_seen_at < before)
    )


def factors_of(session: Session, account_id: int) -> list[SecondFactor]:
    """List the second factors of an account, the oldest first."""
    statement = select(SecondFactor).where(SecondFactor.account_id == account_id)
    return list(session.scalars(statement.order_by(SecondFactor.id)))


def forget_factors(session: Session, account_id: int) -> None:
    """Take every second factor and recovery code from an account."""
    for table in (SecondFactor, RecoveryCode):
        session.execute(delete(table).where(table.account_id == account_id))


def unused_recovery_codes(session: Session, account_id: int) -> list[RecoveryCode]:
    """List the recovery codes of an account that have not been used."""
    statement = select(RecoveryCode).where(
        RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None)
    )
    return list(session.scalars(statement))


def forget_recovery_codes(session: Session, account_id: int) -> None:
    """Take the recovery codes from an account."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))


def find_device(session: Session, token_hash: str) -> KnownDevice | None:
    """Give a browser in which somebody has signed in before."""
    return session.scalar(select(KnownDevice).where(KnownDevice.token_hash == token_hash))


def forget_devices(session: Session, account_id: int) -> None:
    """Make every device of an account unknown."""
    session.execute(delete(KnownDevice).where(KnownDevice.account_id == account_id))


def tokens_of(session: Session, account_id: int) -> list[ApiToken]:
    """List the keys of an account that nobody has revoked, the newest first."""
    statement = select(ApiToken).where(
        ApiToken.account_id == account_id, ApiToken.revoked_at.is_(None)
    )
    return list(session.scalars(statement.order_by(ApiToken.id.desc())))


def revoke_tokens(session: Session, account_id: int, at: dt.datetime) -> None:
    """Revoke every key of an account."""
    statement = update(ApiToken).where(
        ApiToken.account_id == account_id, ApiToken.revoked_at.is_(None)
    )
    session.execute(statement.values(revoked_at=at))


def note_token_used(session: Session, token_id: int, at: dt.datetime) -> None:
    """Note that a key was used."""
    session.execute(update(ApiToken).where(ApiToken.id == token_id).values(last_used_at=at))


def forget_throttles(session: Session, before: dt.datetime) -> None:
    """Forget failures that lie before a moment."""
    session.execute(delete(Throttle).where(Throttle.last_failed_at < before))
