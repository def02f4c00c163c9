"""Lets columns of the ledger grow by what people have recorded since they were loaded.

What comes out is the same as if everything were loaded again; a test compares the two.
"""

import numpy as np
import pandas as pd

from tracker.db.columns import (
    Head,
    Ints,
    LedgerColumns,
    People,
    Rows,
    Strata,
    cells_of_rows,
    rows_joined,
    rows_of_entries,
)
from tracker.domain.strata import DIMENSIONS


def grown_columns(
    loaded: LedgerColumns, later: dict[str, Ints], *, now: tuple[Head, Ints, Ints], strata: Strata
) -> LedgerColumns:
    """Add entries that come after all others in the order of the ledger.

    A version is counted once and taken back once at most; the entries that take back what was
    loaded may be among these.
    """
    head, hidden, erased = now
    added = rows_of_entries(later)
    versions, at = np.unique(later["version_id"], return_inverse=True)
    net = np.bincount(at, weights=later["sign"], minlength=len(versions))
    came = np.flatnonzero((later["sign"] > 0) & (net[at] > 0))
    gone = np.flatnonzero(np.isin(loaded.living_version, versions[net < 0]))
    new = added.at(came)
    living = rows_joined([*_without(loaded.living, gone), new])
    living_version = np.concatenate(
        [np.delete(loaded.living_version, gone), later["version_id"][came]]
    )
    narrow = loaded.cells.between(0, int(np.count_nonzero(loaded.cells.month >= 0)))
    changed = rows_joined([narrow, new, _taken_back(loaded.living.at(gone))])
    wide = living.at(np.flatnonzero(living.month < 0))
    return LedgerColumns(
        head=head,
        recorded_day=np.concatenate([loaded.recorded_day, later["recorded_day"]]),
        rows=rows_joined([loaded.rows, added]),
        living=living,
        living_version=living_version,
        cells=cells_of_rows(changed, wide),
        strata=strata,
        hidden=hidden,
        erased=erased,
    )


def _without(rows: Rows, gone: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> list[Rows]:
    """Cut rows into the stretches between those that are gone."""
    starts, stops = [0, *(gone + 1).tolist()], [*gone.tolist(), len(rows)]
    return [rows.between(*stretch) for stretch in zip(starts, stops, strict=True)]


def _taken_back(rows: Rows) -> Rows:
    people = {name: People(-each.packed, each.rows) for name, each in rows.people.items()}
    negated = {**vars(rows), "sign": -rows.sign, "people": people}
    return Rows(**negated)


def grown_strata(known: Strata | None, new: pd.DataFrame) -> Strata:
    """Add strata (a row each: `id`, the dimensions, `boundaries_version`) to those that are known.

    Codes stay in the order of their letters.
    """
    known = known or Strata(
        dict.fromkeys(DIMENSIONS, ()), dict.fromkeys(DIMENSIONS, np.array([], dtype=np.int32)), ()
    )
    if not len(new):
        return known
    before, size = len(known.boundaries), int(new["id"].max()) + 1
    ids = new["id"].to_numpy(dtype=int)
    codes, places = {}, {}
    for name in DIMENSIONS:
        given = new[name]
        words = sorted({*known.codes[name], *given.dropna()})
        rank = {word: at for at, word in enumerate(words)}
        by_stratum = np.full(size, -1, dtype=np.int32)
        moved = np.array([*(rank[word] for word in known.codes[name]), -1], dtype=np.int32)
        by_stratum[:before] = moved[known.places[name]]
        by_stratum[ids] = given.map(rank).fillna(-1).to_numpy(dtype=np.int32)
        codes[name], places[name] = tuple(words), by_stratum
    boundaries = [*known.boundaries, *[""] * (size - before)]
    for number, version in zip(ids.tolist(), new["boundaries_version"], strict=True):
        boundaries[number] = version
    return Strata(codes, places, tuple(boundaries))
