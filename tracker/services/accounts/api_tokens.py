"""Keys for programs: limited in what they may and in how long, shown once."""

import datetime as dt
from dataclasses import replace

from sqlalchemy.orm import Session

from tracker.db.models import ApiToken
from tracker.db.queries.sign_ins import find_api_token, note_token_used, tokens_of
from tracker.db.session import moment
from tracker.domain.accounts import OwnToken
from tracker.domain.errors import DomainError, NotFound
from tracker.domain.permissions import Action, Actor, TokenScope, require
from tracker.services.accounts.secret_words import hash_of_secret, new_secret
from tracker.services.accounts.sessions import actor_of
from tracker.services.acts import note_act

MOST_DAYS = 366
_MARK = "mtr_"
_SHOWN = 8
_USED_EVERY = dt.timedelta(minutes=1)


def create_token(session: Session, actor: Actor, *, name: str, scope: TokenScope, days: int) -> str:
    """Make a key of the API for the actor's own account; it is given here and never again."""
    require(actor, Action.USE_OWN_ACCOUNT)
    if not 1 <= days <= MOST_DAYS:
        raise DomainError("too_many_days", most=MOST_DAYS)
    now, token = moment(session), _MARK + new_secret()
    row = ApiToken(
        account_id=actor.account_id,
        name=name.strip()[:80],
        prefix=token[: len(_MARK) + _SHOWN],
        token_hash=hash_of_secret(token),
        scope=scope,
        created_at=now,
        expires_at=now + dt.timedelta(days=days),
    )
    session.add(row)
    session.flush()
    note_act(session, actor, action="create_token", thing=f"token {row.id}")
    return token


def list_tokens(session: Session, actor: Actor) -> tuple[OwnToken, ...]:
    """List the keys of the actor's own account."""
    require(actor, Action.USE_OWN_ACCOUNT)
    return tuple(
        OwnToken(
            id=row.id,
            name=row.name,
            prefix=row.prefix,
            scope=TokenScope(row.scope),
            created_at=row.created_at,
            expires_at=row.expires_at,
            last_used_at=row.last_used_at,
        )
        for row in tokens_of(session, actor.account_id or 0)
    )


def revoke_token(session: Session, actor: Actor, token_id: int) -> None:
    """Revoke a key of the actor's own account; it is refused from its next use on."""
    require(actor, Action.USE_OWN_ACCOUNT)
    row = session.get(ApiToken, token_id)
    if row is None or row.account_id != actor.account_id or row.revoked_at is not None:
        raise NotFound("token")
    row.revoked_at = moment(session)
    note_act(session, actor, action="revoke_token", thing=f"token {token_id}")


def find_token_holder(session: Session, token: str) -> tuple[Actor, int, bool] | None:
    """Say who holds a key: actor, id of the key, and whether its use is to be noted again."""
    found = find_api_token(session, hash_of_secret(token))
    if found is None:
        return None
    row, account = found
    now = moment(session)
    if now >= row.expires_at:
        return None
    actor = replace(actor_of(account), scope=TokenScope(row.scope))
    stale = row.last_used_at is None or now - row.last_used_at >= _USED_EVERY
    return actor, row.id, stale


def note_token_seen(session: Session, token_id: int) -> None:
    """Note that a key is in use; asked for at most once a minute."""
    note_token_used(session, token_id, moment(session))
