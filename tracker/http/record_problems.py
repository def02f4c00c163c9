"""What is wrong with an entry, in words that help: one table for every code of every field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.http.language import gettext
from tracker.http.language import number as number_of_people
from tracker.translations import mark

_UNREADABLE = mark("We cannot read this. Write it more simply.")
# By code; what a field has to say of its own goes before.
SENTENCES: dict[str, str] = {
    "required": mark("This is needed."),
    "not_valid": _UNREADABLE,
    "not_a_date": mark("This is not a date. Choose one, or write it as 2026-05-31."),
    "not_a_number": mark("Write a number in digits, such as 3. Leave it empty if nobody knows."),
    "not_whole": mark("Write a whole number of people."),
    "out_of_range": mark("This number is too large or too small to be right."),
    "negative": mark("A number of people cannot be less than 0. Leave it empty if nobody knows."),
    "below_minimum": mark("The highest number lies below the lowest one."),
    "unknown_code": mark("We do not know this one. Choose one of those that are offered."),
    "too_long": mark("This is too long. Shorten it; what matters most goes first."),
    "too_many": mark("These are too many for one record."),
    "date_order": mark("The last day lies before the first."),
    "in_the_future": mark("This day has not come yet."),
    "not_an_address": mark("Copy the whole address, with https:// at its beginning."),
    "groups_mismatch": mark(
        "These groups add up to another number than the one that you gave above for women, men,"
        " people of another gender or children. Correct one of them, or leave the one above empty."
    ),
    "position_unreadable": mark(
        "We cannot read these coordinates. Write them as 8.4257, -76.7842 (first latitude, then"
        " longitude), or as 8°25'33\"N 76°47'03\"W."
    ),
    "position_missing_coordinate": mark(
        "One of the two numbers is missing: latitude and longitude are both needed."
    ),
    "position_missing_hemisphere": mark(
        "North or south, east or west? Add the letters, such as N and W (in Spanish O for oeste)."
    ),
    "position_missing_zone": mark("The zone is missing, such as 18P before the two numbers."),
    "position_ambiguous_order": mark(
        "Which of the two is the latitude? Write the letters: 8.42 N, 76.78 W."
    ),
    "position_ambiguous_separator": mark(
        "A comma can be read in two ways here. Write decimals with a point: 8.4257, -76.7842."
    ),
    "position_ambiguous_hemisphere": mark(
        "The letter O can be read as oeste (west) or as Ost (east). Write W for west."
    ),
    "position_hemisphere_conflict": mark(
        "Sign and letter contradict each other. Keep one: -76.78 or 76.78 W."
    ),
    "position_zone_conflict": mark("Zone and letter of the band do not go together."),
    "position_out_of_range": mark(
        "There is no such place: latitude goes to 90, longitude to 180 degrees."
    ),
    "position_unknown_datum": mark(
        "These coordinates belong to an older map (NAD27, PSAD56 ...). Turn them into WGS 84 first,"
        " or choose the place on the map."
    ),
}
_OF_FIELDS: dict[tuple[str, str], str] = {
    ("causes", "required"): mark("Choose what happened. If nobody knows, choose that."),
    ("date_from", "required"): mark("The first day is missing."),
    ("date_to", "required"): mark("The last day is missing."),
    ("date_precision", "precision_mismatch"): mark(
        "Day and precision contradict each other: choose a day, or say that the date is not known."
    ),
    ("location_precision", "precision_mismatch"): mark(
        "You gave a point and said that the place is not known. Choose how well it is known."
    ),
    ("country_of_incident", "unknown_code"): mark("We know no country of this name."),
    ("origins", "unknown_code"): mark("We know no country of this name."),
    ("groups.group", "required"): mark("Choose what these people have in common."),
    ("groups.group", "unknown_code"): mark("Choose what these people have in common."),
    ("groups.code", "required"): mark("Write which country."),
    ("groups.code", "unknown_code"): mark("We know no country of this name."),
    ("groups.number_from", "required"): mark("Write how many people, at least the lowest number."),
    ("sources.publisher", "required"): mark("Write who says so, or the address of the page."),
    ("sources.quality", "out_of_range"): mark("Choose one of the five."),
}
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
        told.setdefault(at, Problem(at, field_in_words(at), _sentence(at, codes[0])))
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


def _sentence(at: str, code: str) -> str:
    text = _OF_FIELDS.get((_plain(at), code)) or SENTENCES.get(code, _UNREADABLE)
    return gettext(text)


def _field_of(path: str) -> str:
    if path.endswith(".kind"):
        return path.removesuffix("kind") + "group"
    return _SHOWN_AT.get(path, path)


def _plain(path: str) -> str:
    """Give a path without the number of its row."""
    return re.sub(r"\.\d+", "", path)
