"""Says of a pair what each field tells, how sure that makes it, and what would settle it."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from tracker.domain.duplicates import Verdict
from tracker.domain.match_evidence import Explanation, FieldWeight, MatchField, Settling
from tracker.linkage.matches.facts import facts_of
from tracker.linkage.matches.profiles import register_of
from tracker.linkage.matches.readings import readable
from tracker.linkage.matches.scores import (
    MATCHES_VERSION,
    PRIOR,
    probability_of,
    score_rows,
    strength_of,
)

# Below this a field says next to nothing, and is told as such.
NOTHING = 0.05
_FIRST = np.zeros(1, dtype=np.int64)


def explain_pair(one: pd.DataFrame, other: pd.DataFrame) -> Explanation:
    """Tell how likely two rows (frames of one row, of either kind) are of one person, and why."""
    one, other = readable(one), readable(other)
    registers = (register_of(one), register_of(other))
    scores = score_rows((registers[0], _FIRST), (registers[1], _FIRST))
    sides: tuple[Mapping[str, object], ...] = tuple(
        {str(name): value for name, value in frame.iloc[0].items()} for frame in (one, other)
    )
    fields = []
    for field in MatchField:
        weight = float(scores.weights[field][0])
        facts = facts_of(field, (sides[0], sides[1]), registers)
        fields.append(FieldWeight(field, verdict_of(weight), round(weight, 3), facts))
    log_odds = float(scores.log_odds[0])
    probability = float(probability_of(scores.log_odds)[0])
    return Explanation(
        probability=probability,
        log_odds=round(log_odds, 3),
        prior=round(PRIOR, 3),
        strength=strength_of(probability),
        fields=tuple(fields),
        version=MATCHES_VERSION,
    )


def verdict_of(weight: float) -> Verdict:
    """Say what a weight (nats) of one field speaks for."""
    if weight >= NOTHING:
        return Verdict.SUPPORTS
    return Verdict.AGAINST if weight <= -NOTHING else Verdict.UNKNOWN


def what_would_settle(explanation: Explanation) -> tuple[Settling, ...]:
    """Name the comparisons to ask for, the likeliest to be possible first.

    DNA is always possible where relatives are found, and so always named; prints only while there
    is skin. Teeth come first where both sides tell of them. A picture of a tattoo never confirms,
    but it can exclude, and a person looks at it.
    """
    facts = {field.field: field.facts for field in explanation.fields}
    asked = []
    if _some(facts[MatchField.DENTAL]):
        asked.append(Settling.DENTAL)
    if _has_skin(facts[MatchField.TIME]):
        asked.append(Settling.FINGERPRINTS)
    asked.append(Settling.DNA_REFERENCE)
    if _some(facts[MatchField.MEDICAL]):
        asked.append(Settling.MEDICAL_RECORD)
    if _tattooed(facts[MatchField.MARKS]):
        asked.append(Settling.PHOTO_OF_TATTOO)
    return tuple(asked)


def _told(facts: Mapping[str, object]) -> tuple[object, ...]:
    told = facts["told"]
    return told if isinstance(told, tuple) else ()


def _some(facts: Mapping[str, object]) -> bool:
    return any(_told(facts))


def _has_skin(facts: Mapping[str, object]) -> bool:
    """Say whether no side is known to be bones alone, and one side is remains."""
    kinds, conditions = facts["kinds"], facts["condition"]
    found = isinstance(kinds, tuple) and "remains" in kinds
    return found and isinstance(conditions, tuple) and "skeletal" not in conditions


def _tattooed(facts: Mapping[str, object]) -> bool:
    things = [thing for side in _told(facts) if isinstance(side, tuple) for thing in side]
    return any(isinstance(thing, Mapping) and thing.get("kind") == "tattoo" for thing in things)
