"""Lets the sums of a standing question grow with the ledger, and follow what is hidden."""

import numpy as np

from tracker.db.columns import Floats, LedgerColumns, Rows
from tracker.db.cubes import Cube
from tracker.db.cuts import Cut, Longs, chosen_entries, groups_of_entries


def grown_cube(cube: Cube, columns: LedgerColumns, cut: Cut) -> Cube:
    """Add the entries that a cube does not hold yet, and move those that are shown otherwise now.

    `columns` begin with all entries that the cube was summed from.
    """
    known = len(cube.groups)
    moved = _shown_otherwise(cube, columns, cut)
    at = np.concatenate([moved, np.arange(known, len(columns.rows))])
    rows = columns.rows.at(at)
    codes, groups = _groups(cube, columns, cut, rows=rows)
    months, starts = _months(cube, columns, known)
    month = np.searchsorted(starts, at, side="right") - 1
    before = np.concatenate([cube.groups[moved], np.full(len(at) - len(moved), -1)])

    def summed(base: Floats, weights: Floats) -> Floats:
        count = max(base.shape[1], int(groups.max(initial=-1)) + 1)
        sums = np.zeros((len(months), count))
        sums[: len(base), : base.shape[1]] = base
        sums[len(base) :, : base.shape[1]] = base[-1:]
        for into, sign in ((before, -1), (groups, 1)):
            counted = np.flatnonzero(into >= 0)
            touched, column = np.unique(into[counted], return_inverse=True)
            change = np.zeros((len(months), len(touched)))
            np.add.at(change, (month[counted], column), sign * weights[counted])
            sums[:, touched] += change.cumsum(axis=0)
        return sums

    all_groups = np.concatenate([cube.groups, groups[len(moved) :]])
    all_groups[moved] = groups[: len(moved)]
    return Cube(
        codes=codes,
        groups=all_groups,
        months=months,
        starts=starts,
        incidents=summed(cube.incidents, rows.sign.astype(float)),
        people={
            name: summed(cube.people[name], measure.full(len(rows)))
            for name, measure in rows.people.items()
        },
        hidden=columns.hidden,
    )


def _shown_otherwise(cube: Cube, columns: LedgerColumns, cut: Cut) -> Longs:
    """Find the entries of incidents that were hidden or shown since."""
    changed = np.setxor1d(cube.hidden, columns.hidden)
    if cut.shows_all or not len(changed):
        return np.array([], dtype=np.int64)
    return np.flatnonzero(np.isin(columns.rows.incident[: len(cube.groups)], changed))


def _groups(
    cube: Cube, columns: LedgerColumns, cut: Cut, *, rows: Rows
) -> tuple[list[list[str]], Longs]:
    """Find the groups of entries among those of a cube, with new ones after them."""
    numbers, named = groups_of_entries(columns, cut, rows)
    chosen = chosen_entries(columns, cut, rows)
    kept = np.flatnonzero(chosen) if chosen is not None else np.arange(len(rows))
    different, closed = np.unique(numbers[kept], return_inverse=True)
    found = named.columns_of(different)
    keys = list(zip(*found, strict=True)) if found else [()] * len(different)
    count = cube.incidents.shape[1]
    known = list(zip(*cube.codes, strict=True)) if cube.codes else [()] * count
    place = {key: at for at, key in enumerate(known)}
    codes = [list(column) for column in cube.codes] or [[] for _ in cut.dimensions]
    for key in keys:
        if key not in place:
            place[key] = len(place)
            for column, code in zip(codes, key, strict=True):
                column.append(code)
    groups = np.full(len(rows), -1, dtype=np.int64)
    groups[kept] = np.array([place[key] for key in keys], dtype=np.int64)[closed]
    return codes, groups


def _months(cube: Cube, columns: LedgerColumns, known: int) -> tuple[Longs, Longs]:
    """Give the months of recording with those that have begun since, and where each begins."""
    days = columns.recorded_day[known:].astype("datetime64[D]")
    later, firsts = np.unique(days.astype("datetime64[M]").astype(np.int64), return_index=True)
    new = ~np.isin(later, cube.months)
    return (
        np.concatenate([cube.months, later[new]]),
        np.concatenate([cube.starts, firsts[new] + known]),
    )
