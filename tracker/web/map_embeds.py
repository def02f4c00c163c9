"""The map within pages of partners: what anybody may see, whoever is signed in here."""

from collections.abc import Callable

from flask import Blueprint, Response, make_response, render_template

from tracker.domain.errors import DomainError, NotFound
from tracker.http.errors import sentence
from tracker.http.headers import let_be_framed, may_be_framed
from tracker.http.language import current_language, speak_without_cookie
from tracker.http.page_cache import cached_page
from tracker.http.request import ask_as_anyone, current_actor, current_day, current_session
from tracker.schemas.map_queries import load_map_query
from tracker.services.maps import DrawnMap, draw_incidents
from tracker.web import maps
from tracker.web.forms import given_arguments

blueprint = Blueprint("map_embeds", __name__)

_LAYERS: dict[str, Callable[[], Response]] = {
    "cells": maps.give_cells,
    "incidents": maps.give_incidents,
    "hexagons": maps.give_hexagons,
    "areas": maps.give_areas,
}


@blueprint.before_request
def _know_nobody() -> None:
    """Read no cookie: a frame on another site shows what anybody sees, and is no place to sign in.

    A frame on a site of the same domain would get the session's cookie.
    """
    ask_as_anyone()
    speak_without_cookie()
    if not may_be_framed():
        raise NotFound("route")


@blueprint.get("/map/embed")
def show_embed() -> Response:
    """Show the map with its figures and its list, and nothing around it."""
    try:
        answer = _good_page()
    except DomainError as error:
        answer = make_response(_page(error=sentence(error)), 400)
    let_be_framed(answer)
    return answer


@blueprint.get("/map/embed/<layer>")
def give_layer(layer: str) -> Response:
    """Give what the map asks for as one moves about, as anybody sees it."""
    if layer not in _LAYERS:
        raise NotFound("route")
    return _LAYERS[layer]()


@cached_page
def _good_page() -> str:
    asked = load_map_query(given_arguments(), today=current_day())
    return _page(
        draw_incidents(current_session(), current_actor(), asked, language=current_language())
    )


def _page(drawn: DrawnMap | None = None, *, error: str | None = None) -> str:
    return render_template(
        "maps/embed.html",
        drawn=drawn,
        parts=drawn.parts if drawn else None,
        tally=drawn.tally if drawn else None,
        error=error,
        given=given_arguments(),
    )
