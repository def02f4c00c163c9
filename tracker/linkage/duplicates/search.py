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
# Nats by which another row of the same dataset is the better partner: next to none is a tie.
LIKELIER = 0.1


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
    position. A pair's score does not depend on any other row. A dataset lists an event once: where
    a row is likelier the same as another row of that dataset, a pair is left out. Frames
    without a column `dataset` are one dataset each.
    """
    if candidates is None:
        rows = np.arange(len(entries))
        records = read_records(entries)
        pairs = _compared(records, (rows, rows), at_least=at_least)
        return _sorted(_without_rivals(pairs, _registers(records, [entries])))
    split = len(entries)
    records = read_records(pd.concat([entries, candidates], ignore_index=True))
    sides = np.arange(split), np.arange(split, len(records))
    pairs = _compared(records, sides, at_least=at_least)
    pairs = _without_rivals(pairs, _registers(records, [entries, candidates]))
    return _sorted([pair._replace(other=pair.other - split) for pair in pairs])


def compare_with_all(
    entry: pd.DataFrame, candidates: pd.DataFrame, *, at_least: float = LIKELY
) -> list[LikelyPair]:
    """Compare one entry (a frame of one row) with every candidate, as `find_pairs` does."""
    records = read_records(pd.concat([entry, candidates], ignore_index=True))
    other = np.arange(1, len(records))
    pairs = _likely(records, (np.zeros(len(other), dtype=np.int64), other), at_least=at_least)
    pairs = _without_rivals(pairs, _registers(records, [entry, candidates]))
    return _sorted([pair._replace(other=pair.other - 1) for pair in pairs])


def compare_incidents(one: Mapping[str, object], other: Mapping[str, object]) -> Likeness:
    """Tell how likely two incidents are one event, however unlikely; the order says nothing."""
    records = read_records(pd.DataFrame([dict(one), dict(other)]))
    scores = score_pairs(records, np.array([0]), np.array([1]))
    return likeness_of(records, scores, 0)


def _compared(records: Records, sides: tuple[Ints, Ints], *, at_least: float) -> list[LikelyPair]:
    # In a comparison of rows with one another a pair can come up in two lots.
    found = {
        (pair.one, pair.other): pair
        for lot in pairs_to_compare(records, *sides)
        for pair in _likely(records, lot, at_least=at_least)
    }
    return list(found.values())


def _likely(records: Records, lot: tuple[Ints, Ints], *, at_least: float) -> list[LikelyPair]:
    if not len(lot[0]):
        return []
    scores = score_pairs(records, *lot)
    return [
        LikelyPair(int(lot[0][nth]), int(lot[1][nth]), likeness_of(records, scores, int(nth)))
        for nth in np.flatnonzero(scores.score >= at_least)
    ]


def _registers(records: Records, frames: list[pd.DataFrame]) -> Ints:
    """Number the dataset that lists each row; -1 for rows that nobody lists but their writer."""
    parts = []
    start = 0
    for number, frame in enumerate(frames):
        listed = records.dataset[start : start + len(frame)]
        whole = np.full(len(frame), len(records) + number)
        parts.append(listed if "dataset" in frame else whole)
        start += len(frame)
    return np.concatenate(parts).astype(np.int64)


def _without_rivals(pairs: list[LikelyPair], register: Ints) -> list[LikelyPair]:
    """Leave out pairs of two datasets where one of the rows has a likelier partner.

    A partner that is itself left out is no rival: it has gone to a likelier one of its own.
    """
    best: dict[tuple[int, int], float] = {}
    kept = []
    for pair in _sorted(pairs):
        if _of_two(pair, register):
            keys = _listings(pair, register)
            odds = pair.likeness.log_odds
            if any(odds < best.get(key, -np.inf) - LIKELIER for key in keys):
                continue
            for key in keys:
                best.setdefault(key, odds)
        kept.append(pair)
    return kept


def _of_two(pair: LikelyPair, register: Ints) -> bool:
    ours, theirs = register[pair.one], register[pair.other]
    return bool(ours != theirs or ours < 0)


def _listings(pair: LikelyPair, register: Ints) -> list[tuple[int, int]]:
    """Give, for each side, the row and the dataset that lists its partner, if one does."""
    sides = ((pair.one, pair.other), (pair.other, pair.one))
    return [(row, int(register[partner])) for row, partner in sides if register[partner] >= 0]


def _sorted(pairs: list[LikelyPair]) -> list[LikelyPair]:
    return sorted(pairs, key=lambda pair: (-pair.likeness.log_odds, pair.one, pair.other))
