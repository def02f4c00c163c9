"""Plans a search, changes its plan, and says how it stands."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from tracker.db.models.searches import Search
from tracker.db.queries.searches import advance_search, groups_that_search, set_groups
from tracker.db.session import moment
from tracker.domain.errors import Conflict, InvalidRecord, NotAllowed
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.public_ids import random_public_id
from tracker.domain.searches import NEXT, SearchSight, SearchStatus
from tracker.schemas.searches import PlanGiven
from tracker.services.acts import note_act
from tracker.services.searches.standing import seen_search


def plan_search(
    session: Session,
    actor: Actor,
    given: PlanGiven,
    *,
    groups: Iterable[int] = (),
    invented: bool = False,
) -> str:
    """Plan a search as `load_plan` gives it; gives its public id.

    It belongs to the actor's organisation; people of `groups` see it and report. `invented` marks
    searches of demonstrations.
    """
    require(actor, Action.RECORD_SEARCHES)
    if actor.organisation_id is None:
        raise NotAllowed(Action.RECORD_SEARCHES)
    now = moment(session)
    search = Search(
        public_id=random_public_id("S"),
        organisation_id=actor.organisation_id,
        status=SearchStatus.PLANNED,
        begins_on=given.begins_on,
        ends_on=given.ends_on,
        plan=packed(given.plan),
        invented=invented,
        version_number=1,
        planned_at=now,
        planned_by=actor.handle,
        changed_at=now,
        changed_by=actor.handle,
    )
    session.add(search)
    session.flush()
    set_groups(session, search.id, _sound(session, search, groups))
    note_act(session, actor, action="plan_search", thing=f"search {search.id}")
    return search.public_id


def revise_search(
    session: Session,
    actor: Actor,
    public_id: str,
    *,
    given: PlanGiven,
    groups: Iterable[int],
    expected_version: int,
) -> None:
    """Change a plan; raises `Conflict` where somebody has changed it since it was read."""
    require(actor, Action.RECORD_SEARCHES)
    search = seen_search(session, actor, public_id, at_least=SearchSight.KEEPER)
    _advance(session, actor, search, expected_version=expected_version)
    search.begins_on, search.ends_on = given.begins_on, given.ends_on
    search.plan = packed(given.plan)
    set_groups(session, search.id, _sound(session, search, groups))
    note_act(session, actor, action="revise_search", thing=f"search {search.id}")
    session.flush()


def change_search_status(
    session: Session, actor: Actor, public_id: str, *, status: SearchStatus, expected_version: int
) -> None:
    """Say that a search began, is done, or was called off."""
    require(actor, Action.RECORD_SEARCHES)
    search = seen_search(session, actor, public_id, at_least=SearchSight.KEEPER)
    if status not in NEXT[SearchStatus(search.status)]:
        raise Conflict("search_status_does_not_follow")
    _advance(session, actor, search, expected_version=expected_version)
    search.status = status
    note_act(session, actor, action=f"search_{status}", thing=f"search {search.id}")
    session.flush()


def list_search_groups(session: Session, actor: Actor) -> Mapping[int, str]:
    """Give the other organisations that can take part in a search: those in which people search."""
    require(actor, Action.RECORD_SEARCHES)
    named = groups_that_search(session)
    return {number: name for number, name in named.items() if number != actor.organisation_id}


def packed(told: Mapping[str, Any]) -> str:
    """Write what is sealed so that the same is the same text."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def _advance(session: Session, actor: Actor, search: Search, *, expected_version: int) -> None:
    now = moment(session)
    if search.version_number != expected_version or not advance_search(
        session, search.id, from_version=expected_version, at=now, by=actor.handle
    ):
        raise Conflict("search_changed_meanwhile")


def _sound(session: Session, search: Search, groups: Iterable[int]) -> set[int]:
    chosen = {*groups} - {search.organisation_id}
    if chosen - groups_that_search(session).keys():
        raise InvalidRecord({"groups": ("unknown_code",)})
    return chosen
