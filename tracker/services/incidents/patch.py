"""Changes some facts of an incident and leaves the others as they are."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from tracker.db.models import IncidentVersion
from tracker.domain.groups import numbers_of_groups
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.publication import PRECISION_RADIUS_M
from tracker.schemas.incidents import dump_incident, load_incident
from tracker.services.incidents.edit import edit_incident
from tracker.services.incidents.entries import facts_of_version, told_by_sources
from tracker.services.incidents.standing import seen_incident


def patch_incident(
    session: Session,
    actor: Actor,
    public_id: str,
    *,
    changes: Mapping[str, Any],
    because: str | None = None,
    expected_version: int | None = None,
) -> int:
    """Change these facts and give the number of the version that stands then.

    `changes` is a JSON merge patch (RFC 7396): None takes a fact away. What was worked out from
    facts that change is worked out anew. Raises `InvalidRecord` where the whole is not right then.
    """
    require(actor, Action.LOG_INCIDENTS)
    incident, version = seen_incident(session, actor, public_id)
    kept = _without_what_follows(facts_of_version(version), version, changes)
    merged = {**dump_incident(kept), **changes}
    # A list that is taken away is an empty one.
    merged = {name: value for name, value in merged.items() if value is not None}
    return edit_incident(
        session,
        actor,
        public_id,
        facts=load_incident(merged, imported=incident.dataset is not None),
        because=because,
        expected_version=expected_version,
    )


def _without_what_follows(
    facts: dict[str, Any], version: IncidentVersion, changes: Mapping[str, Any]
) -> dict[str, Any]:
    """Leave out what was worked out from facts that are to change, unless it changes itself."""
    worked_out: dict[str, object] = {}
    if "groups" in changes:
        worked_out |= numbers_of_groups(facts["groups"])
    if "sources" in changes and facts["sources"]:
        worked_out |= told_by_sources(facts["sources"])
    if "location_precision" in changes:
        worked_out["uncertainty_m"] = PRECISION_RADIUS_M[version.location_precision]
    return {
        name: value
        for name, value in facts.items()
        if name not in worked_out or worked_out[name] != value
    }
