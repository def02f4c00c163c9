"""Tallies for programs: the same call, the same bytes as the command line."""

from flask import Blueprint, Response, make_response, request

from tracker.exchange.tally_csv import Labels, difference_csv, tally_csv
from tracker.exchange.tally_json import difference_json, tally_json
from tracker.http.request import current_actor, current_day, current_session
from tracker.schemas.tallies import Arguments, load_known_dates, load_query, read_code
from tracker.services.tallies import period_tally, tally_difference
from tracker.translations.catalogues import LANGUAGES
from tracker.translations.labels import labels_in

blueprint = Blueprint("tallies_api", __name__, url_prefix="/api/v1")

FORMATS = {"json": "application/json", "csv": "text/csv"}
_MINUTES = 5


@blueprint.get("/tallies")
def get_tally() -> Response:
    """Answer with a tally as JSON or CSV."""
    form = _format()
    query = load_query(_arguments("format", "labels"), today=current_day())
    labels = _labels()
    tally = period_tally(current_session(), current_actor(), query)
    return _answer(tally_csv(tally, labels) if form == "csv" else tally_json(tally), form)


@blueprint.get("/tallies/diff")
def get_tally_difference() -> Response:
    """Answer with what changed between two dates, by reason."""
    form = _format()
    before, after = load_known_dates(_arguments(), today=current_day())
    query = load_query(_arguments("format", "labels", "between", "and"), today=current_day())
    labels = _labels()
    difference = tally_difference(
        current_session(), current_actor(), query, known_before=before, known_after=after
    )
    text = difference_csv(difference, labels) if form == "csv" else difference_json(difference)
    return _answer(text, form)


def _arguments(*own: str) -> Arguments:
    return {name: values for name, values in request.args.lists() if name not in own}


def _format() -> str:
    return read_code("format", request.args.get("format") or "json", tuple(FORMATS))


def _labels() -> Labels | None:
    language = request.args.get("labels")
    return labels_in(read_code("labels", language, LANGUAGES)) if language else None


def _answer(text: str, form: str) -> Response:
    response = make_response(text)
    response.headers["Content-Type"] = f"{FORMATS[form]}; charset=utf-8"
    if form == "csv":
        response.headers["Content-Disposition"] = 'attachment; filename="tally.csv"'
    # Figures as anyone may see them; a later correction shows within minutes.
    response.headers["Cache-Control"] = f"public, max-age={_MINUTES * 60}"
    response.add_etag()
    response.make_conditional(request)
    return response
