"""Reads one match, with its evidence worked out anew."""

from sqlalchemy.orm import Session

from tracker.db.models.matches import Match
from tracker.db.queries.matches import decisions_of
from tracker.db.queries.people import names_of_organisations
from tracker.domain.match_evidence import MatchField
from tracker.domain.matches import (
    DECIDERS,
    MatchStatus,
    MatchTold,
    VoiceTold,
    heard,
    may_follow,
    may_second,
    waiting_voices,
)
from tracker.domain.permissions import Action, Actor, may, require
from tracker.linkage.matches import what_would_settle
from tracker.services.acts import note_act
from tracker.services.matches.pairs import Pair, in_reading_order, seen_match
from tracker.services.matches.shown import (
    changed_fields,
    compared_digests,
    explained,
    shown_sides,
)
from tracker.services.matches.voices import digests_of, voice_of

# What a person can choose, in the order in which pages offer it.
_CHOICES = (
    *(MatchStatus.UNDER_REVIEW, MatchStatus.REFERRED, MatchStatus.TENTATIVE),
    *(MatchStatus.CONFIRMED, MatchStatus.EXCLUDED, MatchStatus.WITHDRAWN),
)


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
            can_second=voice.number in waiting and may_second(actor, voice),
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
