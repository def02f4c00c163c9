"""A case or remains for an authority, in the order of the forms that identification works with.

What is known of a person who is sought (ante mortem) and of one who was found (post mortem) stands
section beside section: the find or the person, effects, body, marks, findings, teeth, references.
Each fact is named; what is new stays inside until somebody decides otherwise.
"""

from collections.abc import Mapping
from typing import Any

from tracker.domain.people import PersonKind, PersonSight, PersonTold, facts_within
from tracker.schemas.person_pfif import INVENTED, Leaving

FORM = "person-form/1"
_NAMES = (
    *("given_names", "first_surname", "second_surname", "married_name", "nicknames"),
    "names_basis",
)
_PERSON = (
    *("sex", "sex_basis", "gender", "age_from", "age_to", "age_basis", "origin_country"),
    *("origin_place", "origin_basis", "languages"),
)
_BODY = (
    *("height_from_cm", "height_to_cm", "height_basis", "weight_from_kg", "weight_to_kg"),
    *("weight_basis", "hair", "hair_basis", "eyes", "eyes_basis"),
)
_FOUND_WITH: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("effects", ("clothing", "belongings")),
    ("body", _BODY),
    ("marks", ("marks",)),
    ("medical", ("medical",)),
    ("teeth", ("dental",)),
    ("references", ("references",)),
)
SECTIONS: Mapping[PersonKind, tuple[tuple[str, tuple[str, ...]], ...]] = {
    PersonKind.CASE: (
        ("person", (*_NAMES, *_PERSON)),
        # Of the last contact the place in words: the exact one stays here.
        (
            "last_contact",
            (
                *("contact_date", "contact_date_precision", "contact_place"),
                *("contact_corridor", "planned_corridor", "route"),
            ),
        ),
        *_FOUND_WITH,
    ),
    PersonKind.REMAINS: (
        (
            "find",
            (
                *("examiner_number", "found_date", "found_date_precision", "found_place"),
                *("found_longitude", "found_latitude", "found_corridor", "condition"),
                *("parts_found", "interval_days_from", "interval_days_to"),
            ),
        ),
        ("person", (*_PERSON, *_NAMES)),
        *_FOUND_WITH,
    ),
}
_KINDS = {PersonKind.CASE: "ante_mortem", PersonKind.REMAINS: "post_mortem"}


def authority_form(told: PersonTold, leaving: Leaving) -> dict[str, Any]:
    """Tell a record for one recipient; sections of which nothing is known stand empty."""
    facts = facts_within(PersonSight.IDENTIFICATION, told.facts)
    return {
        "form": FORM,
        "kind": _KINDS[told.kind],
        **({"invented": True, "notice": INVENTED} if told.invented else {}),
        "record": told.public_id,
        "version": told.version_number,
        "status": told.status,
        "from": told.organisation,
        "for": leaving.recipient,
        "use": "For search and identification alone. Not to be passed on, never for migration.",
        "given_on": leaving.now.date().isoformat(),
        "forget_after": leaving.expires_at.date().isoformat(),
        "sections": [
            {"section": name, "facts": {each: facts[each] for each in names if each in facts}}
            for name, names in SECTIONS[told.kind]
        ],
    }
