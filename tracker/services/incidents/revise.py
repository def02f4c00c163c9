"""Changes what is known of an incident: always a new version, with its reason."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from tracker.domain.errors import BadQuery, Conflict
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.statuses import Reason, Status, Visibility, may_become
from tracker.services.acts import note_act
from tracker.services.imports.facts import FACTS
from tracker.services.incidents.standing import seen_incident
from tracker.services.incidents.versions import next_version
from tracker.services.incidents.writing import (
    PLACE,
    refuse_personal_data,
    require_keeper,
    require_writable,
)

REVISABLE = tuple(
    name for name in FACTS if not name.endswith("_reported") and name != "import_codes"
)


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
    Where a dataset put an incident it stays: what its publisher has made public of a place is
    public here too, and nothing finer. Raises `Conflict` for that, and for a verified record that
    was logged here.
    """
    require(actor, Action.REVISE_INCIDENTS)
    unknown = set(changes) - set(REVISABLE)
    if unknown:
        raise BadQuery("not_revisable", fields=sorted(unknown))
    incident, version = seen_incident(session, actor, public_id)
    if incident.dataset is None:
        require_writable(actor, incident, version)
    elif not PLACE.isdisjoint(changes):
        raise Conflict("place_of_dataset")
    return _record(session, actor, public_id, changes=dict(changes), why=(Reason.REVISED, because))


def withdraw_incident(session: Session, actor: Actor, public_id: str, *, because: str) -> int:
    """Take an incident out of all figures from now on and give the number of its new version."""
    require(actor, Action.REVISE_INCIDENTS)
    incident, version = seen_incident(session, actor, public_id)
    if not may_become(version.status, Status.WITHDRAWN):
        raise Conflict("status_does_not_follow", before=version.status, after=Status.WITHDRAWN)
    changes = {"status": str(Status.WITHDRAWN)}
    why = (Reason.WITHDRAWN, because)
    number = _record(session, actor, public_id, changes=changes, why=why)
    if incident.dataset is None:
        incident.visibility = Visibility.RESTRICTED
    return number


def restrict_incident(
    session: Session, actor: Actor, public_id: str, *, visibility: Visibility
) -> None:
    """Choose who may see an incident from now on. It counts on, as not shown."""
    require(actor, Action.RESTRICT_INCIDENTS)
    incident, version = seen_incident(session, actor, public_id)
    require_keeper(actor, incident, version)
    if visibility == Visibility.PUBLIC and incident.dataset is None:
        refuse_personal_data(version)
    incident.visibility = visibility
    note_act(session, actor, action=Action.RESTRICT_INCIDENTS, thing=f"incident {incident.id}")


def _record(
    session: Session,
    actor: Actor,
    public_id: str,
    *,
    changes: Mapping[str, object],
    why: tuple[Reason, str],
) -> int:
    standing = seen_incident(session, actor, public_id)
    require_keeper(actor, *standing)
    number = next_version(session, actor, standing, changes=changes, why=why)
    thing = f"incident {standing[0].id}"
    note_act(session, actor, action=Action.REVISE_INCIDENTS, thing=thing)
    return number
