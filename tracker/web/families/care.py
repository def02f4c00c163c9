"""For case workers: the access of a family, what it wrote, and what waits for an answer."""

from collections.abc import Mapping

from flask import Response, make_response, redirect, request, url_for

from tracker.domain.errors import InvalidRecord
from tracker.domain.families import CaseOfFamily
from tracker.domain.people import BY_MATCH_ALONE, CaseStatus
from tracker.http.language import current_language, gettext
from tracker.http.request import current_actor, current_database, current_session
from tracker.services.families import (
    end_access,
    get_case_of_family,
    list_open_words,
    make_access,
    take_up_word,
)
from tracker.translations import mark
from tracker.translations.problems import problems_in_words
from tracker.web.families.blueprint import blueprint, given, own_page

# How a case can stand once somebody looked into what a family disputes.
_AFTER: Mapping[str, str] = {
    "": mark("The case is right: it stands as before"),
    CaseStatus.LOCATED_ALIVE: mark("The person was located alive"),
    CaseStatus.CLOSED_BY_FAMILY: mark("The family wants the case closed"),
    CaseStatus.WITHDRAWN: mark("The case is not to be worked on"),
}


@blueprint.get("/families")
def show_desk() -> Response:
    """Show what families wrote and nobody has taken up yet."""
    return own_page("desk", {"words": list_open_words(current_session(), current_actor())})


@blueprint.get("/cases/<public_id>/family")
def show_access(public_id: str) -> Response:
    """Show a family's access and its words."""
    return access_page(public_id)


@blueprint.post("/cases/<public_id>/family")
def give_access(public_id: str) -> Response:
    """Make an access; code and second secret are shown in this answer alone."""
    typed = {name: given(name) for name in ("reach", "support", "secret", "language")}
    try:
        made = make_access(current_session(), current_actor(), public_id, **typed)
    except InvalidRecord as error:
        return access_page(public_id, errors=problems_in_words(error.fields, gettext))
    return own_page("access_made", {"made": made, "public_id": public_id, **typed})


@blueprint.post("/cases/<public_id>/family/end")
def take_access_away(public_id: str) -> Response:
    """End a family's access at once."""
    end_access(current_session(), current_actor(), public_id)
    return _back(public_id)


@blueprint.post("/cases/<public_id>/family/words/<int:number>")
def take_up(public_id: str, number: int) -> Response:
    """Say that a word of the family was dealt with."""
    typed = {"reason": given("reason"), "status": given("status")}
    if typed["status"] not in _AFTER:
        typed["status"] = ""
    try:
        take_up_word(current_session(), current_actor(), public_id, number=number, **typed)
    except InvalidRecord as error:
        errors = problems_in_words(error.fields, gettext)
        return access_page(public_id, errors={f"{name}-{number}": errors[name] for name in errors})
    return _back(public_id)


def access_page(public_id: str, *, errors: Mapping[str, str] | None = None) -> Response:
    """Draw the page of a family's access, with what was typed where something is wrong."""
    case = read_case(public_id)
    typed = {name: given(name) for name in ("reach", "support", "secret", "reason")}
    values = {
        "case": case,
        "given": typed | {"language": given("language") or current_language()},
        "errors": errors or {},
        "after": {code: gettext(words) for code, words in _AFTER.items()},
        "settled": case.status in BY_MATCH_ALONE,
    }
    return own_page("access", values, status=422 if errors else 200)


def read_case(public_id: str) -> CaseOfFamily:
    """Read what belongs to a family, and note that it was read, also where a page only shows it."""
    if request.method == "POST":
        return get_case_of_family(current_session(), current_actor(), public_id)
    actor = current_actor()
    with current_database().writing() as session:
        return get_case_of_family(session, actor, public_id)


def _back(public_id: str) -> Response:
    return make_response(redirect(url_for(".show_access", public_id=public_id), 303))
