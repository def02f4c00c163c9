"""Draws bodies: height, weight, hair, eyes, marks, teeth and what has healed."""

import math
from random import Random

from benchmarks.registers.body_words import (
    BACK,
    DISEASES,
    FRACTURES,
    FRONT,
    OPERATIONS,
    PART_OF_DISEASE,
    TEETH,
    UNPAIRED,
    WISDOM,
)
from benchmarks.registers.chance import Table, happens
from benchmarks.registers.marks_words import MOTIFS, PAIRED, WHERE
from benchmarks.registers.naming import given_names
from benchmarks.registers.people import Ailment, Body, Mark, Tooth

# Mean height of grown men in centimetres: rounded, in the order of what surveys find.
HEIGHTS = {
    "GTM": 163, "HND": 166, "SLV": 168, "NIC": 167, "MEX": 168, "ECU": 166, "VEN": 171,
    "CUB": 172, "HTI": 171, "DOM": 171, "COL": 170, "PER": 165, "BOL": 166,
}  # fmt: skip
WOMEN_SHORTER, HEIGHT_SPREAD, OTHER_MEAN = 12.0, 6.0, 174
MARKED = {"tattoo": 0.25, "scar": 0.42, "mole": 0.18, "birthmark": 0.06, "piercing": 0.06}
YOUNGEST_TATTOOED = 14
EYES = Table({"brown": 80, "black": 15, "hazel": 2.5, "green": 1.8, "blue": 0.7})
DARK_EYES = Table({"brown": 60, "black": 40})
HAIR = Table({"black": 70, "brown": 26, "fair": 2.5, "red": 0.5})
FRACTURED, OPERATED, DISEASED = 0.18, 0.12, 0.07


def draw_height(country: str, sex: str, age: int, *, rng: Random) -> float:
    """Draw a height; children grow to it."""
    mean = HEIGHTS.get(country, OTHER_MEAN) - (0 if sex == "male" else WOMEN_SHORTER)
    grown = rng.gauss(mean, HEIGHT_SPREAD)
    return grown if age >= 17 else grown * (0.43 + 0.57 * (age + 0.5) / 17.5)


def _hair(country: str, age: int, rng: Random) -> str:
    if age > 38 and happens(rng, min((age - 38) / 40, 0.7)):
        return "bald" if happens(rng, 0.12) else "grey"
    if country in ("HTI", "SEN", "MLI", "GMB", "MRT"):
        return "black"
    return HAIR.draw(rng)


def _side(part: str, rng: Random) -> str:
    return rng.choice(("left", "right")) if part in PAIRED else "middle"


def _letters(country: str, region: str, rng: Random) -> dict[str, str]:
    """Draw the name of a loved one, two initials and a place, for words inked or engraved."""
    loved = [
        given_names(country, rng.choice(("female", "male")), young=happens(rng, 0.5)).draw(rng)
        for _ in range(2)
    ]
    return {"name": loved[0], "initials": f"{loved[0][0]}{loved[1][0]}", "place": region}


def _marks(country: str, region: str, person: tuple[str, int], *, rng: Random) -> list[Mark]:
    sex, age = person
    marks = []
    for kind, share in MARKED.items():
        if kind == "tattoo" and age < YOUNGEST_TATTOOED:
            continue
        often = 3.0 if kind == "piercing" and sex == "female" else 1.0
        if not happens(rng, share * often):
            continue
        for _ in range(1 + int(rng.expovariate(1.1))):
            part = WHERE[kind].draw(rng)
            motif = MOTIFS[kind].draw(rng)
            marks.append(Mark(kind, part, _side(part, rng), motif, _letters(country, region, rng)))
    return marks


def _teeth(age: int, rng: Random) -> list[Tooth]:
    expected = 0.4 if age < 14 else 1.0 + age / 14
    found: dict[int, str] = {}
    for _ in range(_poisson(expected, rng)):
        finding = TEETH.draw(rng)
        front = finding in ("gold", "crown", "braces", "prosthesis") and happens(rng, 0.7)
        places = WISDOM if finding == "impacted" else FRONT if front else BACK
        if finding == "missing" and happens(rng, 0.2):
            places = FRONT
        found.setdefault(rng.choice(places), finding)
    return [Tooth(finding, tooth) for tooth, finding in sorted(found.items())]


def _poisson(mean: float, rng: Random) -> int:
    """Draw a count: how many steps of an unequal walk fit into the mean."""
    count, product, limit = 0, rng.random(), math.exp(-mean)
    while product > limit:
        count += 1
        product *= rng.random()
    return count


def _ailments(sex: str, age: int, rng: Random) -> list[Ailment]:
    found = []
    if happens(rng, FRACTURED):
        part, motif = FRACTURES.draw(rng)
        found.append(Ailment("fracture", part, _bone_side(part, rng), motif))
    if age >= 15 and happens(rng, OPERATED):
        finding, part, motif = OPERATIONS.draw(rng)
        while sex == "male" and "cesárea" in motif.spanish:
            finding, part, motif = OPERATIONS.draw(rng)
        found.append(Ailment(finding, part, _bone_side(part, rng), motif))
    if happens(rng, DISEASED):
        motif = DISEASES.draw(rng)
        part = PART_OF_DISEASE[DISEASES.values.index(motif)]
        found.append(Ailment("disease", part, None, motif))
    return found


def _bone_side(part: str, rng: Random) -> str:
    return "middle" if part in UNPAIRED else rng.choice(("left", "right"))


def draw_body(origin: tuple[str, str], sex: str, age: int, *, rng: Random) -> Body:
    """Draw the body of a person from a country and region."""
    country, region = origin
    height = draw_height(country, sex, age, rng=rng)
    dark = country in ("HTI", "SEN", "MLI", "GMB", "MRT")
    return Body(
        height=height,
        weight=max(rng.gauss(24.5, 3.3), 16.0) * (height / 100) ** 2,
        hair=_hair(country, age, rng),
        eyes=(DARK_EYES if dark else EYES).draw(rng),
        marks=_marks(country, region, (sex, age), rng=rng),
        teeth=_teeth(age, rng),
        ailments=_ailments(sex, age, rng),
    )
