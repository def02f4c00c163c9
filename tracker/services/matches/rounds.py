"""Proposes matches again whenever something that matters has changed, a few records at a time."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from tracker.db.queries.matches import (
    RegisterMarks,
    changed_after,
    changed_since,
    comparable_ids,
    last_done,
    register_marks,
)
from tracker.db.session import Database, moment
from tracker.domain.people import PersonKind
from tracker.domain.permissions import Action, Actor, require
from tracker.services.acts import note_act
from tracker.services.matches.propose import (
    ProposalsKept,
    find_proposals,
    find_proposals_of,
    keep_proposals,
)
from tracker.services.matches.register import registers_of

PROPOSED = "propose_matches"
# What was written while the last proposals were worked out is looked at again.
OVERLAP = dt.timedelta(hours=2)
# So many records at once: a second at most at 100,000, then others have their turn.
AT_ONCE = 20


@dataclass(frozen=True)
class ProposalRound:
    """What a round came to; `marks` say how far it has looked (None: it was ended early)."""

    kept: ProposalsKept = field(default_factory=lambda: ProposalsKept(0, 0, 0))
    marks: RegisterMarks | None = None


def propose_all(database: Database, actor: Actor) -> ProposalsKept:
    """Compare all records, and keep the pairs that are worth a look."""
    require(actor, Action.MANAGE_INSTALLATION)
    with database.reading() as session:
        proposals = find_proposals(session, actor)
    with database.writing() as session:
        kept = keep_proposals(session, actor, proposals)
        note_act(session, actor, action=PROPOSED, thing="matches")
    return kept


def propose_changed(
    database: Database,
    actor: Actor,
    *,
    since: ProposalRound | None = None,
    goes_on: Callable[[], bool] = lambda: True,
) -> ProposalRound:
    """Compare what changed since a round before, or since the last one that is in the log.

    `goes_on` is asked between every few records, and may rest meanwhile; once it says no the round
    ends, and is none that anybody builds upon.
    """
    require(actor, Action.MANAGE_INSTALLATION)
    with database.reading() as session:
        marks, before = register_marks(session), None if since is None else since.marks
        changed = [] if marks == before else sorted(_changed(session, marks, since=before))
    if marks == before:
        return ProposalRound(marks=marks)
    kept = ProposalsKept(0, 0, 0)
    for start in range(0, len(changed), AT_ONCE):
        if start and not goes_on():
            return ProposalRound(kept)
        kept += _propose_of(database, actor, changed[start : start + AT_ONCE])
    with database.writing() as session:
        note_act(session, actor, action=PROPOSED, thing="matches")
    return ProposalRound(kept, marks)


def _propose_of(database: Database, actor: Actor, record_ids: list[int]) -> ProposalsKept:
    with database.reading() as session:
        proposals = find_proposals_of(session, actor, record_ids)
    if not proposals:
        return ProposalsKept(0, 0, 0)
    with database.writing() as session:
        return keep_proposals(session, actor, proposals)


def _changed(session: Session, marks: RegisterMarks, *, since: RegisterMarks | None) -> set[int]:
    """Give the records to compare again."""
    if since is not None:
        versions, consents = changed_since(session, since)
        whole = replace(
            marks,
            versions=since.versions + len(versions),
            consents=since.consents + len(consents),
            disputes_settled=since.disputes_settled,
        )
        if whole == marks:
            return {*versions, *consents}
    # After a start; or a dispute was settled, something was erased, or became visible later than
    # what came after it.
    last = moment(session) if since is not None else last_done(session, PROPOSED)
    if last is not None:
        return changed_after(session, last - OVERLAP)
    today = moment(session).date()
    return {number for kind in PersonKind for number in comparable_ids(session, kind, today)}


def read_ahead(database: Database, actor: Actor) -> None:
    """Read the registers that are not in memory.

    From now on whoever asks is told to come back instead of reading all records themselves.
    """
    require(actor, Action.MANAGE_INSTALLATION)
    registers = registers_of(database.caches)
    registers.reads_ahead = True
    with database.reading() as session:
        for kind in PersonKind:
            registers.read(session, kind)


def end_reading_ahead(database: Database, actor: Actor) -> None:
    """Let whoever asks read all records themselves again: nobody does it for them."""
    require(actor, Action.MANAGE_INSTALLATION)
    registers_of(database.caches).reads_ahead = False
