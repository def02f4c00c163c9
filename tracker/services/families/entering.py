"""Lets a family in with its code and its second secret, and makes guessing slow.

In three steps, so that the slow one holds no transaction: count the try, compare the secret, let
in. A try is counted before it is compared, so that many at once are no way around the wait.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.db.queries.families import find_access, find_access_by_code
from tracker.db.session import moment
from tracker.domain.families import OF_FAMILY, left_of_wrong, plain_words, wait_after
from tracker.domain.permissions import Action, Actor, Role, require
from tracker.services.accounts.passwords import password_is_right
from tracker.services.acts import note_act
from tracker.services.families.access import digest_of_code

_SOMEBODY = Actor(Role.PUBLIC, "somebody")


@dataclass(frozen=True)
class Try:
    """What is known of a try before the secret is compared; nothing where no code fits."""

    access_id: int | None
    secret_hash: str | None
    waits: bool


def count_try(session: Session, actor: Actor, *, code: str, noted: bool = True) -> Try:
    """Count a try with a code, right or wrong; as long as one must wait, none is counted.

    In a flood of them tries are not `noted`, so that the log cannot be filled from outside.
    """
    require(actor, Action.FOLLOW_OWN_CASE)
    found = find_access_by_code(session, digest_of_code(session, code), to_count=True)
    now = moment(session)
    waits = found is not None and found.wait_until is not None and found.wait_until > now
    if found is not None and not waits:
        found.wrong_secrets += 1
        wait = wait_after(found.wrong_secrets)
        found.wait_until = now + wait if wait else None
    # Noted or not, whatever comes of it: the work is the same for every code.
    if noted:
        thing = "no family access" if found is None else f"family access {found.id}"
        note_act(session, _SOMEBODY, action="try_family_access", thing=thing)
    session.flush()
    if found is None:
        return Try(None, None, waits=False)
    return Try(found.id, found.secret_hash, waits=waits)


def secret_is_right(tried: Try, secret: str) -> bool:
    """Compare a second secret; the work is the same where there is nothing to compare with."""
    right = password_is_right(plain_words(secret), tried.secret_hash)
    return right and not tried.waits


def enter(session: Session, actor: Actor, tried: Try) -> int | None:
    """Let in whoever had the right secret: gives the access, unless it has ended meanwhile."""
    require(actor, Action.FOLLOW_OWN_CASE)
    access = None if tried.access_id is None else find_access(session, tried.access_id)
    if access is None:
        return None
    access.wrong_secrets, access.wait_until = left_of_wrong(access.wrong_secrets), None
    note_act(session, OF_FAMILY, action="open_own_case", thing=f"person {access.record_id}")
    session.flush()
    return access.id
