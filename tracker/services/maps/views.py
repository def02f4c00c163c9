"""What a map shows of a question within a box: cells with people, and incidents one by one."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

from tracker.db.ledger_cache import ledger_columns
from tracker.db.packing import NO_NUMBER
from tracker.domain.maps import MapQuery, MapSort, MapWindow
from tracker.domain.periods import day_number, day_of_number
from tracker.domain.permissions import Actor
from tracker.domain.places import Box
from tracker.maps.cells import Cells, People
from tracker.services.maps.pyramids import pyramid_of_map
from tracker.services.maps.selections import Longs, Selection, select_incidents

# A cell is a quarter of a tile wide, 64 pixels, and a sixteenth of one where it is to be fine.
CELL_LEVELS, FINE_LEVELS = 2, 4
ROWS_AT_ONCE = 50
WORLD: Box = (-180.0, -90.0, 180.0, 90.0)
# So many days on which something became known can be stepped through.
_MOST_KNOWN = 60


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
    pyramid = pyramid_of_map(session, actor, asked)
    level = window.zoom + (FINE_LEVELS if window.fine else CELL_LEVELS)
    cells = pyramid.view(window.box or WORLD, level)
    return MapView(cells, pyramid.level(cells.level).fullest)


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
