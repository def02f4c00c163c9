"""The blueprint that these pages share, and how one of them is drawn."""

from collections.abc import Mapping

from flask import Blueprint, Response, make_response, render_template

from tracker.http.record_problems import number_in_words

blueprint = Blueprint("records", __name__)
blueprint.add_app_template_filter(number_in_words)

# A page that asks for the device's position may; no other page of ours does.
_HERE_ALLOWED = "camera=(), geolocation=(self), microphone=(), payment=(), usb=()"


def own_page(
    name: str, values: Mapping[str, object], *, status: int = 200, asks_position: bool = False
) -> Response:
    """Draw a page for one person: nothing keeps it."""
    response = make_response(render_template(f"records/{name}.html", **values), status)
    response.headers["Cache-Control"] = "no-store"
    if asks_position:
        response.headers["Permissions-Policy"] = _HERE_ALLOWED
    return response
