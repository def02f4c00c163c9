"""The map of incidents: its page, what it asks for as one moves about, the tiles beneath it."""

import json
from functools import cache
from io import BytesIO

from flask import Blueprint, Response, make_response, render_template, request, send_file
from flask.typing import ResponseReturnValue
from werkzeug.http import generate_etag

from geodata.basemap import base_map_file, land_drawing_file
from geodata.coordinates import parse_position
from geodata.gazetteer import find_places
from geodata.positions import PositionUnclear
from tracker.domain.errors import DomainError
from tracker.domain.maps import MapQuery
from tracker.http.errors import sentence
from tracker.http.language import current_language, label
from tracker.http.page_cache import cached_page
from tracker.http.request import current_actor, current_day, current_session
from tracker.http.static_files import ASK_AGAIN, FOR_GOOD, digest
from tracker.maps.page_data import cells_answer
from tracker.schemas.map_queries import load_map_query, load_map_window
from tracker.schemas.tallies import query_arguments, read_code
from tracker.services.maps import (
    AreaKind,
    DrawnMap,
    areas_of_map,
    draw_incidents,
    hexagons_of_map,
    rows_of_map,
    view_map,
)
from tracker.web.forms import CHOICES, given_arguments

blueprint = Blueprint("maps", __name__)

_LONGEST_NAME = 100
_MOST_PLACES = 6


@blueprint.get("/map")
def show_map() -> ResponseReturnValue:
    """Show the incidents that a tally of the same question counts, on the map and as rows."""
    try:
        return _good_page()
    except DomainError as error:
        return make_response(_page(error=sentence(error)), 400)


@blueprint.get("/map/base.pmtiles")
def give_base_map() -> ResponseReturnValue:
    """Give the tiles beneath the map, or the part of their file that is asked for."""
    file = base_map_file()
    # From memory: a browser that leaves in the middle leaves no file open.
    tiles = BytesIO(_tiles())
    kind = "application/vnd.pmtiles"
    answer = send_file(tiles, mimetype=kind, etag=digest(file), conditional=True)
    answer.headers["Cache-Control"] = FOR_GOOD if request.args.get("v") else ASK_AGAIN
    return answer


@cache
def _tiles() -> bytes:
    return base_map_file().read_bytes()


@blueprint.get("/map/land.svg")
def give_land() -> Response:
    """Give the land beneath a map of the whole region, as one drawing without colours."""
    answer = make_response(_land())
    answer.mimetype = "image/svg+xml"
    answer.headers["Cache-Control"] = FOR_GOOD if request.args.get("v") else ASK_AGAIN
    answer.set_etag(digest(land_drawing_file()))
    answer.make_conditional(request)
    return answer


@cache
def _land() -> bytes:
    return land_drawing_file().read_bytes()


_FILES = {"maps.give_base_map": base_map_file, "maps.give_land": land_drawing_file}


@blueprint.app_url_defaults
def _add_digest(endpoint: str, values: dict[str, object]) -> None:
    if endpoint in _FILES:
        values.setdefault("v", digest(_FILES[endpoint]()))


@cached_page
def _good_page() -> str:
    drawn = draw_incidents(
        current_session(), current_actor(), _asked(), language=current_language()
    )
    return _page(drawn)


@blueprint.get("/map/cells")
def give_cells() -> Response:
    """Give the incidents of a box gathered into cells, each with its people."""
    window = load_map_window(given_arguments())
    view = view_map(current_session(), current_actor(), _asked(), window=window)
    return _answer(cells_answer(view.cells, view.fullest))


@blueprint.get("/map/incidents")
def give_incidents() -> Response:
    """Give the incidents of a box one by one, a page at a time, and how many there are."""
    given = given_arguments()
    found = rows_of_map(
        current_session(),
        current_actor(),
        _asked(),
        window=load_map_window(given),
        language=current_language(),
    )
    return _answer(
        {
            "rows": found.rows,
            "incidents": found.number_in_all,
            "dead": found.dead,
            "missing": found.missing,
        }
    )


@blueprint.get("/map/hexagons")
def give_hexagons() -> Response:
    """Give the incidents of a box gathered into hexagons of one size."""
    window = load_map_window(given_arguments())
    view = hexagons_of_map(current_session(), current_actor(), _asked(), window=window)
    return _answer(
        {
            "fullest": view.fullest,
            "hexagons": [
                [
                    [[round(y, 4), round(x, 4)] for x, y in each.outline],
                    *(each.incidents, each.dead, each.missing),
                ]
                for each in view.hexagons
            ],
        }
    )


@blueprint.get("/map/areas")
def give_areas() -> Response:
    """Give subregions, corridors or silent countries as GeoJSON, with their figures."""
    kind = AreaKind(read_code("kind", request.args.get("kind", ""), tuple(AreaKind)))
    areas = areas_of_map(
        current_session(), current_actor(), _asked(), kind=kind, language=current_language()
    )
    return _answer(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": area.told(), "geometry": area.geometry}
                for area in areas
            ],
        }
    )


@blueprint.get("/map/places")
def find_place() -> Response:
    """Give places by their name or their coordinates: where to look, never who is there."""
    asked = request.args.get("name", "")[:_LONGEST_NAME]
    try:
        position = parse_position(asked)
        words = f"{position.latitude:.4f}, {position.longitude:.4f}"
        return _answer([{"words": words, "at": [position.latitude, position.longitude]}])
    except PositionUnclear:
        named = find_places(asked, limit=_MOST_PLACES)
    return _answer(
        [
            {
                "words": f"{place.name}, {label(place.country, 'country')}",
                "at": [place.latitude, place.longitude],
            }
            for place in named
        ]
    )


def _asked() -> MapQuery:
    return load_map_query(given_arguments(), today=current_day())


def _answer(value: object) -> Response:
    """Answer with JSON; who is signed in sees more, so nothing keeps what they are given."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    answer = make_response(body)
    answer.mimetype = "application/json"
    if current_actor().account_id is not None:
        answer.headers["Cache-Control"] = "no-store"
        return answer
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(generate_etag(body))
    answer.make_conditional(request)
    return answer


def _page(drawn: DrawnMap | None = None, *, error: str | None = None) -> str:
    return render_template(
        "maps/map.html",
        drawn=drawn,
        parts=drawn.parts if drawn else None,
        tally=drawn.tally if drawn else None,
        same_incidents=query_arguments(drawn.tally.query) if drawn else {},
        error=error,
        given=given_arguments(),
        choices=CHOICES,
        today=current_day(),
    )
