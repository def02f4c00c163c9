"""Links that work once: to join an organisation, or to come back into an account."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.db.models import Account, Invitation, Organisation
from tracker.db.queries.accounts import find_account, find_invitation, open_invitations
from tracker.db.queries.sign_ins import (
    end_sign_ins,
    forget_devices,
    forget_factors,
    revoke_tokens,
)
from tracker.db.session import moment
from tracker.domain.accounts import (
    ACCOUNT_ROLES,
    InvitationPurpose,
    NewSession,
    OpenInvitation,
    Welcome,
)
from tracker.domain.errors import DomainError, NotFound, UnknownCode
from tracker.domain.permissions import (
    Action,
    Actor,
    Role,
    require,
    require_own_organisation,
)
from tracker.services.accounts.organisations import find_member
from tracker.services.accounts.secret_words import hash_of_secret, new_secret
from tracker.services.accounts.sessions import actor_of
from tracker.services.accounts.sign_in import begin_at_stage, email_digest
from tracker.services.acts import note_act

LASTS = {
    InvitationPurpose.JOIN: dt.timedelta(days=7),
    InvitationPurpose.RECOVER: dt.timedelta(days=1),
}
_MOST_TRIES = 5
_LONGEST = 254


@dataclass(frozen=True)
class Newcomer:
    """What somebody who follows a link chooses; of the password only the hash."""

    name: str
    email: str
    password_hash: str


def invite(session: Session, actor: Actor, *, organisation_id: int, role: Role) -> str:
    """Make a link to join an organisation; its secret is given here and never again."""
    require(actor, Action.MANAGE_ORGANISATION)
    require_own_organisation(actor, organisation_id, "organisation")
    if session.get(Organisation, organisation_id) is None:
        raise NotFound("organisation")
    if role not in ACCOUNT_ROLES:
        raise UnknownCode("role", role, tuple(ACCOUNT_ROLES))
    return _new_link(session, actor, organisation_id=organisation_id, role=role, account_id=None)


def invite_back(session: Session, actor: Actor, account_id: int) -> str:
    """Make a link by which a person chooses a new password and second factor."""
    require(actor, Action.MANAGE_ORGANISATION)
    account = find_member(session, actor, account_id)
    return _new_link(
        session,
        actor,
        organisation_id=account.organisation_id,
        role=Role(account.role),
        account_id=account.id,
    )


def list_invitations(
    session: Session, actor: Actor, organisation_id: int
) -> tuple[OpenInvitation, ...]:
    """List the links of an organisation that still work."""
    require(actor, Action.MANAGE_ORGANISATION)
    require_own_organisation(actor, organisation_id, "organisation")
    now = moment(session)
    return tuple(
        OpenInvitation(row.id, InvitationPurpose(row.purpose), Role(row.role), row.expires_at)
        for row in open_invitations(session, organisation_id)
        if row.expires_at > now
    )


def revoke_invitation(session: Session, actor: Actor, invitation_id: int) -> None:
    """Make a link of the actor's organisation useless."""
    require(actor, Action.MANAGE_ORGANISATION)
    row = session.get(Invitation, invitation_id)
    if row is None or row.used_at is not None or row.revoked_at is not None:
        raise NotFound("invitation")
    require_own_organisation(actor, row.organisation_id, "invitation")
    row.revoked_at = moment(session)
    note_act(session, actor, action="revoke_invitation", thing=f"invitation {invitation_id}")


def welcome(session: Session, token: str) -> Welcome:
    """Tell whoever follows a link what it is for; raises `NotFound` once it does not work."""
    row, organisation = _working(session, token)
    account = None if row.account_id is None else session.get_one(Account, row.account_id)
    return Welcome(
        purpose=InvitationPurpose(row.purpose),
        organisation=organisation.name,
        role=Role(row.role),
        name="" if account is None else account.name,
        expires_at=row.expires_at,
    )


def accept_invitation(
    session: Session, token: str, newcomer: Newcomer, *, device: str
) -> NewSession:
    """Use a link up: make the account or change it, and begin to sign in.

    Raises `DomainError` `name_missing` or `email_not_usable`. The latter says nothing of why; after
    five of them the link is dead, so that it is no way to ask who has an account.
    """
    row, organisation = _working(session, token)
    if row.account_id is None:
        account = _new_account(session, row, newcomer)
    else:
        account = session.get_one(Account, row.account_id)
        account.password_hash = newcomer.password_hash
        account.password_changed_at = moment(session)
        _begin_anew(session, account)
    row.used_at = moment(session)
    session.flush()
    thing = f"invitation {row.id} of organisation {organisation.id}"
    note_act(session, actor_of(account), action=f"accept_invitation_to_{row.purpose}", thing=thing)
    return begin_at_stage(session, account, device=device)


def _new_account(session: Session, row: Invitation, newcomer: Newcomer) -> Account:
    name, email = newcomer.name.strip(), newcomer.email.strip()
    if not name or len(name) > _LONGEST:
        raise DomainError("name_missing", field="name")
    digest = email_digest(session, email)
    if not _could_be_email(email) or find_account(session, digest) is not None:
        row.tries += 1
        if row.tries >= _MOST_TRIES:
            row.revoked_at = moment(session)
        raise DomainError("email_not_usable", field="email")
    now = moment(session)
    account = Account(
        organisation_id=row.organisation_id,
        role=row.role,
        name=name,
        email=email,
        email_digest=digest,
        password_hash=newcomer.password_hash,
        created_at=now,
        password_changed_at=now,
    )
    session.add(account)
    session.flush()
    row.account_id = account.id
    return account


def _begin_anew(session: Session, account: Account) -> None:
    """Take from an account everything that somebody else may hold."""
    now = moment(session)
    forget_factors(session, account.id)
    forget_devices(session, account.id)
    end_sign_ins(session, account.id, at=now)
    revoke_tokens(session, account.id, now)


def _could_be_email(email: str) -> bool:
    before, at, after = email.rpartition("@")
    return (
        bool(before and at and after) and len(email) <= _LONGEST and not set(email) & set(" \t\n")
    )


def _working(session: Session, token: str) -> tuple[Invitation, Organisation]:
    found = find_invitation(session, hash_of_secret(token))
    if found is None:
        raise NotFound("invitation")
    row, organisation = found
    closed = (row.used_at, row.revoked_at, organisation.deactivated_at)
    if any(moment_ is not None for moment_ in closed) or moment(session) >= row.expires_at:
        raise NotFound("invitation")
    return row, organisation


def _new_link(
    session: Session,
    actor: Actor,
    *,
    organisation_id: int,
    role: Role,
    account_id: int | None,
) -> str:
    now, token = moment(session), new_secret()
    purpose = InvitationPurpose.JOIN if account_id is None else InvitationPurpose.RECOVER
    row = Invitation(
        organisation_id=organisation_id,
        purpose=purpose,
        role=role,
        account_id=account_id,
        token_hash=hash_of_secret(token),
        made_by=actor.handle,
        created_at=now,
        expires_at=now + LASTS[purpose],
        tries=0,
    )
    session.add(row)
    session.flush()
    note_act(session, actor, action=f"invite_to_{purpose}", thing=f"invitation {row.id}")
    return token
