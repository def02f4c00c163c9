"""One record as a file or a sheet for somebody by name, and what recipients have to forget."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from tracker.domain.errors import Conflict, InvalidRecord
from tracker.exchange.person_forms import JSON, write_form
from tracker.exchange.pfif import XML
from tracker.http.addresses import own_domain
from tracker.http.errors import sentence
from tracker.http.language import gettext
from tracker.http.request import current_actor, current_session
from tracker.services.people import (
    export_choices,
    export_pfif,
    export_withdrawals,
    give_form,
    list_destinations,
)
from tracker.translations.authority_words import EXPORT_FORMS, FORM_SECTIONS
from tracker.translations.person_fields import KINDS_OF
from tracker.translations.problems import problems_in_words
from tracker.web.people.words import Line, lines_of, thing_in_words

blueprint = Blueprint("person_exports", __name__)
# What the choice of "anybody" sends.
ANYBODY = "anybody"


@blueprint.get("/people/<public_id>/export")
def show_export(public_id: str) -> Response:
    """Say for whom a record can go out, and ask in which form and why."""
    return _page(public_id)


@blueprint.post("/people/<public_id>/export")
def give_case(public_id: str) -> Response:
    """Give a record as a sheet to print, as JSON, or a case as a file of PFIF."""
    form, reason = request.form.get("form", "pfif"), request.form.get("reason", "")
    session, actor = current_session(), current_actor()
    try:
        give = export_pfif if form == "pfif" else give_form
        given = give(
            session,
            actor,
            public_id,
            recipient_id=_recipient_sent(),
            reason=reason,
            domain=own_domain(),
        )
    except InvalidRecord as error:
        return _page(public_id, wrong=problems_in_words(error.fields, gettext), status=422)
    except Conflict as error:
        return _page(public_id, problem=sentence(error), status=409)
    if isinstance(given, bytes):
        return _file(given, "case.xml", XML)
    return _file(write_form(given), "person.json", JSON) if form == "json" else _sheet(given)


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
    return _file(data, "to-forget.xml", XML)


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
    values = {
        "choices": choices,
        "forms": [each for each in EXPORT_FORMS if each != "pfif" or choices.kind == "case"],
        "form_words": EXPORT_FORMS,
        "register": "cases" if choices.kind == "case" else "remains",
        "wrong": wrong or {},
        "problem": problem,
        "typed": request.form,
    }
    response = make_response(render_template("person_exports/export.html", **values), status)
    return _restricted(response)


def _sheet(form: Mapping[str, Any]) -> Response:
    """Draw a form on paper; sections of which nothing is known say so."""
    sections = [_section(each["section"], each["facts"]) for each in form["sections"]]
    days = {name: dt.date.fromisoformat(form[name]) for name in ("given_on", "forget_after")}
    page = render_template("person_exports/sheet.html", form=form, sections=sections, **days)
    return _restricted(make_response(page))


def _section(name: str, facts: Mapping[str, Any]) -> tuple[str, Sequence[Line], list[str]]:
    """Give the words above a section, what it tells line by line, and its things."""
    things = [each for each in facts if each in KINDS_OF]
    # How a value is known stands beside it.
    lines = [each for each in facts if each not in things and not each.endswith("_basis")]
    told = [thing_in_words(listed, each) for listed in things for each in facts[listed]]
    return FORM_SECTIONS[name], lines_of(facts, lines), told


def _file(data: bytes, name: str, mimetype: str) -> Response:
    response = make_response(data)
    response.mimetype = mimetype
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return _restricted(response)


def _restricted(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
