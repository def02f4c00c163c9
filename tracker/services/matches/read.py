"""Reads matches: the lists of an organisation, and one with its evidence worked out anew."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from tracker.db.models.matches import Match
from tracker.db.queries.matches import decisions_of, list_match_rows, seen_matches
from tracker.db.queries.people import names_of_organisations
from tracker.db.session import moment
from tracker.domain.match_evidence import MatchField
from tracker.domain.matches import (
    DECIDERS,
    MatchRow,
    MatchStatus,
    MatchTold,
    Voice,
    VoiceTold,
    heard,
    may_follow,
    may_propose,
    waiting_voices,
)
from tracker.domain.permissions import Action, Actor, Role, may, require
from tracker.linkage.matches import what_would_settle
from tracker.services.acts import note_act
from tracker.services.matches.pairs import (
    Pair,
    Side,
    in_reading_order,
    load_sides,
    pair_stands,
    seen_match,
)
from tracker.services.matches.shown import (
    changed_fields,
    compared_digests,
    explained,
    shown_sides,
)
from tracker.services.matches.voices import digests_of, voice_of, voices_of

MOST_LISTED = 100
# What a person can choose, in the order in which pages offer it.
_CHOICES = (
    *(MatchStatus.UNDER_REVIEW, MatchStatus.REFERRED, MatchStatus.TENTATIVE),
    *(MatchStatus.CONFIRMED, MatchStatus.EXCLUDED, MatchStatus.WITHDRAWN),
)


def list_matches(
    session: Session, actor: Actor, *, statuses: Sequence[MatchStatus] = tuple(MatchStatus)
) -> tuple[MatchRow, ...]:
    """List the pairs of the actor's organisation: those waiting for their voice, then likely ones.

    What may not be compared today is not listed, nor proposed pairs of remains identified since.
    """
    require(actor, Action.SEE_MATCHES)
    matches = list_match_rows(session, seen_matches(actor), statuses=[*statuses], limit=MOST_LISTED)
    numbers = {number for match in matches for number in (match.one_id, match.other_id)}
    sides = load_sides(session, numbers)
    listed = [match for match in matches if _is_listed(session, match, sides)]
    used = {number for match in listed for number in (match.one_id, match.other_id)}
    shown = shown_sides(session, actor, [sides[number] for number in used])
    voices = voices_of(session, listed)
    rows = []
    for match in listed:
        waiting = waiting_voices(voices[match.id])
        first, second = in_reading_order((sides[match.one_id], sides[match.other_id]))
        rows.append(
            MatchRow(
                public_id=match.public_id,
                status=MatchStatus(match.status),
                strength=match.strength,
                sides=(shown[first.record.id], shown[second.record.id]),
                changed_at=match.changed_at,
                waits=bool(waiting),
                waits_for_reader=any(_may_second(actor, voice) for voice in waiting),
            )
        )
    return tuple(sorted(rows, key=lambda row: not row.waits_for_reader))


def _is_listed(session: Session, match: Match, sides: dict[int, Side]) -> bool:
    if not pair_stands(session, match, sides):
        return False
    if match.status != MatchStatus.PROPOSED:
        return True
    one, other = sides[match.one_id].comparable, sides[match.other_id].comparable
    return may_propose(one, other, moment(session).date())


def _may_second(actor: Actor, voice: Voice) -> bool:
    """Say whether this actor can be the second person for a voice."""
    if actor.role not in DECIDERS or voice.decided_by == actor.handle:
        return False
    return Role.CASE_WORKER in (actor.role, voice.role)


def get_match(session: Session, actor: Actor, public_id: str) -> MatchTold:
    """Give a match with what speaks for and against it, as the two records stand now."""
    require(actor, Action.SEE_MATCHES)
    match, ends = seen_match(session, actor, public_id)
    pair = in_reading_order(ends)
    explanation = explained(session, pair)
    shown = shown_sides(session, actor, pair)
    now = compared_digests(session, pair, explanation)
    status = MatchStatus(match.status)
    decides = actor.role in DECIDERS and may(actor, Action.DECIDE_MATCHES)
    return MatchTold(
        public_id=match.public_id,
        status=status,
        sides=(shown[pair[0].record.id], shown[pair[1].record.id]),
        explanation=explanation,
        settling=what_would_settle(explanation),
        voices=_voices_told(session, actor, match, now=now),
        may_decide=decides,
        choices=tuple(each for each in _CHOICES if may_follow(status, each)),
        came_back=_came_back(session, match),
        proposed_at=match.proposed_at,
        stamp=stamp_of(session, match, ends),
    )


def note_match_seen(session: Session, actor: Actor, public_id: str) -> None:
    """Note in the log that somebody opened a match; raises `NotFound` as its page does."""
    require(actor, Action.SEE_MATCHES)
    match, _ = seen_match(session, actor, public_id)
    note_act(session, actor, action="see_match", thing=f"match {match.id}")


def stamp_of(session: Session, match: Match, pair: Pair) -> str:
    """Name what somebody has read: the voices so far, and the versions of both records."""
    rows = decisions_of(session, [match.id])
    undone = sum(row.undone_at is not None for row in rows)
    numbers = (len(rows), undone, *(side.version.version_number for side in pair))
    return ".".join(map(str, numbers))


def _voices_told(
    session: Session, actor: Actor, match: Match, *, now: dict[str, str]
) -> tuple[VoiceTold, ...]:
    rows = decisions_of(session, [match.id])
    voices = [voice_of(row) for row in rows]
    waiting = {voice.number for voice in waiting_voices(voices)}
    counted = {voice.number for voice in heard(voices)}
    named = [row.organisation_id for row in rows if row.organisation_id is not None]
    names = names_of_organisations(session, named)
    return tuple(
        VoiceTold(
            voice=voice,
            organisation=names.get(row.organisation_id or 0),
            mine=row.decided_by == actor.handle,
            waits=voice.number in waiting,
            counts=voice.number in counted,
            can_second=voice.number in waiting and _may_second(actor, voice),
            changed_since=changed_fields(digests_of(row.compared), now),
        )
        for row, voice in zip(rows, voices, strict=True)
    )


def _came_back(session: Session, match: Match) -> tuple[MatchField, ...]:
    """Name what changed when the program last brought a pair back."""
    rows = decisions_of(session, [match.id])
    last = max((at for at, row in enumerate(rows) if row.decision == "proposed"), default=0)
    before = [row for row in rows[:last] if row.decision in ("excluded", "withdrawn")]
    if not before:
        return ()
    return changed_fields(digests_of(before[-1].compared), digests_of(rows[last].compared))
