"""Finds searches on the ground, who takes part, and what was reported."""

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, delete, false, or_, select, true, update
from sqlalchemy.orm import Session

from tracker.db.models import Account, Organisation
from tracker.db.models.searches import Search, SearchGroup, SearchReport
from tracker.domain.permissions import Actor, Role
from tracker.domain.searches import ERASED

TAKE_PART = (Role.SEARCHER, Role.CASE_WORKER)


def find_search(session: Session, public_id: str) -> Search | None:
    """Find a search by its public id, unless it was erased."""
    wanted = select(Search).where(Search.public_id == public_id, Search.status != ERASED)
    return session.scalars(wanted).first()


def erase_search_rows(session: Session, search_id: int) -> None:
    """Remove every row about a search but its own."""
    for model in (SearchReport, SearchGroup):
        session.execute(delete(model).where(model.search_id == search_id))


def seen_searches(actor: Actor) -> ColumnElement[bool]:
    """Let through searches that this actor sees: `sight_of_search` says the same."""
    if actor.role is Role.OPERATOR:
        return true()
    if actor.role not in TAKE_PART or actor.organisation_id is None:
        return false()
    taking_part = select(SearchGroup.search_id).where(
        SearchGroup.organisation_id == actor.organisation_id
    )
    own = Search.organisation_id == actor.organisation_id
    return or_(own, Search.id.in_(taking_part))


def list_search_rows(
    session: Session,
    seen: ColumnElement[bool],
    *,
    statuses: Sequence[str] = (),
    before: int | None = None,
    limit: int,
) -> Sequence[Search]:
    """Give searches, the newest first."""
    living = Search.status != ERASED
    wanted = select(Search).where(seen, living).order_by(Search.id.desc()).limit(limit)
    if statuses:
        wanted = wanted.where(Search.status.in_(statuses))
    if before is not None:
        wanted = wanted.where(Search.id < before)
    return session.scalars(wanted).all()


def groups_of(session: Session, search_ids: Iterable[int]) -> dict[int, set[int]]:
    """Give the organisations that take part in some searches beside whoever planned them."""
    wanted = select(SearchGroup).where(SearchGroup.search_id.in_([*search_ids]))
    found: dict[int, set[int]] = {}
    for group in session.scalars(wanted):
        found.setdefault(group.search_id, set()).add(group.organisation_id)
    return found


def set_groups(session: Session, search_id: int, organisation_ids: Iterable[int]) -> None:
    """Let these organisations take part, and no others."""
    session.execute(
        delete(SearchGroup)
        .where(SearchGroup.search_id == search_id)
        .execution_options(synchronize_session="fetch")
    )
    session.add_all(
        SearchGroup(search_id=search_id, organisation_id=each) for each in sorted(organisation_ids)
    )
    session.flush()


def groups_that_search(session: Session) -> dict[int, str]:
    """Give the organisations, by name, in which somebody searches or works on cases."""
    wanted = (
        select(Organisation.id, Organisation.name)
        .where(
            Organisation.id.in_(
                select(Account.organisation_id).where(
                    Account.role.in_([str(role) for role in TAKE_PART]),
                    Account.deactivated_at.is_(None),
                )
            )
        )
        .order_by(Organisation.name)
    )
    return {row.id: row.name for row in session.execute(wanted)}


def advance_search(
    session: Session, search_id: int, *, from_version: int, at: dt.datetime, by: str
) -> bool:
    """Count a change of a search; False where somebody else has changed it meanwhile."""
    changed = session.execute(
        update(Search)
        .where(Search.id == search_id, Search.version_number == from_version)
        .values(version_number=from_version + 1, changed_at=at, changed_by=by)
        .execution_options(synchronize_session="fetch")
    )
    return bool(changed.rowcount)  # type: ignore[attr-defined]


def reports_of(session: Session, search_id: int) -> Sequence[SearchReport]:
    """Give all reports of a search, those taken back too, the newest first."""
    wanted = (
        select(SearchReport)
        .where(SearchReport.search_id == search_id)
        .order_by(SearchReport.done_on.desc(), SearchReport.id.desc())
    )
    return session.scalars(wanted).all()
