"""Signing in with a password, the same for addresses that are known and that are not.

In three steps, so that the slow one holds no transaction: look up what there is, compare the
password, then begin a session or note the failure.
"""

import datetime as dt
import unicodedata
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.db.models import Account, KnownDevice, Organisation, SignIn
from tracker.db.queries.accounts import find_account
from tracker.db.queries.sign_ins import factors_of, find_device
from tracker.db.session import keys_of_session, moment
from tracker.domain.accounts import (
    NEEDS_SECOND_FACTOR,
    NewSession,
    SessionStage,
    SignedIn,
)
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Action, Actor, Role, require
from tracker.services.accounts.secret_words import hash_of_secret, new_secret
from tracker.services.accounts.sessions import actor_of, begin_session
from tracker.services.accounts.throttles import (
    FREE,
    FREE_FROM_ONE_PLACE,
    forget_failures,
    must_wait,
    note_failure,
    throttle_key,
)
from tracker.services.acts import note_act

_SOMEBODY = Actor(Role.PUBLIC, "somebody")


@dataclass(frozen=True)
class Attempt:
    """What is known of a try to sign in before the password is compared."""

    account_id: int | None
    password_hash: str | None
    wait: dt.timedelta
    counters: tuple[str, ...]


def normal_email(email: str) -> str:
    """Write an address the same however it was typed."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


def email_digest(session: Session, email: str) -> str:
    """Give what an address is found by."""
    return keys_of_session(session).digest("email", normal_email(email))


def look_up(session: Session, email: str, *, device: str | None, place: str) -> Attempt:
    """Find the account of an address, and whether this device or place must wait.

    `device` is the secret in the cookie of a known device, `place` the network address.
    """
    found = find_account(session, email_digest(session, email))
    account = None if found is None or _is_closed(*found) else found[0]
    known = find_device(session, hash_of_secret(device or ""))
    if known is not None and account is not None and known.account_id == account.id:
        # Others who try this address do not touch the count of a device that is known.
        counters: tuple[str, ...] = (throttle_key(session, "device", known.token_hash),)
        waits = [must_wait(session, counters[0])]
    else:
        counters = (
            throttle_key(session, "address", normal_email(email)),
            throttle_key(session, "place", place),
        )
        limits = zip(counters, (FREE, FREE_FROM_ONE_PLACE), strict=True)
        waits = [must_wait(session, key, free=free) for key, free in limits]
    return Attempt(
        account_id=None if account is None else account.id,
        password_hash=None if account is None else account.password_hash,
        wait=max(waits),
        counters=counters,
    )


def _is_closed(account: Account, organisation: Organisation) -> bool:
    return account.deactivated_at is not None or organisation.deactivated_at is not None


def note_wrong_password(session: Session, attempt: Attempt) -> None:
    """Remember a failure: counted, and in the record of acts without what was typed."""
    for key in attempt.counters:
        note_failure(session, key)
    thing = "no account" if attempt.account_id is None else f"account {attempt.account_id}"
    note_act(session, _SOMEBODY, action="sign_in_failed", thing=thing)


def begin_sign_in(session: Session, attempt: Attempt, *, device: str) -> NewSession:
    """Begin the session of somebody whose password was right, half or whole."""
    account = session.get(Account, attempt.account_id)
    if account is None or account.password_hash != attempt.password_hash:
        raise NotFound("account")
    return begin_at_stage(session, account, device=device)


def begin_at_stage(session: Session, account: Account, *, device: str) -> NewSession:
    """Begin a session as far as it may go without a second factor."""
    factors = factors_of(session, account.id)
    if factors:
        stage = SessionStage.SECOND_FACTOR
    elif Role(account.role) in NEEDS_SECOND_FACTOR:
        stage = SessionStage.SET_UP
    else:
        stage = SessionStage.FULL
    begun = begin_session(session, account, stage=stage, device=device)
    if stage is SessionStage.FULL:
        note_act(session, actor_of(account), action="sign_in", thing=f"session {begun.session_id}")
    return begun


def complete_sign_in(session: Session, signed_in: SignedIn, *, device: str) -> NewSession:
    """Give whoever has shown a second factor a session with a new secret."""
    account = session.get_one(Account, signed_in.actor.account_id)
    end_half_session(session, signed_in)
    begun = begin_session(session, account, stage=SessionStage.FULL, device=device)
    note_act(session, actor_of(account), action="sign_in", thing=f"session {begun.session_id}")
    return begun


def end_half_session(session: Session, signed_in: SignedIn) -> None:
    """End a session that was only half begun."""
    row = session.get(SignIn, signed_in.session_id)
    if row is not None:
        row.ended_at = moment(session)


def remember_device(session: Session, account_id: int, secret: str | None) -> str:
    """Make a browser known to an account; gives the secret for its cookie."""
    now = moment(session)
    known = find_device(session, hash_of_secret(secret or ""))
    if known is not None and known.account_id == account_id and secret is not None:
        known.last_used_at = now
        forget_failures(session, throttle_key(session, "device", known.token_hash))
        return secret
    fresh = new_secret()
    device = KnownDevice(account_id=account_id, token_hash=hash_of_secret(fresh), last_used_at=now)
    session.add(device)
    return fresh


def sign_out(session: Session, actor: Actor, session_id: int) -> None:
    """End the session in which somebody asks."""
    require(actor, Action.USE_OWN_ACCOUNT)
    row = session.get(SignIn, session_id)
    if row is not None and row.account_id == actor.account_id:
        row.ended_at = moment(session)
        note_act(session, actor, action="sign_out", thing=f"session {session_id}")
