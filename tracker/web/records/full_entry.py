"""The full record: every fact, changed by those who may, and handed in for review."""

import re
from collections.abc import Mapping

from flask import Response, make_response, redirect, request, url_for

from tracker.domain.errors import Conflict, InvalidRecord
from tracker.domain.incidents import IncidentRecord
from tracker.http.errors import sentence
from tracker.http.request import current_actor, current_session
from tracker.services.form_drafts import BegunForm, end_form_draft
from tracker.services.incidents import edit_incident, get_record, submit_incident
from tracker.web.records.blueprint import blueprint
from tracker.web.records.differences import differences
from tracker.web.records.entries import LISTS, Entries, entries_of_form
from tracker.web.records.facts import entries_of_facts, load_facts
from tracker.web.records.form_drafts import (
    begun_forms,
    entries_of_draft,
    key_of_page,
    new_key,
    taken_up,
)
from tracker.web.records.pages import form_page
from tracker.web.records.place import place_values
from tracker.web.records.steps import may_be_edited, may_be_submitted

_MORE = re.compile(r"more:(\w+)")


@blueprint.get("/incidents/<public_id>/edit")
def show_edit(public_id: str) -> Response:
    """Show the full record with its facts in the fields."""
    record = _record(public_id)
    if not may_be_edited(current_actor(), record):
        return make_response(redirect(url_for(".show_record", public_id=record.public_id), 303))
    begun = begun_forms(record.public_id)
    if left := taken_up(begun):
        return _page(record, entries_of_draft(left), left.key)
    return _page(record, entries_of_facts(record.facts), new_key(), begun=begun)


@blueprint.post("/incidents/<public_id>/edit")
def edit(public_id: str) -> Response:
    """Save what was typed, hand it in, or only offer another row; nothing typed is lost."""
    record = _record(public_id)
    entries = entries_of_form(request.form.lists())
    key = key_of_page(entries)
    if more := _MORE.fullmatch(entries.get("do")):
        listed = more[1] if more[1] in LISTS else LISTS[0]
        at = f"{listed}.{len(entries.rows(listed))}"
        return _page(record, entries.with_row(listed), key, at=at)
    if entries.get("do") == "find_place":
        return _page(record, entries, key, at="coordinates")
    try:
        facts = load_facts(entries, record.facts)
        expected = _number(entries.get("expected_version"))
        session, actor = current_session(), current_actor()
        edit_incident(session, actor, record.public_id, facts=facts, expected_version=expected)
        if entries.get("do") == "submit" and may_be_submitted(actor, record):
            submit_incident(session, actor, record.public_id)
    except InvalidRecord as error:
        return _page(record, entries, key, wrong=error.fields, status=422)
    except Conflict as error:
        return _page(record, entries, key, refusal=error, status=409)
    end_form_draft(session, actor, record.public_id, key=key)
    return _to_record(record.public_id)


@blueprint.post("/incidents/<public_id>/submit")
def submit(public_id: str) -> Response:
    """Hand a draft in for review."""
    record = _record(public_id)
    submit_incident(current_session(), current_actor(), record.public_id)
    return _to_record(record.public_id)


def _record(public_id: str) -> IncidentRecord:
    return get_record(current_session(), current_actor(), public_id)


def _number(given: str) -> int:
    return int(given) if re.fullmatch(r"[0-9]{1,9}", given) else 0


def _to_record(public_id: str) -> Response:
    return make_response(redirect(url_for(".show_record", public_id=public_id), 303))


def _page(
    record: IncidentRecord,
    entries: Entries,
    key: str,
    *,
    wrong: Mapping[str, tuple[str, ...]] | None = None,
    refusal: Conflict | None = None,
    begun: tuple[BegunForm, ...] = (),
    at: str = "",
    status: int = 200,
) -> Response:
    changed = refusal is not None and refusal.code == "changed_meanwhile"
    values = {
        "record": record,
        "begun": begun,
        "key": key,
        "at": at,
        "may_submit": may_be_submitted(current_actor(), record),
        **place_values(entries),
        "refusal": sentence(refusal) if refusal else "",
        "theirs": differences(record.facts, entries) if changed else (),
        # Whoever has seen what another changed may save over it: the next press knows of it.
        "version": record.version_number,
    }
    if not refusal and "expected_version" in entries.values:
        values["version"] = _number(entries.get("expected_version"))
    return form_page("edit", entries, values, wrong=wrong, status=status)
