"""Tells where and when remains were found, how long after death, and a guess of the origin."""

import datetime as dt
import math
from random import Random

from benchmarks.registers.chance import happens
from benchmarks.registers.columns import Row
from benchmarks.registers.journeys import Death
from benchmarks.registers.passages import ORIGIN_TABLES
from benchmarks.registers.people import Person
from benchmarks.registers.telling import place_words

INTERVAL_KNOWN = {"fresh": 0.8, "decomposed": 0.7, "mummified": 0.65, "skeletal": 0.55}
INTERVAL_SPREAD = {"fresh": 0.35, "decomposed": 0.45, "mummified": 0.6, "skeletal": 0.7}
USUAL_STEPS = (0, 1, 2, 3, 7, 14, 21, 30, 60, 90, 180, 365, 730, 1095, 1825, 3650)
COUNTRY_GUESSED, GUESS_OF_THE_CORRIDOR = 0.14, 0.2


def told_finding(death: Death, rng: Random) -> Row:
    """Tell the day and the place of finding; some places are those of a town or a district."""
    row: Row = {}
    if not happens(rng, 0.01):
        row["found_date"] = dt.datetime.combine(death.found, dt.time())
    if not happens(rng, 0.05):
        digits = 1 if happens(rng, 0.12) else 4
        row["found_longitude"] = round(death.longitude, digits)
        row["found_latitude"] = round(death.latitude, digits)
    if not happens(rng, 0.04):
        row["found_corridor"] = death.corridor
    if not happens(rng, 0.04):
        row["condition"] = death.condition
    return row


def told_interval(death: Death, rng: Random) -> Row:
    """Estimate the days since death in the steps that examiners use; some miss the truth."""
    if not happens(rng, INTERVAL_KNOWN[death.condition]):
        return {}
    spread = INTERVAL_SPREAD[death.condition]
    centre = (death.interval + 0.5) * math.exp(rng.gauss(0, spread))
    low, high = centre / (1 + 2 * spread), centre * (1 + 2 * spread)
    below = [step for step in USUAL_STEPS if step <= low]
    above = [step for step in USUAL_STEPS if step >= high]
    return {
        "interval_days_from": float(below[-1] if below else 0),
        "interval_days_to": float(above[0] if above else USUAL_STEPS[-1] * 2),
    }


def told_origin(named: Person, death: Death, source: str | None, *, rng: Random) -> Row:
    """Tell the origin that a document gives, or what somebody concluded from things found."""
    row: Row = {}
    if source == "document" and happens(rng, 0.7):
        row["origin_country"] = named.village.country
        if happens(rng, 0.35):
            row["origin_place"] = place_words((named.village.name, named.village.region), rng)
    elif happens(rng, COUNTRY_GUESSED):
        guess = happens(rng, GUESS_OF_THE_CORRIDOR)
        guessed = ORIGIN_TABLES[death.corridor].draw(rng)
        row["origin_country"] = guessed if guess else named.village.country
    return row
