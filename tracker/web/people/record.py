"""The page of one person: what is known, who asks, where it stands, and what can be done."""

from collections.abc import Mapping

from flask import Response

from tracker.domain.consents import Purpose
from tracker.domain.erasures import Ground
from tracker.domain.people import (
    BY_MATCH_ALONE,
    CLOSED,
    NOTED_BY_PEOPLE,
    OF_INQUIRER,
    STATUSES,
    PersonKind,
    PersonSight,
    PersonTold,
    ShareKind,
    contacts_over,
)
from tracker.http.request import current_actor, current_day, current_session
from tracker.services.matches import list_identified
from tracker.services.people import (
    list_consents,
    list_recipients,
    list_shares,
    list_tasks,
)
from tracker.services.people.files import MOST_OF_A_PERSON, list_person_files
from tracker.web.people.blueprint import blueprint, own_page, person_asked
from tracker.web.people.words import day_told, lines_of, profile_lines, span, thing_in_words

_THINGS = ("marks", "dental", "medical", "clothing", "belongings")
_CONTACT = ("contact_with", "planned_corridor", "route", "circumstances")
_FIND = ("found_by", "condition", "parts_found", "examiner_number", "cause_official")


@blueprint.get("/<register:register>/<public_id>")
def show_person(register: str, public_id: str) -> Response:
    """Show a record as far as this person sees it."""
    return person_page(person_asked(register, public_id))


def person_page(
    person: PersonTold,
    *,
    at: str = "",
    wrong: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """Draw a record; `wrong` says what was wrong in the form of the part `at`, by field."""
    whole, keeper = person.sight >= PersonSight.WHOLE, person.sight >= PersonSight.KEEPER
    values = {
        "person": person,
        "kind": person.kind,
        "facts": person.facts,
        "whole": whole,
        "keeper": keeper,
        "at": at,
        "wrong": wrong or {},
        "typed": typed or {},
        "today": current_day(),
        "span": span,
        **_known(person),
        **(_work(person) if whole else {}),
        **(_choices(person) if keeper else {}),
    }
    return own_page("record", values, status=status)


def _known(person: PersonTold) -> dict[str, object]:
    """Tell what is known of the person, their journey or their finding."""
    facts = person.facts
    case = person.kind is PersonKind.CASE
    return {
        "profile": profile_lines(facts),
        "things": {
            name: [thing_in_words(name, each) for each in facts[name]]  # type: ignore[attr-defined]
            for name in (*_THINGS, "references", "custody", "examinations")
            if facts.get(name)
        },
        "day": day_told(facts, "contact_date" if case else "found_date"),
        "place": lines_of(facts, _CONTACT if case else _FIND),
        "burial": lines_of(facts, ("burial_place", "burial_plot")),
        "inquirer": lines_of(facts, (*OF_INQUIRER, "contacts_until")),
        "contacts_over": contacts_over(facts, current_day()),
        "interval": (facts.get("interval_days_from"), facts.get("interval_days_to")),
        "open": person.status not in CLOSED | BY_MATCH_ALONE,
    }


def _work(person: PersonTold) -> dict[str, object]:
    """Give what those see who see all of a record."""
    session, actor = current_session(), current_actor()
    tasks = list_tasks(session, actor, person.public_id)
    own = person.organisation_id == actor.organisation_id
    return {
        "identified": list_identified(session, actor, person.public_id, kind=person.kind)
        if own
        else (),
        "consents": list_consents(session, actor, person.public_id),
        "shares": list_shares(session, actor, person.public_id),
        "tasks": tasks,
        "files": list_person_files(session, actor, person.public_id),
        "most_files": MOST_OF_A_PERSON,
    }


def _choices(person: PersonTold) -> dict[str, object]:
    """Give what the forms of those who keep a record offer."""
    recipients = list_recipients(current_session(), current_actor(), person.public_id)
    stands = person.status in BY_MATCH_ALONE
    return {
        "statuses": ()
        if stands
        else tuple(
            status
            for status in STATUSES[person.kind]
            if status not in BY_MATCH_ALONE and status != person.status
        ),
        "purposes": tuple(Purpose),
        "recipients": recipients,
        "may_receive": tuple(each for each in recipients if each.agreed),
        "share_kinds": tuple(ShareKind),
        "task_kinds": NOTED_BY_PEOPLE,
        "grounds": tuple(Ground),
    }
