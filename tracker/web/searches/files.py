"""A search on paper, and as a file for devices; the file is noted when it is made."""

from flask import Response, make_response, request

from geodata.searched_ground import GeoJson
from tracker.domain.searches import SearchMethod
from tracker.exchange.search_tracks import MEDIA_TYPES, DrawnSearch, TrackForm, write_search
from tracker.http.language import gettext
from tracker.http.request import current_actor, current_day, current_session
from tracker.schemas.tallies import read_code
from tracker.services.searches import SearchGround, draw_sheet, export_search
from tracker.web.searches.blueprint import blueprint, own_page


@blueprint.get("/searches/<public_id>/sheet")
def show_sheet(public_id: str) -> Response:
    """Show a search as a sheet to print and take along."""
    drawn = draw_sheet(current_session(), current_actor(), public_id)
    values = {
        "drawn": drawn,
        "search": drawn.seen.search,
        "ground": drawn.seen.ground,
        "methods": tuple(SearchMethod),
        "today": current_day(),
    }
    return own_page("sheet", values)


@blueprint.post("/searches/<public_id>/files")
def give_file(public_id: str) -> Response:
    """Give the ground of a search for a device: its edge, gaps and tracks, and no finding."""
    form = TrackForm(read_code("form", request.form.get("form", ""), tuple(TrackForm)))
    seen = export_search(current_session(), current_actor(), public_id)
    answer = make_response(write_search(_drawn(seen), form))
    answer.mimetype = MEDIA_TYPES[form]
    name = f"{seen.search.public_id}.{form}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _drawn(seen: SearchGround) -> DrawnSearch:
    return DrawnSearch(
        # A device can be lost: no title, no purpose, no word of anybody.
        name=seen.search.public_id,
        area_name=gettext("Planned area"),
        gap_name=gettext("Gap"),
        track_name=gettext("Track"),
        area=seen.search.area,
        gaps=_polygons(seen.ground.gap) if seen.ground.searched_km2 else (),
        lines=seen.lines,
    )


def _polygons(shape: GeoJson) -> list[list[list[tuple[float, float]]]]:
    held = shape["coordinates"]
    polygons = held if shape["type"] == "MultiPolygon" else [held]
    return [[[(x, y) for x, y in ring] for ring in polygon] for polygon in polygons]
