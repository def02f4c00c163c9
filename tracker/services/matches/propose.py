"""Proposes the pairs that deserve a look, of some records or of all that may be compared.

What takes long is read first, and written afterwards in one short act.
"""

import json
import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy.orm import Session

from tracker.db.models.matches import Match, MatchDecision
from tracker.db.queries.matches import comparable_rows, matches_of_records, take_turn_with_pairs
from tracker.db.session import keys_of_session, moment
from tracker.domain.match_evidence import Explanation
from tracker.domain.matches import SET_ASIDE, MatchStatus, may_propose
from tracker.domain.people import PersonKind
from tracker.domain.permissions import Action, Actor, require
from tracker.linkage.matches import MATCHES_VERSION, Prepared, all_candidates, prepare
from tracker.services.acts import note_act
from tracker.services.matches.find import keep_pair
from tracker.services.matches.frames import people_frame
from tracker.services.matches.pairs import Pair, Side, load_sides
from tracker.services.matches.register import registers_of
from tracker.services.matches.shown import changed_fields, compared_digests, explained
from tracker.services.matches.voices import compared_when_set_aside, packed_digests

# From this probability on a pair is "moderate": worth a person's look (docs/matching.md).
WORTH_A_LOOK = 0.20
LEAST_LOG_ODDS = math.log(WORTH_A_LOOK / (1 - WORTH_A_LOOK))
# At most so many pairs of one record are proposed when it changes: the likeliest.
MOST_OF_ONE = 50
PROGRAM = "program"
_KINDS = (
    (PersonKind.CASE, PersonKind.REMAINS),
    (PersonKind.CASE, PersonKind.CASE),
    (PersonKind.REMAINS, PersonKind.REMAINS),
)
_SAME_ODDS = 0.0015


@dataclass(frozen=True)
class Proposal:
    """A pair worth a look (the lower number first), with its evidence as it stands now."""

    one_id: int
    other_id: int
    explanation: Explanation
    compared: dict[str, str]


@dataclass(frozen=True)
class ProposalsKept:
    """How many pairs are new, came back because something changed, or weigh otherwise now."""

    new: int
    came_back: int
    weighed_anew: int

    def __add__(self, other: "ProposalsKept") -> "ProposalsKept":
        """Give how many of two rounds."""
        return ProposalsKept(
            self.new + other.new,
            self.came_back + other.came_back,
            self.weighed_anew + other.weighed_anew,
        )


def find_proposals(session: Session, actor: Actor) -> tuple[Proposal, ...]:
    """Find all pairs that are worth a look."""
    require(actor, Action.MANAGE_INSTALLATION)
    whole = {kind: _prepared(session, kind) for kind in PersonKind}
    found: dict[tuple[int, int], float] = {}
    for one, other in _KINDS:
        found |= _likely(whole[one], whole[other])
    return tuple(_proposals(session, found))


def find_proposals_of(
    session: Session, actor: Actor, record_ids: Collection[int]
) -> tuple[Proposal, ...]:
    """Find the pairs of some records that are worth a look; of each the likeliest `MOST_OF_ONE`.

    Reads the registers where they are not in memory, however long that takes.
    """
    require(actor, Action.MANAGE_INSTALLATION)
    registers = registers_of(session.info["caches"])
    found: dict[tuple[int, int], float] = {}
    for kind in PersonKind:
        asked = _prepared(session, kind, among=record_ids)
        if asked is None:
            continue
        for other in PersonKind:
            near = registers.read(session, other).nearest(asked, MOST_OF_ONE)
            found |= _pairs(near[near["log_odds"] >= LEAST_LOG_ODDS])
    return tuple(_proposals(session, found))


def _prepared(
    session: Session, kind: PersonKind, *, among: Collection[int] | None = None
) -> Prepared | None:
    today = moment(session).date()
    rows = comparable_rows(session, kind, today, among=among)
    people = [(row.record_id, json.loads(row.facts)) for row in rows]
    if not people:
        return None
    return prepare(people_frame(kind, people, keys_of_session(session), today=today))


def _likely(one: Prepared | None, other: Prepared | None) -> dict[tuple[int, int], float]:
    if one is None or other is None:
        return {}
    return _pairs(all_candidates(one, other, at_least=WORTH_A_LOOK))


def _pairs(frame: pd.DataFrame) -> dict[tuple[int, int], float]:
    """Give the log odds by pair, the lower number first."""
    pairs = np.sort(frame[["one_id", "other_id"]].astype(int).to_numpy(), axis=1)
    return {
        (int(low), int(high)): float(odds)
        for (low, high), odds in zip(pairs, frame["log_odds"], strict=True)
    }


def _proposals(session: Session, found: dict[tuple[int, int], float]) -> Iterable[Proposal]:
    numbers = {number for pair in found for number in pair}
    sides, today = load_sides(session, numbers), moment(session).date()
    kept = {(m.one_id, m.other_id): m for m in matches_of_records(session, numbers)}
    for pair, odds in sorted(found.items(), key=lambda each: -each[1]):
        both = _pair_of(sides, pair)
        if both is None or not may_propose(both[0].comparable, both[1].comparable, today):
            continue
        match = kept.get(pair)
        if match is not None and _is_as_before(match, odds):
            continue
        explanation = explained(session, both)
        yield Proposal(*pair, explanation, compared_digests(session, both, explanation))


def _pair_of(sides: dict[int, Side], pair: tuple[int, int]) -> Pair | None:
    one, other = (sides.get(number) for number in pair)
    return None if one is None or other is None else (one, other)


def _is_as_before(match: Match, odds: float) -> bool:
    return match.scoring == MATCHES_VERSION and abs(match.log_odds - odds) < _SAME_ODDS


def keep_proposals(session: Session, actor: Actor, proposals: Sequence[Proposal]) -> ProposalsKept:
    """Write proposals down. A pair that was set aside comes back only where a field changed."""
    require(actor, Action.MANAGE_INSTALLATION)
    take_turn_with_pairs(session)
    numbers = {number for each in proposals for number in (each.one_id, each.other_id)}
    sides = load_sides(session, numbers)
    kept = {(m.one_id, m.other_id): m for m in matches_of_records(session, numbers)}
    new = came_back = weighed_anew = 0
    for proposal in proposals:
        match = kept.get((proposal.one_id, proposal.other_id))
        pair = _pair_of(sides, (proposal.one_id, proposal.other_id))
        if match is None and pair is not None:
            keep_pair(session, pair, proposal.explanation, digests=proposal.compared)
            new += 1
        elif match is not None:
            came_back += _came_back(session, actor, match, proposal=proposal)
            _weigh_anew(match, proposal)
            weighed_anew += 1
    session.flush()
    return ProposalsKept(new, came_back, weighed_anew - came_back)


def _weigh_anew(match: Match, proposal: Proposal) -> None:
    match.scoring = MATCHES_VERSION
    match.log_odds = proposal.explanation.log_odds
    match.strength = str(proposal.explanation.strength)
    match.compared = packed_digests(proposal.compared)


def _came_back(session: Session, actor: Actor, match: Match, *, proposal: Proposal) -> bool:
    if match.status not in SET_ASIDE:
        return False
    if not changed_fields(compared_when_set_aside(session, match), proposal.compared):
        return False
    session.add(
        MatchDecision(
            match_id=match.id,
            decision=MatchStatus.PROPOSED,
            decided_at=moment(session),
            decided_by=PROGRAM,
            role=PROGRAM,
            compared=packed_digests(proposal.compared),
        )
    )
    match.status, match.changed_at = MatchStatus.PROPOSED, moment(session)
    note_act(session, actor, action="match_came_back", thing=f"match {match.id}")
    return True
