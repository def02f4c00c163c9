"""Tells the history of an incident so that it can be read: a move in kilometres, not degrees."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tracker.domain.incidents import PublishedIncident, VersionChange

Point: TypeAlias = tuple[float | None, float | None]
"""Longitude and latitude in degrees; None is not known."""

_EARTH_RADIUS_KM = 6371.0
_COORDINATES = ("longitude", "latitude")


@dataclass(frozen=True)
class Move:
    """A change of place: where it stood before and after, and how far that is."""

    before: Point
    after: Point

    @property
    def km(self) -> float | None:
        """Give the distance in kilometres; None where there was no place, or is none now."""
        (x0, y0), (x1, y1) = self.before, self.after
        if x0 is None or y0 is None or x1 is None or y1 is None:
            return None
        return _distance_km((x0, y0), (x1, y1))


@dataclass(frozen=True)
class Step:
    """One step of a history: when and why, what changed in words, and whether the place moved."""

    day: dt.date
    reason: str
    source: str | None
    changes: dict[str, tuple[str | None, str | None]]
    move: Move | None


def steps_of_history(
    history: Sequence[VersionChange], incident: PublishedIncident
) -> tuple[Step, ...]:
    """Turn the versions of an incident, first to last, into steps."""
    place = incident.place
    here: Point = (place.longitude, place.latitude) if place else (None, None)
    steps = []
    # Backwards, since what a version does not change is known from the one after it.
    for version in reversed(history):
        before = _point_before(version, here)
        steps.append(_step(version, Move(before, here) if before != here else None))
        here = before
    return tuple(reversed(steps))


def _step(version: VersionChange, move: Move | None) -> Step:
    told = {name: pair for name, pair in version.changes.items() if name not in _COORDINATES}
    return Step(version.recorded_from.date(), version.reason, version.source, told, move)


def _point_before(version: VersionChange, after: Point) -> Point:
    longitude, latitude = (
        _degrees(version.changes[name][0]) if name in version.changes else known
        for name, known in zip(_COORDINATES, after, strict=True)
    )
    return longitude, latitude


def _degrees(word: str | None) -> float | None:
    return None if word is None else round(float(word), 5)


def _distance_km(first: tuple[float, float], second: tuple[float, float]) -> float:
    (x0, y0), (x1, y1) = (tuple(map(math.radians, point)) for point in (first, second))
    half = math.sin((y1 - y0) / 2) ** 2 + math.cos(y0) * math.cos(y1) * math.sin((x1 - x0) / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * math.asin(math.sqrt(min(half, 1)))
