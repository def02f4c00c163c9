"""Finds the acts of the log with their seals."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from tracker.db.models import Act, ActSeal

_LOG_LOCK = 720_222  # the number of PostgreSQL's advisory lock for seals of the log
_READ_AT_ONCE = 1_000


class SealedAct(NamedTuple):
    """A seal with the act that it is of; None where that act is there no more."""

    seal: ActSeal
    act: Act | None


def last_seal(session: Session) -> ActSeal | None:
    """Give the newest seal, and let nobody else set one before this transaction has ended.

    On SQLite whoever writes is alone already.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOG_LOCK})
    return newest_seal(session)


def newest_seal(session: Session) -> ActSeal | None:
    """Give the newest seal."""
    return session.scalars(select(ActSeal).order_by(ActSeal.position.desc()).limit(1)).first()


def sealed_acts(session: Session) -> Iterator[SealedAct]:
    """Give every seal with its act, in the order of the seals."""
    statement = (
        select(ActSeal, Act)
        .join(Act, Act.id == ActSeal.act_id, isouter=True)
        .order_by(ActSeal.position)
        .execution_options(yield_per=_READ_AT_ONCE)
    )
    for row in session.execute(statement):
        yield SealedAct(*row)


def acts_without_seal(session: Session) -> list[int]:
    """Give the acts that have no seal though an earlier one has."""
    first = select(func.min(ActSeal.act_id)).scalar_subquery()
    sealed = select(ActSeal.act_id)
    statement = select(Act.id).where(Act.id > first, Act.id.not_in(sealed)).order_by(Act.id)
    return list(session.scalars(statement))
