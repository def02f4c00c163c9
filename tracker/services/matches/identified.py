"""What an identification leaves on each of its two records, and how whoever keeps one undoes it.

Both hold after a family took its consent back or had the other record erased: the bare fact stays,
and no word of the other record is told.
"""

from sqlalchemy.orm import Session

from tracker.db.models.matches import Match
from tracker.db.models.people import PersonRecord
from tracker.db.queries.families import confirmed_matches
from tracker.db.queries.matches import find_match
from tracker.db.session import moment
from tracker.domain.erasures import Ground
from tracker.domain.errors import NotAllowed, NotFound
from tracker.domain.matches import (
    DECIDERS,
    Identified,
    MatchStatus,
    Voice,
    heard,
    may_compare,
)
from tracker.domain.people import PersonKind
from tracker.domain.permissions import Action, Actor, require
from tracker.services.matches.decide import undo_voice
from tracker.services.matches.find import own_side
from tracker.services.matches.pairs import Side, load_sides
from tracker.services.matches.voices import voices_of


def list_identified(
    session: Session, actor: Actor, public_id: str, *, kind: PersonKind
) -> tuple[Identified, ...]:
    """Give what identifies a record of the actor's organisation; mostly nothing, or one."""
    side = own_side(session, actor, public_id, kind=kind)
    matches = [match for match, _ in confirmed_matches(session, side.record.id)]
    voices = voices_of(session, matches)
    told = []
    for match in matches:
        confirming = _confirming(voices[match.id])
        if confirming:
            told.append(_identified(session, side, match, voice=confirming[-1]))
    return tuple(told)


def undo_identification(
    session: Session, actor: Actor, public_id: str, *, kind: PersonKind, match: str, reason: str
) -> MatchStatus:
    """Undo an identification for an organisation that keeps one of its records, with a reason.

    It takes back what its own people said, or the last voice where the others said both; what
    stood before stands again. Raises `NotFound` where no such pair is confirmed.
    """
    require(actor, Action.DECIDE_MATCHES)
    if actor.role not in DECIDERS or actor.account_id is None:
        raise NotAllowed(Action.DECIDE_MATCHES)
    side = own_side(session, actor, public_id, kind=kind)
    found = find_match(session, match.strip().upper(), to_write=True)
    if found is None or found not in [row for row, _ in confirmed_matches(session, side.record.id)]:
        raise NotFound("match")
    confirming = _confirming(voices_of(session, [found])[found.id])
    own = [voice for voice in confirming if voice.organisation_id == actor.organisation_id]
    return undo_voice(
        session,
        actor,
        found,
        sides=[*load_sides(session, (found.one_id, found.other_id)).values()],
        number=(own or confirming)[-1].number,
        reason=reason,
    )


def _confirming(voices: list[Voice]) -> list[Voice]:
    return [voice for voice in heard(voices) if voice.decision == MatchStatus.CONFIRMED]


def _identified(session: Session, side: Side, match: Match, *, voice: Voice) -> Identified:
    other_id = match.one_id + match.other_id - side.record.id
    record = session.get_one(PersonRecord, other_id)
    other = load_sides(session, [other_id]).get(other_id)
    today = moment(session).date()
    return Identified(
        match=match.public_id,
        method=voice.method,
        authority=voice.authority or "",
        identified_on=voice.identified_on,
        confirmed_on=voice.decided_at.date(),
        opens=other is not None and may_compare(side.comparable, other.comparable, today),
        erased_on=None if record.erased_at is None else record.erased_at.date(),
        by_family=record.erasure_ground == Ground.PERSON_ASKED,
    )
