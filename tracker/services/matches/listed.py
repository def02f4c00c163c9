"""Lists the pairs of an organisation by what is to be done with them, the likeliest first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.db.models.matches import Match
from tracker.db.queries.matches import list_match_rows, seen_matches
from tracker.db.session import moment
from tracker.domain.matches import (
    DECIDED,
    MatchRow,
    MatchShow,
    MatchStatus,
    may_propose,
    may_second,
    waiting_voices,
)
from tracker.domain.permissions import Action, Actor, require
from tracker.services.matches.pairs import Side, in_reading_order, load_sides, pair_stands
from tracker.services.matches.shown import shown_sides
from tracker.services.matches.voices import voices_of

_OPEN = tuple(status for status in MatchStatus if status not in DECIDED)
_STATUSES: Mapping[MatchShow, tuple[MatchStatus, ...]] = {
    MatchShow.OPEN: _OPEN,
    MatchShow.MINE: _OPEN,
    MatchShow.WAITING: _OPEN,
    MatchShow.SETTLED: DECIDED,
}
# Pairs that are looked through at once: some may not be compared today.
_AT_ONCE = 100


@dataclass(frozen=True)
class MatchFilter:
    """Which pairs somebody asks for; `after` is with which the page before this ended."""

    show: MatchShow | None = None
    after: int | None = None
    limit: int = 30


EVERYTHING = MatchFilter()


def list_matches(
    session: Session, actor: Actor, wanted: MatchFilter = EVERYTHING
) -> tuple[tuple[MatchRow, ...], int | None]:
    """List pairs of the actor's organisation, the likeliest first, and where the next page begins.

    What may not be compared today is not listed, nor proposed pairs of remains identified since.
    Pairs that wait for the reader's own voice are `MINE`, and no more among the `OPEN` ones.
    """
    require(actor, Action.SEE_MATCHES)
    shown: list[tuple[int, MatchRow]] = []
    for number, row in _rows(session, actor, wanted):
        if len(shown) == wanted.limit:
            return tuple(each for _, each in shown), shown[-1][0]
        shown.append((number, row))
    return tuple(each for _, each in shown), None


def _rows(session: Session, actor: Actor, wanted: MatchFilter) -> Iterator[tuple[int, MatchRow]]:
    after = wanted.after
    while True:
        matches = list_match_rows(
            session,
            seen_matches(actor),
            statuses=tuple(MatchStatus) if wanted.show is None else _STATUSES[wanted.show],
            spoken_of=wanted.show in (MatchShow.MINE, MatchShow.WAITING),
            after=after,
            limit=_AT_ONCE,
        )
        for number, row in _told(session, actor, matches):
            if wanted.show is None or _belongs(row, wanted.show):
                yield number, row
        if len(matches) < _AT_ONCE:
            return
        after = matches[-1].id


def _belongs(row: MatchRow, show: MatchShow) -> bool:
    return {
        MatchShow.OPEN: not row.waits_for_reader,
        MatchShow.MINE: row.waits_for_reader,
        MatchShow.WAITING: row.waits,
        MatchShow.SETTLED: True,
    }[show]


def _told(
    session: Session, actor: Actor, matches: Sequence[Match]
) -> Iterator[tuple[int, MatchRow]]:
    numbers = {number for match in matches for number in (match.one_id, match.other_id)}
    sides = load_sides(session, numbers)
    listed = [match for match in matches if _is_listed(session, match, sides)]
    used = {number for match in listed for number in (match.one_id, match.other_id)}
    shown = shown_sides(session, actor, [sides[number] for number in used])
    voices = voices_of(session, listed)
    for match in listed:
        waiting = waiting_voices(voices[match.id])
        first, second = in_reading_order((sides[match.one_id], sides[match.other_id]))
        yield (
            match.id,
            MatchRow(
                public_id=match.public_id,
                status=MatchStatus(match.status),
                strength=match.strength,
                sides=(shown[first.record.id], shown[second.record.id]),
                changed_at=match.changed_at,
                waits=bool(waiting),
                waits_for_reader=any(may_second(actor, voice) for voice in waiting),
            ),
        )


def _is_listed(session: Session, match: Match, sides: dict[int, Side]) -> bool:
    if not pair_stands(session, match, sides):
        return False
    if match.status != MatchStatus.PROPOSED:
        return True
    one, other = sides[match.one_id].comparable, sides[match.other_id].comparable
    return may_propose(one, other, moment(session).date())
