"""Logs many incidents in one act; each stands alone, so that a wrong one harms no other."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from tracker.domain.errors import DomainError
from tracker.domain.incidents import Logged, ToLog
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.statuses import LoggedThrough
from tracker.services.incidents.log import log_incident


def log_incidents(
    session: Session,
    actor: Actor,
    rows: Sequence[ToLog],
    *,
    through: LoggedThrough = LoggedThrough.API,
) -> list[Logged | DomainError]:
    """Log each row, or tell why not: what became of it, in the order of the rows."""
    require(actor, Action.LOG_INCIDENTS)
    told: list[Logged | DomainError] = []
    for row in rows:
        try:
            with session.begin_nested():
                told.append(
                    log_incident(
                        session, actor, row.facts, submit=row.submit, key=row.key, through=through
                    )
                )
        except DomainError as error:
            told.append(error)
    return told
