"""What a map shows of a question within a box: cells with people, and incidents one by one."""

import datetime as dt
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from sqlalchemy.orm import Session

from tracker.db.columns import Floats, Ints, LedgerColumns, Rows, unpacked
from tracker.db.cuts import Cut
from tracker.db.ledger_cache import ledger_columns
from tracker.db.packing import NO_NUMBER
from tracker.db.queries.map_places import incidents_let_through, living_rows
from tracker.domain.maps import MapQuery, MapSort, MapWindow
from tracker.domain.periods import day_number, day_of_number
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.places import Box
from tracker.maps.cells import Cells, People, Points, Pyramid
from tracker.services.maps.shown_places import Shelf, ShownPlaces, shown_places
from tracker.services.tallies import cut_of_query

# A cell is a quarter of a tile wide, 64 pixels, and a sixteenth of one where it is to be fine.
CELL_LEVELS, FINE_LEVELS = 2, 4
ROWS_AT_ONCE = 50
WORLD: Box = (-180.0, -90.0, 180.0, 90.0)
# So many questions are kept as selections; at a million incidents each takes 60 MB.
_MOST_KEPT = 12
# So many days on which something became known can be stepped through.
_MOST_KNOWN = 60
# What questions are chosen from is kept for so many days and people: at a million 32 MB for
# today, and some 120 MB for a day before, whose rows are no others' rows.
_MOST_GROUNDS = 6
Longs = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Selection:
    """The incidents that a question counts and this actor may see: first those with a place.

    Those with a place stand in the order of their cells.
    """

    places: ShownPlaces
    placed: Longs  # which of the places
    incident: Ints
    first_day: Ints
    dead: People
    missing: People
    hexagons: dict[int, Any] = field(default_factory=dict)  # by their resolution, once asked for

    @property
    def everything(self) -> Longs:
        """Give the places in the selection of all there is."""
        return np.arange(len(self.incident))

    @property
    def positions(self) -> tuple[Floats, Floats]:
        """Give longitude and latitude of those with a place."""
        return self.places.longitude[self.placed], self.places.latitude[self.placed]

    @cached_property
    def pyramid(self) -> Pyramid:
        """Give the cells of all that has a place."""
        count = len(self.placed)
        longitude, latitude = self.positions
        return Pyramid(
            Points(
                code=self.places.code[self.placed],
                longitude=longitude,
                latitude=latitude,
                radius_m=self.places.radius_m[self.placed],
                dead=self.dead.at(slice(count)),
                missing=self.missing.at(slice(count)),
            )
        )

    def in_box(self, box: Box) -> Longs:
        """Give the places in the selection of what lies in a box."""
        west, south, east, north = box
        x, y = self.positions
        return np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))


@dataclass(frozen=True)
class MapView:
    """Cells of a box, and the people of the fullest cell anywhere, by which marks are sized."""

    cells: Cells
    fullest: int


@dataclass(frozen=True)
class MapList:
    """Incidents of a box: ids of one page, and how many incidents and people lie there in all."""

    incidents: tuple[int, ...]
    number_in_all: int
    dead: int | None
    missing: int | None


def view_map(session: Session, actor: Actor, asked: MapQuery, *, window: MapWindow) -> MapView:
    """Gather the incidents that lie in a window into cells, wider ones the farther away."""
    selection = select_incidents(session, actor, asked)
    level = window.zoom + (FINE_LEVELS if window.fine else CELL_LEVELS)
    cells = selection.pyramid.view(window.box or WORLD, level)
    return MapView(cells, selection.pyramid.level(cells.level).fullest)


def list_map(session: Session, actor: Actor, asked: MapQuery, *, window: MapWindow) -> MapList:
    """List the incidents of a window, a page at a time; without a box all, placed or not."""
    selection = select_incidents(session, actor, asked)
    everywhere = window.box is None
    inside = selection.everything if everywhere else selection.in_box(window.box or WORLD)
    first, last = (window.page - 1) * ROWS_AT_ONCE, window.page * ROWS_AT_ONCE
    shown = inside[_first(selection, inside, sort=window.sort, count=last)][first:]
    return MapList(
        tuple(selection.incident[shown].tolist()),
        len(inside),
        _total(selection.dead.at(inside)),
        _total(selection.missing.at(inside)),
    )


@dataclass(frozen=True)
class MapTimes:
    """Between which days incidents happened (None: nobody knows), and when any became known."""

    first: dt.date | None
    last: dt.date | None
    known: tuple[dt.date, ...]


def times_of_map(session: Session, actor: Actor, asked: MapQuery) -> MapTimes:
    """Give the days between which a map can be moved through time."""
    days = select_incidents(session, actor, asked).first_day
    dated = days[days != NO_NUMBER]
    recorded = np.unique(ledger_columns(session).recorded_day)
    recorded = recorded[recorded <= day_number(asked.query.as_known_on)]
    kept = np.unique(np.linspace(0, len(recorded) - 1, _MOST_KNOWN).round().astype(int))
    known = recorded[kept[kept >= 0]] if len(recorded) else recorded
    return MapTimes(
        day_of_number(int(dated.min())) if len(dated) else None,
        day_of_number(int(dated.max())) if len(dated) else None,
        tuple(day_of_number(number) for number in known.tolist()),
    )


def _total(people: People) -> int | None:
    known = int(people.known.sum()) or bool(np.any(people.number))
    return int(people.number.sum()) if known else None


_LAST = np.int64(2**40)


def _first(selection: Selection, inside: Longs, *, sort: MapSort, count: int) -> Longs:
    """Give the first ones in an order; what is not known comes last, the newest first."""
    day = selection.first_day[inside].astype(np.int64)
    if sort in (MapSort.NEWEST, MapSort.OLDEST):
        key = np.where(day == NO_NUMBER, _LAST, day if sort == MapSort.OLDEST else -day)
    else:
        people = (selection.dead if sort == MapSort.DEAD else selection.missing).at(inside)
        unknown = (people.known == 0) & (people.number == 0)
        key = np.where(unknown, _LAST, -people.number)
    near = np.arange(len(key))
    if len(key) > count:
        # Only those that are wanted are put in order, and those that equal the last of them.
        near = np.flatnonzero(key <= np.partition(key, count - 1)[count - 1])
    order = np.lexsort((-selection.incident[inside[near]], -day[near], key[near]))
    return near[order][:count]


def select_incidents(session: Session, actor: Actor, asked: MapQuery) -> Selection:
    """Choose what the tally of the same question counts, as far as the actor may see it."""
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    columns = ledger_columns(session)
    cut = cut_of_query(replace(asked.query, by=()), actor)
    places = shown_places(session, actor, columns, known_on=asked.query.as_known_on)
    shelf = cast(Shelf[Selection], session.info["caches"].setdefault("maps", Shelf(_MOST_KEPT)))
    key = (id(places), columns.head, cut, asked.query.as_known_on, asked.new_since)
    kept = shelf.find(key)
    if kept is not None and kept.places is places:
        return kept
    ground = _kept_ground(session, columns, places, known_on=asked.query.as_known_on)
    chosen = _chosen(columns, ground.rows, cut, new_since=asked.new_since)
    return shelf.keep(key, ground.selection(places, chosen))


@dataclass(frozen=True)
class _Ground:
    """What counts on a day, in the order of a map's places: what each question chooses from.

    To choose takes one pass over memory in its order, whatever the question. `row`: which of
    `rows` each is; `dead`, `missing` packed as there.
    """

    made_of: tuple[object, object]
    rows: Rows
    row: Ints
    placed: Ints
    incident: Ints
    first_day: Ints
    dead: Floats
    missing: Floats

    def selection(self, places: ShownPlaces, chosen: npt.NDArray[np.bool_]) -> Selection:
        """Give the chosen ones of `rows`."""
        kept = np.flatnonzero(chosen[self.row])
        count = int(np.searchsorted(kept, len(self.placed)))
        return Selection(
            places=places,
            placed=self.placed[kept[:count]].astype(np.int64),
            incident=self.incident[kept],
            first_day=self.first_day[kept],
            dead=People(*unpacked(self.dead[kept])),
            missing=People(*unpacked(self.missing[kept])),
        )


def _kept_ground(
    session: Session, columns: LedgerColumns, places: ShownPlaces, *, known_on: dt.date
) -> _Ground:
    """Give the ground from memory as long as neither the places nor the entries have changed."""
    caches = session.info["caches"]
    shelf = cast(Shelf[_Ground], caches.setdefault("map_grounds", Shelf(_MOST_GROUNDS)))
    key = (id(places.incident), id(columns.rows), known_on)
    kept = shelf.find(key)
    if kept and kept.made_of[0] is places.incident and kept.made_of[1] is columns.rows:
        return kept
    return shelf.keep(key, _ground(columns, places, known_on))


def _ground(columns: LedgerColumns, places: ShownPlaces, known_on: dt.date) -> _Ground:
    rows = living_rows(columns, day_number(known_on))
    most = max(int(rows.incident.max(initial=0)), int(places.incident.max(initial=0))) + 1
    row_of = np.full(most, -1, dtype=np.int32)
    row_of[rows.incident] = np.arange(len(rows), dtype=np.int32)
    row_of_place = row_of[places.incident]
    placed = np.flatnonzero(row_of_place >= 0).astype(np.int32)
    has_place = np.zeros(len(rows), dtype=bool)
    has_place[row_of_place[placed]] = True
    row = np.concatenate([row_of_place[placed], np.flatnonzero(~has_place).astype(np.int32)])
    return _Ground(
        made_of=(places.incident, columns.rows),
        rows=rows,
        row=row,
        placed=placed,
        incident=rows.incident[row],
        first_day=rows.first_day[row],
        dead=rows.people["dead"].full(len(rows))[row],
        missing=rows.people["missing"].full(len(rows))[row],
    )


def _chosen(
    columns: LedgerColumns, rows: Rows, cut: Cut, *, new_since: dt.date | None
) -> npt.NDArray[np.bool_]:
    chosen = incidents_let_through(columns, cut, rows)
    if new_since is not None:
        before = living_rows(columns, day_number(new_since))
        known = before.incident[incidents_let_through(columns, cut, before)]
        chosen = chosen & ~np.isin(rows.incident, known)
    return chosen
