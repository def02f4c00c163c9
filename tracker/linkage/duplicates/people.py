"""Numbers of people: what two reports of one event say, and where they may differ.

Each function gives weights in nats under the reading "the same people told again", arrays of one
entry a pair; 0 where either side does not know.
"""

import numpy as np

from tracker.linkage.duplicates.records import Records
from tracker.linkage.words import Floats, Ints

# Equal totals of so many people or more, by how rare such a total is.
SAME_TOTAL = ((1, 0.0), (2, 2.2), (3, 3.0), (5, 3.5), (9, 4.0))
# Where only a part of the count agrees: the dead alone, or a number within another's range.
SAME_IN_PART = 0.7
# Other totals: the least weight for how many times the lesser goes into the greater.
NEAR_TOTALS = ((1.35, 1.5), (2.0, 0.2), (4.0, -0.9))
FAR_TOTALS = -2.2
ONE_AND_TWO, ONE_AND_FEW, ONE_AND_MANY, FEW = -0.6, -1.2, -2.4, 4
SAME_WOMAN, SAME_MAN, OTHER_SEX = 1.5, 0.2, -2.6
SAME_SEXES, NEAR_SEXES, OTHER_SEXES = 0.7, -0.2, -0.8
SAME_CHILDREN, OTHER_CHILDREN = 1.6, -1.2
SAME_SURVIVORS, NEAR_SURVIVORS, OTHER_SURVIVORS, NO_SURVIVORS = 3.0, 1.0, -0.3, -0.6
NEAR = 0.25


def total_weight(records: Records, one: Ints, other: Ints) -> Floats:
    """Weigh dead and missing: as their sum, or as the part that both count."""
    ours, theirs = records.total[one], records.total[other]
    low, high = np.fmin(ours, theirs), np.fmax(ours, theirs)
    weight = _unequal_totals(low, high)
    partly = _agree_in_part(records, one, other)
    agreed = np.where(ours == theirs, ours, partly)
    same = np.zeros(len(ours))
    for least, nats in SAME_TOTAL:
        same = np.where(agreed >= least, nats, same)
    same = np.where(ours == theirs, same, np.minimum(same - SAME_IN_PART, SAME_TOTAL[2][1]))
    weight = np.where(np.isnan(agreed), weight, np.maximum(same, weight))
    return np.where(np.isnan(ours) | np.isnan(theirs), 0.0, weight)


def _unequal_totals(low: Floats, high: Floats) -> Floats:
    weight = np.full(len(low), FAR_TOTALS)
    for times, nats in reversed(NEAR_TOTALS):
        weight = np.where(high <= times * low, nats, weight)
    # Where one side tells of one person, a greater number is another event or one that grew.
    alone = np.where(high <= 2, ONE_AND_TWO, np.where(high <= FEW, ONE_AND_FEW, ONE_AND_MANY))
    return np.where(low <= 1, alone, weight)


def _agree_in_part(records: Records, one: Ints, other: Ints) -> Floats:
    """Give the number that both sides count in one way or another, nan where there is none."""
    agreed = np.full(len(one), np.nan)
    for ours, theirs in ((one, other), (other, one)):
        dead, total = records.dead, records.total
        least = np.nan_to_num(dead[ours]) + np.nan_to_num(records.missing[ours])
        most = np.nan_to_num(dead[ours]) + np.nan_to_num(records.missing_max[ours])
        within = (theirs_total := total[theirs]) * 1.0
        in_range = (within >= least) & (within <= most) & ~np.isnan(records.missing_max[ours])
        same_dead = (dead[ours] == dead[theirs]) & (dead[ours] > 1)
        dead_is_total = (dead[ours] == theirs_total) & (theirs_total > 1)
        agreed = np.where(in_range & np.isnan(agreed), theirs_total, agreed)
        agreed = np.where((same_dead | dead_is_total) & np.isnan(agreed), dead[ours], agreed)
    return agreed


def sex_and_age_weight(records: Records, one: Ints, other: Ints) -> Floats:
    """Weigh women, men and children; one person's sex more than the sexes of many."""
    women = records.measures["number_females"]
    men = records.measures["number_males"]
    children = records.measures["number_children"]
    single = (records.total[one] == 1) & (records.total[other] == 1)
    weight = np.where(single, _one_sex(women, men, (one, other)), 0.0)
    for measure in (women, men):
        many = _of_many(measure[one], measure[other], same=SAME_SEXES, different=OTHER_SEXES)
        weight = np.where(single, weight, weight + many)
    young = _of_many(children[one], children[other], same=SAME_CHILDREN, different=OTHER_CHILDREN)
    return weight + young


def _one_sex(women: Floats, men: Floats, pair: tuple[Ints, Ints]) -> Floats:
    woman = [(women[side] == 1) for side in pair]
    man = [(men[side] == 1) for side in pair]
    weight = np.where(woman[0] & woman[1], SAME_WOMAN, 0.0)
    weight = np.where(man[0] & man[1], SAME_MAN, weight)
    return np.where((woman[0] & man[1]) | (man[0] & woman[1]), OTHER_SEX, weight)


def _of_many(ours: Floats, theirs: Floats, *, same: float, different: float) -> Floats:
    low, high = np.fmin(ours, theirs), np.fmax(ours, theirs)
    weight = np.where(
        ours == theirs, same, np.where(low >= high * (1 - NEAR), NEAR_SEXES, different)
    )
    # Two zeros agree by default: most rows have nobody to count there.
    weight = np.where(high <= 0, 0.0, weight)
    return np.where(np.isnan(ours) | np.isnan(theirs), 0.0, weight)


def survivors_weight(records: Records, one: Ints, other: Ints) -> Floats:
    """Weigh survivors: rarely told, and rarely the same by chance."""
    measure = records.measures["number_survivors"]
    ours, theirs = measure[one], measure[other]
    low, high = np.fmin(ours, theirs), np.fmax(ours, theirs)
    near = np.where(low >= high * (1 - NEAR), NEAR_SURVIVORS, OTHER_SURVIVORS)
    weight = np.where(ours == theirs, SAME_SURVIVORS, np.where(low <= 0, NO_SURVIVORS, near))
    weight = np.where(high <= 0, 0.0, weight)
    return np.where(np.isnan(ours) | np.isnan(theirs), 0.0, weight)
