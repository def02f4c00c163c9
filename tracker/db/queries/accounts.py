"""Finds organisations, accounts and invitations."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.db.models import Account, Invitation, Organisation


def any_account(session: Session) -> bool:
    """Say whether anybody has an account."""
    return session.scalar(select(Account.id).limit(1)) is not None


def all_organisations(session: Session) -> list[Organisation]:
    """List the organisations, the oldest first."""
    return list(session.scalars(select(Organisation).order_by(Organisation.id)))


def find_account(session: Session, email_digest: str) -> tuple[Account, Organisation] | None:
    """Give the account with an address, by its digest, whether or not it is still active."""
    statement = (
        select(Account, Organisation)
        .join(Organisation, Organisation.id == Account.organisation_id)
        .where(Account.email_digest == email_digest)
    )
    found = session.execute(statement).one_or_none()
    return None if found is None else (found[0], found[1])


def accounts_of(session: Session, organisation_id: int | None) -> list[Account]:
    """List the accounts of an organisation, or of all, the oldest first."""
    statement = select(Account).order_by(Account.id)
    if organisation_id is not None:
        statement = statement.where(Account.organisation_id == organisation_id)
    return list(session.scalars(statement))


def find_invitation(session: Session, token_hash: str) -> tuple[Invitation, Organisation] | None:
    """Give an invitation by the hash of its secret."""
    statement = (
        select(Invitation, Organisation)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(Invitation.token_hash == token_hash)
    )
    found = session.execute(statement).one_or_none()
    return None if found is None else (found[0], found[1])


def open_invitations(session: Session, organisation_id: int) -> list[Invitation]:
    """List the invitations of an organisation that are neither used nor revoked."""
    statement = select(Invitation).where(
        Invitation.organisation_id == organisation_id,
        Invitation.used_at.is_(None),
        Invitation.revoked_at.is_(None),
    )
    return list(session.scalars(statement.order_by(Invitation.id.desc())))
