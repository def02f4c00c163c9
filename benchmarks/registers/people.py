"""The people as they were: what families and examiners each see a part of."""

from dataclasses import dataclass, field

from benchmarks.registers.journeys import Death, Journey
from benchmarks.registers.lands import Village
from benchmarks.registers.marks_words import Motif


@dataclass(frozen=True, slots=True)
class Mark:
    """Hold a mark on the skin; `fill` are the letters inked, if there are any."""

    kind: str
    part: str
    side: str | None
    motif: Motif
    fill: dict[str, str]


@dataclass(frozen=True, slots=True)
class Tooth:
    """Hold a finding of one tooth, by its FDI number."""

    finding: str
    tooth: int


@dataclass(frozen=True, slots=True)
class Ailment:
    """Hold a fracture, an operation or a disease."""

    finding: str
    part: str
    side: str | None
    motif: Motif


@dataclass(frozen=True, slots=True)
class Thing:
    """Hold something carried."""

    kind: str
    motif: Motif
    fill: dict[str, str]


@dataclass(frozen=True, slots=True)
class Garment:
    """Hold a piece of clothing; `noun` chooses the wording of its kind."""

    kind: str
    noun: int
    colour: str
    brand: str | None


@dataclass(slots=True)
class Body:
    """Hold what a body shows."""

    height: float
    weight: float
    hair: str
    eyes: str
    marks: list[Mark]
    teeth: list[Tooth]
    ailments: list[Ailment]


@dataclass(slots=True)
class Belongings:
    """Hold what a person carries and wears, and the telephone numbers they have or know."""

    things: list[Thing]
    clothing: list[Garment]
    own_number: str
    home_numbers: list[str]
    carried_numbers: list[str]


@dataclass(slots=True)
class Name:
    """Hold a full name as it was given at birth, with the names used."""

    given: list[str]
    first: str
    second: str | None
    nicknames: list[str] = field(default_factory=list)
    husband: str | None = None


@dataclass(slots=True)
class Person:
    """Hold one person, who may be in either register or in both."""

    group: int
    name: Name
    sex: str
    family_says: str
    age: int
    village: Village
    journey: Journey
    body: Body
    belongings: Belongings
    death: Death | None = None
