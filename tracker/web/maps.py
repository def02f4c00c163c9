"""The map of incidents."""

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

from tracker.domain.errors import DomainError
from tracker.http.errors import sentence
from tracker.http.language import current_language
from tracker.http.page_cache import cached_page
from tracker.http.request import current_actor, current_day, current_session
from tracker.schemas.tallies import load_query, query_arguments
from tracker.services.maps import DrawnMap, draw_incidents
from tracker.web.forms import CHOICES, given_arguments

blueprint = Blueprint("maps", __name__)


@blueprint.get("/map")
def show_map() -> ResponseReturnValue:
    """Show the incidents that a tally of the same question counts, on the map and as rows."""
    try:
        return _good_page()
    except DomainError as error:
        return make_response(_page(error=sentence(error)), 400)


@cached_page
def _good_page() -> str:
    query = load_query(given_arguments(), today=current_day())
    drawn = draw_incidents(current_session(), current_actor(), query, language=current_language())
    return _page(drawn)


def _page(drawn: DrawnMap | None = None, *, error: str | None = None) -> str:
    return render_template(
        "maps/map.html",
        parts=drawn.parts if drawn else None,
        tally=drawn.tally if drawn else None,
        number_in_all=drawn.number_in_all if drawn else 0,
        same_incidents=query_arguments(drawn.tally.query) if drawn else {},
        error=error,
        given=given_arguments(),
        choices=CHOICES,
        today=current_day(),
    )
