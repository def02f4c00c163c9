"""Quick entry: what is enough to open a case, or a record of remains."""

from collections.abc import Mapping

from flask import Response, make_response, redirect, request, url_for

from tracker.domain.consents import Purpose
from tracker.domain.errors import Conflict, InvalidRecord
from tracker.domain.people import PersonKind
from tracker.http.errors import sentence
from tracker.http.request import current_actor, current_day, current_session
from tracker.services.form_drafts import NEW_OF_PEOPLE, BegunForm, end_form_draft
from tracker.services.people import list_consents, open_person, record_consent
from tracker.web.people.blueprint import KINDS, blueprint
from tracker.web.people.form_pages import person_form
from tracker.web.people.reading import LISTS, entries_of_person_form, load_person_form
from tracker.web.records.entries import Entries
from tracker.web.records.form_drafts import (
    begun_forms,
    entries_of_draft,
    key_of_page,
    new_key,
    taken_up,
)

_BASED = {
    "names_basis": ("given_names", "first_surname", "second_surname"),
    "sex_basis": ("sex",),
    "age_basis": ("age_from", "age_to"),
}
# One of these is enough to begin with, and names the field that asks for it.
_ENOUGH = {
    PersonKind.CASE: ("given_names", "first_surname", "nicknames", "age_from", "contact_place"),
    PersonKind.REMAINS: ("found_place", "found_date", "found_longitude", "examiner_number"),
}
_FIRST = {
    PersonKind.CASE: Entries({"contact_date_precision": ("day",), "known_by": ("family",)}),
    PersonKind.REMAINS: Entries({"found_date_precision": ("day",), "known_by": ("examiner",)}),
}


@blueprint.get("/<register:register>/new")
def show_new(register: str) -> Response:
    """Show the short form that opens a record, or what was left in it by whoever asks for that."""
    kind = KINDS[register]
    begun = begun_forms(NEW_OF_PEOPLE[kind])
    if left := taken_up(begun):
        return _page(register, entries_of_draft(left, LISTS), left.key)
    return _page(register, _FIRST[kind], new_key(), begun=begun)


@blueprint.post("/<register:register>/new")
def open_new(register: str) -> Response:
    """Open a record; the key of the page makes of a double click one record."""
    kind, entries = KINDS[register], entries_of_person_form(request.form.lists())
    key = key_of_page(entries)
    try:
        facts = _facts(kind, entries)
        public_id = open_person(
            current_session(), current_actor(), kind=kind, facts=facts, key=f"person {key}"
        )
        if kind is PersonKind.CASE and entries.get("agrees") == "yes":
            _record_agreement(public_id, str(facts["inquirer_name"]))
    except InvalidRecord as error:
        return _page(register, entries, key, wrong=error.fields, status=422)
    except Conflict as error:
        # What was opened with this key stands; what is typed now can be saved with a new one.
        told = sentence(error)
        return _page(register, entries, new_key(), refusal=told, status=409)
    end_form_draft(current_session(), current_actor(), NEW_OF_PEOPLE[kind], key=key)
    page = ".show_edit" if entries.get("do") == "open" else ".show_person"
    return make_response(redirect(url_for(page, public_id=public_id), 303))


def _facts(kind: PersonKind, entries: Entries) -> dict[str, object]:
    facts = load_person_form(kind, _with_basis(entries), today=current_day())
    wrong: dict[str, tuple[str, ...]] = {}
    enough = _ENOUGH[kind]
    if not any(facts.get(name) for name in enough):
        wrong[enough[0]] = ("required",)
    if entries.get("agrees") == "yes" and not facts.get("inquirer_name"):
        wrong["inquirer_name"] = ("required",)
    if wrong:
        raise InvalidRecord(wrong)
    return facts


def _with_basis(entries: Entries) -> Entries:
    """Say of each value that was typed how it is known."""
    known_by = entries.get("known_by")
    told = {
        basis: known_by
        for basis, names in _BASED.items()
        if known_by and any(entries.get(name) for name in names)
    }
    return entries.changed(**told)


def _record_agreement(public_id: str, given_by: str) -> None:
    session, actor = current_session(), current_actor()
    if list_consents(session, actor, public_id):
        return  # the same form came twice
    record_consent(
        session,
        actor,
        public_id,
        purpose=Purpose.MATCH,
        given_by=given_by,
        given_on=current_day(),
    )


def _page(
    register: str,
    entries: Entries,
    key: str,
    *,
    wrong: Mapping[str, tuple[str, ...]] | None = None,
    refusal: str = "",
    begun: tuple[BegunForm, ...] = (),
    status: int = 200,
) -> Response:
    kind = KINDS[register]
    values = {
        "register": register,
        "kind": kind,
        "key": key,
        "refusal": refusal,
        "begun": begun,
        "form": NEW_OF_PEOPLE[kind],
    }
    return person_form("new", entries, values, wrong=wrong, status=status)
