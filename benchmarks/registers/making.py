"""Makes both registers and the pairs that belong together."""

from dataclasses import dataclass
from random import Random

import pandas as pd

from benchmarks.registers.columns import (
    CASE_COLUMNS,
    REMAINS_COLUMNS,
    Row,
    frame_of,
    informative,
)
from benchmarks.registers.examiner import Found, tell_remains, whose_document
from benchmarks.registers.family import tell_case
from benchmarks.registers.groups import draw_people
from benchmarks.registers.people import Person

TOGETHER_FOUND, TOGETHER_REPORTED = 0.6, 0.8


@dataclass(frozen=True)
class Registers:
    """Hold the cases, the remains, and which of them are of the same person.

    `truth` has a row for each remains whose person is sought: `case_id`, `remains_id`, and
    `informative`, the number of fields that say something of the person on the remains' side.
    """

    cases: pd.DataFrame
    remains: pd.DataFrame
    truth: pd.DataFrame


def make_registers(
    cases: int = 20_000, remains: int = 10_000, seed: int = 1, *, shared: float = 0.6
) -> Registers:
    """Make registers of so many rows; `shared` is the part of remains that have a case.

    The same seed gives the same rows. Nobody in them ever lived.
    """
    both = round(remains * shared)
    if not 0 <= both <= min(cases, remains):
        raise ValueError("more remains would have a case than there are cases")
    people = list(draw_people(cases + remains - both, seed))
    rng = Random(f"registers {seed}")
    found = _chosen(people, list(range(len(people))), remains, rng=rng, together=TOGETHER_FOUND)
    unsought = set(_chosen(people, found, remains - both, rng=rng, together=TOGETHER_REPORTED))
    sought = [at for at in range(len(people)) if at not in unsought]
    rng.shuffle(sought)
    rng.shuffle(found)
    key = Random(f"digests {seed}").randbytes(32)
    told = _tell_cases([people[at] for at in sought], seed, key)
    seen = _tell_remains(people, found, seed, key=key)
    case_frame = frame_of(told, CASE_COLUMNS, "C")
    remains_frame = frame_of(seen, REMAINS_COLUMNS, "R")
    case_of = dict(zip(sought, case_frame["id"], strict=True))
    pairs = [
        {"case_id": case_of[at], "remains_id": name, "informative": informative(row)}
        for at, name, row in zip(found, remains_frame["id"], seen, strict=True)
        if at in case_of
    ]
    truth = pd.DataFrame(pairs, columns=["case_id", "remains_id", "informative"])
    return Registers(case_frame, remains_frame, truth)


def _chosen(
    people: list[Person], among: list[int], count: int, *, rng: Random, together: float
) -> list[int]:
    """Choose so many people by lot, those of one group more often together than not."""
    lots: dict[int, float] = {}
    drawn = []
    for at in among:
        of_group = lots.setdefault(people[at].group, rng.random())
        lot = of_group if rng.random() < together else rng.random()
        drawn.append((lot, at))
    return [at for _, at in sorted(drawn)[:count]]


def _tell_cases(people: list[Person], seed: int, key: bytes) -> list[Row]:
    rng = Random(f"cases {seed}")
    return [tell_case(person, rng, key) for person in people]


def _tell_remains(people: list[Person], found: list[int], seed: int, *, key: bytes) -> list[Row]:
    rng = Random(f"remains {seed}")
    groups: dict[int, list[Person]] = {}
    for person in people:
        groups.setdefault(person.group, []).append(person)
    rows = []
    for at in found:
        person = people[at]
        if person.death is None:
            raise ValueError("somebody was found who did not die")
        anybody = rng.choice(people)
        named = whose_document(person, groups[person.group], anybody, rng=rng)
        rows.append(tell_remains(Found(person, person.death, named), rng, key))
    return rows
