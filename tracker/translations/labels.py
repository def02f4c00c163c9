"""Words for codes, the same on pages, maps and in files."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache, partial

from babel.dates import format_date, format_skeleton

from geodata.corridors import corridors, segments
from geodata.countries import country_name
from geodata.schemes import DEFAULT_SCHEME, SCHEMES
from tracker.domain.tallies import NOT_KNOWN, NOT_SHOWN, TOTAL
from tracker.translations import mark
from tracker.translations.account_labels import ACCOUNT_WORDS
from tracker.translations.catalogues import catalogue, locale
from tracker.translations.match_labels import MATCH_WORDS
from tracker.translations.people_labels import PEOPLE_WORDS
from tracker.translations.search_labels import SEARCH_WORDS

WORDS: dict[str, dict[str, str]] = {
    **ACCOUNT_WORDS,
    **PEOPLE_WORDS,
    **MATCH_WORDS,
    **SEARCH_WORDS,
    "cause": {
        "drowning": mark("Drowning"),
        "harsh_environment": mark("Harsh conditions: heat, cold, thirst, hunger"),
        "hazardous_transport": mark("Vehicle or dangerous transport"),
        "violence": mark("Violence"),
        "sickness_no_healthcare": mark("Sickness without health care"),
        "accidental_death": mark("Accident"),
        "mixed_or_unknown": mark("Mixed or unknown cause"),
    },
    "sex": {
        "female": mark("Women and girls"),
        "male": mark("Men and boys"),
        "other_gender": mark("Another gender"),
        "intersex": mark("Intersex people"),
    },
    "age_group": {
        "child": mark("Children"),
        "adult": mark("Adults"),
        "0_4": mark("0 to 4 years"),
        "5_11": mark("5 to 11 years"),
        "12_17": mark("12 to 17 years"),
        "18_29": mark("18 to 29 years"),
        "30_44": mark("30 to 44 years"),
        "45_59": mark("45 to 59 years"),
        "60_over": mark("60 years and over"),
    },
    "children": {"only": mark("Incidents with children")},
    "source_quality": {
        "1": mark("1: one news source"),
        "2": mark("2: a witness or a survey, not confirmed"),
        "3": mark("3: several news sources"),
        "4": mark("4: an organisation with direct knowledge"),
        "5": mark("5: official, or several humanitarian organisations"),
    },
    "dataset": {"iom-mmp": mark("IOM's Missing Migrants Project")},
    "reason": {
        "reported": mark("Newly reported"),
        "revised": mark("Revised"),
        "reclassified": mark("Reclassified"),
        "merged": mark("Merged"),
        "withdrawn": mark("Withdrawn"),
        "erased": mark("Erased"),
    },
    "rule": {
        "iom": mark("IOM's rule: verified records, during migration"),
        "confirmed_dead": mark("Confirmed deaths only"),
        "wide": mark("Wide: also deaths in detention or on deportation"),
    },
    "scheme": {
        "review_2021": mark("Subregions of the 2021 regional review"),
        "un_m49": mark("United Nations subregions (M49)"),
        "iom_region": mark("Region as reported by IOM"),
    },
    "grouping": {
        "subregion": mark("Subregion"),
        "corridor": mark("Corridor"),
        "segment": mark("Stretch of a corridor"),
        "country": mark("Country"),
        "route_reported": mark("Route as reported"),
        "origin": mark("Country of origin"),
        "cause": mark("Cause"),
        "sex": mark("Sex"),
        "age_group": mark("Age group"),
        "year": mark("Year"),
        "quarter": mark("Quarter"),
        "month": mark("Month"),
        "day": mark("Day"),
        "source_quality": mark("Quality of the source"),
        "dataset": mark("Dataset"),
        "reason": mark("Reason"),
    },
    "measure": {
        "incidents": mark("Incidents"),
        "dead": mark("Died"),
        "missing": mark("Disappeared"),
        "dead_and_missing": mark("Died or disappeared"),
        "survivors": mark("Survivors"),
        "females": mark("Women and girls"),
        "males": mark("Men and boys"),
        "other_gender": mark("Another gender"),
        "children": mark("Children"),
    },
    "location_basis": {
        "gps": mark("position of a device"),
        "map_pick": mark("tapped on the map"),
        "place_name": mark("name of a place"),
        "admin_centre": mark("middle of a district"),
        "estimated": mark("estimate"),
    },
    "compared_field": {
        "date": mark("the date"),
        "place": mark("the place"),
        "people": mark("the number of people"),
        "sex_and_age": mark("women, men and children"),
        "survivors": mark("survivors"),
        "cause": mark("the cause"),
        "origin": mark("where they came from"),
        "country": mark("the country"),
        "words": mark("the words of the place"),
        "source": mark("the source"),
        "dataset": mark("the dataset, which lists an event once as a rule"),
        "incident_type": mark("the kind of record"),
    },
    "check": {
        "place": mark("the place: does it fit the words and the sources?"),
        "date": mark("the date: of the death, of the finding or of the report?"),
        "numbers": mark("the numbers of people: what is known, what is not?"),
        "sources": mark("the sources: who says so, and how do they know?"),
        "duplicates": mark("likely duplicates: is it not recorded already?"),
    },
    "ground": {
        "person_asked": mark("A person in it, or their family, asked for it"),
        "danger": mark("It could put somebody in danger"),
        "mistake": mark("It should not have been recorded here"),
        "law": mark("A court or a law demands it"),
    },
    "visibility": {
        "restricted": mark("Our organisation only"),
        "partners": mark("Verifiers and monitors of all organisations here"),
        "public": mark("Everybody, with its place only roughly and later"),
    },
    "personal_data": {
        "telephone": mark("telephone number"),
        "email": mark("e-mail address"),
        "document": mark("document number"),
        "name": mark("name of a person"),
    },
    "basis": {
        "family": mark("says the family"),
        "third_party": mark("says somebody else"),
        "examiner": mark("says an examiner"),
    },
    "group_kind": {
        "sex": mark("Sex"),
        "gender": mark("Gender"),
        "age_group": mark("Age"),
        "origin": mark("Country of origin"),
        "indigenous": mark("Indigenous people"),
        "disability": mark("Disability"),
    },
    "gender": {
        "woman": mark("Women"),
        "man": mark("Men"),
        "trans_woman": mark("Trans women"),
        "trans_man": mark("Trans men"),
        "non_binary": mark("Non-binary people"),
        "another": mark("Another gender"),
    },
    "manner": {
        "accident": mark("Accident"),
        "homicide": mark("Homicide"),
        "suicide": mark("Suicide"),
        "natural": mark("Natural"),
        "undetermined": mark("Could not be determined"),
        "pending": mark("Not ruled yet"),
    },
    "field": {
        "number_dead_max": mark("Died, highest estimate"),
        "number_missing_max": mark("Disappeared, highest estimate"),
        "date_basis": mark("What the date is the date of"),
        "cause_official": mark("Cause, as an examiner states it"),
        "manner": mark("Manner of death"),
        "scope": mark("Within the scope of"),
        "location_precision": mark("How well the place is known"),
        "location_basis": mark("How the place was found"),
        "uncertainty_m": mark("Uncertainty of the place"),
        "incident_type": mark("Kind of record"),
        "groups": mark("Groups of people"),
        "group_code": mark("Which country, people or disability"),
        "group_number_from": mark("How many in this group"),
        "group_number_to": mark("How many in this group at most"),
        "group_basis": mark("Who says so of this group"),
        "sources": mark("Sources"),
        "url": mark("Address of the source"),
        "notes": mark("Notes"),
        "status": mark("Status"),
        "date_from": mark("Date, from"),
        "date_to": mark("Date, to"),
        "date_precision": mark("How well the date is known"),
        "number_dead": mark("Died"),
        "number_missing_min": mark("Disappeared"),
        "number_survivors": mark("Survivors"),
        "number_females": mark("Women and girls"),
        "number_males": mark("Men and boys"),
        "number_other_gender": mark("Another gender"),
        "number_children": mark("Children"),
        "causes": mark("Cause"),
        "cause_reported": mark("Cause, in the words of the source"),
        "origins": mark("Came from"),
        "location_description": mark("Place"),
        "coordinates": mark("Coordinates"),
        "longitude": mark("Longitude"),
        "latitude": mark("Latitude"),
        "country_of_incident": mark("Country, as reported"),
        "route_reported": mark("Route as reported"),
        "region_reported": mark("Region as reported"),
        "source_quality": mark("Quality of the source"),
        "information_source": mark("Source"),
    },
    "location_precision": {
        "exact": mark("Exact place"),
        "vicinity": mark("Place known to about 100 metres"),
        "locality": mark("Town or village"),
        "adm3": mark("District or parish"),
        "adm2": mark("Municipality or county"),
        "adm1": mark("State, province or department"),
        "corridor_segment": mark("Stretch of a corridor"),
        "sea_area": mark("Area of sea"),
        "adm0": mark("Country only"),
        "unknown": mark("Place not known"),
    },
    "date_precision": {
        "day": mark("exact day"),
        "week": mark("week only"),
        "month": mark("month only"),
        "year": mark("year only"),
        "range": mark("between two days"),
        "unknown": mark("date not known"),
    },
    "date_basis": {
        "death": mark("the day of the death"),
        "found": mark("the day when the remains were found"),
        "reported": mark("the day of the report"),
    },
    "scope": {
        "transit": mark("on the way"),
        "detention": mark("in detention"),
        "deportation": mark("during a deportation"),
    },
    "incident_type": {
        "incident": mark("One event"),
        "split_incident": mark("Part of a larger event"),
        "cumulative_incident": mark("Total for a period, not one event"),
    },
    "status": {
        "draft": mark("Draft"),
        "submitted": mark("Submitted"),
        "under_review": mark("Under review"),
        "verified": mark("Verified"),
        "disputed": mark("Disputed"),
        "withdrawn": mark("Withdrawn"),
        "merged": mark("Merged with another record"),
    },
    "witnessed": {
        "saw_it": mark("I saw it, or I was there"),
        "family": mark("I am family or a friend"),
        "was_told": mark("Somebody told me"),
        "news": mark("I read or heard it in the news"),
        "other": mark("In another way"),
    },
    "corridor_relation": {
        "inside": mark("inside the corridor"),
        "straddles": mark("at its edge: the place is not known well enough to say more"),
        "assigned_by_hand": mark("assigned by a person, with a reason"),
        "reported_route": mark("by the route that the source reports"),
    },
}

_NOWHERE = {
    "corridor": mark("In no corridor, or place not known"),
    "segment": mark("On no named stretch, or place not known"),
    "month": mark("Month not known"),
    "day": mark("Day not known"),
    "quarter": mark("Quarter not known"),
    "year": mark("Year not known"),
}
_ANYWHERE = {
    NOT_KNOWN: mark("Not known"),
    NOT_SHOWN: mark("Not shown"),
    TOTAL: mark("Total"),
    "none": mark("None"),
}


def label(language: str, field: str, code: str) -> str:
    """Give the words for a code of a field; a code without words stands for itself."""
    field = _VALUES_OF.get(field, field)
    if ";" in code:
        return "; ".join(label(language, field, part) for part in code.split(";"))
    words = _words(field, code)
    return catalogue(language).gettext(words) if words else _named(language, field, code)


# Columns whose values are codes of another field.
_VALUES_OF = {"causes": "cause", "origins": "origin", "country_of_incident": "country"}


def _words(field: str, code: str) -> str | None:
    nowhere = _NOWHERE.get(field) if code == NOT_KNOWN else None
    return nowhere or _ANYWHERE.get(code) or WORDS.get(field, {}).get(code)


@cache
def labels_in(language: str) -> Callable[[str, str], str]:
    """Give the words of one language as a function of field and code."""
    return partial(label, language)


def _named(language: str, field: str, code: str) -> str:
    """Give the name of a place or a date; what has none stands for itself."""
    try:
        return _NAMES[field](code, language) if field in _NAMES else code
    except (KeyError, ValueError):
        return code


def _day(code: str, language: str) -> str:
    return str(format_date(dt.date.fromisoformat(code), "long", locale=locale(language)))


def _month(code: str, language: str) -> str:
    first = dt.date.fromisoformat(f"{code}-01")
    return str(format_skeleton("yMMMM", first, locale=locale(language)))


@cache
def _area_names(field: str) -> Mapping[str, Mapping[str, str]]:
    return {area.id: area.names for area in (corridors() if field == "corridor" else segments())}


_NAMES: dict[str, Callable[[str, str], str]] = {
    "country": country_name,
    "origin": country_name,
    "corridor": lambda code, language: _area_names("corridor")[code][language],
    "segment": lambda code, language: _area_names("segment")[code][language],
    **{scheme.id: scheme.label for scheme in SCHEMES.values()},
    "subregion": SCHEMES[DEFAULT_SCHEME].label,
    "date_from": _day,
    "date_to": _day,
    "day": _day,
    "month": _month,
}
