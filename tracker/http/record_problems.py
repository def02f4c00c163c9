"""What is wrong with an entry, beside its field, and what the fields are called."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.http.language import gettext
from tracker.http.language import number as number_of_people
from tracker.translations import mark
from tracker.translations.problems import sentence_of

FIELDS: dict[str, str] = {
    "causes": mark("What happened"),
    "cause_reported": mark("Cause, in the words of the source"),
    "cause_official": mark("Cause, as the examiner says"),
    "manner": mark("Manner of death, as the examiner says"),
    "incident_type": mark("Kind of record"),
    "scope": mark("Circumstances"),
    "date_precision": mark("How well the date is known"),
    "date_from": mark("Day, or first day"),
    "date_to": mark("Last day"),
    "date_basis": mark("What the date tells"),
    "location_description": mark("Where, in words"),
    "coordinates": mark("Coordinates"),
    "location_precision": mark("How well the place is known"),
    "location_basis": mark("How the place is known"),
    "country_of_incident": mark("Country, as the source says"),
    "number_dead": mark("People who died"),
    "number_dead_max": mark("People who died, at most"),
    "number_missing_min": mark("People who disappeared"),
    "number_missing_max": mark("People who disappeared, at most"),
    "number_survivors": mark("Survivors"),
    "number_females": mark("Women and girls"),
    "number_males": mark("Men and boys"),
    "number_other_gender": mark("Another gender"),
    "number_children": mark("Children"),
    "origins": mark("Came from"),
    "groups": mark("Groups of people"),
    "groups.group": mark("What they have in common"),
    "groups.code": mark("Which"),
    "groups.number_from": mark("How many"),
    "groups.number_to": mark("How many at most"),
    "groups.basis": mark("Who says so"),
    "groups.presumed": mark("Supposed, not known"),
    "sources": mark("Sources"),
    "sources.publisher": mark("Who says so"),
    "sources.url": mark("Address of the page"),
    "sources.archived_url": mark("Address of a copy in an archive"),
    "sources.accessed_on": mark("Read on"),
    "sources.words_quoted": mark("Words of the source"),
    "sources.quality": mark("How good the source is"),
    "sources.independent": mark("Independent of the others"),
    "notes": mark("Notes"),
}
# Facts that have no field of their own: where their problem is shown.
_SHOWN_AT = {"longitude": "coordinates", "latitude": "coordinates", "uncertainty_m": "coordinates"}
_IN_A_ROW = re.compile(r"(\w+)\.(\d+)(?:\.(\w+))?")


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field: where it stands, what it is called, and what to do."""

    field: str
    words: str
    sentence: str

    @property
    def part(self) -> str:
        """Give the fact that the field belongs to, whatever row of it."""
        return self.field.partition(".")[0]


def problems_in_words(wrong: Mapping[str, tuple[str, ...]]) -> dict[str, Problem]:
    """Say what is wrong, by the field beside which it is shown."""
    told: dict[str, Problem] = {}
    for path, codes in wrong.items():
        at = _field_of(path)
        told.setdefault(
            at, Problem(at, field_in_words(at), gettext(sentence_of(codes[0], _plain(at))))
        )
    return told


def field_in_words(path: str) -> str:
    """Give what a field is called, with its number where it stands in a list."""
    name = _plain(path)
    words = gettext(FIELDS.get(name, name))
    row = _IN_A_ROW.fullmatch(path)
    if row is None:
        return words
    listed = gettext(FIELDS[row[1]])
    return f"{listed}, {int(row[2]) + 1}" + (f": {words}" if row[3] else "")


def number_in_words(value: int | None) -> str:
    """Write a number of people so that 0 is told from what nobody knows."""
    return gettext("none (known to be 0)") if value == 0 else number_of_people(value)


def _field_of(path: str) -> str:
    if path.endswith(".kind"):
        return path.removesuffix("kind") + "group"
    return _SHOWN_AT.get(path, path)


def _plain(path: str) -> str:
    """Give a path without the number of its row."""
    return re.sub(r"\.\d+", "", path)
