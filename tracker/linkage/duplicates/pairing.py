"""Pairs of incidents worth comparing, found by shared keys so that the work grows with the rows."""

from collections.abc import Iterator

import numpy as np

from tracker.linkage.candidates import Keys, cells_of, join_keys, mixed_key
from tracker.linkage.duplicates.records import Records
from tracker.linkage.words import Ints

# Days within which two reports in the same wide area are compared, and the area's cells (degrees).
NEAR_DAYS, WIDE_DEGREES = 3, 2.0
MONTH_DAYS, NEAR_DEGREES = 31, 0.1
LONG_DAYS, SPOT_DEGREES = 200, 0.02
MOST_PER_URL = 50
# A place that may be off by more than this is no place to look around.
ANYWHERE_KM = 100.0
# Rows whose pairs are looked for at a time.
LOT = 5_000
_AROUND = (-1, 0, 1)


def pairs_to_compare(records: Records, one: Ints, other: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Give lots of pairs of positions, each pair once and no row with itself."""
    for start in range(0, len(one), LOT):
        lot = one[start : start + LOT]
        found = [
            _by_day_and_area(records, lot, other),
            _by_span_and_cell(records, (lot, other), days=MONTH_DAYS, degrees=NEAR_DEGREES),
            _by_span_and_cell(records, (lot, other), days=LONG_DAYS, degrees=SPOT_DEGREES),
            _by_day_where_unplaced(records, lot, other),
            _by_day_where_unplaced(records, other, lot)[::-1],
            _by_month_of_long_spans(records, lot, other),
            _by_month_of_long_spans(records, other, lot)[::-1],
            _by_url(records, lot, other),
        ]
        left, right = (np.concatenate([pair[side] for pair in found]) for side in (0, 1))
        # Where both sides are the same rows each pair comes from both ends; one of them is enough.
        left, right = np.minimum(left, right), np.maximum(left, right)
        codes = np.unique(left[left != right] * len(records) + right[left != right])
        yield codes // len(records), codes % len(records)


def _placed(records: Records, rows: Ints) -> Ints:
    known = ~np.isnan(records.longitude[rows]) & ~np.isnan(records.first_day[rows])
    return rows[known]


def _days(records: Records, rows: Ints) -> Ints:
    return records.first_day[rows].astype(np.int64)


def _by_day_and_area(records: Records, one: Ints, other: Ints) -> tuple[Ints, Ints]:
    left, right = _placed(records, one), _placed(records, other)
    x, y = cells_of(records, left, WIDE_DEGREES)
    days = _days(records, left)
    keys = [
        mixed_key(days + shift, x + dx, y + dy)
        for shift in range(-NEAR_DAYS, NEAR_DAYS + 1)
        for dx in _AROUND
        for dy in _AROUND
    ]
    column, line = cells_of(records, right, WIDE_DEGREES)
    return _joined((left, keys), (right, mixed_key(_days(records, right), column, line)))


def _by_span_and_cell(
    records: Records, rows: tuple[Ints, Ints], *, days: int, degrees: float
) -> tuple[Ints, Ints]:
    left, right = (_placed(records, side) for side in rows)
    x, y = cells_of(records, left, degrees)
    span = _days(records, left) // days
    keys = [
        mixed_key(span + shift, x + dx, y + dy)
        for shift in _AROUND
        for dx in _AROUND
        for dy in _AROUND
    ]
    column, line = cells_of(records, right, degrees)
    return _joined((left, keys), (right, mixed_key(_days(records, right) // days, column, line)))


def _by_day_where_unplaced(records: Records, one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """Pair rows that could be anywhere with all of the same days."""
    anywhere = np.isnan(records.longitude[one]) | (records.radius_km[one] > ANYWHERE_KM)
    left = one[anywhere & ~np.isnan(records.first_day[one])]
    right = other[~np.isnan(records.first_day[other])]
    keys = [_days(records, left) + shift for shift in range(-NEAR_DAYS, NEAR_DAYS + 1)]
    return _joined((left, keys), (right, _days(records, right)))


def _by_month_of_long_spans(records: Records, one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """Pair rows that are dated to a month, a year or a range with what lies within."""
    left, right = _placed(records, one), _placed(records, other)
    left = left[records.last_day[left] - records.first_day[left] > NEAR_DAYS]
    x, y = cells_of(records, left, WIDE_DEGREES)
    spans = _days(records, left) // MONTH_DAYS
    last = records.last_day[left].astype(np.int64) // MONTH_DAYS
    most = int((last - spans).max(initial=0))
    keys = [
        mixed_key(np.minimum(spans + shift, last), x + dx, y + dy)
        for shift in range(min(most, 12) + 1)
        for dx in _AROUND
        for dy in _AROUND
    ]
    column, line = cells_of(records, right, WIDE_DEGREES)
    within = _days(records, right) // MONTH_DAYS
    return _joined((left, keys), (right, mixed_key(within, column, line)))


def _by_url(records: Records, one: Ints, other: Ints) -> tuple[Ints, Ints]:
    numbers: dict[str, int] = {}

    def keyed(rows: Ints) -> Keys:
        told = [
            (row, numbers.setdefault(url, len(numbers)))
            for row in rows.tolist()
            for url in sorted(records.urls[row])
        ]
        pairs = np.array(told, dtype=np.int64).reshape(len(told), 2)
        return pairs[:, 0], pairs[:, 1]

    return join_keys(keyed(one), keyed(other), MOST_PER_URL)


def _joined(left: tuple[Ints, list[Ints]], right: Keys) -> tuple[Ints, Ints]:
    rows, keys = left
    if not len(rows) or not len(right[0]) or not keys:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    return join_keys((np.tile(rows, len(keys)), np.concatenate(keys)), right)
