"""The blueprint that these pages share, and how one of them is drawn."""

from collections.abc import Mapping

from flask import Blueprint, Response, make_response, render_template, request

from tracker.http.headers import may_locate
from tracker.http.request import current_actor, current_database
from tracker.services.searches import note_search_seen

blueprint = Blueprint("searches", __name__)


@blueprint.after_request
def _note_what_was_opened(response: Response) -> Response:
    """Note in the log that somebody opened a page of one search."""
    search = (request.view_args or {}).get("public_id")
    if search is not None and request.method in ("GET", "HEAD") and response.status_code == 200:
        with current_database().writing() as session:
            note_search_seen(session, current_actor(), search)
    return response


def own_page(
    name: str, values: Mapping[str, object], *, status: int = 200, asks_position: bool = False
) -> Response:
    """Draw a page for those who take part: nothing keeps it."""
    response = make_response(render_template(f"searches/{name}.html", **values), status)
    response.headers["Cache-Control"] = "no-store"
    if asks_position:
        may_locate(response)
    return response
