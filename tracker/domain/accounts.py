"""Organisations, accounts and how people prove who they are: codes, limits and rules."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.permissions import Actor, Role, TokenScope


class OrganisationKind(StrEnum):
    """What an organisation is. There is none for migration control, and none may be added."""

    SHELTER = "shelter"
    FAMILY_GROUP = "family_group"
    SEARCH_GROUP = "search_group"
    HUMANITARIAN = "humanitarian"
    HUMAN_RIGHTS = "human_rights"
    LEGAL_AID = "legal_aid"
    MONITORING_NETWORK = "monitoring_network"
    RESEARCH = "research"
    FORENSIC = "forensic"
    OMBUDSPERSON = "ombudsperson"
    SEARCH_COMMISSION = "search_commission"


class InvitationPurpose(StrEnum):
    """What a single-use link is for."""

    JOIN = "join"
    RECOVER = "recover"


class FactorKind(StrEnum):
    """What a person has beside the password."""

    TOTP = "totp"
    PASSKEY = "passkey"


class SessionStage(StrEnum):
    """How far somebody has come with signing in."""

    SECOND_FACTOR = "second_factor"
    SET_UP = "set_up"
    FULL = "full"


# Roles that an account can have. The operator works on the command line and has no account.
ACCOUNT_ROLES = (
    Role.REPORTER,
    Role.VERIFIER,
    Role.CASE_WORKER,
    Role.SEARCHER,
    Role.MONITOR,
    Role.FAMILY,
    Role.ADMINISTRATOR,
)
NEEDS_SECOND_FACTOR = frozenset(
    {Role.VERIFIER, Role.CASE_WORKER, Role.SEARCHER, Role.MONITOR, Role.ADMINISTRATOR}
)


@dataclass(frozen=True)
class SessionLimits:
    """How long a session lasts at most, and without any request."""

    absolute: dt.timedelta
    idle: dt.timedelta


_CASES = SessionLimits(dt.timedelta(hours=12), dt.timedelta(minutes=15))
_OFFICE = SessionLimits(dt.timedelta(hours=12), dt.timedelta(hours=2))
# Whoever logs incidents from the road signs in once, and comes back when there is network again.
_ROAD = SessionLimits(dt.timedelta(days=30), dt.timedelta(days=7))
_LIMITS = {
    Role.CASE_WORKER: _CASES,
    Role.SEARCHER: _CASES,
    Role.ADMINISTRATOR: _CASES,
    Role.FAMILY: _CASES,
    Role.REPORTER: _ROAD,
}
HALF_SIGNED_IN = SessionLimits(dt.timedelta(minutes=10), dt.timedelta(minutes=10))


def session_limits(role: Role, stage: SessionStage) -> SessionLimits:
    """Say how long a session of this role lasts; before the second factor, ten minutes."""
    return _LIMITS.get(role, _OFFICE) if stage is SessionStage.FULL else HALF_SIGNED_IN


@dataclass(frozen=True)
class SignedIn:
    """Whose session a browser has, and how far it has come."""

    session_id: int
    stage: SessionStage
    actor: Actor
    last_seen_at: dt.datetime


@dataclass(frozen=True)
class NewSession:
    """A session that has just begun: the secret for the browser's cookie, told only now."""

    session_id: int
    token: str
    stage: SessionStage
    lasts: dt.timedelta


@dataclass(frozen=True)
class OpenSession:
    """A session as its owner sees it."""

    id: int
    device: str
    began_at: dt.datetime
    last_seen_at: dt.datetime


@dataclass(frozen=True)
class OwnToken:
    """A key of the API as its owner sees it."""

    id: int
    name: str
    prefix: str
    scope: TokenScope
    created_at: dt.datetime
    expires_at: dt.datetime
    last_used_at: dt.datetime | None


@dataclass(frozen=True)
class OwnFactor:
    """A second factor as its owner sees it."""

    id: int
    kind: FactorKind
    name: str
    created_at: dt.datetime
    last_used_at: dt.datetime | None


@dataclass(frozen=True)
class Member:
    """A person of an organisation as its administrator sees them."""

    id: int
    name: str
    email: str
    role: Role
    factors: int
    created_at: dt.datetime
    deactivated_at: dt.datetime | None


@dataclass(frozen=True)
class OpenInvitation:
    """A link that has not been used: for what, and until when."""

    id: int
    purpose: InvitationPurpose
    role: Role
    expires_at: dt.datetime


@dataclass(frozen=True)
class OrganisationFacts:
    """An organisation as those see it who look after it."""

    id: int
    name: str
    kind: OrganisationKind
    country: str
    deactivated_at: dt.datetime | None


@dataclass(frozen=True)
class Welcome:
    """What somebody who follows a link is told: who invites, and to what."""

    purpose: InvitationPurpose
    organisation: str
    role: Role
    name: str
    expires_at: dt.datetime


@dataclass(frozen=True)
class OwnAccount:
    """What the installation holds of a person, as that person sees it."""

    name: str
    email: str
    role: Role
    organisation: str
    created_at: dt.datetime
    password_changed_at: dt.datetime
