"""Reads what people said of pairs."""

import json
from collections.abc import Iterable

from sqlalchemy.orm import Session

from tracker.db.models.matches import Match, MatchDecision
from tracker.db.queries.matches import decisions_of
from tracker.domain.matches import SET_ASIDE, MatchStatus, Voice, heard


def voice_of(row: MatchDecision) -> Voice:
    """Give one voice as the rules read it."""
    return Voice(
        number=row.id,
        decision=row.decision,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        role=row.role,
        organisation_id=row.organisation_id,
        method=row.method,
        authority=row.authority,
        identified_on=row.identified_on,
        reason=row.reason,
        undone_at=row.undone_at,
    )


def voices_of(session: Session, matches: Iterable[Match]) -> dict[int, list[Voice]]:
    """Give the voices of some pairs, the oldest first, by the number of the match."""
    numbers = [match.id for match in matches]
    found: dict[int, list[Voice]] = {number: [] for number in numbers}
    for row in decisions_of(session, numbers):
        found[row.match_id].append(voice_of(row))
    return found


def compared_when_set_aside(session: Session, match: Match) -> dict[str, str]:
    """Give the digests of what stood when a pair was set aside, by the second of the two voices."""
    rows = [row for row in decisions_of(session, [match.id]) if row.decision in SET_ASIDE]
    counted = {voice.number for voice in heard(map(voice_of, decisions_of(session, [match.id])))}
    last = [row for row in rows if row.id in counted] or rows
    return digests_of(last[-1].compared) if last else digests_of(match.compared)


def digests_of(text: str) -> dict[str, str]:
    """Read the digests that a row holds."""
    digests: dict[str, str] = json.loads(text)
    return digests


def packed_digests(digests: dict[str, str]) -> str:
    """Write digests so that the same ones are the same text."""
    return json.dumps(digests, sort_keys=True)


def came_back_rows(session: Session, match: Match) -> list[MatchDecision]:
    """Give the rows in which the program brought a pair back."""
    rows = decisions_of(session, [match.id])
    return [row for row in rows if row.decision == MatchStatus.PROPOSED]
