"""Invented people, one for each role, to look around as. Only a demonstration has these pages."""

from flask import Blueprint, Response, make_response, redirect, url_for

from tracker.domain.families import IDLE
from tracker.http.cookies import FAMILY, set_cookie
from tracker.http.request import current_session
from tracker.services.accounts.demonstration import begin_demo_session, list_invented_people
from tracker.services.families import begin_invented_visit
from tracker.web.accounts.blueprint import go_on, own_page, this_device

blueprint = Blueprint("demo", __name__)


@blueprint.get("/demo")
def show_people() -> Response:
    """Show the invented people of the demonstration."""
    return own_page("demo", {"people": list_invented_people(current_session())})


@blueprint.post("/demo/<int:account_id>")
def be_somebody(account_id: int) -> Response:
    """Sign in as one of the invented people, with one click and nothing else."""
    begun = begin_demo_session(current_session(), account_id, device=this_device())
    return go_on(begun, account_id)


@blueprint.post("/demo/family")
def be_a_family() -> Response:
    """Open the page of an invented family, without its code and secret."""
    response = make_response(redirect(url_for("families.show_own"), 303))
    set_cookie(response, FAMILY, begin_invented_visit(current_session()), lasts=IDLE)
    return response
