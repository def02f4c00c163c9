"""What is wrong with what was typed of a person, beside its field."""

import re
from collections.abc import Mapping

from tracker.http.language import gettext
from tracker.http.record_problems import Problem
from tracker.translations import mark
from tracker.translations.person_fields import PERSON_FIELDS
from tracker.translations.problems import sentence_of
from tracker.web.people.reading import WORD_LISTS

# Facts that have no field of their own: where their problem is shown.
_SHOWN_AT = {
    **dict.fromkeys(("contact_longitude", "contact_latitude"), "coordinates"),
    **dict.fromkeys(("found_longitude", "found_latitude"), "coordinates"),
}
_IN_A_ROW = re.compile(r"(\w+)\.(\d+)(?:\.(\w+))?")
# What these codes ask of a person is not what they ask of a number of people.
_SENTENCES = {
    ("given_names", "required"): mark(
        "Write at least one thing: a name, the age, or where the person was last."
    ),
    ("found_place", "required"): mark("Write at least where or when the person was found."),
    ("inquirer_name", "required"): mark("Write who agrees: the consent is theirs."),
    ("origin_country", "unknown_code"): mark("We know no country of this name."),
    ("kind", "required"): mark("Choose what it is, or take this row out."),
    ("holder_kind", "required"): mark("Choose where, or take this row out."),
    ("", "not_whole"): mark("Write a whole number."),
    ("", "out_of_range"): mark("This number is too large or too small to be right."),
}


def person_problems(wrong: Mapping[str, tuple[str, ...]]) -> dict[str, Problem]:
    """Say what is wrong, by the field beside which it is shown."""
    told: dict[str, Problem] = {}
    for path, codes in wrong.items():
        at = _field_of(path)
        last = at.rpartition(".")[2]
        own = _SENTENCES.get((last, codes[0])) or _SENTENCES.get(("", codes[0]))
        words = gettext(own or sentence_of(codes[0]))
        told.setdefault(at, Problem(at, person_field(at), words))
    return told


def person_field(path: str) -> str:
    """Give what a field is called, with its number where it stands in a list."""
    row = _IN_A_ROW.fullmatch(path)
    if row is None:
        return gettext(PERSON_FIELDS.get(path, path))
    listed = gettext(PERSON_FIELDS.get(row[1], row[1]))
    part = gettext(PERSON_FIELDS.get(row[3], row[3])) if row[3] else ""
    return f"{listed}, {int(row[2]) + 1}" + (f": {part}" if part else "")


def _field_of(path: str) -> str:
    first = path.partition(".")[0]
    return first if first in WORD_LISTS else _SHOWN_AT.get(path, path)
