"""The one table of who may do what."""

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.errors import NotAllowed, NotFound


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
    USE_OWN_ACCOUNT = "use_own_account"
    MANAGE_ORGANISATION = "manage_organisation"
    MANAGE_INSTALLATION = "manage_installation"
    LOG_INCIDENTS = "log_incidents"
    REPORT_INCIDENTS = "report_incidents"
    REVIEW_INCIDENTS = "review_incidents"
    DISPUTE_INCIDENTS = "dispute_incidents"
    PUBLISH_FIGURES = "publish_figures"
    FIND_DUPLICATES = "find_duplicates"
    MERGE_INCIDENTS = "merge_incidents"
    ERASE_INCIDENTS = "erase_incidents"
    SEE_CASES = "see_cases"
    RECORD_CASES = "record_cases"
    SHARE_CASES = "share_cases"
    ERASE_CASES = "erase_cases"
    SEE_MATCHES = "see_matches"
    DECIDE_MATCHES = "decide_matches"
    SEE_SEARCHES = "see_searches"
    RECORD_SEARCHES = "record_searches"
    FOLLOW_OWN_CASE = "follow_own_case"
    FOLLOW_SERVERS = "follow_servers"


class TokenScope(StrEnum):
    """What a key of the API is good for, within the rights of whoever made it."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True)
class Actor:
    """Whoever asks: a role, a name to show, and for people who are signed in two ids.

    The name is what pages call them. Records say `handle`, which names nobody.
    """

    role: Role
    name: str = ""
    account_id: int | None = None
    organisation_id: int | None = None
    # Set when a program asks with a key: it never may more than this.
    scope: TokenScope | None = None

    @property
    def handle(self) -> str:
        """Give what records of acts and versions call this actor: an id, never a person's name."""
        return self.name if self.account_id is None else f"account {self.account_id}"


ANYONE = Actor(Role.PUBLIC)
OPERATOR = Actor(Role.OPERATOR, "operator")

_PUBLIC = frozenset(
    {
        Action.SEE_TALLIES,
        Action.SEE_PUBLIC_INCIDENTS,
        Action.REPORT_INCIDENTS,
        # With the code of the case and a second secret, and no account.
        Action.FOLLOW_OWN_CASE,
    }
)
_MONITOR = _PUBLIC | {
    Action.SEE_ALL_INCIDENTS,
    Action.SEE_IMPORTS,
    Action.PUBLISH_FIGURES,
    Action.DISPUTE_INCIDENTS,
}
_REPORTER = _PUBLIC | {
    Action.LOG_INCIDENTS,
    Action.FIND_DUPLICATES,
    Action.DISPUTE_INCIDENTS,
    Action.ERASE_INCIDENTS,
}
_VERIFIER = _REPORTER | {
    Action.REVIEW_INCIDENTS,
    Action.REVISE_INCIDENTS,
    Action.RESTRICT_INCIDENTS,
    Action.MERGE_INCIDENTS,
}
# The second voice on a match sees what was compared, and no case.
_SECOND_VOICE = frozenset({Action.SEE_MATCHES, Action.DECIDE_MATCHES})
_SEARCHER = frozenset({Action.SEE_SEARCHES, Action.RECORD_SEARCHES})
_CASE_WORKER = (
    _SECOND_VOICE
    | _SEARCHER
    | {Action.SEE_CASES, Action.RECORD_CASES, Action.SHARE_CASES, Action.ERASE_CASES}
)

# Of an organisation: sees everything of its own, and no more of others than a verifier.
_ADMINISTRATOR = _VERIFIER | {
    Action.SEE_IMPORTS,
    Action.MANAGE_ORGANISATION,
    Action.FOLLOW_SERVERS,
}
# Everybody who signs in has an account to look after.
_OF_ACCOUNTS = frozenset({Action.USE_OWN_ACCOUNT})
_NEVER_BY_TOKEN = _OF_ACCOUNTS | {
    Action.MANAGE_ORGANISATION,
    Action.MANAGE_INSTALLATION,
    Action.ERASE_INCIDENTS,
    Action.SHARE_CASES,
    Action.ERASE_CASES,
    Action.DECIDE_MATCHES,
    Action.FOLLOW_SERVERS,
}

PERMISSIONS: dict[Role, frozenset[Action]] = {
    Role.PUBLIC: _PUBLIC,
    Role.FAMILY: _PUBLIC | _OF_ACCOUNTS,
    Role.REPORTER: _REPORTER | _OF_ACCOUNTS,
    Role.VERIFIER: _VERIFIER | _SECOND_VOICE | _OF_ACCOUNTS,
    Role.CASE_WORKER: _REPORTER | _CASE_WORKER | _OF_ACCOUNTS,
    Role.SEARCHER: _PUBLIC | _SEARCHER | _OF_ACCOUNTS,
    Role.MONITOR: _MONITOR | _OF_ACCOUNTS,
    Role.ADMINISTRATOR: _ADMINISTRATOR | _OF_ACCOUNTS,
    Role.OPERATOR: frozenset(Action),
}


def may(actor: Actor, action: Action) -> bool:
    """Say whether this actor may do this."""
    return action in PERMISSIONS[actor.role] and _in_scope(actor.scope, action)


def _in_scope(scope: TokenScope | None, action: Action) -> bool:
    if scope is None:
        return True
    if action in _NEVER_BY_TOKEN:
        return False
    return scope is TokenScope.WRITE or action.startswith(("see_", "find_"))


def require(actor: Actor, action: Action) -> None:
    """Raise `NotAllowed` unless this actor may do this."""
    if not may(actor, action):
        raise NotAllowed(action)


def of_own_organisation(actor: Actor, organisation_id: int | None) -> bool:
    """Say whether a thing belongs to the actor's organisation; the operator looks after all."""
    if actor.role is Role.OPERATOR:
        return True
    return organisation_id is not None and actor.organisation_id == organisation_id


def require_own_organisation(actor: Actor, organisation_id: int | None, kind: str) -> None:
    """Raise `NotFound` for a thing of another organisation: it looks like what is not there."""
    if not of_own_organisation(actor, organisation_id):
        raise NotFound(kind)
