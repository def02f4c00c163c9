"""One case as a file for whom its family agreed to, and what recipients have to forget."""

from collections.abc import Mapping

from flask import Blueprint, Response, make_response, render_template, request

from tracker.domain.errors import Conflict, InvalidRecord
from tracker.exchange.pfif import XML
from tracker.http.addresses import own_domain
from tracker.http.errors import sentence
from tracker.http.language import gettext
from tracker.http.request import current_actor, current_session
from tracker.services.people import (
    export_choices,
    export_pfif,
    export_withdrawals,
    list_destinations,
)
from tracker.translations.problems import problems_in_words

blueprint = Blueprint("person_exports", __name__)
# What the choice of "anybody" sends.
ANYBODY = "anybody"


@blueprint.get("/people/<public_id>/export")
def show_export(public_id: str) -> Response:
    """Say for whom a case can go out, and ask why."""
    return _page(public_id)


@blueprint.post("/people/<public_id>/export")
def give_case(public_id: str) -> Response:
    """Give a case as a file of PFIF."""
    try:
        data = export_pfif(
            current_session(),
            current_actor(),
            public_id,
            recipient_id=_recipient_sent(),
            reason=request.form.get("reason", ""),
            domain=own_domain(),
        )
    except InvalidRecord as error:
        return _page(public_id, wrong=problems_in_words(error.fields, gettext), status=422)
    except Conflict as error:
        return _page(public_id, problem=sentence(error), status=409)
    return _file(data, "case")


@blueprint.get("/people/exports/withdrawals")
def show_withdrawals() -> Response:
    """Say who has files of ours, and offer what each has to forget."""
    destinations = list_destinations(current_session(), current_actor())
    page = render_template("person_exports/withdrawals.html", destinations=destinations)
    return _restricted(make_response(page))


@blueprint.post("/people/exports/withdrawals")
def give_withdrawals() -> Response:
    """Give the ids of the cases that somebody has to forget."""
    data = export_withdrawals(
        current_session(), current_actor(), recipient_id=_recipient_sent(), domain=own_domain()
    )
    return _file(data, "to-forget")


def _recipient_sent() -> int | None:
    given = request.form.get("recipient", "")
    if given == ANYBODY:
        return None
    if not given.isascii() or not given.isdigit() or len(given) > 9:
        raise InvalidRecord({"recipient_id": ("required",)})
    return int(given)


def _page(
    public_id: str,
    *,
    wrong: Mapping[str, str] | None = None,
    problem: str = "",
    status: int = 200,
) -> Response:
    choices = export_choices(current_session(), current_actor(), public_id)
    values = {"choices": choices, "wrong": wrong or {}, "problem": problem, "typed": request.form}
    response = make_response(render_template("person_exports/export.html", **values), status)
    return _restricted(response)


def _file(data: bytes, name: str) -> Response:
    response = make_response(data)
    response.mimetype = XML
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xml"'
    return _restricted(response)


def _restricted(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
