"""Two records that may be of one person: who may compare them, and how two people decide."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.consents import ConsentTold, Purpose, agreed
from tracker.domain.match_evidence import Explanation, MatchField, Settling
from tracker.domain.people import CLOSED, PersonKind, RemainsStatus
from tracker.domain.permissions import Actor, Role


class MatchStatus(StrEnum):
    """How a pair stands. The program proposes; everything else is people's."""

    PROPOSED = "proposed"
    UNDER_REVIEW = "under_review"
    REFERRED = "referred_for_comparison"
    EXCLUDED = "excluded"
    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class Method(StrEnum):
    """How two records were compared; the first three are primary and confirm who somebody is."""

    FINGERPRINTS = "fingerprints"
    DENTAL = "dental"
    DNA = "dna"
    MEDICAL = "medical"
    EFFECTS = "effects"
    DESCRIPTION = "description"
    VISUAL = "visual"


PRIMARY = (Method.FINGERPRINTS, Method.DENTAL, Method.DNA)
# In the list of decisions these say what happened to others: never a voice.
TAKEN_BACK = "taken_back"
# One person takes a step of the work; what says something of the person takes two.
BY_ONE = frozenset({MatchStatus.UNDER_REVIEW, MatchStatus.REFERRED})
BY_TWO = frozenset(
    {
        MatchStatus.EXCLUDED,
        MatchStatus.TENTATIVE,
        MatchStatus.CONFIRMED,
        MatchStatus.WITHDRAWN,
    }
)
UNDER_WAY = (MatchStatus.UNDER_REVIEW, MatchStatus.REFERRED, MatchStatus.TENTATIVE)
DECIDED = (MatchStatus.CONFIRMED, MatchStatus.EXCLUDED, MatchStatus.WITHDRAWN)
SET_ASIDE = (MatchStatus.EXCLUDED, MatchStatus.WITHDRAWN)
_ENDS = (
    *(MatchStatus.EXCLUDED, MatchStatus.TENTATIVE, MatchStatus.CONFIRMED, MatchStatus.WITHDRAWN),
)
# What is decided stays so until one of the two takes it back, or (set aside) a fact changes.
_FOLLOWS: Mapping[MatchStatus, tuple[MatchStatus, ...]] = {
    MatchStatus.PROPOSED: (MatchStatus.UNDER_REVIEW, MatchStatus.REFERRED, *_ENDS),
    MatchStatus.UNDER_REVIEW: (MatchStatus.REFERRED, *_ENDS),
    MatchStatus.REFERRED: (MatchStatus.REFERRED, *_ENDS),
    MatchStatus.TENTATIVE: (
        *(MatchStatus.REFERRED, MatchStatus.EXCLUDED, MatchStatus.CONFIRMED),
        MatchStatus.WITHDRAWN,
    ),
    MatchStatus.EXCLUDED: (),
    MatchStatus.WITHDRAWN: (),
    MatchStatus.CONFIRMED: (),
}
DECIDERS = (Role.CASE_WORKER, Role.VERIFIER)


def may_follow(before: str, after: str) -> bool:
    """Say whether people may decide so while a pair stands so."""
    return MatchStatus(after) in _FOLLOWS[MatchStatus(before)]


class MatchShow(StrEnum):
    """Which pairs a list shows: those that wait for the reader stand apart from the open ones."""

    OPEN = "open"
    MINE = "mine"
    WAITING = "waiting"
    SETTLED = "settled"


@dataclass(frozen=True)
class Voice:
    """What one person (a handle, no name) said of a pair, or that the program brought it back."""

    number: int
    decision: str
    decided_at: dt.datetime
    decided_by: str
    role: str
    organisation_id: int | None = None
    method: str | None = None
    authority: str | None = None
    identified_on: dt.date | None = None
    reason: str | None = None
    undone_at: dt.datetime | None = None


def heard(voices: Iterable[Voice]) -> tuple[Voice, ...]:
    """Give the voices that count: not taken back, and since the pair last came back."""
    kept: list[Voice] = []
    for voice in voices:
        if voice.decision == MatchStatus.PROPOSED:
            kept = []
        elif voice.decision != TAKEN_BACK and voice.undone_at is None:
            kept.append(voice)
    return tuple(kept)


def same_finding(one: Voice, other: Voice) -> bool:
    """Say whether two voices for a confirmation name the same method, authority and day."""
    return (one.method, _folded(one.authority), one.identified_on) == (
        *(other.method, _folded(other.authority), other.identified_on),
    )


def _folded(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()


def are_two(one: Voice, other: Voice) -> bool:
    """Say whether two voices decide together: two people, and at least one case worker."""
    if one.decision != other.decision or one.decided_by == other.decided_by:
        return False
    if one.decision == MatchStatus.CONFIRMED and not same_finding(one, other):
        return False
    return Role.CASE_WORKER in (one.role, other.role)


def may_second(actor: Actor, voice: Voice) -> bool:
    """Say whether this actor can be the second person for a voice."""
    if actor.role not in DECIDERS or voice.decided_by == actor.handle:
        return False
    return Role.CASE_WORKER in (actor.role, voice.role)


def status_of(voices: Iterable[Voice]) -> MatchStatus:
    """Say how a pair stands by the voices that count, in the order in which they were given.

    So a voice that is taken back leaves what stood before it.
    """
    return _replayed(voices)[0]


def waiting_voices(voices: Iterable[Voice]) -> tuple[Voice, ...]:
    """Give the voices that wait for a second person."""
    status, waiting = _replayed(voices)
    return tuple(voice for voice in waiting if may_follow(status, voice.decision))


def _replayed(voices: Iterable[Voice]) -> tuple[MatchStatus, list[Voice]]:
    status, waiting = MatchStatus.PROPOSED, list[Voice]()
    for voice in heard(voices):
        if not may_follow(status, voice.decision):
            continue
        if voice.decision in BY_ONE:
            status = MatchStatus(voice.decision)
        elif any(are_two(first, voice) for first in waiting):
            status = MatchStatus(voice.decision)
            waiting = [first for first in waiting if first.decision != voice.decision]
        else:
            waiting.append(voice)
    return status, waiting


@dataclass(frozen=True)
class Comparable:
    """What decides whether a record may be compared with another one today."""

    record_id: int
    kind: PersonKind
    status: str
    organisation_id: int
    invented: bool
    consents: tuple[ConsentTold, ...] = ()
    disputed: bool = False

    def agrees_to(self, organisation_id: int, today: dt.date) -> bool:
        """Say whether it may be compared with what an organisation holds."""
        if self.kind is PersonKind.REMAINS:
            return self.status != RemainsStatus.WITHDRAWN
        if self.disputed or self.status in CLOSED:
            return False
        return agreed(self.consents, Purpose.MATCH, recipient=organisation_id, today=today)


def may_compare(one: Comparable, other: Comparable, today: dt.date) -> bool:
    """Say whether two records may be compared, shown side by side and listed today.

    The one rule of pages, lists and jobs. A family that takes its consent back ends it at once.
    Invented people are compared with invented ones alone.
    """
    return (
        one.record_id != other.record_id
        and one.invented == other.invented
        and one.agrees_to(other.organisation_id, today)
        and other.agrees_to(one.organisation_id, today)
    )


def may_propose(one: Comparable, other: Comparable, today: dt.date) -> bool:
    """Say whether the program may propose a pair: remains that are identified are not compared."""
    identified = RemainsStatus.CONFIRMED in (one.status, other.status)
    return may_compare(one, other, today) and not identified


def sees_match(actor: Actor, organisation_ids: Iterable[int]) -> bool:
    """Say whether an actor sees a pair of records that these organisations keep."""
    if actor.role is Role.OPERATOR:
        return True
    return actor.role in DECIDERS and actor.organisation_id in {*organisation_ids}


@dataclass(frozen=True)
class MatchSide:
    """One of the two records as a match shows it: `facts` without numbers of telephones.

    `own` says whether it is kept by the reader's organisation, `open_to` whether the reader may
    open the record itself.
    """

    public_id: str
    kind: PersonKind
    status: str
    organisation: str
    own: bool
    open_to: bool
    invented: bool
    facts: Mapping[str, object]
    incident: str | None = None

    @property
    def name(self) -> str:
        """Give the name that is told; empty where nobody knows one."""
        names = ("given_names", "first_surname", "second_surname")
        return " ".join(str(self.facts[name]) for name in names if self.facts.get(name))


@dataclass(frozen=True)
class MatchRow:
    """A pair in a list: its two sides, how it stands, and whose voice it waits for.

    `public_id` is empty for a pair that nobody has asked for yet.
    """

    public_id: str
    status: MatchStatus
    strength: str
    sides: tuple[MatchSide, MatchSide]
    changed_at: dt.datetime | None
    waits: bool = False
    waits_for_reader: bool = False
    explanation: Explanation | None = None


@dataclass(frozen=True)
class VoiceTold:
    """A voice as the page of a match tells it: whose organisation, which role, never a name.

    `counts` is False once it was taken back or the pair came back; `can_second` says whether the
    reader can be the second person.
    """

    voice: Voice
    organisation: str | None
    mine: bool
    waits: bool
    counts: bool
    can_second: bool
    changed_since: tuple[MatchField, ...]


@dataclass(frozen=True)
class Identified:
    """That a record is identified with one of the other kind: the bare fact, no word of that one.

    `confirmed_on` is when the second person said so. `opens` says whether the two may still be
    compared; `erased_on` when the other record was erased, `by_family` whether a family asked.
    """

    match: str
    method: str | None
    authority: str
    identified_on: dt.date | None
    confirmed_on: dt.date
    opens: bool
    erased_on: dt.date | None
    by_family: bool


@dataclass(frozen=True)
class MatchTold:
    """A match as its page shows it; the evidence is worked out anew each time.

    `stamp` names what was read, so that nobody decides on what they have not seen. `came_back`
    names the fields that changed since the pair was set aside.
    """

    public_id: str
    status: MatchStatus
    sides: tuple[MatchSide, MatchSide]
    explanation: Explanation
    settling: tuple[Settling, ...]
    voices: Sequence[VoiceTold]
    may_decide: bool
    choices: tuple[MatchStatus, ...]
    came_back: tuple[MatchField, ...]
    proposed_at: dt.datetime
    stamp: str

    @property
    def invented(self) -> bool:
        """Say whether these are invented people, of a demonstration."""
        return any(side.invented for side in self.sides)

    @property
    def waiting(self) -> tuple[VoiceTold, ...]:
        """Give the voices that wait for a second person."""
        return tuple(told for told in self.voices if told.waits)
