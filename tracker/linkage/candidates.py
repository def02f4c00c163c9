"""Pairs of rows worth comparing, found by shared keys so that the work grows with the rows."""

from typing import Protocol

import numpy as np
import pandas as pd

from tracker.linkage.fields import Files, Rows
from tracker.linkage.words import NO_WORD, Floats, Ints, TextTable

WINDOW_DAYS = 31
WIDE_DEGREES = 2.0
NEAR_DEGREES = 0.1
SPOT_DEGREES = 0.001
# A key that more rows than this share says too little to be followed on its own.
MOST_PER_KEY = 20
MOST_PER_DAY_AND_AREA = 500
WORDS_PER_ROW = 3
AROUND = (-1, 0, 1)


def candidate_pairs(files: Files) -> tuple[Ints, Ints]:
    """Return positions (old, new) of pairs that share a day and place, words, a url or a spot."""
    old, new = files.old, files.new
    found = [
        _same_day_and_area(old, new),
        _same_day_and_word(files),
        _near_in_time_and_place(old, new),
        join_keys((old.url_row, old.url), (new.url_row, new.url), MOST_PER_KEY),
        join_keys(_keyed(old.text), _keyed(new.text), MOST_PER_KEY),
        join_keys(_spots(old), _spots(new), MOST_PER_KEY),
    ]
    width = max(len(new), 1)
    codes = np.sort(np.concatenate([left * width + right for left, right in found]))
    codes = codes[np.flatnonzero(np.diff(codes, prepend=-1))]
    return codes // width, codes % width


Keys = tuple[Ints, Ints]


class Positions(Protocol):
    """Rows that stand somewhere, in degrees."""

    @property
    def longitude(self) -> Floats:
        """Give the longitudes."""

    @property
    def latitude(self) -> Floats:
        """Give the latitudes."""


def _keyed(values: Ints) -> Keys:
    return np.arange(len(values)), values


def join_keys(old: Keys, new: Keys, most: int | None = None) -> tuple[Ints, Ints]:
    """Join (rows, keys) of two files on equal keys, leaving out keys that too many rows share."""
    order = np.argsort(new[1], kind="stable")
    rows = new[0][order]
    keys, starts, sizes = np.unique(new[1][order], return_index=True, return_counts=True)
    found = pd.Index(keys).get_indexer(pd.Index(old[1]))
    counts = np.where(found < 0, 0, np.append(sizes, 0)[found])
    start = np.append(starts, 0)[found]
    if most is not None:
        counts = np.where(counts > most, 0, counts)
    left = np.repeat(old[0], counts)
    offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return left, rows[np.repeat(start, counts) + offsets]


def mixed_key(*parts: Ints) -> Ints:
    """Mix whole numbers into one key; a rare collision only adds a pair to compare."""
    key = np.zeros(len(parts[0]), dtype=np.uint64)
    for part in parts:
        key = (key ^ part.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(29)
    return key.astype(np.int64)


def cells_of(rows: Positions, which: Ints, degrees: float) -> tuple[Ints, Ints]:
    """Return column and line of the grid cells of some rows."""
    column = np.floor(rows.longitude[which] / degrees).astype(np.int64)
    return column, np.floor(rows.latitude[which] / degrees).astype(np.int64)


def _located(rows: Rows, dated: bool) -> Ints:
    known = ~(np.isnan(rows.longitude) | np.isnan(rows.latitude))
    return np.flatnonzero(known & ~np.isnan(rows.first_day) if dated else known)


def _same_day_and_area(old: Rows, new: Rows) -> tuple[Ints, Ints]:
    left, right = _located(old, dated=True), _located(new, dated=True)
    day_left, day_right = old.first_day[left].astype(int), new.first_day[right].astype(int)
    x, y = cells_of(old, left, WIDE_DEGREES)
    around = [mixed_key(day_left, x + dx, y + dy) for dx in AROUND for dy in AROUND]
    keys = mixed_key(day_right, *cells_of(new, right, WIDE_DEGREES))
    return join_keys(
        (np.tile(left, len(around)), np.concatenate(around)), (right, keys), MOST_PER_DAY_AND_AREA
    )


def _near_in_time_and_place(old: Rows, new: Rows) -> tuple[Ints, Ints]:
    left, right = _located(old, dated=True), _located(new, dated=True)
    span_left = old.first_day[left].astype(int) // WINDOW_DAYS
    span_right = new.first_day[right].astype(int) // WINDOW_DAYS
    x, y = cells_of(old, left, NEAR_DEGREES)
    around = [
        mixed_key(span_left + dt, x + dx, y + dy) for dt in AROUND for dx in AROUND for dy in AROUND
    ]
    keys = mixed_key(span_right, *cells_of(new, right, NEAR_DEGREES))
    return join_keys(
        (np.tile(left, len(around)), np.concatenate(around)), (right, keys), MOST_PER_DAY_AND_AREA
    )


def _same_day_and_word(files: Files) -> tuple[Ints, Ints]:
    keys = [_days_and_words(rows, files.texts) for rows in (files.old, files.new)]
    return join_keys(keys[0], keys[1], MOST_PER_KEY)


def _days_and_words(rows: Rows, table: TextTable) -> Keys:
    words = table.words[rows.text, :WORDS_PER_ROW]
    row, column = np.nonzero((words != NO_WORD) & ~np.isnan(rows.first_day)[:, None])
    return row, mixed_key(rows.first_day[row].astype(int), words[row, column])


def _spots(rows: Rows) -> Keys:
    which = _located(rows, dated=False)
    column, line = cells_of(rows, which, SPOT_DEGREES)
    return which, mixed_key(column, line)
