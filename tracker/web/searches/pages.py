"""The searches in which somebody takes part, and one with its map, its gaps and its reports."""

import re

from flask import Response, request

from tracker.domain.errors import NotFound
from tracker.domain.permissions import Action, may
from tracker.domain.searches import (
    EFFORTS,
    MAY_BE_REMAINS,
    NEXT,
    WIDTH_M,
    SearchSight,
    SearchStatus,
)
from tracker.http.request import current_actor, current_session
from tracker.schemas.tallies import read_code
from tracker.services.searches import (
    SearchFilter,
    ground_of_search,
    list_people_near,
    list_searches,
)
from tracker.web.searches.blueprint import blueprint, own_page
from tracker.web.searches.layers import map_of_search

PAGE_SIZE = 30
_STATUSES = tuple(SearchStatus)


@blueprint.get("/searches")
def list_own() -> Response:
    """Show the searches in which somebody takes part, the newest first."""
    status = request.args.get("status") or ""
    statuses = (read_code("status", status, _STATUSES),) if status else ()
    wanted = SearchFilter(statuses=statuses, before=_before(), limit=PAGE_SIZE)
    searches, before = list_searches(current_session(), current_actor(), wanted)
    values = {
        "searches": searches,
        "before": before,
        "status": status,
        "statuses": _STATUSES,
        "erased": request.args.get("erased") == "yes",
    }
    return own_page("searches", values)


@blueprint.get("/searches/<public_id>")
def show_search(public_id: str) -> Response:
    """Show a search: what was searched, what is left, what was found, and what comes next."""
    return search_page(public_id)


def search_page(public_id: str, *, problem: str = "", status: int = 200) -> Response:
    """Draw a search, with what could not be done with it."""
    session, actor = current_session(), current_actor()
    seen = ground_of_search(session, actor, public_id)
    people = list_people_near(session, actor, public_id)
    values = {
        "seen": seen,
        "search": seen.search,
        "ground": seen.ground,
        "people": people,
        "works_on_cases": may(actor, Action.SEE_CASES),
        "may_erase": may(actor, Action.ERASE_CASES),
        "keeps": seen.search.sight >= SearchSight.KEEPER,
        "next_statuses": NEXT[seen.search.status],
        "efforts": EFFORTS,
        "usual_width": WIDTH_M,
        "may_be_remains": MAY_BE_REMAINS,
        "parts": map_of_search(seen, people),
        "problem": problem,
        "said": request.args.get("said", ""),
    }
    return own_page("search", values, status=status)


def _before() -> int | None:
    given = request.args.get("before") or ""
    if not given:
        return None
    if not re.fullmatch(r"[0-9]{1,15}", given):
        raise NotFound("page")
    return int(given)
