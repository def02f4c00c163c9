"""The one table of who may do what."""

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.errors import NotAllowed


class Role(StrEnum):
    """What a person is within an organisation; `public` is anyone at all."""

    PUBLIC = "public"
    FAMILY = "family"
    REPORTER = "reporter"
    VERIFIER = "verifier"
    CASE_WORKER = "case_worker"
    SEARCHER = "searcher"
    MONITOR = "monitor"
    ADMINISTRATOR = "administrator"
    OPERATOR = "operator"


class Action(StrEnum):
    """Acts that are asked for by name."""

    SEE_TALLIES = "see_tallies"
    SEE_PUBLIC_INCIDENTS = "see_public_incidents"
    SEE_ALL_INCIDENTS = "see_all_incidents"
    IMPORT_DATASETS = "import_datasets"
    REVISE_INCIDENTS = "revise_incidents"
    RESTRICT_INCIDENTS = "restrict_incidents"
    SEE_IMPORTS = "see_imports"
    CHECK_DATABASE = "check_database"


@dataclass(frozen=True)
class Actor:
    """Whoever asks: a role, and a name for the record of acts."""

    role: Role
    name: str = ""


ANYONE = Actor(Role.PUBLIC)
OPERATOR = Actor(Role.OPERATOR, "operator")

_PUBLIC = frozenset({Action.SEE_TALLIES, Action.SEE_PUBLIC_INCIDENTS})
_MONITOR = _PUBLIC | {Action.SEE_ALL_INCIDENTS, Action.SEE_IMPORTS}
_VERIFIER = _PUBLIC | {Action.REVISE_INCIDENTS, Action.RESTRICT_INCIDENTS}

PERMISSIONS: dict[Role, frozenset[Action]] = {
    Role.PUBLIC: _PUBLIC,
    Role.FAMILY: _PUBLIC,
    Role.REPORTER: _PUBLIC,
    Role.VERIFIER: _VERIFIER,
    Role.CASE_WORKER: _PUBLIC,
    Role.SEARCHER: _PUBLIC,
    Role.MONITOR: _MONITOR,
    Role.ADMINISTRATOR: frozenset({*_MONITOR, *_VERIFIER}),
    Role.OPERATOR: frozenset(Action),
}


def may(actor: Actor, action: Action) -> bool:
    """Say whether this actor may do this."""
    return action in PERMISSIONS[actor.role]


def require(actor: Actor, action: Action) -> None:
    """Raise `NotAllowed` unless this actor may do this."""
    if not may(actor, action):
        raise NotAllowed(action)
