"""Organisations, and who belongs to them."""

from sqlalchemy.orm import Session

from tracker.db.queries.accounts import any_account


def accounts_exist(session: Session) -> bool:
    """Say whether this installation has any account."""
    return any_account(session)
