"""People who are sought and remains that were found: what is told of them, and who sees it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from tracker.domain.permissions import Actor, Role


class PersonKind(StrEnum):
    """What a record of a person is: a case of somebody sought, or remains that were found."""

    CASE = "case"
    REMAINS = "remains"


class CaseStatus(StrEnum):
    """How a case stands. Search presumes life, and time alone never closes a case."""

    REPORTED = "reported"
    MISSING_UNLOCATED = "missing_unlocated"
    DISAPPEARED = "disappeared"
    LOCATED_ALIVE = "located_alive"
    LOCATED_DECEASED = "located_deceased"
    CLOSED_BY_FAMILY = "closed_by_family"
    WITHDRAWN = "withdrawn"


class RemainsStatus(StrEnum):
    """How far the identification of remains has come."""

    UNIDENTIFIED = "unidentified"
    PRELIMINARY = "preliminary"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


STATUSES: Mapping[PersonKind, tuple[str, ...]] = {
    PersonKind.CASE: tuple(CaseStatus),
    PersonKind.REMAINS: tuple(RemainsStatus),
}
# Nobody is sought any more, or it was never so: matching leaves these alone.
CLOSED: frozenset[str] = frozenset(
    {CaseStatus.LOCATED_ALIVE, CaseStatus.CLOSED_BY_FAMILY, CaseStatus.WITHDRAWN}
)
# What only a confirmed match can bring about.
BY_MATCH_ALONE: frozenset[str] = frozenset({CaseStatus.LOCATED_DECEASED, RemainsStatus.CONFIRMED})


class Basis(StrEnum):
    """How a value is known."""

    FAMILY = "family"
    PERSON = "person"
    THIRD_PARTY = "third_party"
    EXAMINER = "examiner"
    DOCUMENT = "document"


class Condition(StrEnum):
    """In what condition remains were found."""

    FRESH = "fresh"
    DECOMPOSED = "decomposed"
    MUMMIFIED = "mummified"
    SKELETAL = "skeletal"


SEXES = ("female", "male", "intersex")
GENDERS = ("woman", "man", "trans_woman", "trans_man", "non_binary", "other")
HAIR = ("black", "brown", "fair", "grey", "red", "bald")
EYES = ("brown", "black", "green", "blue", "hazel")
SIDES = ("left", "right", "middle")
BODY_PARTS = (
    *("head", "face", "neck", "chest", "back", "abdomen", "shoulder", "upper_arm", "forearm"),
    *("hand", "hip", "thigh", "calf", "foot"),
)
BONES = (
    *("skull", "jaw", "spine", "rib", "humerus", "radius", "ulna", "pelvis", "femur", "tibia"),
)
MARK_KINDS = ("tattoo", "scar", "mole", "birthmark", "piercing")
DENTAL_KINDS = (
    *("missing", "filled", "caries", "crown", "gold", "prosthesis", "braces", "impacted"),
)
MEDICAL_KINDS = ("fracture", "implant", "prosthesis", "surgery", "amputation", "disease")
BELONGING_KINDS = (
    *("telephone", "paper", "document", "religious", "jewellery", "photo", "money", "bag"),
    "other",
)
CLOTHING_KINDS = (
    *("shirt", "trousers", "jacket", "shoes", "cap", "belt", "dress", "underwear", "other"),
)
COLOURS = (
    *("black", "white", "grey", "blue", "red", "green", "yellow", "brown", "pink", "orange"),
    *("purple", "beige"),
)
RELATIONS = (
    *("mother", "father", "partner", "child", "sibling", "grandparent", "other_relative"),
    *("friend", "organisation"),
)
HOLDERS = ("morgue", "cemetery", "laboratory", "authority", "funeral_home", "family", "other")
REFERENCE_KINDS = ("dna", "fingerprints", "dental")
DATE_PRECISIONS = ("day", "month", "year")


class PersonSight(IntEnum):
    """How much of a person's record somebody sees; more includes less.

    `IDENTIFICATION` is the profile and the journey, without whoever asks for the person, their
    contacts, documents and tasks. `WHOLE` is all that can be read; `KEEPER` may change it.
    """

    NOTHING = 0
    IDENTIFICATION = 1
    WHOLE = 2
    KEEPER = 3


# What whoever asks for a person told of themselves: never shown below `WHOLE`.
OF_INQUIRER = (
    *("inquirer_name", "inquirer_relation", "inquirer_telephones", "inquirer_email"),
    *("inquirer_address", "inquirer_language", "inquirer_safe_contact"),
)


# After `contacts_until` these are shown to nobody until somebody asks for them again.
CONTACTS = ("inquirer_telephones", "inquirer_email", "inquirer_address")


def contacts_over(facts: Mapping[str, object], today: dt.date) -> bool:
    """Say whether the day has passed until which contact details were good."""
    until = facts.get("contacts_until")
    return until is not None and dt.date.fromisoformat(str(until)) < today


def without_contacts(facts: Mapping[str, object]) -> dict[str, object]:
    """Leave out how whoever asks is reached."""
    return {name: value for name, value in facts.items() if name not in CONTACTS}


def with_sealed_contacts(
    stood: Mapping[str, object], facts: Mapping[str, object], today: dt.date
) -> dict[str, object]:
    """Keep contact details whose day has passed when somebody saves who could not see them.

    With another day, what is written with it takes their place.
    """
    same_day = facts.get("contacts_until") == stood.get("contacts_until")
    if not (same_day and contacts_over(stood, today)):
        return dict(facts)
    return {**{name: stood[name] for name in CONTACTS if name in stood}, **facts}


class TaskKind(StrEnum):
    """What a task is: a step of the search, or the family referred to somebody for help.

    The program notes `IDENTIFICATION`: the record behind an identification was erased.
    """

    FOLLOW_UP = "follow_up"
    PSYCHOSOCIAL = "psychosocial"
    LEGAL = "legal"
    IDENTIFICATION = "identification"


NOTED_BY_PEOPLE = (TaskKind.FOLLOW_UP, TaskKind.PSYCHOSOCIAL, TaskKind.LEGAL)


class ShareKind(StrEnum):
    """How much of a record is shared."""

    IDENTIFICATION = "identification"
    WHOLE = "whole"


SIGHT_OF_SHARE: Mapping[str, PersonSight] = {
    ShareKind.IDENTIFICATION: PersonSight.IDENTIFICATION,
    ShareKind.WHOLE: PersonSight.WHOLE,
}


@dataclass(frozen=True)
class PersonStanding:
    """What decides who sees a record of a person today.

    `shared` maps the organisations with which it is shared now to how much of it is. What another
    server shares is `followed`: read here, changed there.
    """

    organisation_id: int
    shared: Mapping[int, str] = field(default_factory=dict)
    followed: bool = False


def sight_of_person(actor: Actor, standing: PersonStanding) -> PersonSight:
    """Say how much of a record this actor sees outside of matches."""
    if actor.role is Role.OPERATOR:
        return PersonSight.KEEPER
    if actor.role is not Role.CASE_WORKER or actor.organisation_id is None:
        return PersonSight.NOTHING
    if actor.organisation_id == standing.organisation_id:
        return PersonSight.WHOLE if standing.followed else PersonSight.KEEPER
    shared = standing.shared.get(actor.organisation_id)
    return PersonSight.NOTHING if shared is None else SIGHT_OF_SHARE[shared]


def facts_within(sight: PersonSight, facts: Mapping[str, object]) -> dict[str, object]:
    """Give the facts that somebody with this sight may read, each named; unknown ones stay away."""
    if sight >= PersonSight.WHOLE:
        return dict(facts)
    if sight == PersonSight.NOTHING:
        return {}
    # Named one by one: a field that is new stays inside until somebody decides otherwise.
    within = {name: facts[name] for name in IDENTIFYING if name in facts}
    if "belongings" in within:
        within["belongings"] = _without_inscriptions(within["belongings"])
    return within


def _without_inscriptions(belongings: object) -> list[dict[str, object]]:
    """Leave out what is written on things: it may be a telephone number, or lead to a family."""
    things = belongings if isinstance(belongings, list) else []
    return [{name: each[name] for name in each if name != "text"} for each in things]


IDENTIFYING = (
    *("given_names", "first_surname", "second_surname", "married_name", "nicknames"),
    *("names_basis", "sex", "sex_basis", "gender", "age_from", "age_to", "age_basis"),
    *("height_from_cm", "height_to_cm", "height_basis"),
    *("weight_from_kg", "weight_to_kg", "weight_basis", "hair", "hair_basis", "eyes"),
    *("eyes_basis", "marks", "dental", "medical", "belongings", "clothing", "languages"),
    *("origin_country", "origin_place", "origin_basis"),
    *("contact_date", "contact_date_precision", "contact_place", "contact_longitude"),
    *("contact_latitude", "contact_corridor", "planned_corridor", "route"),
    *("found_date", "found_date_precision", "found_place", "found_longitude", "found_latitude"),
    *("found_corridor", "condition", "parts_found", "interval_days_from", "interval_days_to"),
    *("references", "examiner_number"),
)


@dataclass(frozen=True)
class PersonTold:
    """A record of a person as this actor sees it.

    `facts` holds plain values by the names of `tracker.schemas.people`, without those that this
    actor may not see; what is not known has no entry.
    """

    public_id: str
    kind: PersonKind
    status: str
    facts: Mapping[str, object]
    sight: PersonSight
    version_number: int
    organisation_id: int
    organisation: str
    opened_on: dt.date
    changed_at: dt.datetime
    review_on: dt.date | None
    invented: bool
    followed: bool
    incident: str | None
    # Of a copy: who keeps the record, and through which server it is shared.
    shared_by: str = ""
    through: str = ""

    @property
    def name(self) -> str:
        """Give the name as the family writes it; empty where nobody knows one."""
        return called(self.facts)


def called(facts: Mapping[str, object]) -> str:
    """Give a person's name as their facts tell it; empty where nobody knows one."""
    names = ("given_names", "first_surname", "second_surname")
    return " ".join(str(facts[name]) for name in names if facts.get(name))
