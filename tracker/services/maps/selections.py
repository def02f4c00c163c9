"""The incidents of a question as this actor may see them on a map, kept in memory."""

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
from tracker.db.queries.map_places import incidents_let_through, living_rows
from tracker.domain.maps import MapQuery
from tracker.domain.periods import day_number
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.places import Box
from tracker.maps.cells import People, Points, Pyramid
from tracker.services.maps.shelves import Shelf
from tracker.services.maps.shown_places import ShownPlaces, shown_places
from tracker.services.tallies import cut_of_query

# So many questions are kept as selections; at a million incidents each takes 60 MB.
_MOST_KEPT = 12
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
            ).cells()
        )

    def in_box(self, box: Box) -> Longs:
        """Give the places in the selection of what lies in a box."""
        west, south, east, north = box
        x, y = self.positions
        return np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))


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
