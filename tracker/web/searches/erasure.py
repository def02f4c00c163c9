"""Erases a search for good: a page that says what goes, then the act."""

from flask import Response, make_response, redirect, request, url_for

from tracker.domain.erasures import Ground
from tracker.domain.errors import NotFound
from tracker.domain.searches import SearchSight, SearchTold
from tracker.http.request import current_actor, current_session
from tracker.services.searches import erase_search, get_search
from tracker.web.searches.blueprint import blueprint, own_page


@blueprint.get("/searches/<public_id>/erase")
def show_erasure(public_id: str) -> Response:
    """Say what is erased with a search and what stays, and ask for its number to be sure."""
    return _page(_own(public_id))


@blueprint.post("/searches/<public_id>/erase")
def erase(public_id: str) -> Response:
    """Erase a search, once its number was typed and a ground was chosen."""
    search = _own(public_id)
    given = request.form.get("ground", "")
    wrong = set()
    if request.form.get("number", "").strip().upper() != search.public_id:
        wrong.add("number")
    if given not in tuple(Ground):
        wrong.add("ground")
    if wrong:
        return _page(search, wrong=wrong, status=422)
    erase_search(current_session(), current_actor(), search.public_id, ground=Ground(given))
    return make_response(redirect(url_for(".list_own", erased="yes"), 303))


def _own(public_id: str) -> SearchTold:
    search = get_search(current_session(), current_actor(), public_id)
    if search.sight < SearchSight.KEEPER:
        raise NotFound("search")
    return search


def _page(search: SearchTold, *, wrong: set[str] | None = None, status: int = 200) -> Response:
    values = {
        "search": search,
        "grounds": tuple(Ground),
        "typed": request.form,
        "wrong": wrong or set(),
    }
    return own_page("erase", values, status=status)
