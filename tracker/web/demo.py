"""Invented people, one for each role, to look around as. Only a demonstration has these pages."""

from flask import Blueprint, Response

from tracker.http.request import current_session
from tracker.services.accounts.demonstration import begin_demo_session, list_invented_people
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
