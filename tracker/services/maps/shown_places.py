"""Where incidents may be shown to whoever asks, in the order of the map's cells, kept in memory.

Places are read once and grow with what people record: only the places of incidents that have
changed are read again.
"""

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from sqlalchemy.orm import Session

from geodata.hexagons import Cells as Hexagons
from geodata.hexagons import hexagons_of
from tracker.db.columns import Head, Ints, LedgerColumns
from tracker.db.queries.map_places import incidents_since, places_as_known
from tracker.db.session import moment, publication_rule
from tracker.domain.permissions import Actor
from tracker.domain.publication import PublicationRule
from tracker.maps.cells import Codes, Floats, cell_codes
from tracker.services.exports.places import published_places
from tracker.services.incidents.read import end_of_day

# So many shelf are kept: the public's, those of a few people and of a few days before.
_MOST_KEPT = 6
_TOMORROW = dt.timedelta(days=1)
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class ShownPlaces:
    """Incidents with a place that may be shown, in the order of their finest cells."""

    head: Head
    entries: int
    hidden: Ints
    incident: Ints
    code: Codes
    longitude: Floats
    latitude: Floats
    radius_m: Floats

    @cached_property
    def hexagons(self) -> Hexagons:
        """Give the smallest hexagon that each place lies in."""
        return hexagons_of(self.longitude, self.latitude)

    def without(self, incidents: Ints) -> "ShownPlaces":
        """Take incidents out."""
        kept = ~np.isin(self.incident, incidents)
        return self._with(values[kept] for values in self._arrays())

    def with_those_of(self, other: "ShownPlaces") -> "ShownPlaces":
        """Put in those of other places, which are the newer ones."""
        at = np.searchsorted(self.code, other.code)
        pairs = zip(self._arrays(), other._arrays(), strict=True)
        return other._with(np.insert(values, at, new) for values, new in pairs)

    def as_of(self, columns: LedgerColumns) -> "ShownPlaces":
        """Say that it is still the same, now that the ledger has come as far as this."""
        return ShownPlaces(columns.head, len(columns.rows), columns.hidden, *self._arrays())

    def _with(self, arrays: Iterable[npt.NDArray[Any]]) -> "ShownPlaces":
        return ShownPlaces(self.head, self.entries, self.hidden, *arrays)

    def _arrays(self) -> tuple[npt.NDArray[Any], ...]:
        return self.incident, self.code, self.longitude, self.latitude, self.radius_m


class Shelf(Generic[Kept]):
    """Keeps the things used last, by what they were made of."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[object, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: object) -> Kept | None:
        """Give what was kept under a key."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
            return self._things.get(key)

    def keep(self, key: object, thing: Kept) -> Kept:
        """Keep a thing; what was not used for longest goes."""
        with self._lock:
            self._things[key] = thing
            self._things.move_to_end(key)
            while len(self._things) > self._most:
                self._things.popitem(last=False)
        return thing


@dataclass(frozen=True)
class _Asked:
    """What places depend on, besides how far the ledger has come."""

    actor: Actor
    known_on: dt.date | None  # None: today, with whatever comes
    today: dt.date
    rule: PublicationRule

    @property
    def until(self) -> dt.datetime:
        """Give the moment as of which places are read."""
        return end_of_day(self.known_on or self.today + _TOMORROW)

    @property
    def key(self) -> tuple[object, ...]:
        """Name the places."""
        actor = self.actor
        who = (actor.role, actor.account_id, actor.organisation_id)
        grids = tuple(sorted(self.rule.grid_of_corridor.items()))
        return who, self.known_on, self.today, self.rule.delay_days, grids


def shown_places(
    session: Session, actor: Actor, columns: LedgerColumns, *, known_on: dt.date
) -> ShownPlaces:
    """Give the places of all incidents as this actor may see them, as known on a day."""
    today = moment(session).date()
    asked = _Asked(actor, known_on if known_on < today else None, today, publication_rule(session))
    shelf = cast(
        Shelf[ShownPlaces], session.info["caches"].setdefault("shown_places", Shelf(_MOST_KEPT))
    )
    last = shelf.find(asked.key)
    if last is not None and last.head == columns.head:
        return last
    found = None if last is None else _grown(session, asked, columns, last=last)
    return shelf.keep(asked.key, found or _read(session, asked, columns))


def _grown(
    session: Session, asked: _Asked, columns: LedgerColumns, *, last: ShownPlaces
) -> ShownPlaces | None:
    """Read anew only what has changed; None where that will not do."""
    if last.head.last_import != columns.head.last_import or last.entries > len(columns.rows):
        return None
    if asked.known_on is not None:
        # What was known then stays; who sees all of something may have changed.
        return last.as_of(columns) if asked.actor.account_id is None else None
    shown_otherwise = np.setxor1d(last.hidden, columns.hidden)
    changed = np.union1d(incidents_since(columns, last.entries), shown_otherwise)
    if not len(changed):
        return last.as_of(columns)
    new = _read(session, asked, columns, numbers=changed.astype(np.int64))
    if not len(new.incident) and not np.isin(changed, last.incident).any():
        return last.as_of(columns)
    return last.without(changed).with_those_of(new)


def _read(
    session: Session,
    asked: _Asked,
    columns: LedgerColumns,
    *,
    numbers: npt.NDArray[np.int64] | None = None,
) -> ShownPlaces:
    known = places_as_known(session, asked.actor, asked.until, numbers=numbers)
    places = published_places(known, asked.rule, asked.today)
    shown = np.flatnonzero(~np.isnan(places.longitude))
    x, y = places.longitude[shown], places.latitude[shown]
    code = cell_codes(x, y)
    order = np.argsort(code, kind="stable")
    incident = _numbers(known["id"])[shown]
    radius = places.uncertainty_m[shown]
    arrays: tuple[npt.NDArray[Any], ...] = (incident, code, x, y, radius)
    ordered = (values[order] for values in arrays)
    return ShownPlaces(columns.head, len(columns.rows), columns.hidden, *ordered)


def _numbers(column: pa.ChunkedArray) -> Ints:
    numbers: Ints = column.to_numpy().astype(np.int32)
    return numbers
