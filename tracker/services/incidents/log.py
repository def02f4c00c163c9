"""Logs an incident: it is restricted until somebody decides otherwise, and counts when verified."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from tracker.db.models import Incident
from tracker.db.queries.erasures import is_erased
from tracker.db.queries.idempotency import find_key, take_key
from tracker.db.rows import reserve_numbers
from tracker.db.session import moment
from tracker.domain.errors import Conflict
from tracker.domain.incidents import Logged
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.public_ids import public_id
from tracker.domain.statuses import LoggedThrough, Status, Visibility
from tracker.services.acts import note_act
from tracker.services.incidents.entries import columns_of_facts, refuse_future
from tracker.services.incidents.standing import seen_incident
from tracker.services.incidents.versions import first_version


def log_incident(
    session: Session,
    actor: Actor,
    facts: Mapping[str, Any],
    *,
    submit: bool = False,
    key: str | None = None,
    through: LoggedThrough = LoggedThrough.FORM,
) -> Logged:
    """Log an incident (`facts` as `load_incident` gives them), as a draft or for review.

    `key` makes sending again harmless: the same sender's same key gives the incident that it made
    the first time. Raises `Conflict` where the facts differ (`key_used_otherwise`) or that incident
    was erased (`record_erased`), and `InvalidRecord` for a day that has not come.
    """
    require(actor, Action.LOG_INCIDENTS)
    refuse_future(facts, moment(session).date())
    if key is not None:
        digest = digest_of_facts(facts, submit=submit)
        if not take_key(session, sender=actor.handle, key=key, digest=digest):
            return _logged_before(session, actor, key=key, digest=digest)
    status = Status.SUBMITTED if submit else Status.DRAFT
    incident = store_incident(session, actor, facts, status=status, through=through)
    if key is not None:
        find_key(session, sender=actor.handle, key=key).thing = incident.public_id
    note_act(session, actor, action=Action.LOG_INCIDENTS, thing=f"incident {incident.id}")
    return Logged(incident.public_id, 1, status, new=True)


def store_incident(
    session: Session,
    actor: Actor,
    facts: Mapping[str, Any],
    *,
    status: Status,
    through: LoggedThrough,
) -> Incident:
    """Store a new incident of this actor's; whoever calls has asked whether they may."""
    number = reserve_numbers(session, "incidents", 1)
    incident = Incident(
        id=number,
        public_id=public_id(number),
        dataset=None,
        visibility=Visibility.RESTRICTED,
        organisation_id=actor.organisation_id,
        logged_by=actor.account_id,
        logged_on=moment(session).date(),
        logged_through=through,
    )
    session.add(incident)
    session.flush()
    columns = {**columns_of_facts(facts), "status": str(status)}
    first_version(session, actor, incident, columns=columns)
    return incident


def digest_of_facts(facts: Mapping[str, Any], *, submit: bool) -> str:
    """Give a digest that two records share only if they tell the same."""
    told = json.dumps([facts, submit], sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def _logged_before(session: Session, actor: Actor, *, key: str, digest: str) -> Logged:
    known = find_key(session, sender=actor.handle, key=key)
    if is_erased(session, known.thing):
        raise Conflict("record_erased")
    if known.digest != digest:
        raise Conflict("key_used_otherwise")
    incident, version = seen_incident(session, actor, known.thing)
    return Logged(incident.public_id, version.version_number, version.status, new=False)
