"""Planning a search, changing its plan, and saying how it stands."""

from collections.abc import Mapping

from flask import Response, make_response, redirect, request, url_for

from tracker.domain.errors import Conflict, InvalidRecord, NotFound
from tracker.domain.searches import SearchMethod, SearchSight, SearchStatus, SearchTold
from tracker.http.errors import sentence
from tracker.http.request import current_actor, current_session
from tracker.schemas.search_places import area_in_text
from tracker.schemas.searches import load_plan
from tracker.schemas.tallies import read_code
from tracker.schemas.typed import Unclear
from tracker.services.searches import (
    change_search_status,
    get_search,
    list_search_groups,
    plan_search,
    revise_search,
)
from tracker.web.records.entries import Entries
from tracker.web.searches.blueprint import blueprint, own_page
from tracker.web.searches.entries import (
    entries_of_plan,
    entries_of_request,
    problems_in_words,
    values_of,
)
from tracker.web.searches.layers import map_to_draw_on
from tracker.web.searches.pages import search_page


@blueprint.get("/searches/new")
def show_new() -> Response:
    """Ask what is planned."""
    return _form(Entries({}))


@blueprint.post("/searches/new")
def plan() -> Response:
    """Plan a search; what is wrong is said beside its field."""
    entries = entries_of_request()
    try:
        given = load_plan(values_of(entries))
        groups = _groups(entries)
        public_id = plan_search(current_session(), current_actor(), given, groups=groups)
    except InvalidRecord as error:
        return _form(entries, wrong=error.fields, status=422)
    return _to(public_id, "planned")


@blueprint.get("/searches/<public_id>/edit")
def show_edit(public_id: str) -> Response:
    """Show the plan as it stands, to be changed."""
    search = _kept(public_id)
    return _form(entries_of_plan(search), search=search)


@blueprint.post("/searches/<public_id>/edit")
def edit(public_id: str) -> Response:
    """Change a plan as it was read; what somebody else changed since then is not overwritten."""
    search = _kept(public_id)
    entries = entries_of_request()
    try:
        revise_search(
            current_session(),
            current_actor(),
            public_id,
            given=load_plan(values_of(entries)),
            groups=_groups(entries),
            expected_version=_version(),
        )
    except InvalidRecord as error:
        return _form(entries, search=search, wrong=error.fields, status=422)
    except Conflict as error:
        return _form(entries, search=search, refusal=sentence(error), status=409)
    return _to(public_id, "changed")


@blueprint.post("/searches/<public_id>/status")
def set_status(public_id: str) -> Response:
    """Say that a search began, is done, or was called off."""
    status = SearchStatus(read_code("status", request.form.get("status", ""), tuple(SearchStatus)))
    try:
        change_search_status(
            current_session(),
            current_actor(),
            public_id,
            status=status,
            expected_version=_version(),
        )
    except Conflict as error:
        current_session().expire_all()
        return search_page(public_id, problem=sentence(error), status=409)
    return _to(public_id, "changed")


def _kept(public_id: str) -> SearchTold:
    search = get_search(current_session(), current_actor(), public_id)
    if search.sight < SearchSight.KEEPER:
        raise NotFound("search")
    return search


def _version() -> int:
    given = request.form.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0


def _groups(entries: Entries) -> list[int]:
    given = entries.all("groups")
    if not all(each.isascii() and each.isdigit() and len(each) < 10 for each in given):
        raise InvalidRecord({"groups": ("unknown_code",)})
    return [int(each) for each in given]


def _to(public_id: str, said: str) -> Response:
    return make_response(redirect(url_for(".show_search", public_id=public_id, said=said), 303))


def _form(
    entries: Entries,
    *,
    search: SearchTold | None = None,
    wrong: Mapping[str, tuple[str, ...]] | None = None,
    refusal: str = "",
    status: int = 200,
) -> Response:
    try:
        area = area_in_text(entries.get("area"))
    except Unclear:
        area = [*search.area] if search else []
    values = {
        "given": entries,
        "search": search,
        "problems": problems_in_words(wrong or {}),
        "refusal": refusal,
        "version": request.form.get("version") or (search.version_number if search else ""),
        "methods": tuple(SearchMethod),
        "groups": list_search_groups(current_session(), current_actor()),
        "parts": map_to_draw_on(area, shown=False),
    }
    return own_page("plan", values, status=status, asks_position=True)
