"""Tells a case: what a family knows of the person it is looking for."""

import datetime as dt
from random import Random

from benchmarks.registers.body_words import SEEN_BY_FAMILY
from benchmarks.registers.chance import happens
from benchmarks.registers.columns import Row
from benchmarks.registers.passages import CORRIDOR_WEIGHTS
from benchmarks.registers.people import Person
from benchmarks.registers.spelling import without_accents
from benchmarks.registers.telling import (
    ENGLISH,
    SPANISH,
    Teller,
    digest,
    place_words,
    read_letters,
    some_of,
    told_bone,
    told_garment,
    told_mark,
    told_range,
    told_side,
    worded,
)
from benchmarks.registers.told_names import told_by_family

MARK_KNOWN = {"tattoo": 0.74, "scar": 0.55, "mole": 0.4, "birthmark": 0.5, "piercing": 0.5}
BELONGINGS_TOLD, CLOTHING_TOLD, TELEPHONES_TOLD = 0.3, 0.5, 0.58
TEETH_TOLD, AILMENT_TOLD = 0.3, 0.6
SEX_UNKNOWN = 0.01
SPANISH_SPOKEN = {"HTI": 0.6, "SEN": 0.3, "MLI": 0.3, "GMB": 0.05, "MRT": 0.3}


def tell_case(person: Person, rng: Random, key: bytes) -> Row:
    """Tell one case as an organisation writes it down with the family."""
    spanish = happens(rng, SPANISH_SPOKEN.get(person.village.country, 0.97))
    teller = Teller(rng, SPANISH if spanish else ENGLISH, rng.uniform(0.5, 1.5))
    row = told_by_family(person, rng)
    if not happens(rng, SEX_UNKNOWN):
        row |= {"sex": person.family_says, "sex_basis": "family"}
    row |= _age(person.age, rng) | _body(person, teller)
    known = [mark for mark in person.body.marks if teller.knows(MARK_KNOWN[mark.kind])]
    row["marks"] = [told_mark(mark, teller, worn=0.3) for mark in known]
    row["belongings"] = _belongings(person, teller)
    row["telephones"] = [digest(number, key) for number in _numbers(person, teller)]
    if teller.knows(CLOTHING_TOLD):
        worn = person.belongings.clothing
        told = [told_garment(garment, teller, faded=0.12) for garment in worn]
        row["clothing"] = some_of(told, rng.randint(1, 4), rng)
    row["dental"] = _dental(person, teller)
    row["medical"] = _medical(person, teller)
    return row | _origin(person, rng) | _contact(person, rng)


def _age(age: int, rng: Random) -> Row:
    kind = rng.random()
    if kind < 0.03:
        return {}
    low = high = age
    if kind < 0.13:
        low = high = max(age + rng.choice((-2, -1, 1)), 0)
    elif kind < 0.25:
        low, high = max(age - rng.randint(0, 3), 0), age + rng.randint(0, 3)
    return {"age_from": float(low), "age_to": float(high), "age_basis": "family"}


def _body(person: Person, teller: Teller) -> Row:
    rng, body, row = teller.rng, person.body, Row()
    if teller.knows(0.55):
        told = body.height + rng.gauss(0, 4)
        half, step = rng.choice((0, 0, 2, 3, 5)), rng.choice((1, 1, 5))
        row["height_from_cm"], row["height_to_cm"] = told_range(told, half, to=step)
    if teller.knows(0.35):
        told = body.weight * rng.gauss(1.0, 0.09)
        half = rng.choice((0, 0, 3, 5))
        row["weight_from_kg"], row["weight_to_kg"] = told_range(told, half, to=rng.choice((1, 5)))
    if teller.knows(0.7):
        swapped = {"black": "brown", "brown": "black"}
        row["hair"] = swapped.get(body.hair, body.hair) if happens(rng, 0.12) else body.hair
    if teller.knows(0.55):
        near = {"black": "brown", "brown": "black", "hazel": "green", "green": "hazel"}
        row["eyes"] = near.get(body.eyes, body.eyes) if happens(rng, 0.12) else body.eyes
    return row


def _belongings(person: Person, teller: Teller) -> list[Row]:
    if not teller.knows(BELONGINGS_TOLD):
        return []
    told = []
    for thing in person.belongings.things:
        text = thing.motif.text and thing.motif.text.format(**thing.fill)
        read = read_letters(text, 0.4, teller.rng) if text else None
        words = worded(thing.motif, thing.fill, teller, letters=read)
        told.append({"kind": thing.kind, "text": read, "description": words})
    return some_of(told, teller.rng.randint(1, 3), teller.rng)


def _numbers(person: Person, teller: Teller) -> list[str]:
    if not teller.knows(TELEPHONES_TOLD):
        return []
    rng, held = teller.rng, person.belongings
    told = [held.own_number] if happens(rng, 0.75) else []
    told += [number for number in held.home_numbers if happens(rng, 0.6)]
    if happens(rng, 0.08) and held.carried_numbers[-1] not in told:
        told.append(held.carried_numbers[-1])
    return told


def _dental(person: Person, teller: Teller) -> list[Row]:
    if not teller.knows(TEETH_TOLD):
        return []
    rng, told = teller.rng, []
    for tooth in person.body.teeth:
        if happens(rng, SEEN_BY_FAMILY[tooth.finding]):
            near = tooth.tooth if happens(rng, 0.7) else 11 + 10 * rng.randrange(4)
            number = near if happens(rng, 0.3) else None
            told.append({"finding": tooth.finding, "tooth": number})
    return told


def _medical(person: Person, teller: Teller) -> list[Row]:
    told = []
    for ailment in person.body.ailments:
        if teller.knows(AILMENT_TOLD):
            told.append(
                {
                    "finding": ailment.finding,
                    "part": told_bone(ailment.part, teller.rng, 0.3),
                    "side": told_side(ailment.side, teller.rng),
                    "description": worded(ailment.motif, {}, teller),
                }
            )
    return told


def _origin(person: Person, rng: Random) -> Row:
    village, row = person.village, Row()
    if happens(rng, 0.97):
        row["origin_country"] = village.country
    if happens(rng, 0.8):
        row["origin_place"] = place_words((village.name, village.region), rng)
    elif happens(rng, 0.1):
        row["origin_place"] = without_accents(village.region).upper()
    return row


def _contact(person: Person, rng: Random) -> Row:
    journey, row = person.journey, Row()
    day, kind = journey.contact, rng.random()
    if kind < 0.08:
        day = day.replace(day=1)
    elif kind < 0.2:
        day += dt.timedelta(days=rng.choice((-7, -3, -2, -1, 1, 2, 4)))
    if kind < 0.96:
        row["contact_date"] = dt.datetime.combine(day, dt.time())
    if happens(rng, 0.82):
        near = 0.0 if happens(rng, 0.7) else 0.05
        row["contact_longitude"] = round(journey.town[0] + rng.gauss(0, near), 4)
        row["contact_latitude"] = round(journey.town[1] + rng.gauss(0, near), 4)
    if happens(rng, 0.9):
        row["contact_corridor"] = journey.contact_corridor
    if happens(rng, 0.5):
        others = list(CORRIDOR_WEIGHTS)[:5]
        wrong = happens(rng, 0.07)
        row["planned_corridor"] = rng.choice(others) if wrong else journey.planned_corridor
    return row
