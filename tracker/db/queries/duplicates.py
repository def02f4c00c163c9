"""Finds incidents that stand near another in time and place, by the index of what stands today."""

import datetime as dt
from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import Session

from tracker.db.models import Incident, IncidentVersion
from tracker.db.queries.imports import is_seen
from tracker.db.queries.incidents import KnownVersion
from tracker.db.queries.visibility import seen_by_all, seen_in_full
from tracker.domain.permissions import Actor
from tracker.domain.statuses import Status

# Withdrawn and merged ones are decided.
_CLOSED = (Status.WITHDRAWN, Status.MERGED)
# A place that may be off by more than this is no place to look around.
ANYWHERE_M = 100_000.0
# A span of days longer than this is a total, found by its own first day.
LONGEST_SPAN = dt.timedelta(days=366)


@dataclass(frozen=True)
class Window:
    """Days, and the box in degrees (west, south, east, north) within them; None is everywhere.

    `unplaced` says whether incidents that could be anywhere are let through as well.
    """

    first_day: dt.date
    last_day: dt.date
    box: tuple[float, float, float, float] | None
    unplaced: bool


def incidents_in_windows(
    session: Session, actor: Actor, windows: list[Window], *, besides: Set[int] = frozenset()
) -> list[KnownVersion]:
    """Give what stands today in any of the windows, as far as this actor may see it."""
    found: dict[int, KnownVersion] = {}
    for within in _looked_up(windows):
        for row in session.execute(_standing(actor).where(within)).all():
            known = KnownVersion(*row)
            found[known.version.incident_id] = known
    return [found[number] for number in sorted(found.keys() - besides)]


def _looked_up(windows: list[Window]) -> list[ColumnElement[bool]]:
    first_day = min(window.first_day for window in windows)
    last_day = max(window.last_day for window in windows)
    return [
        # The widest span of days, for the index; then each window's own days and box. Only what
        # the index itself holds is asked here, so that few rows are fetched.
        and_(
            IncidentVersion.date_from.between(first_day, last_day),
            or_(*(and_(_starts_within(window), _in_box(window)) for window in windows)),
        ),
        *(
            and_(_starts_within(window), IncidentVersion.uncertainty_m > ANYWHERE_M)
            for window in windows
            if window.unplaced and window.box is not None
        ),
        and_(
            IncidentVersion.date_to > IncidentVersion.date_from,
            IncidentVersion.date_from.between(first_day - LONGEST_SPAN, last_day),
            or_(*(and_(_spans_into(window), _in_box(window)) for window in windows)),
        ),
    ]


def incidents_of_import(session: Session, import_id: int) -> list[int]:
    """Give the incidents whose standing version came with an import."""
    statement = select(IncidentVersion.incident_id).where(
        IncidentVersion.import_id == import_id,
        IncidentVersion.recorded_to.is_(None),
        IncidentVersion.status.not_in(_CLOSED),
        is_seen(),
    )
    return list(session.scalars(statement))


def all_standing(session: Session, actor: Actor) -> list[KnownVersion]:
    """Give everything that stands today, as far as this actor may see it."""
    rows = session.execute(_standing(actor).order_by(Incident.id)).all()
    return [KnownVersion(*row) for row in rows]


def _standing(actor: Actor) -> Select[*tuple[Any, ...]]:
    of_incident = [getattr(Incident, name) for name in KnownVersion._fields[:-1]]
    return (
        select(*of_incident, IncidentVersion)
        .join(Incident, Incident.id == IncidentVersion.incident_id)
        .where(
            IncidentVersion.recorded_to.is_(None),
            IncidentVersion.status.not_in(_CLOSED),
            is_seen(),
            or_(seen_in_full(actor), seen_by_all()),
        )
    )


def _starts_within(window: Window) -> ColumnElement[bool]:
    return IncidentVersion.date_from.between(window.first_day, window.last_day)


def _spans_into(window: Window) -> ColumnElement[bool]:
    """Let through what began before the window and lasts into it."""
    return and_(
        IncidentVersion.date_from < window.first_day, IncidentVersion.date_to >= window.first_day
    )


def _in_box(window: Window) -> ColumnElement[bool]:
    if window.box is None:
        return true()
    west, south, east, north = window.box
    inside = and_(
        IncidentVersion.latitude.between(south, north),
        IncidentVersion.longitude.between(west, east),
    )
    return or_(inside, IncidentVersion.latitude.is_(None)) if window.unplaced else inside
