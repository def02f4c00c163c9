"""What somebody has begun to type: kept while they type, offered again, thrown away."""

import secrets
from collections.abc import Iterable

from flask import Response, make_response, redirect, request, url_for

from tracker.domain.errors import BadQuery, NotFound
from tracker.domain.people import PersonKind
from tracker.http.bodies import JSON, read_json
from tracker.http.request import current_actor, current_session
from tracker.services.form_drafts import (
    NEW,
    NEW_OF_PEOPLE,
    BegunForm,
    end_form_draft,
    list_form_drafts,
    save_form_draft,
)
from tracker.web.records.blueprint import blueprint
from tracker.web.records.entries import LISTS, Entries, entries_of_form

LONGEST_KEY = 64
_REGISTERS = {PersonKind.CASE: "cases", PersonKind.REMAINS: "remains"}
_LETTERS = {PersonKind.CASE: "C-", PersonKind.REMAINS: "R-"}
# They belong to one showing of a page, and not to what was typed.
_OF_THE_PAGE = ("csrf_token", "key", "do")


@blueprint.put("/drafts/<form>/<key>")
def keep_draft(form: str, key: str) -> Response:
    """Keep the fields of one showing of a form, sent as pairs of name and value.

    What is on its way while the form is saved comes too late, and that is no error.
    """
    fields = _pairs(read_json(JSON))
    kept = save_form_draft(current_session(), current_actor(), form, key=key, fields=fields)
    answer = make_response({"kept": kept})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/drafts/<form>/<key>/drop")
def drop_draft(form: str, key: str) -> Response:
    """Throw away what was left in a form, and show the form as it is without it."""
    if all(begun.key != key for begun in begun_forms(form)):
        raise NotFound("form")
    end_form_draft(current_session(), current_actor(), form, key=key)
    return make_response(redirect(_page_of(form), 303))


def begun_forms(form: str) -> tuple[BegunForm, ...]:
    """Give what the asker has left in a form, the newest first."""
    return list_form_drafts(current_session(), current_actor(), form)


def taken_up(begun: tuple[BegunForm, ...]) -> BegunForm | None:
    """Give the form that the asker wants to go on with, if they have named one."""
    wanted = request.args.get("draft", "")
    return next((each for each in begun if each.key == wanted), None)


def entries_of_draft(begun: BegunForm, lists: Iterable[str] = LISTS) -> Entries:
    """Fill the fields of a form with what was left in it."""
    values: dict[str, list[str]] = {}
    for name, value in begun.fields:
        values.setdefault(name, []).append(value)
    return entries_of_form(values.items(), lists)


def key_of_page(entries: Entries) -> str:
    """Give the key of the showing of a form that was sent, or a new one."""
    return entries.get("key")[:LONGEST_KEY] or new_key()


def new_key() -> str:
    """Make the key of one showing of a form."""
    return secrets.token_urlsafe(18)


def _page_of(form: str) -> str:
    """Give the address of a form without what was left in it."""
    if form == NEW:
        return url_for(".show_new")
    for kind, register in _REGISTERS.items():
        if form == NEW_OF_PEOPLE[kind]:
            return url_for("people.show_new", register=register)
        if form.startswith(_LETTERS[kind]):
            return url_for("people.show_edit", register=register, public_id=form)
    return url_for(".show_edit", public_id=form)


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
