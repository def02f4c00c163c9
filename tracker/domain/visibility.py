"""The one rule of who sees what of an incident: nothing, the public view, or all of it."""

from dataclasses import dataclass
from enum import IntEnum

from tracker.domain.permissions import Actor, Role
from tracker.domain.statuses import Status, Visibility

# Only these are told to everybody; whatever else is under way belongs to those who work on it.
SHOWN_TO_ALL = (Status.VERIFIED, Status.WITHDRAWN, Status.MERGED)
# Within the organisation that logged an incident these see all of it; a reporter sees their own.
SEES_ORGANISATION = (Role.VERIFIER, Role.CASE_WORKER, Role.MONITOR, Role.ADMINISTRATOR)
# These see what an organisation shares with its partners, from the moment it is submitted.
PARTNERS = (Role.VERIFIER, Role.MONITOR, Role.ADMINISTRATOR)
SHARED = (Visibility.PARTNERS, Visibility.PUBLIC)


class Sight(IntEnum):
    """How much of an incident somebody sees; more includes less."""

    NOTHING = 0
    PUBLIC = 1
    FULL = 2


@dataclass(frozen=True)
class Standing:
    """What decides who sees an incident today.

    `organisation_id` and `logged_by` (an account) are None for what came with a dataset.
    """

    visibility: str
    status: str
    organisation_id: int | None = None
    logged_by: int | None = None


def sight_of(actor: Actor, standing: Standing) -> Sight:
    """Say how much of an incident this actor sees; the database's filter says the same."""
    if _sees_in_full(actor, standing):
        return Sight.FULL
    public = standing.visibility == Visibility.PUBLIC and standing.status in SHOWN_TO_ALL
    return Sight.PUBLIC if public else Sight.NOTHING


def _sees_in_full(actor: Actor, standing: Standing) -> bool:
    if actor.role == Role.OPERATOR:
        return True
    own = actor.account_id is not None and actor.account_id == standing.logged_by
    if own or (actor.role == Role.MONITOR and standing.status == Status.VERIFIED):
        return True
    if standing.status == Status.DRAFT:
        return False  # a draft is its writer's alone
    if standing.organisation_id is None and standing.logged_by is None:
        # Of a dataset, or told by somebody without an account: every verifier cares for it.
        return actor.role in PARTNERS
    colleague = (
        actor.organisation_id is not None and actor.organisation_id == standing.organisation_id
    )
    if colleague and actor.role in SEES_ORGANISATION:
        return True
    return actor.role in PARTNERS and standing.visibility in SHARED


def is_keeper(actor: Actor, standing: Standing) -> bool:
    """Say whether a record is this actor's to change: their own, their organisation's, or nobody's.

    Whoever only sees what another organisation shares may review it, and changes nothing of it.
    """
    if actor.role == Role.OPERATOR:
        return True
    if standing.organisation_id is None and standing.logged_by is None:
        return True
    own = actor.account_id is not None and actor.account_id == standing.logged_by
    ours = actor.organisation_id is not None and actor.organisation_id == standing.organisation_id
    return own or ours
