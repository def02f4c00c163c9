"""Hints: what is perhaps recorded already, and which texts could put somebody in danger."""

from collections.abc import Mapping

from flask import Response, request

from tracker.domain.duplicates import LikelyDuplicate
from tracker.domain.permissions import Action, may
from tracker.domain.personal_data import PersonalData, find_personal_data
from tracker.http.record_problems import field_in_words
from tracker.http.request import current_actor, current_session
from tracker.services.duplicates import find_duplicates
from tracker.services.incidents import get_record
from tracker.web.records.blueprint import blueprint, own_page
from tracker.web.records.entries import Entries, entries_of_form
from tracker.web.records.facts import facts_so_far

FREE_TEXTS = ("location_description", "cause_reported", "cause_official", "notes")
MOST_SHOWN = 3


@blueprint.post("/records/hints")
def hint_at_new() -> Response:
    """Say of what is being typed what is perhaps recorded already, and what to look at again."""
    return _hints()


@blueprint.post("/records/<public_id>/hints")
def hint_at(public_id: str) -> Response:
    """Say the same of a record that is being changed: it is no duplicate of itself."""
    return _hints(get_record(current_session(), current_actor(), public_id).public_id)


def personal_data_in(texts: Mapping[str, object]) -> dict[str, tuple[PersonalData, ...]]:
    """Say which free texts seem to hold what could put somebody in danger: a hint, no refusal."""
    found = {name: find_personal_data(str(texts.get(name) or "")) for name in FREE_TEXTS}
    return {field_in_words(name): kinds for name, kinds in found.items() if kinds}


def _hints(besides: str | None = None) -> Response:
    entries = entries_of_form(request.form.lists())
    personal = personal_data_in({name: entries.get(name) for name in FREE_TEXTS})
    return own_page("hints", {"personal": personal, "likely": _likely(entries, besides)})


def _likely(entries: Entries, besides: str | None) -> tuple[LikelyDuplicate, ...]:
    session, actor = current_session(), current_actor()
    if not may(actor, Action.FIND_DUPLICATES):
        return ()
    facts = facts_so_far(entries)
    return find_duplicates(session, actor, facts, besides=besides, limit=MOST_SHOWN)
