"""What passes between servers: records that one shares and another follows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.domain.people import PersonKind, ShareKind

# Entries of one answer, and the longest wait for one that tells something new.
MOST_ENTRIES = 100
MOST_WAIT_S = 25


class FeedChange(StrEnum):
    """What an entry tells of a record: it changed, or it is not shared any more."""

    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


class ServerProblem(StrEnum):
    """Why a server that is followed could not be read, or not whole."""

    NO_ANSWER = "no_answer"
    NOT_TRUSTED = "not_trusted"
    ADDRESS_REFUSED = "address_refused"
    KEY_REFUSED = "key_refused"
    NOT_THERE = "not_there"
    REDIRECTED = "redirected"
    SERVER_FAILED = "server_failed"
    ANSWER_TOO_LARGE = "answer_too_large"
    NOT_READABLE = "not_readable"
    # The rest was taken in.
    PARTLY_READABLE = "partly_readable"


class ServerNotHeard(Exception):
    """A server gave no answer that can be used; `problem` says why, and nothing of the answer."""

    def __init__(self, problem: ServerProblem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True)
class SharedPerson:
    """A record as its keeper shares it with one organisation today.

    `until` is the last day of the share. `match` says whether the recipient may compare it with
    others, `match_until` until when; None: until it is taken back.
    """

    kind: PersonKind
    status: str
    version_number: int
    invented: bool
    organisation: str
    what: ShareKind
    facts: Mapping[str, object]
    until: dt.date | None
    match: bool
    match_until: dt.date | None
    consents: tuple[tuple[str, dt.date | None], ...] = ()


@dataclass(frozen=True)
class SharedEntry:
    """One entry of a feed; without a record it tells that nothing is shared any more."""

    number: int
    public_id: str
    record: SharedPerson | None = None

    @property
    def change(self) -> FeedChange:
        """Say what the entry tells."""
        return FeedChange.WITHDRAWN if self.record is None else FeedChange.CHANGED


@dataclass(frozen=True)
class FeedPage:
    """Entries in order, each record once; `last` is where the next question goes on.

    `started_over`: the asker had read further than this server has ever written, so these are the
    entries from the first one on. `dropped` counts entries that were not read whole, `unread`
    those of them that were not read at all.
    """

    entries: tuple[SharedEntry, ...]
    last: int
    more: bool
    started_over: bool = False
    dropped: int = 0
    unread: int = 0


@dataclass(frozen=True)
class FollowedTold:
    """A server that is followed, without its key."""

    number: int
    organisation_id: int
    organisation: str
    name: str
    address: str
    read_up_to: int
    answered_at: dt.datetime | None
    problem: ServerProblem | None
    copies: int


@dataclass(frozen=True)
class ServerQuestion:
    """Where to ask, with which key, and after which entry."""

    number: int
    address: str
    key: str = field(repr=False)
    after: int


@dataclass(frozen=True)
class Taken:
    """What became of entries that were read."""

    changed: int = 0
    withdrawn: int = 0
    dropped: int = 0
    problem: ServerProblem | None = None
    entries: int = 0
