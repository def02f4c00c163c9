"""Finds who a person may be among all that may be compared with them, and opens such a pair."""

from sqlalchemy.orm import Session

from tracker.db.models.matches import Match
from tracker.db.queries.matches import find_match_of_pair, matches_of_records, take_turn_with_pairs
from tracker.db.queries.people import find_person
from tracker.db.session import moment
from tracker.domain.errors import NotFound
from tracker.domain.match_evidence import Explanation
from tracker.domain.matches import MatchRow, MatchStatus, may_compare, may_propose
from tracker.domain.people import PersonKind
from tracker.domain.permissions import Action, Actor, of_own_organisation, require
from tracker.domain.public_ids import random_public_id
from tracker.linkage.matches import MATCHES_VERSION, Prepared, prepare
from tracker.services.acts import note_act
from tracker.services.matches.pairs import Pair, Side, frame_of, load_sides, pair_stands
from tracker.services.matches.register import find_register
from tracker.services.matches.shown import compared_digests, explained, shown_sides, weighed
from tracker.services.matches.voices import packed_digests

MOST_SHOWN = 10
# At most so many are looked through for those who may be compared with the one asked for.
MOST_ASKED = 2_560


def find_matches(
    session: Session, actor: Actor, public_id: str, *, kind: PersonKind, limit: int = MOST_SHOWN
) -> tuple[MatchRow, ...]:
    """Find the likeliest partners of a record of the actor's organisation, the likeliest first.

    Pairs that were opened already are among them however likely they are. Nothing is written.
    """
    require(actor, Action.SEE_MATCHES)
    side = own_side(session, actor, public_id, kind=kind)
    near = {other.record.id: other for other in nearest_sides(session, side, limit=limit)}
    opened = _opened(session, side)
    shown = shown_sides(session, actor, [side, *near.values(), *(each for _, each in opened)])
    weights = weighed(session, side, [*near.values(), *(each for _, each in opened)])
    rows = []
    for match, other in [*opened, *((None, other) for other in near.values())]:
        if match is None and other.record.id in {each.record.id for _, each in opened}:
            continue
        explanation = weights[other.record.id]
        rows.append(
            MatchRow(
                public_id="" if match is None else match.public_id,
                status=MatchStatus.PROPOSED if match is None else MatchStatus(match.status),
                strength=str(explanation.strength),
                sides=(shown[side.record.id], shown[other.record.id]),
                changed_at=None if match is None else match.changed_at,
                explanation=explanation,
            )
        )
    return tuple(sorted(rows, key=_likeliest_first))


def _likeliest_first(row: MatchRow) -> tuple[float, str]:
    odds = row.explanation.log_odds if row.explanation else 0.0
    return -odds, row.sides[1].public_id


def _opened(session: Session, side: Side) -> list[tuple[Match, Side]]:
    """Give the pairs of a record that are kept already, and may be compared today."""
    matches = matches_of_records(session, [side.record.id])
    ends = [match.one_id + match.other_id - side.record.id for match in matches]
    sides = load_sides(session, [*ends, side.record.id])
    return [
        (match, sides[end])
        for match, end in zip(matches, ends, strict=True)
        if pair_stands(session, match, sides)
    ]


def own_side(session: Session, actor: Actor, public_id: str, *, kind: PersonKind) -> Side:
    """Give a record of the actor's own organisation; raises `NotFound` for every other one."""
    require(actor, Action.SEE_CASES)
    record = find_person(session, public_id.strip().upper())
    if record is None or not of_own_organisation(actor, record.organisation_id):
        raise NotFound("person")
    side = load_sides(session, [record.id]).get(record.id)
    if side is None or side.kind is not kind:
        raise NotFound("person")
    return side


def nearest_sides(session: Session, side: Side, *, limit: int) -> list[Side]:
    """Give the likeliest partners of a record that may be proposed today, the likeliest first."""
    row = prepare(frame_of(session, side))
    found = [
        pair
        for kind in PersonKind
        for pair in _nearest_of_kind(session, (side, row), kind=kind, limit=limit)
    ]
    found.sort(key=lambda pair: (-pair[0], pair[1].record.id))
    return [other for _, other in found[:limit]]


def _nearest_of_kind(
    session: Session, asking: tuple[Side, Prepared], *, kind: PersonKind, limit: int
) -> list[tuple[float, Side]]:
    """Ask for more until enough are left of those who may be compared, or there are no more."""
    (side, row), register = asking, find_register(session, kind)
    today, asked = moment(session).date(), 2 * limit
    while True:
        nearest = register.nearest(row, asked)
        sides = load_sides(session, nearest["other_id"].tolist())
        kept = [
            # A record that changed while the register was read is weighed anew.
            (odds, sides[number])
            if register.version_of(number) == sides[number].version.id
            else (explained(session, (side, sides[number])).log_odds, sides[number])
            for number, odds in zip(nearest["other_id"], nearest["log_odds"], strict=True)
            if number in sides and may_propose(side.comparable, sides[number].comparable, today)
        ]
        if len(kept) >= limit or len(nearest) < asked or asked >= MOST_ASKED:
            return kept[:limit]
        asked *= 4


def open_match(
    session: Session, actor: Actor, public_id: str, *, kind: PersonKind, with_record: str
) -> str:
    """Keep a pair that a person wants to look at, however likely it is; gives its public id.

    Raises `NotFound` where the two may not be compared.
    """
    require(actor, Action.DECIDE_MATCHES)
    side = own_side(session, actor, public_id, kind=kind)
    record = find_person(session, with_record.strip().upper())
    other = load_sides(session, [record.id]).get(record.id) if record else None
    today = moment(session).date()
    if other is None or not may_compare(side.comparable, other.comparable, today):
        raise NotFound("person")
    take_turn_with_pairs(session)
    one, two = sorted((side, other), key=lambda each: each.record.id)
    kept = find_match_of_pair(session, one.record.id, two.record.id)
    if kept is None:
        explanation = explained(session, (one, two))
        digests = compared_digests(session, (one, two), explanation)
        kept = keep_pair(session, (one, two), explanation, digests=digests)
        note_act(session, actor, action="open_match", thing=f"match {kept.id}")
    return kept.public_id


def keep_pair(
    session: Session, pair: Pair, explanation: Explanation, *, digests: dict[str, str]
) -> Match:
    """Write a pair down as proposed; the lower number stands first."""
    match = Match(
        public_id=random_public_id("M"),
        one_id=pair[0].record.id,
        other_id=pair[1].record.id,
        scoring=MATCHES_VERSION,
        log_odds=explanation.log_odds,
        strength=str(explanation.strength),
        compared=packed_digests(digests),
        status=MatchStatus.PROPOSED,
        proposed_at=moment(session),
        changed_at=moment(session),
    )
    session.add(match)
    session.flush()
    return match
