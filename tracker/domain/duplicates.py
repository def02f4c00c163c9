"""Two incidents that are likely the same event: how likely, and what speaks for it and against."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.incidents import PublishedIncident


class Verdict(StrEnum):
    """What one field says of two incidents being one event; unknown is never against."""

    SUPPORTS = "supports"
    AGAINST = "against"
    UNKNOWN = "unknown"


class Reading(StrEnum):
    """How two incidents can be one event."""

    # The same people told again: one of the two is to be merged into the other.
    SAME_PEOPLE = "same_people"
    # Other people of the same event, or some of its people: the two are to be linked as parts.
    PARTS = "parts"


class ComparedField(StrEnum):
    """What is compared, in the order in which it is told."""

    DATE = "date"
    PLACE = "place"
    PEOPLE = "people"
    SEX_AND_AGE = "sex_and_age"
    SURVIVORS = "survivors"
    CAUSE = "cause"
    ORIGIN = "origin"
    COUNTRY = "country"
    WORDS = "words"
    SOURCE = "source"
    DATASET = "dataset"
    INCIDENT_TYPE = "incident_type"


@dataclass(frozen=True)
class FieldEvidence:
    """What one field says: a verdict, its weight (nats, signed), and the facts compared.

    `facts` holds plain values under fixed names (see docs/duplicates.md), for a sentence.
    """

    field: ComparedField
    verdict: Verdict
    weight: float
    facts: Mapping[str, object]


@dataclass(frozen=True)
class Likeness:
    """How likely two incidents are one event: a score from 0 to 1 that no third one changes.

    `log_odds` is the same in nats, for those near 0 and 1; `version` names the scoring; `reading`
    is the likelier of the two ways to be one event.
    """

    score: float
    log_odds: float
    reading: Reading
    fields: tuple[FieldEvidence, ...]
    version: str

    def told(self, verdict: Verdict) -> tuple[FieldEvidence, ...]:
        """Give the fields of one verdict, the weightiest first."""
        fields = [field for field in self.fields if field.verdict == verdict]
        return tuple(sorted(fields, key=lambda field: -abs(field.weight)))


@dataclass(frozen=True)
class LikelyDuplicate:
    """An incident that is likely the same event as another, as the asker may see it."""

    public_id: str
    likeness: Likeness
    incident: PublishedIncident


@dataclass(frozen=True)
class DuplicatePair:
    """Two stored incidents that are likely the same event, by their public ids."""

    one: str
    other: str
    likeness: Likeness
