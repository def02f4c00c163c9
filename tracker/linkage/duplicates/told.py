"""What two reports tell beside numbers: cause, origin, country, words, sources, dataset.

Weights in nats, arrays of one entry a pair: under "the same people" and under "parts".
"""

import numpy as np

from tracker.domain.statuses import IncidentType
from tracker.linkage.duplicates.background import background
from tracker.linkage.duplicates.records import Records
from tracker.linkage.fields import Flags
from tracker.linkage.words import Floats, Ints, TextTable

# An agreement is worth more the rarer the cause is; halved, since places share their causes.
SAME_CAUSE = {
    "drowning": 0.5, "harsh_environment": 0.5, "hazardous_transport": 1.0, "violence": 1.2,
    "sickness_no_healthcare": 1.3, "accidental_death": 1.2,
}  # fmt: skip
SAME_CAUSE_ELSE, CAUSES_MEET, OTHER_CAUSE, PARTS_OTHER_CAUSE = 0.8, 0.3, -1.4, -0.9
# Which causes one event is told by, now one and now the other.
CLOSE_CAUSES = (
    frozenset({"accidental_death", "hazardous_transport"}),
    frozenset({"accidental_death", "drowning"}),
    frozenset({"hazardous_transport", "drowning"}),
    frozenset({"harsh_environment", "sickness_no_healthcare"}),
)
CLOSE_CAUSE = -0.4
SAME_ORIGIN = {"MEX": 0.7, "GTM": 1.3, "HND": 1.5}
SAME_ORIGIN_ELSE, ORIGINS_MEET, OTHER_ORIGIN = 1.8, 0.5, -1.5
SAME_COUNTRY = {"USA": 0.6, "MEX": 0.9}
SAME_COUNTRY_ELSE, OTHER_COUNTRY, OTHER_COUNTRY_PLACED = 1.8, -3.0, -0.5
# Of true pairs, so many hold most, some or few words of each other by weight of rarity.
ALL_WORDS, SOME_WORDS = 0.75, 0.35
ALL_WORDS_HOLD, SOME_WORDS_HOLD, FEW_WORDS_HOLD = 1.0, 0.7, 0.5
MOST_WORDS, MOST_WORDS_UNPLACED, LEAST_WORDS, NO_WORDS = 4.0, 6.0, -0.3, -0.6
PARTS_ALL_WORDS, PARTS_NO_WORDS, PARTS_RARE_WORD = 1.0, -1.0, 2.0
SAME_URL, PARTS_SAME_URL = 4.0, 2.0
MOST_SOURCE, PARTS_SAME_SOURCE, PARTS_OTHER_SOURCE = 1.2, 0.8, -0.7
SAME_DATASET, SAME_DATASET_ALL_AGREES, PARTS_OTHER_DATASET = -3.0, -1.0, -1.0
ONE_IS_A_TOTAL, BOTH_ARE_PARTS = -1.5, 0.5

Both = tuple[Floats, Floats]


def cause_weight(records: Records, one: Ints, other: Ints) -> Both:
    """Weigh causes; "mixed or unknown" counts as unknown."""
    same, parts = np.zeros(len(one)), np.zeros(len(one))
    for nth, (i, j) in enumerate(zip(one.tolist(), other.tolist(), strict=True)):
        ours, theirs = records.causes[i], records.causes[j]
        if not ours or not theirs:
            continue
        if ours == theirs:
            same[nth] = max(SAME_CAUSE.get(cause, SAME_CAUSE_ELSE) for cause in ours)
            parts[nth] = CAUSES_MEET
        elif ours & theirs:
            same[nth] = CAUSES_MEET
        elif any(close >= {a, b} for close in CLOSE_CAUSES for a in ours for b in theirs):
            same[nth] = parts[nth] = CLOSE_CAUSE
        else:
            same[nth], parts[nth] = OTHER_CAUSE, PARTS_OTHER_CAUSE
    return same, parts


def origin_weight(records: Records, one: Ints, other: Ints) -> Both:
    """Weigh countries of origin; other people of one event may come from elsewhere."""
    same = np.zeros(len(one))
    for nth, (i, j) in enumerate(zip(one.tolist(), other.tolist(), strict=True)):
        ours, theirs = records.origins[i], records.origins[j]
        if not ours or not theirs:
            continue
        if ours == theirs:
            same[nth] = max(SAME_ORIGIN.get(origin, SAME_ORIGIN_ELSE) for origin in ours)
        else:
            same[nth] = ORIGINS_MEET if ours & theirs else OTHER_ORIGIN
    return same, np.zeros(len(one))


def country_weight(records: Records, one: Ints, other: Ints, *, placed: Floats) -> Both:
    """Weigh the country of the incident, above all where a place is not known.

    `placed` is the distance of each pair, nan where a place is not known.
    """
    weight = np.zeros(len(one))
    for nth, (i, j) in enumerate(zip(one.tolist(), other.tolist(), strict=True)):
        ours, theirs = records.country[i], records.country[j]
        if not ours or not theirs:
            continue
        known = not np.isnan(placed[nth])
        if ours == theirs:
            weight[nth] = 0.0 if known else SAME_COUNTRY.get(ours, SAME_COUNTRY_ELSE)
        else:
            weight[nth] = OTHER_COUNTRY_PLACED if known else OTHER_COUNTRY
    return weight, weight


def words_weight(records: Records, one: Ints, other: Ints, *, around: Floats) -> Both:
    """Weigh the names and words that both descriptions hold by how rare they are about there.

    `around` is how many rows stand about the place: near places share their names.
    """
    part, rarest = _in_common(records.place_words, records.place_text, (one, other))
    rows = background().rows
    rare = np.log(np.maximum(around, 1.0)) - np.log(rows) + rarest
    most = np.where(around >= rows, MOST_WORDS_UNPLACED, MOST_WORDS)
    worth = np.clip(rare, 0.0, most)
    hold = np.where(part >= ALL_WORDS, ALL_WORDS_HOLD, SOME_WORDS_HOLD)
    hold = np.where(part >= SOME_WORDS, hold, FEW_WORDS_HOLD)
    same = np.where(rarest <= 0, NO_WORDS, np.maximum(worth + np.log(hold), LEAST_WORDS))
    # Words that a whole jurisdiction is told by tell no event from another.
    telling = (part >= ALL_WORDS) & (rarest >= PARTS_RARE_WORD)
    parts = np.where(telling, PARTS_ALL_WORDS, 0.0)
    parts = np.where(rarest <= 0, PARTS_NO_WORDS, parts)
    unknown = np.isnan(part)
    return np.where(unknown, 0.0, same), np.where(unknown, 0.0, parts)


def source_weight(records: Records, one: Ints, other: Ints) -> Both:
    """Weigh a report that both name; the same publisher says little, another one nothing."""
    part, rarest = _in_common(records.source_words, records.source_text, (one, other))
    in_one_dataset = _same_dataset(records, one, other)
    publisher = np.where(part >= SOME_WORDS, np.minimum(0.25 * rarest, MOST_SOURCE), 0.0)
    same = np.where(in_one_dataset, 0.0, np.nan_to_num(publisher))
    parts = np.where(part >= SOME_WORDS, PARTS_SAME_SOURCE, PARTS_OTHER_SOURCE)
    parts = np.where(np.isnan(part), 0.0, parts)
    urls = records.urls
    shared = np.array(
        [bool(urls[i] & urls[j]) for i, j in zip(one.tolist(), other.tolist(), strict=True)],
        dtype=bool,
    ).reshape(len(one))
    return np.where(shared, SAME_URL, same), np.where(shared, PARTS_SAME_URL, parts)


def dataset_weight(records: Records, one: Ints, other: Ints, *, all_agrees: Floats) -> Both:
    """Weigh that one dataset lists both: it lists an event once, its parts in several rows."""
    together = _same_dataset(records, one, other)
    once = np.where(all_agrees > 0, SAME_DATASET_ALL_AGREES, SAME_DATASET)
    apart = ~together & ((records.dataset[one] >= 0) | (records.dataset[other] >= 0))
    return np.where(together, once, 0.0), np.where(apart, PARTS_OTHER_DATASET, 0.0)


def type_weight(records: Records, one: Ints, other: Ints) -> Both:
    """Weigh a total over a period beside one event, and two rows that both say they are parts."""
    kinds = np.array([*records.incident_type, ""], dtype=object)
    ours, theirs = kinds[one], kinds[other]
    totals = (ours == IncidentType.CUMULATIVE_INCIDENT).astype(int)
    totals += (theirs == IncidentType.CUMULATIVE_INCIDENT).astype(int)
    same = np.where(totals == 1, ONE_IS_A_TOTAL, 0.0)
    split = (ours == IncidentType.SPLIT_INCIDENT) & (theirs == IncidentType.SPLIT_INCIDENT)
    return same, np.where(split, BOTH_ARE_PARTS, same)


def _same_dataset(records: Records, one: Ints, other: Ints) -> Flags:
    ours, theirs = records.dataset[one], records.dataset[other]
    same: Flags = (ours >= 0) & (ours == theirs)
    return same


def _in_common(table: TextTable, text: Ints, pair: tuple[Ints, Ints]) -> Both:
    part, rarest = table.in_common(text[pair[0]], text[pair[1]])
    return part, rarest
