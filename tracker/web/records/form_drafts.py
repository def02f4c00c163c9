"""What somebody has begun to type: kept while they type, offered again, thrown away."""

from flask import Response, make_response, redirect, request, url_for

from tracker.domain.errors import BadQuery, NotFound
from tracker.http.bodies import JSON, read_json
from tracker.http.request import current_actor, current_session
from tracker.services.form_drafts import (
    NEW,
    BegunForm,
    drop_form_draft,
    find_form_draft,
    save_form_draft,
)
from tracker.web.records.blueprint import blueprint
from tracker.web.records.entries import Entries, entries_of_form

# They belong to one showing of a page, and not to what was typed.
_OF_THE_PAGE = ("csrf_token", "key", "do")


@blueprint.put("/drafts/<form>")
def keep_draft(form: str) -> Response:
    """Keep the fields of a form, sent as pairs of name and value."""
    if not form.isprintable():
        raise NotFound("form")  # PostgreSQL refuses to so much as look for a NUL
    save_form_draft(current_session(), current_actor(), form, fields=_pairs(read_json(JSON)))
    return _nothing()


@blueprint.post("/drafts/<form>/drop")
def drop_draft(form: str) -> Response:
    """Throw away what was left in a form, and show the form as it is without it."""
    if begun_form(form) is None:
        raise NotFound("form")
    drop_form_draft(current_session(), current_actor(), form)
    page = url_for(".show_new") if form == NEW else url_for(".show_edit", public_id=form)
    return make_response(redirect(page, 303))


def begun_form(form: str) -> BegunForm | None:
    """Give what the asker has left in a form."""
    if not form.isprintable():
        return None
    return find_form_draft(current_session(), current_actor(), form)


def entries_of_draft(begun: BegunForm) -> Entries:
    """Fill the fields of a form with what was left in it."""
    values: dict[str, list[str]] = {}
    for name, value in begun.fields:
        values.setdefault(name, []).append(value)
    return entries_of_form(values.items())


def wants_draft() -> bool:
    """Say whether the asker wants to go on with what they had begun."""
    return "draft" in request.args


def _pairs(sent: object) -> list[tuple[str, str]]:
    if not isinstance(sent, list):
        raise BadQuery("not_json")
    pairs = []
    for pair in sent:
        match pair:
            case [str(name), str(value)]:
                pairs.append((name, value.replace("\0", "")))
            case _:
                raise BadQuery("not_json")
    return [(name, value) for name, value in pairs if name not in _OF_THE_PAGE]


def _nothing() -> Response:
    answer = make_response("", 204)
    answer.headers["Cache-Control"] = "no-store"
    return answer
