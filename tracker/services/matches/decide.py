"""Two people decide about a pair, and either takes it back. Nothing is deleted.

A status never spreads: a confirmation changes its own two records and no other.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.db.models.matches import Match, MatchDecision
from tracker.db.queries.families import confirmed_matches
from tracker.db.queries.people import versions_of_person
from tracker.db.session import moment
from tracker.domain.errors import Conflict, InvalidRecord, NotAllowed, NotFound, UnknownCode
from tracker.domain.matches import (
    BY_ONE,
    BY_TWO,
    DECIDERS,
    PRIMARY,
    TAKEN_BACK,
    MatchStatus,
    Method,
    Voice,
    are_two,
    heard,
    may_follow,
    same_finding,
    status_of,
    waiting_voices,
)
from tracker.domain.people import BY_MATCH_ALONE, CaseStatus, PersonKind, RemainsStatus
from tracker.domain.permissions import Action, Actor, require
from tracker.services.acts import note_act
from tracker.services.matches.pairs import Side, seen_match
from tracker.services.matches.read import stamp_of
from tracker.services.matches.shown import compared_digests, explained
from tracker.services.matches.voices import packed_digests, voices_of
from tracker.services.people.versions import next_person_version

LONGEST_WORDS = 2_000
_ENDS = {
    PersonKind.CASE: CaseStatus.LOCATED_DECEASED,
    PersonKind.REMAINS: RemainsStatus.CONFIRMED,
}


@dataclass(frozen=True)
class Finding:
    """What somebody says of a pair: how it was compared, by whom, on which day, and why."""

    method: str | None = None
    authority: str = ""
    identified_on: dt.date | None = None
    reason: str = ""


_NOTHING_SAID = Finding()


def decide_match(
    session: Session,
    actor: Actor,
    public_id: str,
    *,
    decision: str,
    finding: Finding = _NOTHING_SAID,
    read: str | None = None,
) -> MatchStatus:
    """Give one's voice on a pair; gives how the pair stands then.

    One person takes it up or refers it for comparison. What says something of the person waits
    until a second one says the same, one of both a case worker. A confirmation needs a primary
    method, an authority and a day, the same in both voices; an exclusion a method and who found
    it. `read` is the stamp of what was read. Raises `Conflict` (`status_does_not_follow`,
    `second_person_needed`, `case_worker_needed`, `voices_differ`, `changed_meanwhile`).
    """
    require(actor, Action.DECIDE_MATCHES)
    if actor.role not in DECIDERS or actor.account_id is None:
        raise NotAllowed(Action.DECIDE_MATCHES)
    match, pair = seen_match(session, actor, public_id, to_write=True)
    if read is not None and read != stamp_of(session, match, pair):
        raise Conflict("changed_meanwhile")
    known = tuple(sorted(BY_ONE | BY_TWO))
    if decision not in known:
        raise UnknownCode("decision", decision, known)
    if not may_follow(match.status, decision):
        raise Conflict("status_does_not_follow", before=match.status, after=decision)
    _check_finding(decision, finding, today=moment(session).date())
    row = _row(session, actor, match, decision=decision, finding=finding)
    row.compared = packed_digests(compared_digests(session, pair, explained(session, pair)))
    _refuse_single_or_other(session, match, row)
    session.add(row)
    session.flush()
    note_act(session, actor, action=f"match_{decision}", thing=f"match {match.id}")
    return _stand(session, actor, match, sides=pair)


def take_back_decision(
    session: Session, actor: Actor, public_id: str, *, number: int, reason: str
) -> MatchStatus:
    """Take one's own voice back, with a reason: what stood before it stands again."""
    require(actor, Action.DECIDE_MATCHES)
    match, pair = seen_match(session, actor, public_id, to_write=True)
    voices = voices_of(session, [match])[match.id]
    mine = [each for each in heard(voices) if each.decided_by == actor.handle]
    if number not in [voice.number for voice in mine]:
        raise NotFound("decision")
    return undo_voice(session, actor, match, sides=pair, number=number, reason=reason)


def undo_voice(
    session: Session,
    actor: Actor,
    match: Match,
    *,
    sides: Sequence[Side],
    number: int,
    reason: str,
) -> MatchStatus:
    """Take a voice back for whoever was found to may; `sides` are the records that still stand."""
    _check_words({"reason": reason}, required=("reason",))
    row = session.get_one(MatchDecision, number)
    row.undone_at, row.undone_by = moment(session), actor.handle
    # Nothing is compared for it: the two may be compared no more.
    back = _row(session, actor, match, decision=TAKEN_BACK, finding=Finding(reason=reason))
    session.add(back)
    session.flush()
    note_act(session, actor, action="match_taken_back", thing=f"match {match.id}")
    return _stand(session, actor, match, sides=sides)


def _check_finding(decision: str, finding: Finding, *, today: dt.date) -> None:
    """Raise `InvalidRecord` for what a decision lacks."""
    wrong: dict[str, tuple[str, ...]] = {}
    needs_method = decision in (
        *(MatchStatus.CONFIRMED, MatchStatus.EXCLUDED, MatchStatus.REFERRED),
    )
    if finding.method is None:
        if needs_method:
            wrong["method"] = ("required",)
    elif finding.method not in tuple(Method):
        wrong["method"] = ("unknown_code",)
    elif decision == MatchStatus.CONFIRMED and finding.method not in PRIMARY:
        wrong["method"] = ("not_primary",)
    if needs_method and not finding.authority.strip():
        wrong["authority"] = ("required",)
    if decision == MatchStatus.CONFIRMED and finding.identified_on is None:
        wrong["identified_on"] = ("required",)
    if finding.identified_on is not None and finding.identified_on > today:
        wrong["identified_on"] = ("in_the_future",)
    if decision in (MatchStatus.TENTATIVE, MatchStatus.WITHDRAWN) and not finding.reason.strip():
        wrong["reason"] = ("required",)
    if wrong:
        raise InvalidRecord(wrong)
    _check_words({"authority": finding.authority, "reason": finding.reason})


def _check_words(told: dict[str, str], *, required: tuple[str, ...] = ()) -> None:
    wrong = {name: ("required",) for name in required if not told[name].strip()}
    wrong |= {name: ("too_long",) for name, text in told.items() if len(text) > LONGEST_WORDS}
    if wrong:
        raise InvalidRecord(wrong)


def _row(
    session: Session, actor: Actor, match: Match, *, decision: str, finding: Finding
) -> MatchDecision:
    return MatchDecision(
        match_id=match.id,
        decision=decision,
        decided_at=moment(session),
        decided_by=actor.handle,
        role=actor.role,
        organisation_id=actor.organisation_id,
        method=finding.method,
        authority=" ".join(finding.authority.split()) or None,
        identified_on=finding.identified_on,
        reason=finding.reason.strip() or None,
        compared=packed_digests({}),
    )


def _refuse_single_or_other(session: Session, match: Match, row: MatchDecision) -> None:
    """Refuse a second voice of the same person, of two verifiers, or for another finding."""
    if row.decision in BY_ONE:
        return
    voices = voices_of(session, [match])[match.id]
    waiting = [each for each in waiting_voices(voices) if each.decision == row.decision]
    if any(voice.decided_by == row.decided_by for voice in waiting):
        raise Conflict("second_person_needed")
    said = Voice(
        number=0,
        decision=row.decision,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        role=row.role,
        method=row.method,
        authority=row.authority,
        identified_on=row.identified_on,
    )
    if not waiting or any(are_two(voice, said) for voice in waiting):
        return
    if row.decision == MatchStatus.CONFIRMED and not any(
        same_finding(voice, said) for voice in waiting
    ):
        raise Conflict("voices_differ")
    raise Conflict("case_worker_needed")


def _stand(session: Session, actor: Actor, match: Match, *, sides: Sequence[Side]) -> MatchStatus:
    """Let a pair stand as its voices say, and its two records with it where it is confirmed."""
    before, after = match.status, status_of(voices_of(session, [match])[match.id])
    if after == before:
        return after
    match.status, match.changed_at = after, moment(session)
    session.flush()
    note_act(session, actor, action=f"match_stands_{after}", thing=f"match {match.id}")
    for side in sides:
        if before == MatchStatus.CONFIRMED:
            _undo_identification(session, actor, match, side=side)
        elif after == MatchStatus.CONFIRMED and len({each.kind for each in sides}) == len(_ENDS):
            _identify(session, actor, match, side=side)
    return after


def _identify(session: Session, actor: Actor, match: Match, *, side: Side) -> None:
    """Say of one of the two records of a confirmed match what it says, in a version of its own."""
    # What another server keeps is changed there.
    status = _ENDS[side.kind]
    if side.record.server_id is None and side.version.status != status:
        next_person_version(session, actor, side.version, status=status, reason=match.public_id)
        note_act(session, actor, action="identified_by_match", thing=f"person {side.record.id}")


def _undo_identification(session: Session, actor: Actor, match: Match, *, side: Side) -> None:
    """Bring back how a record stood before, unless another confirmed match says the same."""
    if side.record.server_id is not None or side.version.status not in BY_MATCH_ALONE:
        return
    if confirmed_matches(session, side.record.id):
        return
    versions = versions_of_person(session, side.record.id)
    before = next(each.status for each in versions if each.status not in BY_MATCH_ALONE)
    next_person_version(session, actor, side.version, status=before, reason=match.public_id)
    note_act(session, actor, action="identification_undone", thing=f"person {side.record.id}")
