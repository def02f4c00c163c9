"""Names people: given names by country, sex and age, surnames by village and family."""

from functools import cache
from random import Random

from benchmarks.registers import other_names, spanish_names
from benchmarks.registers.chance import Table, added, happens, ranked
from benchmarks.registers.lands import HAITIAN, WEST_AFRICAN, Village, surnames_of
from benchmarks.registers.spelling import by_ear

YOUNG_BELOW = 32
SPELLED_FREELY = frozenset(spanish_names.YOUNG_MALE + spanish_names.YOUNG_FEMALE)
OF_THE_VILLAGE = 0.55
NUMBER_OF_GIVEN = Table({1: 0.3, 2: 0.65, 3: 0.05})
BYNAME = 0.12
DIMINUTIVE = 0.45


@cache
def given_names(country: str, sex: str, *, young: bool) -> Table[str]:
    """Give the given names of a country's men or women, younger or older ones."""
    male = sex == "male"
    if country in HAITIAN:
        names = other_names.HAITIAN_MALE if male else other_names.HAITIAN_FEMALE
        return Table(ranked(names, flat=3))
    if country in WEST_AFRICAN:
        names = other_names.WEST_AFRICAN_MALE if male else other_names.WEST_AFRICAN_FEMALE
        return Table(ranked(names, flat=4))
    classic = spanish_names.CLASSIC_MALE if male else spanish_names.CLASSIC_FEMALE
    modern = spanish_names.YOUNG_MALE if male else spanish_names.YOUNG_FEMALE
    local = spanish_names.LOCAL_GIVEN[country, sex]
    shares = (0.5, 0.28, 0.22) if young else (0.82, 0.06, 0.12)
    parts = zip((classic, modern, local), shares, strict=True)
    return Table(added(*(ranked(names, share, flat=2) for names, share in parts)))


def draw_given(country: str, sex: str, age: int, *, rng: Random) -> list[str]:
    """Draw one to three given names; a new name is spelled at birth as the parents like."""
    table = given_names(country, sex, young=age < YOUNG_BELOW)
    number = 1 if country in WEST_AFRICAN else NUMBER_OF_GIVEN.draw(rng)
    names: list[str] = []
    while len(names) < number:
        name = table.draw(rng)
        if name in SPELLED_FREELY and happens(rng, 0.08):
            name = by_ear(name, rng)
        if name not in names:
            names.append(name)
    return names


def draw_surname(village: Village, rng: Random) -> str:
    """Draw a surname: one of the village's families, or any of the country."""
    if happens(rng, OF_THE_VILLAGE):
        return village.surnames.draw(rng)
    return surnames_of(village.country).draw(rng)


def draw_surnames(village: Village, rng: Random) -> tuple[str, str | None]:
    """Draw the father's and the mother's surname; a few people bear one only."""
    first = draw_surname(village, rng)
    one_only = village.country in HAITIAN + WEST_AFRICAN or happens(rng, 0.07)
    return first, None if one_only else draw_surname(village, rng)


def draw_nicknames(given: list[str], sex: str, country: str, *, rng: Random) -> list[str]:
    """Draw what a person is called: a short form of a name, a byname, seldom both."""
    creole = country in HAITIAN + WEST_AFRICAN
    short = other_names.NICKNAMES if creole else spanish_names.NICKNAMES
    called = [rng.choice(short[name]) for name in given if name in short][:1]
    if not happens(rng, DIMINUTIVE):
        called = []
    if happens(rng, BYNAME):
        men, women = spanish_names.BYNAMES_MALE, spanish_names.BYNAMES_FEMALE
        spanish = men if sex == "male" else women
        called.append(rng.choice(other_names.BYNAMES if creole else spanish))
    return called
