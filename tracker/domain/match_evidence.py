"""What speaks for and against two records of people being of one person, and how strongly."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.duplicates import Verdict


class MatchField(StrEnum):
    """What is compared of two people, in the order in which it is told."""

    NAMES = "names"
    TELEPHONES = "telephones"
    MARKS = "marks"
    DENTAL = "dental"
    MEDICAL = "medical"
    BELONGINGS = "belongings"
    CLOTHING = "clothing"
    SEX = "sex"
    AGE = "age"
    HEIGHT = "height"
    WEIGHT = "weight"
    HAIR = "hair"
    EYES = "eyes"
    TIME = "time"
    PLACE = "place"
    ROUTE = "route"
    ORIGIN = "origin"


class Strength(StrEnum):
    """How much a match deserves a comparison by people; docs/matching.md says what each means."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"


class Settling(StrEnum):
    """Which comparison could settle whether two records are of one person."""

    DENTAL = "dental"
    FINGERPRINTS = "fingerprints"
    DNA_REFERENCE = "dna_reference"
    MEDICAL_RECORD = "medical_record"
    PHOTO_OF_TATTOO = "photo_of_tattoo"


@dataclass(frozen=True)
class FieldWeight:
    """What one field says: a verdict, its weight (nats, signed), and the facts compared.

    `facts` holds a `code` and plain values under fixed names (see docs/matching.md).
    """

    field: MatchField
    verdict: Verdict
    weight: float
    facts: Mapping[str, object]


@dataclass(frozen=True)
class Explanation:
    """How likely two records are of one person: a probability that no third record changes.

    `log_odds` is `prior` (log odds before anything is compared) and the weights added up, in nats.
    `version` names the scoring.
    """

    probability: float
    log_odds: float
    prior: float
    strength: Strength
    fields: tuple[FieldWeight, ...]
    version: str

    def told(self, verdict: Verdict) -> tuple[FieldWeight, ...]:
        """Give the fields of one verdict, the weightiest first."""
        fields = [field for field in self.fields if field.verdict == verdict]
        return tuple(sorted(fields, key=lambda field: -abs(field.weight)))
