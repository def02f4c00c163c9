"""Changes what is known of an incident: always a new version, with its reason."""

import datetime as dt
from collections.abc import Mapping

import pandas as pd
from sqlalchemy.orm import Session

from tracker.db.history import add_versions, end_versions
from tracker.db.models import Act, Incident, IncidentVersion
from tracker.db.queries.incidents import current_version, find_incident
from tracker.db.rows import rows_as_frame
from tracker.domain.errors import BadQuery, NotFound
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.statuses import Reason, Status, Visibility
from tracker.services.imports.facts import FACTS, with_places

REVISABLE = tuple(
    name for name in FACTS if not name.endswith("_reported") and name != "import_codes"
)
_PLACE = {"longitude", "latitude", "uncertainty_m", "country_of_incident"}


def revise_incident(
    session: Session,
    actor: Actor,
    public_id: str,
    *,
    changes: Mapping[str, object],
    because: str,
) -> int:
    """Change facts of an incident and give the number of its new version.

    `changes` maps names of `REVISABLE` to new values; None says that something is not known.
    Its place is looked up again when it moves.
    """
    require(actor, Action.REVISE_INCIDENTS)
    unknown = set(changes) - set(REVISABLE)
    if unknown:
        raise BadQuery("not_revisable", fields=sorted(unknown))
    return _record(session, actor, public_id, changes=dict(changes), why=(Reason.REVISED, because))


def withdraw_incident(session: Session, actor: Actor, public_id: str, *, because: str) -> int:
    """Take an incident out of all figures from now on and give the number of its new version."""
    require(actor, Action.REVISE_INCIDENTS)
    return _record(
        session,
        actor,
        public_id,
        changes={"status": str(Status.WITHDRAWN)},
        why=(Reason.WITHDRAWN, because),
    )


def restrict_incident(
    session: Session, actor: Actor, public_id: str, *, visibility: Visibility
) -> None:
    """Choose who may see an incident from now on. It counts on, as not shown."""
    require(actor, Action.RESTRICT_INCIDENTS)
    incident, _ = _standing(session, public_id)
    incident.visibility = visibility
    session.add(_act(actor, Action.RESTRICT_INCIDENTS, incident))


def _record(
    session: Session,
    actor: Actor,
    public_id: str,
    *,
    changes: dict[str, object],
    why: tuple[Reason, str],
) -> int:
    incident, version = _standing(session, public_id)
    before = rows_as_frame(session, IncidentVersion, [version.id])
    now = dt.datetime.now(dt.UTC)
    for name, value in changes.items():
        before[name] = pd.Series([value], index=before.index, dtype=object)
    after = before.assign(
        dataset=incident.dataset,
        supersedes=version.id,
        version_number=version.version_number + 1,
        recorded_from=now,
        recorded_to=None,
        recorded_by=actor.handle,
        entered_at=now,
        reason=str(why[0]),
        reason_note=why[1],
    )
    if not _PLACE.isdisjoint(changes):
        after = with_places(after)
    if end_versions(session, [version.id], now) != 1:
        raise BadQuery("changed_meanwhile")
    add_versions(session, after, import_id=None)
    session.add(_act(actor, Action.REVISE_INCIDENTS, incident))
    return version.version_number + 1


def _standing(session: Session, public_id: str) -> tuple[Incident, IncidentVersion]:
    incident = find_incident(session, public_id.strip().upper())
    version = None if incident is None else current_version(session, incident.id)
    if incident is None or version is None:
        raise NotFound("incident")
    return incident, version


def _act(actor: Actor, action: Action, incident: Incident) -> Act:
    now = dt.datetime.now(dt.UTC)
    return Act(done_at=now, actor=actor.handle, action=action, thing=f"incident {incident.id}")
