"""What cells are summed from: each incident at its place, through the days on which it stood so.

All stretches of days of all incidents lie in memory place by place, and at each place stratum by
stratum. A question about any day tells which strata count and which of the stretches, and one pass
sums each stratum of each place: there are far fewer of these than incidents, and the cells of
every level are made of them.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from tracker.db.columns import Floats, Ints, People, Rows, Strata, unpacked
from tracker.db.cuts import Cut, chosen_by_row, chosen_strata
from tracker.db.queries.map_places import spans_of_entries
from tracker.domain.periods import day_number
from tracker.maps.cells import FINEST, Cells, place_numbers
from tracker.maps.cells import People as CellPeople
from tracker.services.maps.packed_sums import PackedSums, packed_sums
from tracker.services.maps.shelves import Shelf
from tracker.services.maps.shown_places import VersionPlaces

Longs = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_DAY = 86_400_000_000  # microseconds
# Below this share of all, only what lies in the groups that count is summed.
_FEW = 0.1
_MOST_MASKS = 8
_ASKED = ("dead", "children")  # by cuts, of whom there is anybody


@dataclass(frozen=True)
class Standing:
    """Stretches of days in groups: those of one place and stratum that know as much.

    For each group: its place as a cell, its stratum, and whether its dead and its missing are
    known. For each stretch: `people` (one, its dead, its missing), its row, and the days from which
    until before which its place is known and it counts; none where it lies in the only day that is
    asked for.
    """

    places: Cells
    stratum: Longs
    dead_known: Mask
    missing_known: Mask
    people: PackedSums
    rows: Rows
    days: tuple[Ints, Ints, Ints, Ints] | None
    masks: Shelf[Mask] = field(default_factory=lambda: Shelf(_MOST_MASKS))

    def cells(
        self, strata: Strata, cut: Cut, *, on: tuple[dt.date, dt.date], without: Ints
    ) -> Cells:
        """Sum what a cut counts at each place, as known on a day (and today), but some incidents.

        Groups of which nothing counts are left out.
        """
        if not len(self.stratum):
            return self.places
        wanted = chosen_strata(strata, cut)[self.stratum]
        masks = [chosen_by_row(cut, self.rows), self._on(*on), self._of_others(without)]
        sums = self._summed([mask for mask in masks if mask is not None], wanted)
        kept = np.flatnonzero(wanted & (sums[0] > 0))
        number, dead, missing = (each[kept] for each in sums)
        found, knows = self.places.at(kept), (self.dead_known[kept], self.missing_known[kept])
        return replace(
            found,
            incidents=number,
            unknown=number * ~(knows[0] | knows[1]),
            dead=CellPeople(dead, number * knows[0]),
            missing=CellPeople(missing, number * knows[1]),
            east=found.east * number,
            north=found.north * number,
        )

    def on_day(self, known_on: dt.date, today: dt.date) -> "Standing":
        """Keep only the stretches that a day lies in."""
        lies = self._on(known_on, today)
        if lies is None:
            return self
        at = np.flatnonzero(lies)
        group = self.people.group[at]
        starts = _starts(group[1:] != group[:-1], len(at))
        kept = group[starts]
        columns = tuple((packed[at], widths) for packed, widths in self.people.columns)
        return Standing(
            places=self.places.at(kept.astype(np.int64)),
            stratum=self.stratum[kept],
            dead_known=self.dead_known[kept],
            missing_known=self.missing_known[kept],
            people=PackedSums(starts, _numbered(starts, len(at)), columns),
            rows=_rows(self.rows, at),
            days=None,
        )

    def _on(self, known_on: dt.date, today: dt.date) -> Mask | None:
        if self.days is None:
            return None
        key = known_on if known_on < today else None
        kept = self.masks.find(key)
        if kept is not None:
            return kept
        counted = day_number(known_on)
        known = counted if known_on < today else day_number(today) + 1
        begins, ends, opens, closes = self.days
        lies = (begins <= known) & (ends > known) & (opens <= counted) & (closes > counted)
        return self.masks.keep(key, lies)

    def _of_others(self, incidents: Ints) -> Mask | None:
        """Tell which stretches are not those of some incidents."""
        if not len(incidents):
            return None
        key = incidents.tobytes()
        kept = self.masks.find(key)
        if kept is None:
            most = max(int(self.rows.incident.max(initial=0)), int(incidents.max())) + 1
            other = np.ones(most, dtype=bool)
            other[incidents] = False
            kept = self.masks.keep(key, other[self.rows.incident])
        return kept

    @cached_property
    def _everything(self) -> list[Longs]:
        return self.people.all()

    def _summed(self, masks: list[Mask], wanted: Mask) -> list[Longs]:
        """Sum what all masks let through; of groups that are not wanted the sums may be less."""
        if not masks:
            return self._everything
        chosen = masks[0] if len(masks) == 1 else np.logical_and(masks[0], masks[1])
        for mask in masks[2:]:
            chosen &= mask
        sizes = self._everything[0]
        if sizes[wanted].sum() < _FEW * len(chosen):
            chosen = chosen & np.repeat(wanted, sizes)
        return self.people.of(chosen)


def standing_of(versions: VersionPlaces, rows: Rows, recorded_day: Ints) -> Standing:
    """Find through which days incidents stood where, and as what they were counted then."""
    spans = spans_of_entries(rows, recorded_day)
    version, span = _pairs(versions.incident, spans.incident)
    first, last = (_days(moments) for moments in (versions.begins, versions.ends))
    opens, closes = spans.begins[span], spans.ends[span]
    meet = (first[version] < closes) & (last[version] > opens)
    # Today a place is that of tomorrow: one may be known then that counts only until tomorrow.
    meet |= (first[version] == closes) & (closes >= recorded_day.max(initial=0))
    version, span = version[meet], span[meet]
    row, place = spans.row[span], _places(versions)[version]
    stratum, (dead, missing) = rows.stratum[row], _people(rows, row)
    kind = (place.astype(np.int64) * 2 + (dead[1] > 0)) * 2 + (missing[1] > 0)
    kind = kind * (int(stratum.max(initial=0)) + 1) + stratum
    order = np.argsort(kind)
    kind, version, span, row = kind[order], version[order], span[order], row[order]
    starts = _starts(kind[1:] != kind[:-1], len(kind))
    head, one = order[starts], np.ones(len(row), dtype=np.int64)
    numbers = (one, dead[0][order], missing[0][order])
    return Standing(
        places=_cells(versions, version[starts]),
        stratum=stratum[head],
        dead_known=dead[1][head] > 0,
        missing_known=missing[1][head] > 0,
        people=packed_sums(numbers, starts, _numbered(starts, len(row))),
        rows=_rows(rows, row),
        days=(first[version], last[version], spans.begins[span], spans.ends[span]),
    )


def _people(rows: Rows, at: Longs) -> list[tuple[Longs, Longs]]:
    """Give the dead and the missing of rows, and whether they are known (1 or 0)."""
    return [unpacked(rows.people[name].full(len(rows))[at]) for name in ("dead", "missing")]


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


def _rows(rows: Rows, at: Ints | Longs) -> Rows:
    """Give what a cut asks of rows but their strata, in any order of theirs."""
    nothing = np.zeros(1, dtype=np.int8)
    return Rows(
        stratum=np.broadcast_to(nothing.astype(np.int64), len(at)),
        sign=np.broadcast_to(nothing + np.int8(1), len(at)),
        reason=np.broadcast_to(nothing, len(at)),
        incident=rows.incident[at],
        first_day=rows.first_day[at],
        last_day=rows.last_day[at],
        month=rows.month[at],
        people={name: _known(rows.people[name].full(len(rows))[at]) for name in _ASKED},
    )


def _known(packed: Floats) -> People:
    some = np.flatnonzero(packed)
    return People(packed[some], some)
