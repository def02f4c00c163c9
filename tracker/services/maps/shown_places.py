"""Where incidents may be shown to whoever asks, in the order of the map's cells, kept in memory.

What is kept is the place of every version, so that the map of a day before is a matter of leaving
out. It is read once and grows with what people record: only the places of incidents that have
changed are read again.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy.orm import Session

from geodata.hexagons import Cells as Hexagons
from geodata.hexagons import hexagons_of
from tracker.db.columns import Head, Ints, LedgerColumns
from tracker.db.queries.map_places import incidents_since, places_of_versions
from tracker.db.session import moment, publication_rule
from tracker.domain.permissions import Actor
from tracker.maps.cells import Codes, Floats, cell_codes
from tracker.services.exports.places import published_places
from tracker.services.incidents.read import end_of_day
from tracker.services.maps.shelves import Shelf

Moments = npt.NDArray[np.int64]  # microseconds since 1970, UTC

# So many are kept: the public's and those of a few people; and of each of a few days.
MOST_PEOPLE, _MOST_DAYS = 4, 8
_TOMORROW = dt.timedelta(days=1)
_NEVER = np.iinfo(np.int64).max
_MIXES = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits spread evenly


@dataclass(frozen=True)
class ShownPlaces:
    """Incidents with a place that may be shown, in the order of their finest cells."""

    made_of: Ints
    incident: Ints
    code: Codes
    longitude: Floats
    latitude: Floats
    radius_m: Floats

    @cached_property
    def hexagons(self) -> Hexagons:
        """Give the smallest hexagon that each place lies in."""
        return hexagons_of(self.longitude, self.latitude)


@dataclass(frozen=True)
class VersionPlaces:
    """The places of all versions in the order of their finest cells, and when each was known."""

    head: Head
    entries: int
    hidden: Ints
    incident: Ints
    code: Codes
    longitude: Floats
    latitude: Floats
    radius_m: Floats
    begins: Moments
    ends: Moments

    def known_at(self, until: dt.datetime) -> ShownPlaces:
        """Give the places as they were known at a moment."""
        at = _microseconds(until)
        kept = np.flatnonzero((self.begins < at) & (self.ends >= at))
        places = self._arrays()[:-2]
        return ShownPlaces(self.incident, *(values[kept] for values in places))

    def without(self, incidents: Ints) -> "VersionPlaces":
        """Take incidents out."""
        kept = ~np.isin(self.incident, incidents)
        return self._with(values[kept] for values in self._arrays())

    def with_those_of(self, other: "VersionPlaces") -> "VersionPlaces":
        """Put in those of other places, which are the newer ones."""
        at = np.searchsorted(self.code, other.code)
        pairs = zip(self._arrays(), other._arrays(), strict=True)
        return other._with(np.insert(values, at, new) for values, new in pairs)

    def as_of(self, columns: LedgerColumns) -> "VersionPlaces":
        """Say that it is still the same, now that the ledger has come as far as this."""
        return VersionPlaces(columns.head, len(columns.rows), columns.hidden, *self._arrays())

    def _with(self, arrays: Iterable[npt.NDArray[Any]]) -> "VersionPlaces":
        return VersionPlaces(self.head, self.entries, self.hidden, *arrays)

    def _arrays(self) -> tuple[npt.NDArray[Any], ...]:
        places = (self.incident, self.code, self.longitude, self.latitude, self.radius_m)
        return *places, self.begins, self.ends


def shown_places(
    session: Session, actor: Actor, columns: LedgerColumns, *, known_on: dt.date
) -> ShownPlaces:
    """Give the places of all incidents as this actor may see them, as known on a day."""
    versions = version_places(session, actor, columns)
    today = moment(session).date()
    until = end_of_day(known_on if known_on < today else today + _TOMORROW)
    caches = session.info["caches"]
    days = cast(Shelf[ShownPlaces], caches.setdefault("shown_places", Shelf(_MOST_DAYS)))
    key = (id(versions.incident), until)
    kept = days.find(key)
    if kept is not None and kept.made_of is versions.incident:
        return kept
    return days.keep(key, versions.known_at(until))


def version_places(session: Session, actor: Actor, columns: LedgerColumns) -> VersionPlaces:
    """Give the places of all versions as this actor may see them."""
    key = whose_places(session, actor)
    caches = session.info["caches"]
    people = cast(Shelf[VersionPlaces], caches.setdefault("version_places", Shelf(MOST_PEOPLE)))
    last = people.find(key)
    if last is not None and last.head == columns.head:
        return last
    grown = None if last is None else _grown(session, actor, columns, last=last)
    return people.keep(key, grown or read_places(session, actor, columns))


def whose_places(session: Session, actor: Actor) -> tuple[object, ...]:
    """Name for whom and by which rule places are shown: what is kept of them is kept by this."""
    rule = publication_rule(session)
    grids = tuple(sorted(rule.grid_of_corridor.items()))
    who = (actor.role, actor.account_id, actor.organisation_id)
    # Tomorrow the delay of some will be over.
    return who, moment(session).date(), rule.delay_days, grids


def _grown(
    session: Session, actor: Actor, columns: LedgerColumns, *, last: VersionPlaces
) -> VersionPlaces | None:
    """Read anew only what has changed; None where that will not do."""
    if last.head.last_import != columns.head.last_import or last.entries > len(columns.rows):
        return None
    shown_otherwise = np.setxor1d(last.hidden, columns.hidden)
    changed = np.union1d(incidents_since(columns, last.entries), shown_otherwise)
    if not len(changed):
        return last.as_of(columns)
    new = read_places(session, actor, columns, numbers=changed.astype(np.int64))
    if not len(new.incident) and not np.isin(changed, last.incident).any():
        return last.as_of(columns)
    return last.without(changed).with_those_of(new)


def read_places(
    session: Session,
    actor: Actor,
    columns: LedgerColumns,
    *,
    numbers: npt.NDArray[np.int64] | None = None,
) -> VersionPlaces:
    """Read the places of all versions, or of those of some incidents (sorted)."""
    known = places_of_versions(session, actor, numbers=numbers)
    rule, today = publication_rule(session), moment(session).date()
    places = published_places(known, rule, today)
    shown = np.flatnonzero(~np.isnan(places.longitude))
    x, y = places.longitude[shown], places.latitude[shown]
    code = cell_codes(x, y)
    order = np.argsort(_sites(code, x, y, places.uncertainty_m[shown]))
    arrays: tuple[npt.NDArray[Any], ...] = (
        known["id"].to_numpy().astype(np.int32)[shown],
        *(code, x, y, places.uncertainty_m[shown]),
        _moments(known["recorded_from"])[shown],
        _moments(known["recorded_to"])[shown],
    )
    ordered = (values[order] for values in arrays)
    return VersionPlaces(columns.head, len(columns.rows), columns.hidden, *ordered)


def _sites(code: Codes, *places: Floats) -> npt.NDArray[np.uint64]:
    """Number places so that in each cell those that are the same stand beside one another."""
    mixed = np.zeros(len(code), dtype=np.uint64)
    for values in places:
        mixed = (mixed ^ (values + 0.0).view(np.uint64)) * _MIXES
    return (code.astype(np.uint64) << np.uint64(32)) | (mixed >> np.uint64(32))


def _moments(column: pa.ChunkedArray) -> Moments:
    """Give moments as numbers; what has not come yet is later than all others."""
    numbers: Moments = pc.fill_null(pc.cast(column, pa.int64()), _NEVER).to_numpy()
    return numbers


def _microseconds(when: dt.datetime) -> int:
    return round(when.timestamp()) * 1_000_000
