"""Files of several cases: asked for by one person, agreed to by a second, fetched once."""

from collections.abc import Mapping

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from tracker.domain.errors import Conflict, InvalidRecord
from tracker.domain.group_exports import ExportPurpose
from tracker.exchange.sealed_zip import ZIP
from tracker.http.addresses import own_domain
from tracker.http.errors import sentence
from tracker.http.language import gettext
from tracker.http.request import current_actor, current_session
from tracker.services.people import (
    agree_to_group_export,
    ask_for_group_export,
    cases_to_export,
    end_group_export,
    get_group_export,
    give_group_export,
    list_export_recipients,
    list_group_exports,
    open_group_export,
)
from tracker.translations.authority_words import EXPORT_PURPOSES, EXPORT_STATES
from tracker.translations.problems import problems_in_words

blueprint = Blueprint("group_exports", __name__, url_prefix="/people/exports")


@blueprint.get("/several")
def show_all() -> Response:
    """Show the files of several cases that were asked for, and begin another one."""
    session, actor = current_session(), current_actor()
    recipients = list_export_recipients(session, actor)
    return _page("all", {"exports": list_group_exports(session, actor), "recipients": recipients})


@blueprint.get("/several/new")
def show_new() -> Response:
    """Show which cases may go to a recipient, and ask which of them go, and why."""
    return _new_page()


@blueprint.post("/several/new")
def ask() -> Response:
    """Ask for a file; a second person has to agree."""
    try:
        number = ask_for_group_export(
            current_session(),
            current_actor(),
            recipient_id=_recipient(request.form),
            purpose=request.form.get("purpose", ""),
            reason=request.form.get("reason", ""),
            public_ids=request.form.getlist("case"),
        )
    except InvalidRecord as error:
        return _new_page(wrong=problems_in_words(error.fields, gettext), status=422)
    except Conflict as error:
        return _new_page(problem=sentence(error), status=409)
    return _back(number)


@blueprint.get("/several/<int:number>")
def show_one(number: int) -> Response:
    """Show what is to go out, for whom and why, and what comes next."""
    return _one_page(number)


@blueprint.post("/several/<int:number>/agree")
def agree(number: int) -> Response:
    """Agree as the second person."""
    try:
        agree_to_group_export(current_session(), current_actor(), number)
    except Conflict as error:
        return _one_page(number, problem=sentence(error), status=409)
    return _back(number)


@blueprint.post("/several/<int:number>/end")
def end(number: int) -> Response:
    """Call it off."""
    try:
        end_group_export(current_session(), current_actor(), number)
    except Conflict as error:
        return _one_page(number, problem=sentence(error), status=409)
    return _back(number)


@blueprint.post("/several/<int:number>/open")
def open_once(number: int) -> Response:
    """Show the password, this once, beside the way to the file."""
    session, actor = current_session(), current_actor()
    try:
        password, seal = open_group_export(session, actor, number)
    except Conflict as error:
        return _one_page(number, problem=sentence(error), status=409)
    export = get_group_export(session, actor, number)
    return _page("opened", {"export": export, "password": password, "seal": seal})


@blueprint.post("/several/<int:number>/file")
def give(number: int) -> Response:
    """Give the file, sealed with the password that was shown."""
    try:
        data = give_group_export(
            current_session(),
            current_actor(),
            number,
            password=request.form.get("password", ""),
            seal=request.form.get("seal", ""),
            domain=own_domain(),
        )
    except Conflict as error:
        return _one_page(number, problem=sentence(error), status=409)
    response = make_response(data)
    response.mimetype = ZIP
    response.headers["Content-Disposition"] = 'attachment; filename="cases.zip"'
    return _restricted(response)


def _recipient(given: Mapping[str, str]) -> int:
    number = given.get("recipient", "")
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise InvalidRecord({"recipient_id": ("required",)})
    return int(number)


def _new_page(
    *, wrong: Mapping[str, str] | None = None, problem: str = "", status: int = 200
) -> Response:
    session, actor = current_session(), current_actor()
    try:
        recipient_id = _recipient(request.values)
        cases = cases_to_export(session, actor, recipient_id=recipient_id)
    except (InvalidRecord, Conflict):
        # Whoever has not said for whom begins there.
        return _restricted(make_response(redirect(url_for(".show_all"), 303)))
    recipients = dict(list_export_recipients(session, actor))
    values = {
        "recipient": (recipient_id, recipients.get(recipient_id, "")),
        "cases": cases,
        "chosen": request.form.getlist("case"),
        "purposes": tuple(ExportPurpose),
        "wrong": wrong or {},
        "problem": problem,
        "typed": request.form,
    }
    return _page("new", values, status=status)


def _one_page(number: int, *, problem: str = "", status: int = 200) -> Response:
    export = get_group_export(current_session(), current_actor(), number)
    return _page("one", {"export": export, "problem": problem}, status=status)


def _back(number: int) -> Response:
    return _restricted(make_response(redirect(url_for(".show_one", number=number), 303)))


def _page(name: str, values: Mapping[str, object], *, status: int = 200) -> Response:
    words = {"purpose_words": EXPORT_PURPOSES, "state_words": EXPORT_STATES}
    page = render_template(f"group_exports/{name}.html", **words, **values)
    return _restricted(make_response(page, status))


def _restricted(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
