"""Tells what lies with remains, and what teeth and bones show."""

from random import Random

from benchmarks.registers.body_words import BACK
from benchmarks.registers.chance import happens
from benchmarks.registers.columns import Row
from benchmarks.registers.journeys import Death
from benchmarks.registers.people import Person
from benchmarks.registers.possessions import changed
from benchmarks.registers.telling import (
    Teller,
    digest,
    read_letters,
    some_of,
    told_bone,
    told_garment,
    told_side,
    worded,
)
from benchmarks.registers.things_words import DOCUMENT

BELONGINGS_FOUND, LOST_ON_THE_WAY = 0.32, 0.3
CLOTHING_FOUND = {"fresh": 0.75, "decomposed": 0.65, "mummified": 0.65, "skeletal": 0.45}
NUMBERS_FOUND = {"fresh": 0.2, "decomposed": 0.15, "mummified": 0.15, "skeletal": 0.09}
NUMBER_MISREAD = 0.12
CHARTED = {"fresh": 0.2, "decomposed": 0.2, "mummified": 0.3, "skeletal": 0.5}
LOST_AFTER_DEATH = 0.12
# How often a finding is seen: fresh or decomposed body, dry body, bones.
AILMENTS = {
    "fracture": {"fresh": 0.12, "decomposed": 0.12, "mummified": 0.25, "skeletal": 0.55},
    "implant": {"fresh": 0.8, "decomposed": 0.7, "mummified": 0.8, "skeletal": 0.85},
    "prosthesis": {"fresh": 0.9, "decomposed": 0.7, "mummified": 0.6, "skeletal": 0.3},
    "surgery": {"fresh": 0.65, "decomposed": 0.25, "mummified": 0.15, "skeletal": 0.0},
    "amputation": {"fresh": 0.9, "decomposed": 0.7, "mummified": 0.7, "skeletal": 0.4},
    "disease": {"fresh": 0.15, "decomposed": 0.04, "mummified": 0.03, "skeletal": 0.03},
}


def told_belongings(
    named: Person, person: Person, teller: Teller, *, by_document: bool
) -> list[Row]:
    """Tell what was found, in the examiner's words; much was robbed or lost before."""
    rng = teller.rng
    if not teller.knows(BELONGINGS_FOUND):
        return []
    told = []
    for thing in person.belongings.things:
        if happens(rng, LOST_ON_THE_WAY):
            continue
        text = thing.motif.text and thing.motif.text.format(**thing.fill)
        read = read_letters(text, 0.35, rng) if text else None
        words = worded(thing.motif, thing.fill, teller, letters=read)
        told.append({"kind": thing.kind, "text": read, "description": words})
    told = some_of(told, rng.randint(1, 4), rng)
    if by_document and happens(rng, 0.7):
        name = f"{named.name.given[0]} {named.name.first}"
        text = read_letters(name, 0.3, rng)
        words = worded(DOCUMENT, {}, teller)
        told.append({"kind": "document", "text": text, "description": words})
    return told


def _misread(number: str, rng: Random) -> str:
    at = rng.randrange(len(number))
    return number[:at] + str((int(number[at]) + rng.randint(1, 9)) % 10) + number[at + 1 :]


def told_numbers(person: Person, death: Death, teller: Teller, *, key: bytes) -> list[str]:
    """Give the digests of numbers written down or kept in a telephone; some digits are misread."""
    rng = teller.rng
    if not teller.knows(NUMBERS_FOUND[death.condition]):
        return []
    carried = person.belongings.carried_numbers
    found = rng.sample(carried, min(len(carried), rng.choice((1, 1, 2, 3))))
    read = [_misread(number, rng) if happens(rng, NUMBER_MISREAD) else number for number in found]
    return [digest(number, key) for number in read]


def told_clothing(person: Person, death: Death, teller: Teller) -> list[Row]:
    """Tell the clothing found: some of it changed on the way, faded in the sun, or gone."""
    rng = teller.rng
    if not teller.knows(CLOTHING_FOUND[death.condition]):
        return []
    days = (death.died - person.journey.contact).days
    worn = changed(person.belongings.clothing, days, rng)
    faded = min(0.12 + death.interval / 800, 0.45)
    kept = [garment for garment in worn if not happens(rng, 0.15)] or worn[:1]
    return [told_garment(garment, teller, faded=faded) for garment in kept]


def told_teeth(person: Person, death: Death, teller: Teller) -> list[Row]:
    """Tell a chart: nearly all there is, and teeth lost after death taken for missing ones."""
    rng = teller.rng
    if not teller.knows(CHARTED[death.condition]):
        return []
    told: list[Row] = []
    for tooth in person.body.teeth:
        if not happens(rng, 0.1):
            number = tooth.tooth if happens(rng, 0.92) else rng.choice(BACK)
            told.append({"finding": tooth.finding, "tooth": number})
    if death.condition == "skeletal" and happens(rng, LOST_AFTER_DEATH):
        told.append({"finding": "missing", "tooth": 11 + 10 * rng.randrange(4)})
    return told


def told_ailments(person: Person, death: Death, teller: Teller) -> list[Row]:
    """Tell what has healed, where the condition lets it be seen."""
    told = []
    for ailment in person.body.ailments:
        if teller.knows(AILMENTS[ailment.finding][death.condition]):
            told.append(
                {
                    "finding": ailment.finding,
                    "part": told_bone(ailment.part, teller.rng, 0.1),
                    "side": told_side(ailment.side, teller.rng),
                    "description": worded(ailment.motif, {}, teller),
                }
            )
    return told
