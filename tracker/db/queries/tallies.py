"""Sums the ledger, by any grouping, as known on any day."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from tracker.db.columns import Floats, LedgerColumns, Rows, unpacked
from tracker.db.cube_growth import grown_cube
from tracker.db.cubes import Cube, Sums
from tracker.db.cuts import (
    Cut,
    Longs,
    chosen_entries,
    close_up,
    groups_of_entries,
    withheld_incidents,
)
from tracker.db.packing import NO_NUMBER, REASONS
from tracker.domain.tallies import Rule

# Below this share of entries that count, they are picked out before they are summed.
FEW = 0.4

# What everybody asks for: the pages, and the tallies that a monitor starts from.
STANDING = frozenset(
    Cut(dimensions=dimensions, rule=Rule.IOM)
    for dimensions in (
        (),
        ("month",),
        ("year",),
        ("corridor",),
        ("review_2021",),
        ("review_2021", "month"),
        ("corridor", "cause", "year"),
        ("segment", "quarter"),
    )
)


def sum_as_known(columns: LedgerColumns, cut: Cut, known_day: int) -> Sums:
    """Sum what counted at the end of a day (days since 1970-01-01, UTC)."""
    stop = int(np.searchsorted(columns.recorded_day, known_day, side="right"))
    everything = stop == len(columns.recorded_day)
    if replace(cut, shows_all=False) in STANDING:
        return _cube(columns, cut).as_known(columns, known_day, stop)
    if not everything:
        return _sum(columns, cut, columns.rows.between(0, stop))
    hides = len(withheld_incidents(columns, cut))
    return _sum(columns, cut, columns.living if cut.needs_incidents or hides else columns.cells)


def _cube(columns: LedgerColumns, cut: Cut) -> Cube:
    if not len(columns.hidden):  # then everybody sees all
        cut = replace(cut, shows_all=True)
    cube = columns.cubes.get(cut)
    if not isinstance(cube, Cube):
        cube = columns.cubes[cut] = Cube.of(columns, cut)
    elif not cube.is_of(columns, cut):
        cube = columns.cubes[cut] = grown_cube(cube, columns, cut)
    return cube


def sum_on_days(columns: LedgerColumns, cut: Cut, known_days: Sequence[int]) -> Sums:
    """Sum all that a cut lets through as known at the end of each of these days, in their order."""
    count = len(known_days)
    stop = int(np.searchsorted(columns.recorded_day, known_days[-1], side="right"))
    rows = columns.rows.between(0, stop)
    day = np.searchsorted(known_days, columns.recorded_day[:stop], side="left")
    chosen = chosen_entries(columns, cut, rows)
    if chosen is not None:  # what does not count goes behind the last day
        day = np.where(chosen, day, count)

    def summed(weights: npt.NDArray[Any], at: Longs) -> Floats:
        return np.bincount(at, weights=weights, minlength=count + 1)[:count].cumsum()

    people = {
        name: unpacked(summed(measure.packed, day if measure.rows is None else day[measure.rows]))
        for name, measure in rows.people.items()
    }
    return Sums([], np.rint(summed(rows.sign, day)).astype(np.int64), people)


def sum_between(columns: LedgerColumns, cut: Cut, known_days: tuple[int, int]) -> Sums:
    """Sum what changed after the end of one day until the end of another."""
    start, stop = np.searchsorted(columns.recorded_day, known_days, side="right")
    return _sum(columns, cut, columns.rows.between(int(start), int(stop)))


def incidents_changed(
    columns: LedgerColumns, cut: Cut, known_days: tuple[int, int]
) -> dict[str, Longs]:
    """Give by reason the incidents by which a difference came about, the newest first.

    One whose entries of a reason cancel out, such as after a change of words, is behind nothing.
    """
    start, stop = np.searchsorted(columns.recorded_day, known_days, side="right")
    rows = columns.rows.between(int(start), int(stop))
    chosen = chosen_entries(columns, cut, rows)
    kept = np.flatnonzero(chosen) if chosen is not None else np.arange(len(rows))
    count, sign = len(REASONS), rows.sign[kept].astype(np.float64)
    keys = rows.incident[kept].astype(np.int64) * count + rows.reason[kept]
    found, place = np.unique(keys, return_inverse=True)
    moved = np.bincount(place, weights=sign, minlength=len(found)) != 0
    for people in rows.people.values():
        told = sign * people.full(len(rows))[kept]
        moved |= np.bincount(place, weights=told, minlength=len(found)) != 0
    incidents, reasons = np.divmod(found[moved], count)
    return {
        str(REASONS[number]): incidents[reasons == number][::-1]
        for number in np.unique(reasons).tolist()
    }


def incidents_counted(columns: LedgerColumns, cut: Cut, known_day: int) -> Longs:
    """Give the ids of the incidents that a tally of this cut counts, the latest first.

    Those that are not public today are left out, unless the cut shows all, and those that were
    erased in any case; undated ones come last.
    """
    stop = int(np.searchsorted(columns.recorded_day, known_day, side="right"))
    everything = stop == len(columns.recorded_day)
    rows = columns.living if everything else columns.rows.between(0, stop)
    chosen = chosen_entries(columns, cut, rows)
    kept = np.flatnonzero(chosen) if chosen is not None else np.arange(len(rows))
    incident, sign, day = rows.incident[kept], rows.sign[kept], rows.first_day[kept]
    net = np.bincount(incident, weights=sign)
    first_day = np.full(len(net), NO_NUMBER, dtype=np.int64)
    first_day[incident[sign > 0]] = day[sign > 0]  # the newest entry is written last
    found = np.flatnonzero(net > 0)
    found = np.setdiff1d(found, withheld_incidents(columns, replace(cut, by_incident=True)))
    return found[np.lexsort((-found, -first_day[found]))]


def boundaries_known(columns: LedgerColumns, known_day: int) -> tuple[str, ...]:
    """Give the versions of the boundaries that places were coded by, up to the end of a day."""
    stop = int(np.searchsorted(columns.recorded_day, known_day, side="right"))
    seen, used = cast(tuple[int, dict[str, int]], columns.cubes.get("boundaries", (0, {})))
    if seen != len(columns.rows):
        used = dict(used)
        strata, firsts = np.unique(columns.rows.stratum[seen:], return_index=True)
        for stratum, first in zip(strata.tolist(), (firsts + seen).tolist(), strict=True):
            version = columns.strata.boundaries[stratum]
            used[version] = min(first, used.get(version, first))
        columns.cubes["boundaries"] = len(columns.rows), used
    return tuple(sorted(version for version, first in used.items() if first < stop))


def known_codes(columns: LedgerColumns, dimension: str) -> tuple[str, ...]:
    """Give the codes that the ledger holds for a dimension."""
    return columns.strata.codes[dimension]


def _sum(columns: LedgerColumns, cut: Cut, rows: Rows) -> Sums:
    chosen = chosen_entries(columns, cut, rows)
    if chosen is not None and np.count_nonzero(chosen) < FEW * len(rows):
        rows, chosen = rows.at(np.flatnonzero(chosen)), None
    groups, named = groups_of_entries(columns, cut, rows)
    numbers, groups = close_up(groups, named.size)
    count = named.size if numbers is None else len(numbers)
    if chosen is not None:  # what does not count goes into a cell of its own, the last
        groups[~chosen] = count

    def summed(weights: npt.NDArray[Any], at: Longs) -> Floats:
        return np.bincount(at, weights=weights, minlength=count)[:count].astype(float, copy=False)

    incidents = np.rint(summed(rows.sign, groups)).astype(np.int64)
    occurring = np.flatnonzero(np.bincount(groups, minlength=count)[:count])
    people = {}
    for name, measure in rows.people.items():
        sums = summed(measure.packed, groups if measure.rows is None else groups[measure.rows])
        people[name] = unpacked(sums[occurring])
    numbers = occurring if numbers is None else numbers[occurring]
    return Sums(named.columns_of(numbers), incidents[occurring], people)
