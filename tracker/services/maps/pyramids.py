"""The cells of a question as this actor may see them, from what lies in memory and what is new."""

import datetime as dt
from dataclasses import dataclass, fields, replace
from typing import Any, cast

import numpy as np
from sqlalchemy.orm import Session

from tracker.db.columns import Ints, LedgerColumns, rows_joined, rows_of_entries
from tracker.db.cuts import Cut, withheld_incidents
from tracker.db.ledger_cache import LedgerGrowth, ledger_columns, ledger_growth
from tracker.db.session import moment
from tracker.domain.maps import MapQuery
from tracker.domain.permissions import Action, Actor, require
from tracker.maps.cells import FINEST, Cells, People, Pyramid
from tracker.services.maps.selections import select_incidents
from tracker.services.maps.shelves import Shelf
from tracker.services.maps.shown_places import (
    MOST_PEOPLE,
    VersionPlaces,
    read_places,
    version_places,
    whose_places,
)
from tracker.services.maps.standing import Standing, standing_of
from tracker.services.tallies import cut_of_query

# So many questions are kept; each takes as much as its places have cells.
_MOST_PYRAMIDS = 48
# Who began to read before something was recorded finds what was kept before.
_MOST_HEADS = 8
_NOBODY = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True)
class _Grown:
    """What stood when everything was read, and apart what has changed since.

    `columns`: the ledger then; `now`: how far it has come; `entries`: how many of them there are
    in both; `changed`: incidents that stand in `newer` only, if at all.
    """

    columns: LedgerColumns
    standing: Standing
    now: LedgerColumns
    entries: int
    changed: Ints
    places: VersionPlaces | None = None
    newer: Standing | None = None


def pyramid_of_map(session: Session, actor: Actor, asked: MapQuery) -> Pyramid:
    """Gather what the tally of the same question counts, as far as the actor may see it."""
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    if asked.new_since is not None:
        return select_incidents(session, actor, asked).pyramid
    growth = ledger_growth(session)
    grown = _grown(session, actor, growth)
    cut = cut_of_query(replace(asked.query, by=()), actor)
    known_on, today = asked.query.as_known_on, moment(session).date()
    caches = session.info["caches"]
    shelf = cast(
        Shelf[tuple[_Grown, Pyramid]], caches.setdefault("pyramids", Shelf(_MOST_PYRAMIDS))
    )
    key = (id(grown), cut, known_on)
    kept = shelf.find(key)
    if kept is not None and kept[0] is grown:
        return kept[1]
    return shelf.keep(key, (grown, Pyramid(_cells(grown, cut, known_on, today=today))))[1]


def _cells(grown: _Grown, cut: Cut, known_on: dt.date, *, today: dt.date) -> Cells:
    withheld = withheld_incidents(grown.now, replace(cut, by_incident=True))
    parts = [(grown.standing, np.union1d(grown.changed, withheld))]
    if grown.newer is not None:
        parts.append((grown.newer, withheld))
    found = []
    for standing, without in parts:
        then = (standing.today if known_on >= today else None) or standing.on_day(known_on)
        found.append(then.cells(grown.now.strata, cut, without=without))
    return _joined(found)


def _joined(parts: list[Cells]) -> Cells:
    if len(parts) == 1 or not len(parts[1].code):
        return parts[0]
    order = np.argsort(np.concatenate([part.code for part in parts]), kind="stable")

    def joined(values: list[Any]) -> Any:  # noqa: ANN401 -- as they were given
        if isinstance(values[0], People):
            people = ([getattr(each, name) for each in values] for name in ("number", "known"))
            return People(*map(joined, people))
        return np.concatenate(values)[order]

    names = [each.name for each in fields(Cells) if each.name != "level"]
    return Cells(
        level=FINEST, **{name: joined([getattr(part, name) for part in parts]) for name in names}
    )


def _grown(session: Session, actor: Actor, growth: LedgerGrowth) -> _Grown:
    caches = session.info["caches"]
    newest = cast(Shelf[_Grown], caches.setdefault("standing", Shelf(MOST_PEOPLE)))
    lately = cast(Shelf[_Grown], caches.setdefault("standing_lately", Shelf(_MOST_HEADS)))
    who, head = whose_places(session, actor), growth.loaded.head
    last = lately.find((who, head))
    if last is not None:
        return last
    last = newest.find(who)
    found = None if last is None else _with_changes(session, actor, growth, last=last)
    found = found or _anew(session, actor, growth)
    if ledger_growth(session) is growth:  # else others may not see, or may see more than this
        newest.keep(who, found)
        lately.keep((who, head), found)
    return found


def _anew(session: Session, actor: Actor, growth: LedgerGrowth) -> _Grown:
    columns = ledger_columns(session)
    places = version_places(session, actor, columns)
    today = moment(session).date()
    return _Grown(
        columns,
        standing_of(places, columns.rows, columns.recorded_day, today=today),
        now=growth.loaded,
        entries=growth.entries,
        changed=_NOBODY,
    )


def _with_changes(
    session: Session, actor: Actor, growth: LedgerGrowth, *, last: _Grown
) -> _Grown | None:
    """Read anew only what has changed; None where that will not do."""
    columns, now = last.columns, growth.loaded
    same = columns.head.last_import == now.head.last_import
    if not same or growth.entries < last.entries or now.head.last_act < last.now.head.last_act:
        return None
    later = _after(growth, len(columns.rows))
    new = np.unique(_after(growth, last.entries)["incident_id"])
    fresh = np.union1d(new, np.setxor1d(last.now.hidden, now.hidden))
    if not len(fresh):
        return replace(last, now=now)
    changed = np.union1d(last.changed, fresh)
    read = read_places(session, actor, now, numbers=fresh.astype(np.int64))
    places = read if last.places is None else last.places.without(fresh).with_those_of(read)
    old = np.zeros(int(max(changed.max(), columns.rows.incident.max(initial=0))) + 1, dtype=bool)
    old[changed] = True
    at = np.flatnonzero(old[columns.rows.incident])
    rows = rows_joined([columns.rows.at(at), rows_of_entries(later)])
    days = np.concatenate([columns.recorded_day[at], later["recorded_day"]])
    return replace(
        last,
        now=now,
        entries=growth.entries,
        changed=changed.astype(np.int32),
        places=places,
        newer=standing_of(places, rows, days, today=moment(session).date()),
    )


def _after(growth: LedgerGrowth, entries: int) -> dict[str, Ints]:
    """Give the entries after so many of all."""
    first = entries - len(growth.loaded.rows)
    return {name: values[first:] for name, values in growth.later.items()}
