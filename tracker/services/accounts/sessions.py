"""Sessions of browsers: begun, found by their secret, listed, ended."""

import datetime as dt

from sqlalchemy.orm import Session

from tracker.db.models import Account, SignIn
from tracker.db.queries.sign_ins import (
    end_sign_ins,
    find_sign_in,
    forget_sign_ins,
    note_seen,
    open_sign_ins,
)
from tracker.db.session import moment
from tracker.domain.accounts import (
    NewSession,
    OpenSession,
    SessionStage,
    SignedIn,
    session_limits,
)
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Action, Actor, Role, require
from tracker.services.accounts.secret_words import hash_of_secret, new_secret
from tracker.services.acts import note_act

SEEN_EVERY = dt.timedelta(minutes=1)
_KEPT = dt.timedelta(days=60)


def actor_of(account: Account) -> Actor:
    """Give an account as whoever asks."""
    return Actor(Role(account.role), account.name, account.id, account.organisation_id)


def begin_session(
    session: Session, account: Account, *, stage: SessionStage, device: str = ""
) -> NewSession:
    """Begin a session; its secret is given here and never again."""
    now, token = moment(session), new_secret()
    forget_sign_ins(session, account.id, before=now - _KEPT)
    row = SignIn(
        account_id=account.id,
        token_hash=hash_of_secret(token),
        stage=stage,
        device=device,
        created_at=now,
        last_seen_at=now,
        wrong_codes=0,
    )
    session.add(row)
    session.flush()
    lasts = session_limits(Role(account.role), stage).absolute
    return NewSession(row.id, token, stage, lasts)


def find_session(session: Session, token: str) -> SignedIn | None:
    """Say who has this secret, unless the session has ended or been left alone too long."""
    found = find_sign_in(session, hash_of_secret(token))
    if found is None:
        return None
    row, account = found
    if not _lasts(row, Role(account.role), moment(session)):
        return None
    return SignedIn(row.id, SessionStage(row.stage), actor_of(account), row.last_seen_at)


def note_session_seen(session: Session, session_id: int) -> None:
    """Note that a session is in use; asked for at most once a minute."""
    note_seen(session, session_id, moment(session))


def list_sessions(session: Session, actor: Actor) -> tuple[OpenSession, ...]:
    """List the open sessions of the actor's own account."""
    require(actor, Action.USE_OWN_ACCOUNT)
    now = moment(session)
    return tuple(
        OpenSession(row.id, row.device, row.created_at, row.last_seen_at)
        for row in open_sign_ins(session, actor.account_id or 0)
        if row.stage == SessionStage.FULL and _lasts(row, actor.role, now)
    )


def end_session(session: Session, actor: Actor, session_id: int) -> None:
    """End one session of the actor's own account; it is refused from its next request on."""
    require(actor, Action.USE_OWN_ACCOUNT)
    row = session.get(SignIn, session_id)
    if row is None or row.account_id != actor.account_id or row.ended_at is not None:
        raise NotFound("session")
    row.ended_at = moment(session)
    note_act(session, actor, action="end_session", thing=f"session {session_id}")


def end_other_sessions(session: Session, actor: Actor, session_id: int) -> None:
    """End every session of the actor's own account but this one."""
    require(actor, Action.USE_OWN_ACCOUNT)
    account_id = actor.account_id or 0
    end_sign_ins(session, account_id, at=moment(session), but=session_id)
    note_act(session, actor, action="end_other_sessions", thing=f"account {account_id}")


def _lasts(row: SignIn, role: Role, now: dt.datetime) -> bool:
    limits = session_limits(role, SessionStage(row.stage))
    return now < row.created_at + limits.absolute and now < row.last_seen_at + limits.idle
