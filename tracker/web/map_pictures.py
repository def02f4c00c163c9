"""The map taken away: a picture of it for reports."""

from flask import Blueprint, Response, make_response, request
from werkzeug.http import generate_etag

from tracker.http.language import current_language
from tracker.http.request import current_actor, current_day, current_session
from tracker.schemas.map_queries import load_map_query, load_map_window
from tracker.schemas.tallies import read_code
from tracker.services.maps.pictures import PictureRequest, picture_of_map
from tracker.web.forms import given_arguments

blueprint = Blueprint("map_pictures", __name__)

FORMS = {"png": "image/png", "pdf": "application/pdf", "svg": "image/svg+xml"}
# A drawing asks for nothing, and runs nothing where somebody opens it by itself.
_POLICY = "default-src 'none'; frame-ancestors 'none'"


@blueprint.get("/map/picture.<form>")
def give_picture(form: str) -> Response:
    """Give what is in view as a picture, as anyone at all may see it."""
    read_code("format", form, tuple(FORMS))
    given, language = given_arguments(), current_language()
    asked = load_map_query(given, today=current_day())
    wanted = PictureRequest(asked, load_map_window(given), language, form)
    body = picture_of_map(current_session(), current_actor(), wanted)
    answer = make_response(body)
    answer.mimetype = FORMS[form]
    name = f"map-{asked.query.as_known_on}-{language}.{form}"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Security-Policy"] = _POLICY
    answer.vary.add("Accept-Language")
    answer.set_etag(generate_etag(body))
    answer.make_conditional(request)
    return answer
