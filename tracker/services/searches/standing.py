"""Finds a search for somebody who takes part; for others it is not there."""

from sqlalchemy.orm import Session

from tracker.db.models.searches import Search
from tracker.db.queries.searches import find_search, groups_of
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Actor
from tracker.domain.searches import SearchSight, SearchStanding, sight_of_search


def seen_search(
    session: Session,
    actor: Actor,
    public_id: str,
    *,
    at_least: SearchSight = SearchSight.MEMBER,
) -> Search:
    """Give a search; raises `NotFound` where the actor sees less of it."""
    search = find_search(session, public_id.strip().upper())
    if search is None or sight_of_row(session, actor, search) < at_least:
        raise NotFound("search")
    return search


def sight_of_row(session: Session, actor: Actor, search: Search) -> SearchSight:
    """Say how much of a search this actor sees."""
    groups = groups_of(session, [search.id]).get(search.id, set())
    return sight_of_search(actor, SearchStanding(search.organisation_id, frozenset(groups)))
