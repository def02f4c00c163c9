"""What people see of their own account, and how they change their password."""

from sqlalchemy.orm import Session

from tracker.db.models import Account, Organisation
from tracker.db.queries.sign_ins import end_sign_ins, forget_devices
from tracker.db.session import moment
from tracker.domain.accounts import OwnAccount
from tracker.domain.errors import DomainError
from tracker.domain.permissions import Action, Actor, Role, require
from tracker.services.accounts.passwords import password_is_right
from tracker.services.accounts.throttles import (
    forget_failures,
    must_wait,
    note_failure,
    throttle_key,
)
from tracker.services.acts import note_act


def get_own_account(session: Session, actor: Actor) -> OwnAccount:
    """Give what the installation holds of the actor."""
    require(actor, Action.USE_OWN_ACCOUNT)
    row = session.get_one(Account, actor.account_id)
    organisation = session.get_one(Organisation, row.organisation_id)
    return OwnAccount(
        name=row.name,
        email=row.email,
        role=Role(row.role),
        organisation=organisation.name,
        created_at=row.created_at,
        password_changed_at=row.password_changed_at,
    )


def own_password_is_right(session: Session, actor: Actor, password: str) -> bool:
    """Compare the actor's password, as often as a password may be tried at all."""
    require(actor, Action.USE_OWN_ACCOUNT)
    key = throttle_key(session, "own password", str(actor.account_id))
    wait = must_wait(session, key)
    if wait:
        raise DomainError("must_wait", seconds=int(wait.total_seconds()) + 1)
    account = session.get_one(Account, actor.account_id)
    if password_is_right(password, account.password_hash):
        forget_failures(session, key)
        return True
    note_failure(session, key)
    return False


def change_password(session: Session, actor: Actor, password_hash: str, *, session_id: int) -> None:
    """Keep a new password; every other session ends, and every device is unknown again."""
    require(actor, Action.USE_OWN_ACCOUNT)
    account = session.get_one(Account, actor.account_id)
    account.password_hash = password_hash
    account.password_changed_at = moment(session)
    end_sign_ins(session, account.id, at=moment(session), but=session_id)
    forget_devices(session, account.id)
    note_act(session, actor, action="change_password", thing=f"account {account.id}")
