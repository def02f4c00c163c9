"""Draws people in the groups that they travel in: alone, brothers, couples, neighbours."""

from collections.abc import Iterator
from functools import cached_property
from random import Random

from benchmarks.registers.bodies import draw_body
from benchmarks.registers.chance import Table, happens
from benchmarks.registers.journeys import Journey, draw_death, draw_journey, shared_death
from benchmarks.registers.lands import NAMES, WEST_AFRICAN, Village, villages_of
from benchmarks.registers.naming import draw_given, draw_nicknames, draw_surnames, given_names
from benchmarks.registers.people import Name, Person
from benchmarks.registers.possessions import GUIDES, draw_belongings, new_number

KINDS = Table({"alone": 72, "siblings": 9, "cousins": 6, "couple": 5, "parent": 4, "neighbours": 4})
SIZES = Table({2: 75, 3: 19, 4: 6})
MALE = 0.8
CHILDREN_ALONE = 0.05
NAMESAKES = 0.05
INTERSEX, TRANS_WOMEN = 0.0006, 0.004
SAME_EVENT = 0.7


class Makers:
    """Hold what all groups draw from: villages, guides' numbers and names already used."""

    def __init__(self, seed: int) -> None:
        """Start a stream of chance of its own."""
        self.rng = Random(f"people {seed}")
        self.taken: dict[tuple[str, str], list[tuple[Name, int]]] = {}

    @cached_property
    def villages(self) -> dict[str, Table[Village]]:
        """Invent the villages of every country."""
        return {country: villages_of(country, self.rng) for country in NAMES}

    @cached_property
    def guides(self) -> list[str]:
        """Invent the numbers of guides, which many people write down."""
        return [new_number(self.rng) for _ in range(GUIDES)]

    def guide_of(self, journey: Journey) -> str:
        """Give the number of a guide who works in this passage in this half of a year."""
        when = journey.contact.year * 2 + journey.contact.month // 7
        at = Random(f"{journey.passage.spots} {when} {self.rng.randrange(4)}").randrange(GUIDES)
        return self.guides[at]


def draw_age(rng: Random) -> int:
    """Draw an age: most are between 17 and 40."""
    if happens(rng, CHILDREN_ALONE):
        return rng.randint(8, 17)
    return min(16 + int(rng.gammavariate(2.1, 6.6)), 76)


def _ages(kind: str, size: int, rng: Random) -> list[int]:
    first = draw_age(rng)
    if kind == "parent":
        parent = max(first, 19)
        return [parent, *(rng.randint(1, min(parent - 17, 16)) for _ in range(size - 1))]
    return [first, *(max(first + rng.choice((-6, -4, -2, 0, 1, 3, 5)), 9) for _ in range(size - 1))]


def _surnames(kind: str, village: Village, before: list[Person], *, rng: Random) -> Name:
    first, second = draw_surnames(village, rng)
    if before:
        name, leader_male = before[0].name, before[0].sex == "male"
        if kind == "siblings":
            first, second = name.first, name.second
        elif kind == "cousins" or (kind == "parent" and leader_male):
            first = name.first
        elif kind == "parent" and second:
            second = name.first
    return Name(given=[], first=first, second=second)


def _sex(kind: str, before: list[Person], rng: Random) -> str:
    if kind == "couple" and before:
        return "female" if before[0].sex == "male" else "male"
    share = 0.5 if kind == "parent" else 0.45 if kind == "couple" else MALE
    return "male" if happens(rng, share) else "female"


def _namesake(makers: Makers, key: tuple[str, str], name: Name, *, age: int) -> int:
    """Give a few people the full name and nearly the age of somebody drawn before."""
    rng, taken = makers.rng, makers.taken.setdefault(key, [])
    if taken and happens(rng, NAMESAKES):
        other, other_age = rng.choice(taken)
        name.given, name.first, name.second = list(other.given), other.first, other.second
        return max(other_age + rng.choice((-1, 0, 0, 1)), 1)
    taken.append((name, age))
    return age


def _person(
    makers: Makers, setting: tuple[str, int, Village, Journey], before: list[Person], *, age: int
) -> Person:
    kind, group, village, journey = setting
    rng, country = makers.rng, village.country
    sex = _sex(kind, before, rng)
    name = _surnames(kind, village, before, rng=rng)
    name.given = draw_given(country, sex, age, rng=rng)
    if kind in ("alone", "neighbours"):
        age = _namesake(makers, (country, sex), name, age=age)
    name.nicknames = draw_nicknames(name.given, sex, country, rng=rng)
    if sex == "female" and age > 19 and country not in WEST_AFRICAN and happens(rng, 0.3):
        name.husband = draw_surnames(village, rng)[0]
    home = before[0].belongings.home_numbers[:1] if before and kind != "neighbours" else []
    loved = given_names(country, rng.choice(("female", "male")), young=True).draw(rng)
    letters = {"name": loved, "initials": f"{name.given[0][0]}{loved[0]}", "place": village.region}
    shared = (home or [new_number(rng)], makers.guide_of(journey))
    person = Person(
        group=group,
        name=name,
        sex=sex,
        family_says=sex,
        age=age,
        village=village,
        journey=journey,
        body=draw_body((country, village.region), sex, age, rng=rng),
        belongings=draw_belongings(name, letters, shared, rng=rng),
    )
    _mark_gender(person, rng)
    return person


def _mark_gender(person: Person, rng: Random) -> None:
    """Let a few families name another sex than an examiner would."""
    if happens(rng, INTERSEX):
        person.sex = "intersex"
    elif person.sex == "male" and happens(rng, TRANS_WOMEN):
        person.family_says = "female"


def draw_people(count: int, seed: int) -> Iterator[Person]:
    """Draw so many people, those of a group one after the other, each with a death.

    Whether somebody died is decided later: those of no remains keep a death that nobody sees.
    """
    makers = Makers(seed)
    rng, made, group = makers.rng, 0, 0
    while made < count:
        kind = KINDS.draw(rng)
        size = 1 if kind == "alone" else 2 if kind == "couple" else SIZES.draw(rng)
        journey = draw_journey(rng)
        village = makers.villages[journey.country].draw(rng)
        members: list[Person] = []
        for age in _ages(kind, size, rng)[: count - made]:
            setting = (kind, group, village, journey)
            person = _person(makers, setting, members, age=age)
            if members and members[0].death and happens(rng, SAME_EVENT):
                person.death = shared_death(members[0].death, journey, rng)
            else:
                person.death = draw_death(journey, rng)
            members.append(person)
        yield from members
        made, group = made + len(members), group + 1
