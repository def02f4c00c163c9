"""Finds incidents that are likely the same event, for whoever may see them."""

import datetime as dt
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy.orm import Session

from tracker.db.queries.duplicates import (
    ANYWHERE_M,
    Window,
    all_standing,
    incidents_in_windows,
    incidents_of_import,
)
from tracker.db.queries.incidents import KnownVersion, names_of_incidents
from tracker.db.queries.merges import distinctions_of, pairs_told_apart
from tracker.db.session import publication_rule
from tracker.domain.duplicates import DuplicatePair, LikelyDuplicate
from tracker.domain.incidents import PublishedIncident, PublishedPlace
from tracker.domain.periods import day_number
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.publication import PublicationRule
from tracker.domain.visibility import Sight, sight_of
from tracker.linkage.duplicates import LIKELY, compare_with_all, find_pairs
from tracker.linkage.duplicates.background import KM_PER_DEGREE
from tracker.linkage.duplicates.records import radii_km
from tracker.linkage.fields import Flags, days_of, numbers_of
from tracker.services.incidents.read import published_incident
from tracker.services.incidents.standing import seen_incident
from tracker.services.places import published_place

COMPARED = (
    "date_from",
    "date_to",
    "number_dead",
    "number_missing_min",
    "number_missing_max",
    "number_survivors",
    "number_females",
    "number_males",
    "number_children",
    "causes",
    "origins",
    "longitude",
    "latitude",
    "uncertainty_m",
    "location_precision",
    "location_description",
    "country_of_incident",
    "information_source",
    "url",
    "incident_type",
)
# Wide in space for near days, narrow for distant ones: what else could be likely at all.
NEAR_DAYS, NEAR_KM = 3, 150.0
MONTH_DAYS, MONTH_KM = 31, 12.0
LONG_DAYS, SPOT_KM = 200, 2.5
MOST_KM = 500.0
MOST_SHOWN = 10

EPOCH = dt.date(1970, 1, 1)
Box = tuple[float, float, float, float]


def find_duplicates(
    session: Session,
    actor: Actor,
    facts: Mapping[str, Any],
    *,
    besides: str | None = None,
    at_least: float = LIKELY,
    limit: int = MOST_SHOWN,
) -> tuple[LikelyDuplicate, ...]:
    """Find incidents that are likely the event that these facts tell of, the likeliest first.

    `facts` may be as little as what has been typed so far (names as of `load_incident`); without
    a day nothing is found. `besides` is the public id of the incident that the facts are of; what
    was told apart from it is not found.
    Each one is compared as far as the actor may see it, and what they may not see is not found.
    """
    require(actor, Action.FIND_DUPLICATES)
    besides_these = _besides(session, actor, besides)
    entry = _frame_of_facts(facts)
    windows = _windows(entry)
    if not windows:
        return ()
    wider = [_widened(window, publication_rule(session)) for window in windows]
    candidates = incidents_in_windows(session, actor, wider, besides=besides_these)
    candidates, frame = _as_seen(session, actor, candidates)
    # Chosen by the place that the actor sees: what is found tells no more of the true one.
    near = np.flatnonzero(_in_windows(frame, windows))
    if not len(near):
        return ()
    candidates = [candidates[place] for place in near]
    pairs = compare_with_all(entry, frame.iloc[near], at_least=at_least)[:limit]
    return tuple(
        LikelyDuplicate(
            public_id=candidates[pair.other].public_id,
            likeness=pair.likeness,
            incident=_shown(session, actor, candidates[pair.other]),
        )
        for pair in pairs
    )


def _besides(session: Session, actor: Actor, public_id: str | None) -> set[int]:
    """Give an incident, and what was told apart from it."""
    if public_id is None:
        return set()
    incident, _ = seen_incident(session, actor, public_id)
    return {incident.id, *(known.other_id for known in distinctions_of(session, incident.id))}


def find_duplicates_of_incident(
    session: Session,
    actor: Actor,
    public_id: str,
    *,
    at_least: float = LIKELY,
    limit: int = MOST_SHOWN,
) -> tuple[LikelyDuplicate, ...]:
    """Find incidents that are likely the same event as a stored one that the actor sees all of."""
    require(actor, Action.FIND_DUPLICATES)
    incident, version = seen_incident(session, actor, public_id)
    facts = {name: getattr(version, name) for name in COMPARED}
    facts["sources"] = json.loads(version.sources) if version.sources else []
    facts["dataset"] = incident.dataset
    return find_duplicates(
        session, actor, facts, besides=incident.public_id, at_least=at_least, limit=limit
    )


def find_duplicates_of_import(
    session: Session, actor: Actor, import_id: int, *, at_least: float = LIKELY
) -> tuple[DuplicatePair, ...]:
    """Find all likely duplicates among what came with an import, and between it and the rest."""
    require(actor, Action.SEE_IMPORTS)
    require(actor, Action.FIND_DUPLICATES)
    known = all_standing(session, actor)
    came = set(incidents_of_import(session, import_id))
    entries = [each for each in known if each.version.incident_id in came]
    others = [each for each in known if each.version.incident_id not in came]
    if not entries:
        return ()
    entries, frame = _as_seen(session, actor, entries)
    found = [(entries, pair) for pair in find_pairs(frame, at_least=at_least)]
    if others:
        others, rest = _as_seen(session, actor, others)
        found += [(others, pair) for pair in find_pairs(frame, rest, at_least=at_least)]
    apart = pairs_told_apart(session)
    numbered = [(entries[pair.one], side[pair.other], pair.likeness) for side, pair in found]
    pairs = [
        DuplicatePair(one.public_id, other.public_id, likeness)
        for one, other, likeness in numbered
        if frozenset((one.version.incident_id, other.version.incident_id)) not in apart
    ]
    return tuple(sorted(pairs, key=lambda pair: (-pair.likeness.score, pair.one, pair.other)))


def _shown(session: Session, actor: Actor, known: KnownVersion) -> PublishedIncident:
    names = names_of_incidents(session, [known.version.incident_id])
    return published_incident(session, actor, known, names=names.get(known.version.incident_id, []))


def _as_seen(
    session: Session, actor: Actor, known: Sequence[KnownVersion]
) -> tuple[list[KnownVersion], pd.DataFrame]:
    """Give candidates as this actor may see them: scores tell no more than pages do.

    A place that is not public yet would tell itself by being near: such a one is left out.
    """
    kept, rows = [], []
    for each in known:
        version = each.version
        row = {name: getattr(version, name) for name in COMPARED}
        row["dataset"] = each.dataset
        row["sources"] = json.loads(version.sources) if version.sources else None
        if each.dataset is None and sight_of(actor, each.standing) < Sight.FULL:
            place = published_place(session, actor, each)
            if place is None and version.longitude is not None:
                continue
            row |= _public_facts(place)
        kept.append(each)
        rows.append(row)
    return kept, pd.DataFrame(rows, columns=[*COMPARED, "dataset", "sources"], dtype=object)


def _frame_of_facts(facts: Mapping[str, Any]) -> pd.DataFrame:
    names = [*COMPARED, "dataset", "sources"]
    return pd.DataFrame([[facts.get(name) for name in names]], columns=names, dtype=object)


def _public_facts(place: PublishedPlace | None) -> dict[str, object]:
    return {
        "sources": None,
        "number_missing_max": None,
        "longitude": None if place is None else place.longitude,
        "latitude": None if place is None else place.latitude,
        "uncertainty_m": None if place is None else place.uncertainty_m,
        "location_description": None,
    }


def _windows(entry: pd.DataFrame) -> list[Window]:
    """Give the days and boxes in which anything could be likely the same as the entry."""
    begins, ends = days_of(entry, "date_from"), days_of(entry, "date_to")
    if math.isnan(begins[0]):
        return []
    first, last = (
        EPOCH + dt.timedelta(days=int(day[0])) for day in (begins, np.fmax(begins, ends))
    )
    longitude, latitude = numbers_of(entry, "longitude"), numbers_of(entry, "latitude")
    radius = float(radii_km(entry, longitude, latitude)[0])
    x, y = float(longitude[0]), float(latitude[0])
    if math.isnan(x) or math.isnan(y):
        return [_window(first, last, days=NEAR_DAYS, box=None)]
    reaches = (
        (NEAR_DAYS, NEAR_KM + 3 * radius),
        (MONTH_DAYS, MONTH_KM + radius),
        (LONG_DAYS, SPOT_KM),
    )
    return [
        _window(first, last, days=days, box=_box(x, y, km=min(km, MOST_KM))) for days, km in reaches
    ]


def _window(first: dt.date, last: dt.date, *, days: int, box: Box | None) -> Window:
    margin = dt.timedelta(days=days)
    return Window(first - margin, last + margin, box=box, unplaced=days == NEAR_DAYS)


def _box(x: float, y: float, *, km: float) -> Box:
    high = km / KM_PER_DEGREE
    wide = high / max(math.cos(math.radians(y)), 0.1)
    return x - wide, y - high, x + wide, y + high


def _widened(window: Window, rule: PublicationRule) -> Window:
    """Widen a box by the coarsest public grid: places may seem to stand elsewhere in their cell."""
    if window.box is None:
        return window
    margin = rule.coarsest_grid
    west, south, east, north = window.box
    return replace(window, box=(west - margin, south - margin, east + margin, north + margin))


def _in_windows(frame: pd.DataFrame, windows: list[Window]) -> Flags:
    """Tell which candidates stand in one of the windows by what the actor sees of them."""
    first, last = days_of(frame, "date_from"), days_of(frame, "date_to")
    last = np.fmax(first, last)
    x, y = numbers_of(frame, "longitude"), numbers_of(frame, "latitude")
    anywhere = np.isnan(x) | (numbers_of(frame, "uncertainty_m") > ANYWHERE_M)
    inside = np.zeros(len(frame), dtype=bool)
    for window in windows:
        near = (first <= day_number(window.last_day)) & (last >= day_number(window.first_day))
        if window.box is not None:
            west, south, east, north = window.box
            within = (x >= west) & (x <= east) & (y >= south) & (y <= north)
            near &= within | (anywhere if window.unplaced else False)
        inside |= near
    return inside
