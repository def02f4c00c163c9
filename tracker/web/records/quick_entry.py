"""Quick entry: what one knows at first, on one screen of a telephone."""

from collections.abc import Mapping

from flask import Response, make_response, redirect, request, url_for

from tracker.domain.errors import Conflict, InvalidRecord
from tracker.http.errors import sentence
from tracker.http.request import current_actor, current_session
from tracker.services.form_drafts import NEW, BegunForm, end_form_draft
from tracker.services.incidents import log_incident
from tracker.web.records.blueprint import blueprint
from tracker.web.records.entries import Entries, entries_of_form
from tracker.web.records.facts import load_facts
from tracker.web.records.form_drafts import (
    begun_forms,
    entries_of_draft,
    key_of_page,
    new_key,
    taken_up,
)
from tracker.web.records.pages import form_page
from tracker.web.records.place import place_values

_EMPTY = Entries({"date_precision": ("day",)})


@blueprint.get("/incidents/new")
def show_new() -> Response:
    """Show the quick entry, or what was left in it by whoever asks for that."""
    begun = begun_forms(NEW)
    if left := taken_up(begun):
        return _page(entries_of_draft(left), left.key)
    return _page(_EMPTY, new_key(), begun=begun)


@blueprint.post("/incidents/new")
def log_new() -> Response:
    """Log an incident as a draft; the key of the page makes of a double click one incident."""
    entries = entries_of_form(request.form.lists())
    key = key_of_page(entries)
    if entries.get("do") == "find_place":
        return _page(entries, key, at="coordinates")
    try:
        facts = load_facts(entries)
        logged = log_incident(current_session(), current_actor(), facts, key=f"form {key}")
    except InvalidRecord as error:
        return _page(entries, key, wrong=error.fields, status=422)
    except Conflict as error:
        # What was saved with this key stands; what is typed now can be saved with a new one.
        return _page(entries, new_key(), refusal=sentence(error), status=409)
    end_form_draft(current_session(), current_actor(), NEW, key=key)
    page = ".show_record" if entries.get("do") == "save" else ".show_edit"
    return make_response(redirect(url_for(page, public_id=logged.public_id), 303))


def _page(
    entries: Entries,
    key: str,
    *,
    wrong: Mapping[str, tuple[str, ...]] | None = None,
    refusal: str = "",
    begun: tuple[BegunForm, ...] = (),
    at: str = "",
    status: int = 200,
) -> Response:
    values = {"key": key, "refusal": refusal, "begun": begun, "at": at, **place_values(entries)}
    return form_page("new", entries, values, wrong=wrong, status=status)
