"""The rule of who sees an incident as a filter of the database."""

from sqlalchemy import ColumnElement, and_, false, or_, true

from tracker.db.models import Incident, IncidentVersion
from tracker.domain.permissions import Actor, Role
from tracker.domain.statuses import Status, Visibility
from tracker.domain.visibility import PARTNERS, SEES_ORGANISATION, SHARED, SHOWN_TO_ALL


def seen_in_full(actor: Actor) -> ColumnElement[bool]:
    """Let through what this actor sees all of: `sight_of` is `Sight.FULL`.

    The statement joins an incident with its current version.
    """
    if actor.role == Role.OPERATOR:
        return true()
    allowed: list[ColumnElement[bool]] = []
    if actor.account_id is not None:
        allowed.append(Incident.logged_by == actor.account_id)
    if actor.role == Role.MONITOR:
        allowed.append(IncidentVersion.status == Status.VERIFIED)
    no_draft = IncidentVersion.status != Status.DRAFT
    if actor.organisation_id is not None and actor.role in SEES_ORGANISATION:
        allowed.append(and_(no_draft, Incident.organisation_id == actor.organisation_id))
    if actor.role in PARTNERS:
        nobody = and_(Incident.organisation_id.is_(None), Incident.logged_by.is_(None))
        allowed.append(and_(no_draft, or_(nobody, Incident.visibility.in_(SHARED))))
    return or_(*allowed) if allowed else false()


def seen_by_all() -> ColumnElement[bool]:
    """Let through what everybody may see in the public view."""
    public = Incident.visibility == Visibility.PUBLIC
    return and_(public, IncidentVersion.status.in_(SHOWN_TO_ALL))
