"""Puts the fields of a pair together: a score under the likelier reading, and why.

Two readings compete: the same people told again, or other people of the same event. Each sums the
weights of its fields (after Fellegi and Sunter 1969, "A theory for record linkage").
"""

from dataclasses import dataclass

import numpy as np

from tracker.domain.duplicates import ComparedField, Reading
from tracker.linkage.duplicates.people import sex_and_age_weight, survivors_weight, total_weight
from tracker.linkage.duplicates.records import Records
from tracker.linkage.duplicates.told import (
    cause_weight,
    country_weight,
    dataset_weight,
    origin_weight,
    source_weight,
    type_weight,
    words_weight,
)
from tracker.linkage.duplicates.when_and_where import VAGUE_KM, Nearness, compare_nearness
from tracker.linkage.words import Floats, Ints

DUPLICATES_VERSION = "2"

# Six of ten rows of one register have a partner in another, among the rows of ten years.
PARTNERED, ROWS = 0.6, 6_883
PRIOR = float(np.log(PARTNERED / ROWS))
# Where one side tells survivors of other people of the event, they are the same survivors.
PARTS_SAME_SURVIVORS = 2.0

Weights = dict[ComparedField, Floats]


@dataclass(frozen=True)
class Scores:
    """The summed log odds of each pair, its reading, and the weights of its fields under both."""

    one: Ints
    other: Ints
    log_odds: Floats
    is_parts: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
    weights: dict[Reading, Weights]
    nearness: Nearness

    @property
    def score(self) -> Floats:
        """Give the probability of one event, from 0 to 1."""
        odds = np.clip(self.log_odds, -50, 50)
        chances: Floats = 1 / (1 + np.exp(-odds))
        return chances


def score_pairs(records: Records, one: Ints, other: Ints) -> Scores:
    """Weigh every pair of positions; the order of the two says nothing."""
    near = compare_nearness(records, one, other)
    same: Weights = {ComparedField.DATE: near.date, ComparedField.PLACE: near.place}
    parts: Weights = {ComparedField.DATE: near.date}
    # What parts weigh in time and place is measured as one; the rest of it goes to the place.
    parts[ComparedField.PLACE] = near.parts - near.date - PRIOR
    same[ComparedField.PEOPLE] = total_weight(records, one, other)
    same[ComparedField.SEX_AND_AGE] = sex_and_age_weight(records, one, other)
    same[ComparedField.SURVIVORS] = survivors_weight(records, one, other)
    alike = same[ComparedField.SURVIVORS] >= 1
    parts[ComparedField.SURVIVORS] = np.where(alike, PARTS_SAME_SURVIVORS, 0.0)
    placed = near.km_apart
    told = {
        ComparedField.CAUSE: cause_weight(records, one, other),
        ComparedField.ORIGIN: origin_weight(records, one, other),
        ComparedField.COUNTRY: country_weight(records, one, other, placed=placed),
        ComparedField.WORDS: words_weight(records, one, other, around=near.rows_around),
        ComparedField.SOURCE: source_weight(records, one, other),
        ComparedField.INCIDENT_TYPE: type_weight(records, one, other),
    }
    for field, weights in told.items():
        same[field], parts[field] = weights
    agrees = _all_agrees(near, same)
    dataset = dataset_weight(records, one, other, all_agrees=agrees)
    same[ComparedField.DATASET], parts[ComparedField.DATASET] = dataset
    return _summed((one, other), {Reading.SAME_PEOPLE: same, Reading.PARTS: parts}, near)


def _all_agrees(near: Nearness, same: Weights) -> Floats:
    """Say (1 or 0) where day and place are the same and no other field speaks against.

    A point that stands for an area is no place that could be the same.
    """
    met = (near.days_apart == 0) & (near.km_apart <= near.joint_radius_km)
    met &= near.joint_radius_km <= 2 * VAGUE_KM
    fields = (field for field in same if field not in (ComparedField.DATE, ComparedField.PLACE))
    for field in fields:
        met &= same[field] >= 0
    agreed: Floats = met.astype(float)
    return agreed


def _summed(pair: tuple[Ints, Ints], weights: dict[Reading, Weights], near: Nearness) -> Scores:
    sums = {}
    for reading, fields in weights.items():
        sums[reading] = PRIOR + np.sum(list(fields.values()), axis=0)
    same, parts = sums[Reading.SAME_PEOPLE], sums[Reading.PARTS]
    return Scores(
        one=pair[0],
        other=pair[1],
        log_odds=np.logaddexp(same, parts),
        is_parts=parts > same,
        weights=weights,
        nearness=near,
    )
