"""Organisations, and who belongs to them with which role."""

from sqlalchemy.orm import Session

from tracker.db.models import Account, Organisation
from tracker.db.queries.accounts import accounts_of, all_organisations, any_account
from tracker.db.queries.sign_ins import (
    end_sign_ins,
    factors_of,
    forget_devices,
    forget_factors,
    revoke_tokens,
)
from tracker.db.session import moment
from tracker.domain.accounts import (
    ACCOUNT_ROLES,
    Member,
    OrganisationFacts,
    OrganisationKind,
)
from tracker.domain.errors import DomainError, NotFound, UnknownCode
from tracker.domain.permissions import (
    Action,
    Actor,
    Role,
    require,
    require_own_organisation,
)
from tracker.services.acts import note_act


def accounts_exist(session: Session) -> bool:
    """Say whether this installation has any account."""
    return any_account(session)


def create_organisation(
    session: Session, actor: Actor, *, name: str, kind: OrganisationKind, country: str
) -> int:
    """Enter an organisation; gives its number."""
    require(actor, Action.MANAGE_INSTALLATION)
    row = Organisation(name=name.strip(), kind=kind, country=country, created_at=moment(session))
    session.add(row)
    session.flush()
    note_act(session, actor, action="create_organisation", thing=f"organisation {row.id}")
    return row.id


def list_organisations(session: Session, actor: Actor) -> tuple[OrganisationFacts, ...]:
    """List every organisation of this installation."""
    require(actor, Action.MANAGE_INSTALLATION)
    return tuple(_facts(row) for row in all_organisations(session))


def get_organisation(session: Session, actor: Actor, organisation_id: int) -> OrganisationFacts:
    """Give an organisation that the actor looks after; raises `NotFound` for others."""
    require(actor, Action.MANAGE_ORGANISATION)
    require_own_organisation(actor, organisation_id, "organisation")
    row = session.get(Organisation, organisation_id)
    if row is None:
        raise NotFound("organisation")
    return _facts(row)


def list_members(session: Session, actor: Actor, organisation_id: int) -> tuple[Member, ...]:
    """List the people of an organisation that the actor looks after."""
    require(actor, Action.MANAGE_ORGANISATION)
    require_own_organisation(actor, organisation_id, "organisation")
    return tuple(
        Member(
            id=row.id,
            name=row.name,
            email=row.email,
            role=Role(row.role),
            factors=len(factors_of(session, row.id)),
            created_at=row.created_at,
            deactivated_at=row.deactivated_at,
        )
        for row in accounts_of(session, organisation_id)
    )


def change_role(session: Session, actor: Actor, account_id: int, *, role: Role) -> None:
    """Give a person another role. They sign in anew, with a second factor if it needs one."""
    require(actor, Action.MANAGE_ORGANISATION)
    account = find_member(session, actor, account_id)
    if role not in ACCOUNT_ROLES:
        raise UnknownCode("role", role, tuple(ACCOUNT_ROLES))
    _refuse_own(actor, account)
    account.role = role
    _shut_out(session, account)
    note_act(session, actor, action=f"change_role_to_{role}", thing=f"account {account_id}")


def deactivate_account(session: Session, actor: Actor, account_id: int) -> None:
    """Keep a person out from their next request on; what they recorded stays."""
    require(actor, Action.MANAGE_ORGANISATION)
    account = find_member(session, actor, account_id)
    _refuse_own(actor, account)
    account.deactivated_at = moment(session)
    _shut_out(session, account)
    note_act(session, actor, action="deactivate_account", thing=f"account {account_id}")


def reactivate_account(session: Session, actor: Actor, account_id: int) -> None:
    """Let a person in again, with the password and second factor that they had."""
    require(actor, Action.MANAGE_ORGANISATION)
    account = find_member(session, actor, account_id)
    account.deactivated_at = None
    note_act(session, actor, action="reactivate_account", thing=f"account {account_id}")


def revoke_sessions(session: Session, actor: Actor, account_id: int) -> None:
    """End every session of a person and revoke every key of theirs."""
    require(actor, Action.MANAGE_ORGANISATION)
    _shut_out(session, find_member(session, actor, account_id))
    note_act(session, actor, action="revoke_sessions", thing=f"account {account_id}")


def reset_second_factor(session: Session, actor: Actor, account_id: int) -> None:
    """Take second factors from a person, who sets up a new one at the next sign-in."""
    require(actor, Action.MANAGE_INSTALLATION)
    account = find_member(session, actor, account_id)
    forget_factors(session, account.id)
    _shut_out(session, account)
    note_act(session, actor, action="reset_second_factor", thing=f"account {account_id}")


def find_member(session: Session, actor: Actor, account_id: int) -> Account:
    """Give an account that the actor looks after; raises `NotFound` for those of others."""
    require(actor, Action.MANAGE_ORGANISATION)
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound("account")
    require_own_organisation(actor, account.organisation_id, "account")
    return account


def _shut_out(session: Session, account: Account) -> None:
    now = moment(session)
    end_sign_ins(session, account.id, at=now)
    revoke_tokens(session, account.id, now)
    forget_devices(session, account.id)


def _refuse_own(actor: Actor, account: Account) -> None:
    # Nobody locks the last administrator out by mistake.
    if account.id == actor.account_id:
        raise DomainError("own_account")


def _facts(row: Organisation) -> OrganisationFacts:
    return OrganisationFacts(
        row.id, row.name, OrganisationKind(row.kind), row.country, row.deactivated_at
    )
