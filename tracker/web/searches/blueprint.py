"""The blueprint that these pages share, and how one of them is drawn."""

from collections.abc import Mapping

from flask import Blueprint, Response, make_response, render_template

from tracker.http.headers import may_locate

blueprint = Blueprint("searches", __name__)


def own_page(
    name: str, values: Mapping[str, object], *, status: int = 200, asks_position: bool = False
) -> Response:
    """Draw a page for those who take part: nothing keeps it."""
    response = make_response(render_template(f"searches/{name}.html", **values), status)
    response.headers["Cache-Control"] = "no-store"
    if asks_position:
        may_locate(response)
    return response
