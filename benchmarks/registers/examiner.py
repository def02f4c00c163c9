"""Tells remains: what an examiner sees, by the condition in which somebody was found."""

from dataclasses import dataclass
from random import Random

from benchmarks.registers.chance import happens
from benchmarks.registers.columns import Row
from benchmarks.registers.found_things import (
    told_ailments,
    told_belongings,
    told_clothing,
    told_numbers,
    told_teeth,
)
from benchmarks.registers.found_traces import told_finding, told_interval, told_origin
from benchmarks.registers.journeys import Death
from benchmarks.registers.people import Person
from benchmarks.registers.telling import ENGLISH, SPANISH, Teller, told_mark, told_range
from benchmarks.registers.told_names import SOURCES, hypothesis

NO_NAME = 0.37
DOCUMENT_OF_ANOTHER, OF_A_COMPANION = 0.06, 0.8
AGE_ON_DOCUMENT = 0.3
WRITES_ENGLISH = {"us_mexico_border": 0.85, "canada_us": 1.0, "caribbean": 0.6,
                  "atlantic_drift": 0.6}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sight:
    """Hold how much is seen in one condition: shares known, shares wrong, widths of ranges."""

    sex_unknown: float
    sex_wrong: float
    age_unknown: float
    age_spread: float
    age_halves: tuple[float, float]
    height_known: float
    height_spread: float
    height_halves: tuple[float, float]
    hair: float
    eyes: float
    weight: float
    marks: dict[str, float]
    worn: float


def _skin(tattoo: float, scar: float, small: float) -> dict[str, float]:
    return {"tattoo": tattoo, "scar": scar, "mole": small, "birthmark": small, "piercing": small}


SIGHTS = {
    "fresh": Sight(0.012, 0.003, 0.04, 3.4, (4, 6), 0.72, 2.0, (0, 2), 0.85, 0.72, 0.55,
                   _skin(0.92, 0.6, 0.35), 0.15),
    "decomposed": Sight(0.04, 0.012, 0.1, 4.2, (4, 9), 0.5, 3.0, (1, 4), 0.35, 0.0, 0.0,
                        _skin(0.5, 0.2, 0.04), 0.45),
    "mummified": Sight(0.05, 0.015, 0.1, 4.6, (5, 10), 0.5, 3.5, (2, 5), 0.4, 0.0, 0.0,
                       _skin(0.45, 0.15, 0.03), 0.5),
    "skeletal": Sight(0.12, 0.035, 0.18, 5.6, (5, 12), 0.5, 4.0, (3, 7), 0.06, 0.0, 0.0,
                      _skin(0.0, 0.0, 0.0), 1.0),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Hold a person who was found, and whose name stands on what was found beside them."""

    person: Person
    death: Death
    named: Person


def tell_remains(found: Found, rng: Random, key: bytes) -> Row:
    """Tell one set of remains as an examiner's office enters it."""
    person, death = found.person, found.death
    english = happens(rng, WRITES_ENGLISH.get(death.corridor, 0.04))
    language = ENGLISH if english else SPANISH
    teller = Teller(rng, language, rng.uniform(0.5, 1.5), examiner=True)
    sight = SIGHTS[death.condition]
    source = None if happens(rng, NO_NAME) else SOURCES.draw(rng)
    named = found.named if source == "document" else person
    row = hypothesis(named, source, rng, english=english) if source else Row()
    row |= _sex(person, sight, teller)
    row |= _age(named if source == "document" else None, person, sight, rng=rng)
    row |= _body(person, sight, teller)
    seen = [mark for mark in person.body.marks if happens(rng, sight.marks[mark.kind])]
    row["marks"] = [told_mark(mark, teller, worn=sight.worn) for mark in seen]
    row["belongings"] = told_belongings(named, person, teller, by_document=source == "document")
    row["telephones"] = told_numbers(person, death, teller, key=key)
    row["clothing"] = told_clothing(person, death, teller)
    row["dental"] = told_teeth(person, death, teller)
    row["medical"] = told_ailments(person, death, teller)
    row |= told_origin(named, death, source, rng=rng)
    return row | told_finding(death, rng) | told_interval(death, rng)


def whose_document(
    person: Person, companions: list[Person], anybody: Person, *, rng: Random
) -> Person:
    """Choose whose document lies with somebody: their own, a companion's or a stranger's."""
    if not happens(rng, DOCUMENT_OF_ANOTHER):
        return person
    others = [one for one in companions if one is not person]
    return rng.choice(others) if others and happens(rng, OF_A_COMPANION) else anybody


def _sex(person: Person, sight: Sight, teller: Teller) -> Row:
    rng, young = teller.rng, 4.0 if person.age < 14 else 1.0
    if happens(rng, sight.sex_unknown * young):
        return {}
    seen = person.sex
    if seen == "intersex" and happens(rng, 0.6):
        seen = "male"
    if happens(rng, sight.sex_wrong * young):
        seen = "female" if seen == "male" else "male"
    basis = rng.random()
    said = "document" if basis < 0.03 else "third_party" if basis < 0.05 else "examiner"
    return {"sex": seen, "sex_basis": said}


def _age(named: Person | None, person: Person, sight: Sight, *, rng: Random) -> Row:
    """Give the age of a document, or a range that holds the true age most of the time."""
    if named is not None and happens(rng, AGE_ON_DOCUMENT):
        return {
            "age_from": float(named.age), "age_to": float(named.age), "age_basis": "document",
        }  # fmt: skip
    if happens(rng, sight.age_unknown):
        return {}
    scale = min(person.age / 22, 1.0)
    centre = person.age + rng.gauss(0, sight.age_spread) * scale
    if person.age > 50:
        centre -= rng.uniform(0, 8)
    half = rng.uniform(*sight.age_halves) * max(scale, 0.25)
    step = 5 if scale == 1.0 and happens(rng, 0.6) else 1
    low, high = told_range(centre, half, to=step)
    return {"age_from": low, "age_to": max(high, low + 1), "age_basis": "examiner"}


def _body(person: Person, sight: Sight, teller: Teller) -> Row:
    rng, body, row = teller.rng, person.body, Row()
    if teller.knows(sight.height_known):
        told = body.height + rng.gauss(0.5, sight.height_spread)
        half = rng.uniform(*sight.height_halves)
        row["height_from_cm"], row["height_to_cm"] = told_range(told, half)
    if teller.knows(sight.weight):
        told = body.weight * rng.gauss(0.97, 0.07)
        row["weight_from_kg"], row["weight_to_kg"] = told_range(told, rng.choice((0, 0, 2, 5)))
    if happens(rng, sight.hair):
        swapped = {"black": "brown", "brown": "black", "grey": "brown"}
        row["hair"] = swapped.get(body.hair, body.hair) if happens(rng, 0.15) else body.hair
    if happens(rng, sight.eyes):
        near = {"black": "brown", "hazel": "brown", "green": "hazel", "blue": "green"}
        row["eyes"] = near.get(body.eyes, body.eyes) if happens(rng, 0.3) else body.eyes
    return row
