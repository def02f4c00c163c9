"""Moves people along corridors: last contact, death, and the day and place of finding."""

import datetime as dt
import math
from dataclasses import dataclass
from random import Random

from benchmarks.registers.chance import Table, happens
from benchmarks.registers.passages import (
    BEFORE,
    BY_CORRIDOR,
    CORRIDORS,
    ORIGIN_TABLES,
    PLANNED,
    Passage,
)

FIRST_DAY, LAST_DAY = dt.date(2014, 1, 1), dt.date(2026, 6, 30)
CONTACT_EARLIER_ON_THE_WAY = 0.28
OTHER_PASSAGE = 0.12
KM_PER_DEGREE = 111.2
# Days from death to finding: median and spread (of the logarithm) of where bodies lie.
FINDING = {"land": (30.0, 1.9), "river": (2.5, 1.1), "sea": (3.0, 1.2), "ocean": (45.0, 0.7)}
ROADSIDE = frozenset(("mexico_transit", "central_america_transit", "guatemala_mexico_border"))
DRY = frozenset(("us_mexico_border", "altiplano"))
WET = frozenset(("darien", "caribbean", "central_america_transit", "guatemala_mexico_border"))
YEARS = Table(dict(zip(range(2014, 2026), (4, 4, 5, 5, 5, 7, 6, 11, 14, 14, 13, 9), strict=True)))


@dataclass(frozen=True, slots=True)
class Journey:
    """Hold where and when a group was last heard of, and where its members meant to cross."""

    contact: dt.date
    town: tuple[float, float]
    contact_corridor: str
    planned_corridor: str
    passage: Passage
    country: str


@dataclass(frozen=True, slots=True)
class Death:
    """Hold when and where a person died and was found, and how the body then was."""

    died: dt.date
    found: dt.date
    longitude: float
    latitude: float
    corridor: str
    condition: str

    @property
    def interval(self) -> int:
        """Count the days between death and finding."""
        return (self.found - self.died).days


def draw_journey(rng: Random) -> Journey:
    """Draw a corridor, a country that people come from there, a town and a day."""
    corridor = CORRIDORS.draw(rng)
    passage = BY_CORRIDOR[corridor].draw(rng)
    contact_passage = passage
    if corridor in BEFORE and happens(rng, CONTACT_EARLIER_ON_THE_WAY):
        contact_passage = BY_CORRIDOR[BEFORE[corridor]].draw(rng)
    elif happens(rng, OTHER_PASSAGE):
        contact_passage = BY_CORRIDOR[corridor].draw(rng)
    first = dt.date(YEARS.draw(rng), 1, 1)
    return Journey(
        contact=first + dt.timedelta(days=rng.randrange(365)),
        town=rng.choice(contact_passage.towns),
        contact_corridor=contact_passage.corridor,
        planned_corridor=PLANNED.get(corridor, corridor),
        passage=passage,
        country=ORIGIN_TABLES[corridor].draw(rng),
    )


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    east = (one[0] - other[0]) * math.cos(math.radians((one[1] + other[1]) / 2))
    return KM_PER_DEGREE * math.hypot(east, one[1] - other[1])


def _days_on_the_way(journey: Journey, far: float, rng: Random) -> int:
    """Draw hours to weeks from the last contact to death, longer where the way is long."""
    if journey.passage.kind == "ocean":
        return rng.randint(8, 40)
    quick = rng.lognormvariate(math.log(2.5), 1.1)
    speed = rng.choice((15.0, 25.0, 60.0, 200.0, 400.0))
    return min(round(quick + far / speed), 120)


def _condition(days: int, corridor: str, rng: Random) -> str:
    """Tell how a body is found after so many days in the climate of a corridor."""
    pace = rng.lognormvariate(0.0, 0.35) * (1.5 if corridor in WET else 1.0)
    felt = days * pace
    if felt < 3:
        return "fresh"
    if felt < 25:
        return "decomposed"
    if corridor in DRY and felt < 200 and happens(rng, 0.45):
        return "mummified"
    return "skeletal" if felt > 75 or happens(rng, 0.35) else "decomposed"


def _days_to_finding(journey: Journey, longest: int, rng: Random) -> int:
    median, spread = FINDING[journey.passage.kind]
    if journey.passage.corridor in ROADSIDE:
        median /= 5
    days = int(rng.lognormvariate(math.log(median), spread))
    return days if days <= longest else rng.randint(0, max(min(longest, int(median)), 0))


def draw_death(journey: Journey, rng: Random) -> Death:
    """Draw a spot ahead of the last contact, or on the way to it, and the days that went by."""
    east, north, scatter = rng.choice(journey.passage.spots)
    part = 1.0 if happens(rng, 0.8) else rng.random()
    if journey.passage.kind == "ocean":
        part = 1.0
    lon = journey.town[0] + part * (east - journey.town[0]) + rng.gauss(0, scatter) / KM_PER_DEGREE
    lat = journey.town[1] + part * (north - journey.town[1]) + rng.gauss(0, scatter) / KM_PER_DEGREE
    far = _apart(journey.town, (lon, lat))
    died = journey.contact + dt.timedelta(days=_days_on_the_way(journey, far, rng))
    days = _days_to_finding(journey, (LAST_DAY - died).days, rng)
    corridor = journey.passage.corridor if part > 0.5 else journey.contact_corridor
    return Death(
        died=died,
        found=died + dt.timedelta(days=days),
        longitude=lon,
        latitude=lat,
        corridor=corridor,
        condition=_condition(days, journey.passage.corridor, rng),
    )


def shared_death(death: Death, journey: Journey, rng: Random) -> Death:
    """Let a companion die in the same event, found on the same day or apart from it."""
    if happens(rng, 0.65):
        days, near = death.interval, 0.3
    else:
        days, near = _days_to_finding(journey, (LAST_DAY - death.died).days, rng), 6.0
    return Death(
        died=death.died,
        found=death.died + dt.timedelta(days=days),
        longitude=death.longitude + rng.gauss(0, near) / KM_PER_DEGREE,
        latitude=death.latitude + rng.gauss(0, near) / KM_PER_DEGREE,
        corridor=death.corridor,
        condition=_condition(days, journey.passage.corridor, rng),
    )
