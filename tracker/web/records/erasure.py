"""Erases a record for good: a page that says what goes and what stays, then the act."""

from flask import Response, make_response, redirect, request, url_for

from tracker.domain.erasures import Ground
from tracker.domain.errors import Conflict, InvalidRecord, NotFound
from tracker.http.errors import sentence
from tracker.http.files import current_files
from tracker.http.request import current_actor, current_session
from tracker.services.erasures import erase_incident, erased_along, may_erase_incident
from tracker.services.incidents import get_record
from tracker.web.records.blueprint import blueprint, own_page


@blueprint.get("/records/<public_id>/erase")
def show_erasure(public_id: str) -> Response:
    """Say what is erased with a record and what stays, and ask for its number to be sure."""
    return _page(public_id)


@blueprint.post("/records/<public_id>/erase")
def erase(public_id: str) -> Response:
    """Erase a record, once its number was typed and a ground was chosen."""
    session, actor = current_session(), current_actor()
    record = get_record(session, actor, public_id)
    try:
        ground = _ground_chosen(record.public_id)
        erase_incident(session, actor, current_files(), public_id=record.public_id, ground=ground)
    except InvalidRecord as error:
        return _page(public_id, wrong=set(error.fields), status=422)
    except Conflict as error:
        return _page(public_id, problem=sentence(error), status=409)
    return make_response(redirect(url_for(".list_own", erased="yes"), 303))


def _ground_chosen(public_id: str) -> Ground:
    wrong = {}
    if request.form.get("number", "").strip().upper() != public_id:
        wrong["number"] = ("required",)
    given = request.form.get("ground", "")
    if given not in tuple(Ground):
        wrong["ground"] = ("required",)
    if wrong:
        raise InvalidRecord(wrong)
    return Ground(given)


def _page(
    public_id: str, *, wrong: set[str] | None = None, problem: str = "", status: int = 200
) -> Response:
    session, actor = current_session(), current_actor()
    record = get_record(session, actor, public_id)
    if not may_erase_incident(session, actor, public_id):
        raise NotFound("record")
    values = {
        "record": record,
        "grounds": tuple(Ground),
        "typed": request.form,
        "wrong": wrong or set(),
        "problem": problem,
        "merged": erased_along(session, actor, public_id),
    }
    return own_page("erase", values, status=status)
