"""Tells real incidents again as another source would: the generator of the duplicates benchmark.

Nothing here knows the weights of the search. What it changes follows the issue that asked for it:
the date off by 0 to 3 days, the place moved within its uncertainty, numbers differing, the
description reworded, another publisher and address, some fields missing. `HARDER` goes beyond.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tracker.domain.publication import PRECISION_RADIUS_M

# The other source lists an event once, too.
DATASET = "retold"
METRES_PER_DEGREE = 111_195.0
# Invented publishers.
PUBLISHERS = (
    "El Correo (invented)",
    "Border Watch (invented)",
    "Radio Frontera (invented)",
    "Albergue La Esperanza (invented)",
    "Coast Guard communiqué (invented)",
    "Procuraduría (invented)",
)
# English words of descriptions, in Spanish.
SPANISH = {
    "unspecified location": "ubicación no especificada",
    "see coordinates": "según coordenadas",
    "united states of america": "Estados Unidos",
    "usa": "EE.UU.",
    "near": "cerca de",
    "close to": "cerca de",
    "county": "condado",
    "river": "río",
    "ranch": "rancho",
    "highway": "carretera",
    "desert": "desierto",
    "off the coast of": "frente a la costa de",
    "beach": "playa",
    "bridge": "puente",
    "border": "frontera",
    "island": "isla",
    "between": "entre",
    "and": "y",
    "in": "en",
    "of": "de",
    "national park": "Parque Nacional",
    "new mexico": "Nuevo México",
    "rio grande": "Río Bravo",
    "medical examiner": "médico forense",
}
CAUSES = (
    *("drowning", "harsh_environment", "hazardous_transport", "violence"),
    *("sickness_no_healthcare", "accidental_death", "mixed_or_unknown"),
)


@dataclass(frozen=True)
class Manner:
    """How far a retelling strays: days at most, multiple of the uncertainty, shares of changes."""

    name: str
    most_days: int = 3
    times_uncertainty: float = 1.0
    other_numbers: float = 0.4
    other_cause: float = 0.1
    missing: float = 0.35
    no_words: float = 0.1
    no_place: float = 0.0
    month_only: float = 0.0


AS_ASKED = Manner("as asked")
HARDER = (
    Manner("days off by up to 7", most_days=7),
    Manner("place off by up to 3 times its uncertainty", times_uncertainty=3.0),
    Manner("numbers differ in 8 of 10", other_numbers=0.8),
    Manner("most fields missing, half without words", missing=0.8, no_words=0.5),
    Manner("a fifth without a place", no_place=0.2),
    Manner("a fifth dated to the month alone", month_only=0.2),
)


def retell(rows: pd.DataFrame, manner: Manner, rng: np.random.Generator) -> pd.DataFrame:
    """Tell each row once more, in the columns of the search; same order as the rows."""
    told = [_retold(row, manner, rng) for row in rows.to_dict("records")]
    frame = pd.DataFrame(told)
    return frame.assign(dataset=DATASET)


def _retold(row: dict, manner: Manner, rng: np.random.Generator) -> dict:
    told = {**_when(row, manner, rng), **_where(row, manner, rng), **_people(row, manner, rng)}
    told["causes"] = row["causes"]
    if rng.random() < manner.other_cause:
        told["causes"] = str(rng.choice(CAUSES))
    told["origins"] = row["origins"]
    told["country_of_incident"] = row["country_of_incident"]
    for name in ("causes", "origins", "country_of_incident", "number_survivors"):
        if rng.random() < manner.missing:
            told[name] = None
    publisher = str(rng.choice(PUBLISHERS))
    told["information_source"] = publisher
    told["url"] = f"https://example.org/{rng.integers(1, 10**9)}/{rng.integers(1, 10**6)}"
    told["incident_type"] = row["incident_type"]
    return told


def _when(row: dict, manner: Manner, rng: np.random.Generator) -> dict:
    off = int(rng.integers(0, manner.most_days + 1)) * (1 if rng.random() < 0.5 else -1)
    first = row["date_from"] + pd.Timedelta(days=off)
    length = row["date_to"] - row["date_from"]
    if rng.random() < manner.month_only:
        first = first.replace(day=1)
        length = pd.offsets.MonthEnd(1).rollforward(first) - first
    return {"date_from": first, "date_to": first + length}


def _where(row: dict, manner: Manner, rng: np.random.Generator) -> dict:
    place = {"location_description": None, "longitude": None, "latitude": None}
    place |= {"uncertainty_m": None, "location_precision": None}
    if rng.random() >= manner.no_words:
        place["location_description"] = _reworded(row["location_description"], rng)
    if row["longitude"] != row["longitude"] or rng.random() < manner.no_place:
        return place
    radius = max(row["uncertainty_m"], PRECISION_RADIUS_M[row["location_precision"]])
    distance = radius * manner.times_uncertainty * np.sqrt(rng.random())
    turn = rng.random() * 2 * np.pi
    north = distance * np.cos(turn) / METRES_PER_DEGREE
    east = distance * np.sin(turn) / METRES_PER_DEGREE / np.cos(np.radians(row["latitude"]))
    place["longitude"] = round(row["longitude"] + east, 4)
    place["latitude"] = round(row["latitude"] + north, 4)
    # The other source says how sure it is, or does not.
    if rng.random() < 0.7:
        place["uncertainty_m"] = float(radius * rng.choice([0.5, 1.0, 2.0]))
    return place


def _people(row: dict, manner: Manner, rng: np.random.Generator) -> dict:
    names = ("number_dead", "number_missing_min", "number_survivors")
    people = {name: _number(row[name]) for name in (*names, *_SEXES)}
    if rng.random() < manner.other_numbers:
        people |= _other_numbers(people, rng)
    for name in _SEXES:
        if rng.random() < manner.missing:
            people[name] = None
    return people


_SEXES = ("number_females", "number_males", "number_children")


def _other_numbers(people: dict, rng: np.random.Generator) -> dict:
    dead, missing = people["number_dead"] or 0, people["number_missing_min"] or 0
    kind = rng.integers(0, 3)
    if kind == 0 and dead and missing:  # the dead found so far
        return {"number_missing_min": None}
    if kind == 1 and missing:  # who was missing is counted dead
        return {"number_dead": dead + missing, "number_missing_min": None}
    most = max(1, round(0.3 * (dead + missing)))
    more = int(rng.integers(1, most + 1)) * (1 if rng.random() < 0.7 else -1)
    name = "number_dead" if dead else "number_missing_min"
    other = {name: max(1, (people[name] or 0) + more)}
    # Sexes that no longer add up are not told.
    return {**other, "number_females": None, "number_males": None}


def _number(value: object) -> float | None:
    return None if value is None or value != value else float(value)  # noqa: PLR0124


def _reworded(text: object, rng: np.random.Generator) -> str | None:
    """Translate, cut to a part, or turn round; now and then with a letter wrong."""
    if not isinstance(text, str):
        return None
    parts = [part.strip() for part in text.split(",") if part.strip()]
    kind = rng.integers(0, 4)
    if kind == 0 and len(parts) > 2:
        parts = parts[-3:]
    elif kind == 1:
        parts = parts[:2]
    elif kind == 2:
        parts = parts[::-1]
    words = ", ".join(parts)
    if rng.random() < 0.6:
        words = words.lower()
        for english, spanish in SPANISH.items():
            words = f" {words} ".replace(f" {english} ", f" {spanish} ").strip()
    if rng.random() < 0.2 and len(words) > 8:
        at = int(rng.integers(1, len(words) - 1))
        words = words[:at] + words[at + 1 :]
    return words
