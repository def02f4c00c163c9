"""Decides whether somebody may change what a record says, where it stands now."""

from tracker.db.models import Incident, IncidentVersion
from tracker.db.queries.incidents import known_version
from tracker.domain.errors import Conflict, NotAllowed
from tracker.domain.permissions import Action, Actor, may
from tracker.domain.personal_data import PersonalData, find_personal_data
from tracker.domain.statuses import OPEN_TO_WRITER, Status
from tracker.domain.visibility import is_keeper

# What its publisher has made public of a place is public here too; a finer one must not become so.
PLACE = frozenset(
    {"longitude", "latitude", "uncertainty_m", "location_precision", "location_description"}
)
_CLOSED = (Status.WITHDRAWN, Status.MERGED)
# Free text that the public view of a record shows. Words of the place and notes stay behind.
PUBLIC_TEXTS = ("cause_reported", "information_source", "url")


def require_keeper(actor: Actor, incident: Incident, version: IncidentVersion) -> None:
    """Raise `NotAllowed` where the record is another organisation's, whatever it shares."""
    if not is_keeper(actor, known_version(incident, version).standing):
        raise NotAllowed(Action.REVISE_INCIDENTS)


def require_writable(actor: Actor, incident: Incident, version: IncidentVersion) -> None:
    """Raise `NotAllowed` or `Conflict` unless this actor may change the record as it stands.

    What was verified takes no changes: it is reviewed again first, so that nothing counts or
    becomes public that no second person has looked at.
    """
    if version.status in _CLOSED:
        raise Conflict("record_is_closed", status=version.status)
    require_keeper(actor, incident, version)
    if version.status == Status.VERIFIED:
        raise Conflict("review_it_again_first")
    if may(actor, Action.REVISE_INCIDENTS):
        return
    if actor.account_id is None or incident.logged_by != actor.account_id:
        raise NotAllowed(Action.REVISE_INCIDENTS)
    if version.status not in OPEN_TO_WRITER:
        raise Conflict("under_review")


def personal_data_in(version: IncidentVersion) -> dict[str, tuple[PersonalData, ...]]:
    """Say for each public text of a version what personal data it seems to hold."""
    found = {name: find_personal_data(getattr(version, name)) for name in PUBLIC_TEXTS}
    return {name: kinds for name, kinds in found.items() if kinds}


def refuse_personal_data(version: IncidentVersion) -> None:
    """Raise `Conflict` where a public text holds personal data."""
    found = personal_data_in(version)
    if found:
        raise Conflict("personal_data_in_public_text", fields=tuple(found))
