"""What cells are summed from: each incident at its place, through the days on which it stood so.

All stretches of days of all incidents lie in memory in the order in which the incidents happened,
and apart those of today. What happened within a period is a stretch of these, so that its sums are
known but for a few rows at both of its ends. They are kept for groups: what lies at one site and is
the same in all that a question chooses by. There are far fewer of these than incidents, and the
cells of every level are made of them.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from tracker.db.columns import Ints, Rows, Strata, unpacked
from tracker.db.cuts import PERIODS, Cut, chosen_by_day, chosen_strata
from tracker.db.packing import NO_NUMBER
from tracker.db.queries.map_places import spans_of_entries
from tracker.domain.periods import day_number
from tracker.domain.tallies import Rule
from tracker.maps.cells import FINEST, Cells, place_numbers
from tracker.maps.cells import People as CellPeople
from tracker.services.maps.packed_sums import PackedSums, packed_sums
from tracker.services.maps.shelves import Shelf
from tracker.services.maps.shown_places import VersionPlaces

Longs = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_DAY = 86_400_000_000  # microseconds
_MOST_DAYS = 8
_MOST_ABSENT = 4


@dataclass(frozen=True)
class Groups:
    """What is the same for all of a group: its site, its stratum, and what is known of people.

    `sites` are cells of one incident of nobody, and groups stand in their order.
    """

    sites: Cells
    site: Longs
    stratum: Longs
    dead_known: Mask
    missing_known: Mask
    some_dead: Mask
    some_children: Mask

    def wanted(self, strata: Strata, cut: Cut) -> Mask:
        """Tell which groups a cut lets through, whenever that was."""
        wanted = chosen_strata(strata, cut)[self.stratum]
        if cut.rule == Rule.CONFIRMED_DEAD:
            wanted &= self.some_dead
        if cut.children_only:
            wanted &= self.some_children
        return wanted


@dataclass(frozen=True)
class Standing:
    """Stretches of days in the order of the days on which incidents happened.

    `people`: one, its dead and its missing, by groups. `days`: those from which until before which
    a stretch was what was known, where it is not only what stands `today`.
    """

    groups: Groups
    people: PackedSums
    rows: Rows
    days: tuple[Ints, Ints] | None = None
    today: "Standing | None" = None
    past: Shelf["Standing"] = field(default_factory=lambda: Shelf(_MOST_DAYS))
    absent: Shelf[Longs] = field(default_factory=lambda: Shelf(_MOST_ABSENT))

    def cells(self, strata: Strata, cut: Cut, *, without: Ints) -> Cells:
        """Sum what a cut counts at each site, but some incidents; sites of nothing are left out."""
        groups, sums = self.groups, self._summed(cut)
        if len(without):
            at = self._rows_of(without)
            self.people.take(sums, at[_let_through(cut, self.rows.at(at))])
        # The lowest of what is packed is the number of incidents, and that is 0 where all is.
        kept = np.flatnonzero(groups.wanted(strata, cut) & (sums[0] != 0))
        site = groups.site[kept]
        starts = _starts(site[1:] != site[:-1], len(site))
        packed = [each[kept] for each in sums]
        number, dead, missing = self.people.numbers([_added(each, starts) for each in packed])
        each = self.people.lowest(packed)
        dead_known, missing_known = groups.dead_known[kept], groups.missing_known[kept]
        found = groups.sites.at(site[starts])
        return replace(
            found,
            incidents=number,
            unknown=_added(each * ~(dead_known | missing_known), starts),
            dead=CellPeople(dead, _added(each * dead_known, starts)),
            missing=CellPeople(missing, _added(each * missing_known, starts)),
            east=found.east * number,
            north=found.north * number,
        )

    def on_day(self, day: dt.date) -> "Standing":
        """Give what stood on a day that is over."""
        if self.days is None:
            return self
        kept = self.past.find(day)
        if kept is not None:
            return kept
        since, until = self.days
        number = day_number(day)
        return self.past.keep(day, self.only((since <= number) & (until > number)))

    def only(self, chosen: Mask) -> "Standing":
        """Give some of the stretches, as what stands today."""
        at = np.flatnonzero(chosen)
        return Standing(self.groups, self.people.at(at), _rows(self.rows, at))

    def _summed(self, cut: Cut) -> list[Longs]:
        if any(name in PERIODS for name, _ in cut.through):
            return self.people.of(np.flatnonzero(_let_through(cut, self.rows)))
        first, last = self._stretch(*cut.period)
        sums = self.people.between(first, last)
        if cut.period != (None, None):
            # Of what took more than a day, the first day alone does not tell.
            at, rows = self._long
            lies, found = _let_through(cut, rows), (at >= first) & (at < last)
            self.people.add(sums, at[lies & ~found])
            self.people.take(sums, at[found & ~lies])
        return sums

    def _stretch(self, first: int | None, last: int | None) -> tuple[int, int]:
        """Find the rows whose first day lies in a period; those without a date lie in the open."""
        days = self.rows.first_day
        if first is None and last is None:
            return 0, len(days)
        # Numbers of the same width: else all days are widened before they are looked through.
        begin = np.searchsorted(days, np.int32(NO_NUMBER + 1 if first is None else first))
        end = len(days) if last is None else days.searchsorted(np.int32(last), side="right")
        return int(begin), int(end)

    @cached_property
    def _long(self) -> tuple[Longs, Rows]:
        at = np.flatnonzero(self.rows.first_day != self.rows.last_day)
        return at, self.rows.at(at)

    def _rows_of(self, incidents: Ints) -> Longs:
        key = incidents.tobytes()
        kept = self.absent.find(key)
        if kept is not None:
            return kept
        most = max(int(self.rows.incident.max(initial=0)), int(incidents.max())) + 1
        asked = np.zeros(most, dtype=bool)
        asked[incidents] = True
        return self.absent.keep(key, np.flatnonzero(asked[self.rows.incident]))


def _let_through(cut: Cut, rows: Rows) -> Mask:
    chosen = chosen_by_day(cut, rows)
    return np.ones(len(rows), dtype=bool) if chosen is None else chosen


def _added(values: Longs, starts: Longs) -> Longs:
    found: Longs = np.add.reduceat(values, starts) if len(starts) else values
    return found


def standing_of(
    versions: VersionPlaces, rows: Rows, recorded_day: Ints, *, today: dt.date
) -> Standing:
    """Find through which days incidents stood where, and as what they were counted then."""
    spans = spans_of_entries(rows, recorded_day)
    version, span = _pairs(versions.incident, spans.incident)
    first, last = (_days(moments) for moments in (versions.begins, versions.ends))
    opens, closes = spans.begins[span], spans.ends[span]
    meet = (first[version] < closes) & (last[version] > opens)
    # Today a place is that of tomorrow: one may be known then that counts only until tomorrow.
    meet |= (first[version] == closes) & (closes >= recorded_day.max(initial=0))
    version, span = version[meet], span[meet]
    order = np.argsort(rows.first_day[spans.row[span]], kind="stable")
    version, span = version[order], span[order]
    row = spans.row[span]
    groups, group, numbers = _groups(versions, version, rows=rows, row=row)
    begins, ends, opens, closes = (
        *(first[version], last[version]),
        *(spans.begins[span], spans.ends[span]),
    )
    everything = Standing(
        groups,
        packed_sums(numbers, group, groups.site),
        _rows(rows, row),
        days=(np.maximum(begins, opens), np.minimum(ends, closes)),
    )
    day = day_number(today)
    lies = (begins <= day + 1) & (ends > day + 1) & (opens <= day) & (closes > day)
    return replace(everything, today=everything.only(lies))


def _groups(
    versions: VersionPlaces, version: Ints, *, rows: Rows, row: Longs
) -> tuple[Groups, Ints, list[Longs]]:
    """Gather stretches into groups: gives these, that of each stretch, and its numbers."""
    stratum, (dead, missing, children) = rows.stratum[row], _people(rows, row)
    flags = (dead[1] > 0, missing[1] > 0, dead[0] != 0, children[0] != 0)
    site = _places(versions)
    kind = site[version].astype(np.int64)
    for flag in flags:
        kind = kind * 2 + flag
    kind = kind * (int(stratum.max(initial=0)) + 1) + stratum
    order = np.argsort(kind)
    ordered = kind[order]
    starts = _starts(ordered[1:] != ordered[:-1], len(kind))
    group = np.empty(len(kind), dtype=np.int32)
    group[order] = _numbered(starts, len(kind))
    head = order[starts]
    first_of_site = _starts(site[1:] != site[:-1], len(site)).astype(np.int32)
    groups = Groups(
        _cells(versions, first_of_site),
        site[version[head]].astype(np.int64),
        stratum[head],
        *(flag[head] for flag in flags),
    )
    return groups, group, [np.ones(len(kind), dtype=np.int64), dead[0], missing[0]]


def _people(rows: Rows, at: Longs) -> list[tuple[Longs, Longs]]:
    """Give the dead, missing and children of rows, and whether they are known (1 or 0)."""
    names = ("dead", "missing", "children")
    return [unpacked(rows.people[name].full(len(rows))[at]) for name in names]


def _pairs(incident: Ints, sorted_incident: Ints) -> tuple[Ints, Ints]:
    """Pair each with all that are of the same incident, in the order of the first ones."""
    most = max(int(sorted_incident.max(initial=0)), int(incident.max(initial=0))) + 1
    count_of = np.bincount(sorted_incident, minlength=most)
    start_of = np.cumsum(count_of) - count_of
    count = count_of[incident]
    one = np.repeat(np.arange(len(count), dtype=np.int32), count)
    within = np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count)
    return one, (start_of[incident][one] + within).astype(np.int32)


def _starts(changes: Mask, count: int) -> Longs:
    return np.flatnonzero(np.append(True, changes)[:count])


def _numbered(starts: Longs, count: int) -> Ints:
    sizes = np.diff(np.append(starts, count))
    return np.repeat(np.arange(len(starts), dtype=np.int32), sizes)


def _days(moments: Longs) -> Ints:
    """Number the days at whose end something is known that became known at a moment."""
    return np.minimum(moments // _DAY, np.iinfo(np.int32).max).astype(np.int32)


def _places(versions: VersionPlaces) -> Ints:
    """Number the places, of which the same stand beside one another."""
    values = (versions.longitude, versions.latitude, versions.radius_m)
    return _numbered(
        _starts(_any(each[1:] != each[:-1] for each in values), len(values[0])), len(values[0])
    )


def _any(masks: Iterable[Mask]) -> Mask:
    found: Mask = np.logical_or.reduce(list(masks))
    return found


def _cells(versions: VersionPlaces, at: Ints) -> Cells:
    """Give places as cells of one incident of nobody."""
    x, y = versions.longitude[at], versions.latitude[at]
    one, nobody = np.ones(len(at), dtype=np.int64), np.zeros(len(at), dtype=np.int64)
    number = place_numbers(x, y)
    return Cells(
        level=FINEST,
        code=versions.code[at],
        incidents=one,
        dead=CellPeople(nobody, nobody),
        missing=CellPeople(nobody, nobody),
        unknown=nobody,
        east=x,
        north=y,
        first_place=number,
        last_place=number,
        radius_m=versions.radius_m[at],
    )


def _rows(rows: Rows, at: Longs) -> Rows:
    """Give of rows, in any order, whose they are and when that was."""
    nothing = np.broadcast_to(np.zeros(1, dtype=np.int8), len(at))
    return Rows(
        stratum=np.broadcast_to(np.zeros(1, dtype=np.int64), len(at)),
        sign=nothing,
        reason=nothing,
        incident=rows.incident[at],
        first_day=rows.first_day[at],
        last_day=rows.last_day[at],
        month=rows.month[at],
        people={},
    )
