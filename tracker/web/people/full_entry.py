"""The full record of a person: every fact with its range and how it is known."""

import re
from collections.abc import Mapping

from flask import Response, make_response, redirect, request, url_for

from tracker.domain.errors import Conflict, InvalidRecord, NotFound
from tracker.domain.people import (
    BODY_PARTS,
    CONTACTS,
    SIDES,
    PersonSight,
    PersonTold,
    contacts_over,
)
from tracker.http.errors import sentence
from tracker.http.request import current_actor, current_day, current_session
from tracker.services.form_drafts import BegunForm, end_form_draft
from tracker.services.people import revise_person
from tracker.web.people.blueprint import back_to, blueprint, person_asked
from tracker.web.people.differences import Difference, differences_of_entries
from tracker.web.people.form_pages import person_form
from tracker.web.people.reading import (
    LISTS,
    entries_of_person,
    entries_of_person_form,
    load_person_form,
)
from tracker.web.records.entries import Entries
from tracker.web.records.form_drafts import (
    begun_forms,
    entries_of_draft,
    key_of_page,
    new_key,
    taken_up,
)

LONGEST_REASON = 2_000
_MORE = re.compile(r"more:(\w+)")
_LESS = re.compile(r"less:(\w+)\.(\d{1,3})")
_MARK = re.compile(r"mark:(\w+):(\w*)")


@blueprint.get("/<register:register>/<public_id>/edit")
def show_edit(register: str, public_id: str) -> Response:
    """Show the full record with its facts in the fields, or with what was left in them."""
    person = person_asked(register, public_id)
    if person.sight < PersonSight.KEEPER:
        return make_response(redirect(url_for(".show_person", public_id=person.public_id), 303))
    begun = begun_forms(person.public_id)
    if left := taken_up(begun):
        return _page(person, entries_of_draft(left, LISTS), left.key)
    return _page(person, entries_of_person(person.kind, person.facts), new_key(), begun=begun)


@blueprint.post("/<register:register>/<public_id>/edit")
def edit(register: str, public_id: str) -> Response:
    """Save what was typed, or only add or take out a row; nothing typed is lost."""
    person = person_asked(register, public_id)
    if person.sight < PersonSight.KEEPER:
        raise NotFound("person")
    entries = entries_of_person_form(request.form.lists())
    key = key_of_page(entries)
    if redrawn := _with_other_rows(entries):
        entries, at = redrawn
        return _page(person, entries, key, at=at)
    try:
        facts = load_person_form(
            person.kind, entries, today=current_day(), before=dict(person.facts)
        )
        _refuse_contacts_of_a_past_day(facts)
        revise_person(
            current_session(),
            current_actor(),
            person.public_id,
            facts=facts,
            expected_version=_number(entries.get("expected_version")),
            reason=entries.get("reason")[:LONGEST_REASON],
        )
    except InvalidRecord as error:
        return _page(person, entries, key, wrong=error.fields, status=422)
    except Conflict as error:
        return _page(person, entries, key, refusal=error, status=409)
    end_form_draft(current_session(), current_actor(), person.public_id, key=key)
    return back_to(person)


def _with_other_rows(entries: Entries) -> tuple[Entries, str] | None:
    """Do what a button of a list asks for; gives the entries, and the row to begin at."""
    asked = entries.get("do")
    if (more := _MORE.fullmatch(asked)) and more[1] in LISTS:
        return entries.with_row(more[1]), f"{more[1]}.{len(entries.rows(more[1]))}"
    if (less := _LESS.fullmatch(asked)) and less[1] in LISTS:
        left = entries.without_row(less[1], int(less[2]))
        return left, f"{less[1]}.{max(0, len(left.rows(less[1])) - 1)}"
    tapped = _MARK.fullmatch(asked)
    if tapped and tapped[1] in BODY_PARTS and tapped[2] in (*SIDES, ""):
        at = f"marks.{len(entries.rows('marks'))}"
        told = {f"{at}.part": tapped[1], f"{at}.side": tapped[2]}
        return entries.changed(**told), at
    return None


def _refuse_contacts_of_a_past_day(facts: Mapping[str, object]) -> None:
    if contacts_over(facts, current_day()) and any(facts.get(name) for name in CONTACTS):
        raise InvalidRecord({"contacts_until": ("in_the_past",)})


def _number(given: str) -> int:
    return int(given) if re.fullmatch(r"[0-9]{1,9}", given) else 0


def _page(
    person: PersonTold,
    entries: Entries,
    key: str,
    *,
    wrong: Mapping[str, tuple[str, ...]] | None = None,
    refusal: Conflict | None = None,
    begun: tuple[BegunForm, ...] = (),
    at: str = "",
    status: int = 200,
) -> Response:
    theirs: tuple[Difference, ...] = ()
    if refusal is not None and refusal.code == "changed_meanwhile":
        theirs = differences_of_entries(person.kind, person.facts, entries)
    values = {
        "person": person,
        "kind": person.kind,
        "key": key,
        "begun": begun,
        "contacts_over": contacts_over(person.facts, current_day()),
        "at": at,
        "refusal": sentence(refusal) if refusal else "",
        "theirs": theirs,
        # Whoever has seen what another changed may save over it: the next press knows of it.
        "version": person.version_number,
    }
    if refusal is None and "expected_version" in entries.values:
        values["version"] = _number(entries.get("expected_version"))
    return person_form("edit", entries, values, wrong=wrong, status=status)
