"""Finds pairs of incidents that are likely the same event; knows no database.

Incidents are rows of plain columns (see docs/duplicates.md); a column that is missing is unknown.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from tracker.domain.duplicates import Likeness
from tracker.linkage.duplicates.pairing import pairs_to_compare
from tracker.linkage.duplicates.reasons import likeness_of
from tracker.linkage.duplicates.records import Records, read_records
from tracker.linkage.duplicates.scores import score_pairs
from tracker.linkage.words import Ints

# One event is likelier than two.
LIKELY = 0.5


class LikelyPair(NamedTuple):
    """Two rows that are likely one event: position in the entries, and in the candidates."""

    one: int
    other: int
    likeness: Likeness


def find_pairs(
    entries: pd.DataFrame, candidates: pd.DataFrame | None = None, *, at_least: float = LIKELY
) -> list[LikelyPair]:
    """Find the pairs that are likely one event, the likeliest first.

    Without `candidates` the entries are compared with one another; `one` is then the lower
    position. A pair's score does not depend on any other row.
    """
    if candidates is None:
        rows = np.arange(len(entries))
        return _found(read_records(entries), (rows, rows), shift=0, at_least=at_least)
    together = pd.concat([entries, candidates], ignore_index=True)
    split = len(entries)
    sides = np.arange(split), np.arange(split, len(together))
    return _found(read_records(together), sides, shift=split, at_least=at_least)


def compare_with_all(
    entry: pd.DataFrame, candidates: pd.DataFrame, *, at_least: float = LIKELY
) -> list[LikelyPair]:
    """Compare one entry (a frame of one row) with every candidate, the likeliest pair first."""
    records = read_records(pd.concat([entry, candidates], ignore_index=True))
    other = np.arange(1, len(records))
    found = _likely(records, (np.zeros(len(other), dtype=np.int64), other), at_least=at_least)
    return _sorted([LikelyPair(0, pair.other - 1, pair.likeness) for pair in found])


def compare_incidents(one: Mapping[str, object], other: Mapping[str, object]) -> Likeness:
    """Tell how likely two incidents are one event, however unlikely; the order says nothing."""
    records = read_records(pd.DataFrame([dict(one), dict(other)]))
    scores = score_pairs(records, np.array([0]), np.array([1]))
    return likeness_of(records, scores, 0)


def _found(
    records: Records, sides: tuple[Ints, Ints], *, shift: int, at_least: float
) -> list[LikelyPair]:
    # In a comparison of rows with one another a pair can come up in two lots.
    found = {
        (pair.one, pair.other): LikelyPair(pair.one, pair.other - shift, pair.likeness)
        for lot in pairs_to_compare(records, *sides)
        for pair in _likely(records, lot, at_least=at_least)
    }
    return _sorted(list(found.values()))


def _likely(records: Records, lot: tuple[Ints, Ints], *, at_least: float) -> list[LikelyPair]:
    if not len(lot[0]):
        return []
    scores = score_pairs(records, *lot)
    return [
        LikelyPair(int(lot[0][nth]), int(lot[1][nth]), likeness_of(records, scores, int(nth)))
        for nth in np.flatnonzero(scores.score >= at_least)
    ]


def _sorted(pairs: list[LikelyPair]) -> list[LikelyPair]:
    return sorted(pairs, key=lambda pair: (-pair.likeness.score, pair.one, pair.other))
