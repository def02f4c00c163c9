"""What the forms about a person share: the codes they offer, the body map, and drawing them."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response

from geodata.countries import country_codes
from tracker.domain import people
from tracker.http.language import label
from tracker.schemas.people import CORRIDORS
from tracker.web.people.blueprint import own_page
from tracker.web.people.problems import person_problems
from tracker.web.records.entries import Entries

_PAIRED = ("shoulder", "upper_arm", "forearm", "hand", "hip", "thigh", "calf", "foot")
_ALONE = {
    "front": ("head", "face", "neck", "chest", "abdomen"),
    "back": ("head", "neck", "back"),
}


@dataclass(frozen=True)
class BodyPlace:
    """A place on the body map: the part, and the person's own side where there are two."""

    part: str
    side: str

    @property
    def code(self) -> str:
        """Give what its button sends."""
        return f"mark:{self.part}:{self.side}"


@dataclass(frozen=True)
class PersonOffered:
    """The codes that the fields offer; the page gives them their words."""

    bases: tuple[str, ...] = tuple(people.Basis)
    sexes: tuple[str, ...] = people.SEXES
    genders: tuple[str, ...] = people.GENDERS
    hair: tuple[str, ...] = people.HAIR
    eyes: tuple[str, ...] = people.EYES
    sides: tuple[str, ...] = people.SIDES
    body_parts: tuple[str, ...] = people.BODY_PARTS
    medical_parts: tuple[str, ...] = (*people.BODY_PARTS, *people.BONES)
    marks: tuple[str, ...] = people.MARK_KINDS
    dental: tuple[str, ...] = people.DENTAL_KINDS
    medical: tuple[str, ...] = people.MEDICAL_KINDS
    belongings: tuple[str, ...] = people.BELONGING_KINDS
    clothing: tuple[str, ...] = people.CLOTHING_KINDS
    colours: tuple[str, ...] = people.COLOURS
    references: tuple[str, ...] = people.REFERENCE_KINDS
    relations: tuple[str, ...] = people.RELATIONS
    holders: tuple[str, ...] = people.HOLDERS
    conditions: tuple[str, ...] = tuple(people.Condition)
    date_precisions: tuple[str, ...] = people.DATE_PRECISIONS
    corridors: tuple[str, ...] = CORRIDORS

    def countries(self) -> list[str]:
        """Name every country in the reader's language, in order."""
        return sorted(label(code, "country") for code in country_codes())

    def body(self, view: str) -> tuple[BodyPlace, ...]:
        """Give the places of the front or the back of a body, from head to foot."""
        alone = tuple(BodyPlace(part, "") for part in _ALONE[view])
        sides = people.SIDES[:2]
        return (*alone, *(BodyPlace(part, side) for part in _PAIRED for side in sides))


OFFERED = PersonOffered()


def marked_places(entries: Entries) -> frozenset[tuple[str, str]]:
    """Give the places of the body map at which a form tells of marks."""
    rows = entries.rows("marks")
    told = {(row.get("part", ""), row.get("side", "")) for row in rows}
    # A mark in the middle of a part, or whose side nobody knows, stands at the part.
    return frozenset(told | {(part, "") for part, _ in told})


def person_form(
    name: str,
    entries: Entries,
    values: Mapping[str, object],
    *,
    wrong: Mapping[str, tuple[str, ...]] | None = None,
    status: int = 200,
) -> Response:
    """Draw a form with everything that was typed in it, and what is wrong beside its field."""
    drawn = {
        "given": entries,
        "offered": OFFERED,
        "problems": person_problems(wrong or {}),
        "marked": marked_places(entries),
    }
    return own_page(name, {**drawn, **values}, status=status)
