"""What columns of lists of people can mean, and what is proposed for a header.

Columns of race or ethnicity and of migration status are not taken in: neither helps to find
anybody, and both harm whoever is named.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from geodata.spelling import folded
from tracker.domain.people import Basis, PersonKind
from tracker.domain.person_imports import DateOrder, PersonMapping
from tracker.schemas.person_headers import HEADERS
from tracker.translations import mark

CASE, REMAINS = PersonKind.CASE, PersonKind.REMAINS

# What a column can mean in both kinds of list, in the order in which it is offered.
_OF_BOTH: dict[str, str] = {
    "id": mark("Number of the person in this list"),
    "given_names": mark("Given names"),
    "first_surname": mark("First surname"),
    "second_surname": mark("Second surname"),
    "nicknames": mark("Nicknames"),
    "sex": mark("Sex"),
    "age": mark("Age, or from and to in one"),
    "age_from": mark("Age from"),
    "age_to": mark("Age to"),
    "height": mark("Height"),
    "height_from": mark("Height from"),
    "height_to": mark("Height to"),
    "weight": mark("Weight"),
    "weight_from": mark("Weight from"),
    "weight_to": mark("Weight to"),
    "hair": mark("Hair"),
    "eyes": mark("Eyes"),
    "tattoos": mark("Tattoos"),
    "scars": mark("Scars and other marks"),
    "dental": mark("Teeth"),
    "medical": mark("Fractures, implants, diseases"),
    "clothing": mark("Clothing"),
    "shoes": mark("Shoes"),
    "belongings": mark("What they carried"),
    "origin_country": mark("Country of origin"),
    "origin_place": mark("Place of origin"),
    "date": mark("Day of the last contact, or of the find"),
    "place": mark("Place of the last contact, or of the find"),
    "latitude": mark("Latitude"),
    "longitude": mark("Longitude"),
    "coordinates": mark("Latitude and longitude in one"),
    "notes": mark("Notes, for case workers alone"),
}
_OF_CASES: dict[str, str] = {
    "route": mark("The route they took or planned"),
    "circumstances": mark("What is known of how they disappeared"),
    "inquirer_name": mark("Who asks for them"),
    "inquirer_telephones": mark("Telephone of who asks for them"),
    "match_consent": mark("The family agrees to matching: yes or no"),
    "match_consent_on": mark("The day on which the family agreed"),
    "match_consent_by": mark("Who of the family agreed"),
}
_OF_REMAINS: dict[str, str] = {
    "condition": mark("In what condition they were found"),
    "parts_found": mark("What was found"),
    "cause_official": mark("Cause of death, as the examiner says"),
    "burial_place": mark("Where they are buried"),
}
TARGET_WORDS: dict[str, str] = {**_OF_BOTH, **_OF_CASES, **_OF_REMAINS}
TARGETS: Mapping[PersonKind, tuple[str, ...]] = {
    CASE: (*_OF_BOTH, *_OF_CASES),
    REMAINS: (*_OF_BOTH, *_OF_REMAINS),
}
# These can be told by several columns of one list.
JOINED = frozenset(
    {
        *("given_names", "nicknames", "tattoos", "scars", "dental", "medical", "clothing"),
        *("shoes", "belongings", "origin_place", "place", "notes", "route", "circumstances"),
        *("parts_found", "cause_official", "burial_place", "inquirer_telephones"),
    }
)
_NEVER = re.compile(
    r"\b(race|raza|ethnicity|ethnic|etnia|etnica|tribe|immigration|migration status|"
    r"estatus migratorio|situacion migratoria|estado migratorio|legal status)\b"
)

# Two lists that many know, by their headers.
READY_MADE: Mapping[str, PersonMapping] = {
    "examiner": PersonMapping(
        REMAINS,
        {
            "Case Number": "id",
            "Date Found": "date",
            "Location": "place",
            "Latitude": "latitude",
            "Longitude": "longitude",
            "Sex": "sex",
            "Age From": "age_from",
            "Age To": "age_to",
            "Condition": "condition",
            "Cause of Death": "cause_official",
            "Name": "given_names",
            "Tattoos": "tattoos",
            "Clothing": "clothing",
            "Property": "belongings",
        },
        DateOrder.AS_WRITTEN,
        Basis.EXAMINER,
    ),
    "namus_missing": PersonMapping(
        CASE,
        {
            "Case Number": "id",
            "DLC": "date",
            "Last Name": "first_surname",
            "First Name": "given_names",
            "Missing Age": "age",
            "City": "place",
            "County": "place",
            "State": "place",
            "Sex": "sex",
        },
        DateOrder.MONTH_FIRST,
        Basis.THIRD_PARTY,
    ),
    "namus_unidentified": PersonMapping(
        REMAINS,
        {
            "Case Number": "id",
            "ME/C Case": "notes",
            "DBF": "date",
            "Age From": "age_from",
            "Age To": "age_to",
            "City": "place",
            "County": "place",
            "State": "place",
            "Sex": "sex",
        },
        DateOrder.MONTH_FIRST,
        Basis.EXAMINER,
    ),
}
READY_MADE_WORDS: Mapping[str, str] = {
    "examiner": mark("List of a medical examiner"),
    "namus_missing": mark("NamUs, missing people"),
    "namus_unidentified": mark("NamUs, unidentified people"),
}
# A header that only such a list has tells it apart.
_TELLING = {"dlc": "namus_missing", "dbf": "namus_unidentified"}


def is_never_taken(header: str) -> bool:
    """Say whether a column tells of race, ethnicity or migration status."""
    return bool(_NEVER.search(folded(header)))


def propose_mapping(
    kind: PersonKind, headers: Sequence[str], known: PersonMapping | None = None
) -> PersonMapping:
    """Say what the columns of a list probably mean: by a known mapping first, then by their words.

    A meaning that can be told once goes to the first column that has it.
    """
    known = known or _told_apart(kind, headers)
    basis = Basis.EXAMINER if kind is REMAINS else Basis.THIRD_PARTY
    by_known = {
        folded(header): target for header, target in (known.columns if known else {}).items()
    }
    columns: dict[str, str] = {}
    for header in headers:
        target = by_known.get(folded(header)) or _proposed(kind, header)
        taken = target in columns.values() and target not in JOINED
        fits = target is not None and target in TARGETS[kind] and not is_never_taken(header)
        if target is not None and fits and not taken:
            columns[header] = target
    if known is None:
        return PersonMapping(kind, columns, basis=basis)
    return PersonMapping(kind, columns, known.dates, known.basis)


def _told_apart(kind: PersonKind, headers: Sequence[str]) -> PersonMapping | None:
    for header in headers:
        name = _TELLING.get(folded(header))
        if name is not None and READY_MADE[name].kind is kind:
            return READY_MADE[name]
    return None


def _proposed(kind: PersonKind, header: str) -> str | None:
    # What stands in brackets is mostly a unit.
    words = folded(re.sub(r"\([^)]*\)", " ", header))
    found = _targets_by_header().get(words)
    return found if found in TARGETS[kind] else None


@cache
def _targets_by_header() -> dict[str, str]:
    named = {folded(header): target for target, headers in HEADERS.items() for header in headers}
    # The codes themselves are headers too: what was sent out here can come back.
    return {folded(target): target for target in TARGET_WORDS} | named


def sound_mapping(kind: PersonKind, columns: Mapping[str, str]) -> dict[str, str]:
    """Keep of a mapping that somebody sent what can be: known meanings, nothing never taken."""
    return {
        header: target
        for header, target in columns.items()
        if target in TARGETS[kind] and not is_never_taken(header)
    }


def repeated_targets(columns: Mapping[str, str]) -> tuple[str, ...]:
    """Give the meanings that stand twice and can be told once only."""
    told = [target for target in columns.values() if target not in JOINED]
    return tuple(sorted({target for target in told if told.count(target) > 1}))
