"""Adds a version to an incident: the one way in which what is known of it changes."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from tracker.db.history import VERSION_COLUMNS, add_version, end_versions
from tracker.db.models import Incident, IncidentVersion
from tracker.db.session import moment
from tracker.domain.errors import Conflict
from tracker.domain.permissions import Actor
from tracker.domain.statuses import Reason
from tracker.services.imports.facts import place_of

_PLACE = {"longitude", "latitude", "uncertainty_m", "country_of_incident", "route_reported"}


def first_version(
    session: Session, actor: Actor, incident: Incident, *, columns: Mapping[str, object]
) -> None:
    """Record what is known first of an incident; its place is looked up."""
    given = {
        "country_of_incident": None,
        "route_reported": None,
        **columns,
        "incident_id": incident.id,
        "dataset": incident.dataset,
        "supersedes": None,
        "version_number": 1,
        "reason_note": None,
        "region_reported": None,
        **_recorded(session, actor, Reason.REPORTED),
    }
    add_version(session, {**given, **place_of(given)})


def next_version(
    session: Session,
    actor: Actor,
    standing: tuple[Incident, IncidentVersion],
    *,
    changes: Mapping[str, object],
    why: tuple[Reason, str | None],
) -> int:
    """End the version that stands, add one with `changes`, and give its number.

    The place is looked up again when it moves. Raises `Conflict` where another was quicker.
    """
    incident, version = standing
    number = version.version_number + 1
    after = {
        **{name: getattr(version, name) for name in VERSION_COLUMNS},
        **changes,
        "dataset": incident.dataset,
        "supersedes": version.id,
        "version_number": number,
        "reason_note": why[1],
        **_recorded(session, actor, why[0]),
    }
    if not _PLACE.isdisjoint(changes):
        after |= place_of(after)
    if end_versions(session, [version.id], moment(session)) != 1:
        raise Conflict("changed_meanwhile")
    add_version(session, after)
    session.expire(version)
    return number


def _recorded(session: Session, actor: Actor, reason: Reason) -> dict[str, Any]:
    now = moment(session)
    return {
        "recorded_from": now,
        "recorded_to": None,
        "recorded_by": actor.handle,
        "entered_at": now,
        "reason": str(reason),
    }
