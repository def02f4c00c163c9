"""What was typed into the forms of a search, kept as it was typed, and what is wrong beside it."""

from collections.abc import Mapping

from flask import request

from tracker.domain.searches import SearchTold
from tracker.http.language import gettext
from tracker.http.record_problems import Problem
from tracker.translations import mark
from tracker.translations.problems import sentence_of
from tracker.web.records.entries import Entries

# Fields that can be ticked more than once.
LISTED = ("methods", "groups", "done_with")

FIELDS: dict[str, str] = {
    "title": mark("What you call this search"),
    "purpose": mark("What this search is for"),
    "begins_on": mark("First day"),
    "ends_on": mark("Last day"),
    "methods": mark("How you will search"),
    "groups": mark("Groups that take part"),
    "area": mark("The area"),
    "circle_centre": mark("Middle of the circle"),
    "safety": mark("Safety"),
    "contacts": mark("Contacts of the operation"),
    "kind": mark("What was found"),
    "done_on": mark("Day"),
    "method": mark("How you searched"),
    "people": mark("How many people searched"),
    "hours": mark("How many hours"),
    "thoroughness": mark("How closely you looked"),
    "width_m": mark("How wide the searched strip was, in metres"),
    "view": mark("How well one could see"),
    "weather": mark("Weather"),
    "words": mark("In your own words"),
    "points": mark("Where"),
    "track": mark("File of a device"),
    "what": mark("What lies there"),
    "place": mark("Where it lies"),
    "uncertainty_m": mark("How well the place is known"),
    "done_with": mark("What was done"),
}


def entries_of_request() -> Entries:
    """Take the fields of the form that was sent."""
    given = {name: tuple(value.strip() for value in held) for name, held in request.form.lists()}
    return Entries(given)


def values_of(entries: Entries) -> dict[str, object]:
    """Give what was typed as the shapes of a search read it."""
    return {
        name: [*entries.all(name)] if name in LISTED else entries.get(name)
        for name in {*entries.values, *LISTED}
    }


def entries_of_plan(search: SearchTold) -> Entries:
    """Fill the form of a plan with what stands."""
    words = ("title", "purpose", "safety", "contacts")
    values = {name: (str(search.plan.get(name) or ""),) for name in words}
    methods: object = search.plan.get("methods")
    return Entries(
        {
            **values,
            "begins_on": (search.begins_on.isoformat(),),
            "ends_on": (search.ends_on.isoformat(),),
            "methods": tuple(map(str, methods)) if isinstance(methods, list) else (),
            "groups": tuple(map(str, search.groups)),
            "area": ("\n".join(f"{y:.6f}, {x:.6f}" for x, y in search.area),),
        }
    )


def problems_in_words(wrong: Mapping[str, tuple[str, ...]]) -> dict[str, Problem]:
    """Say what is wrong, by the field beside which it is shown."""
    return {
        name: Problem(
            name, gettext(FIELDS.get(name, name)), gettext(sentence_of(codes[0], f"search.{name}"))
        )
        for name, codes in wrong.items()
    }
