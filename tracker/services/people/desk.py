"""What waits for an organisation's case workers: records to look at again, and tasks."""

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from tracker.db.models.people import PersonRecord, PersonVersion
from tracker.db.queries.desks import reviews_due, tasks_due
from tracker.db.session import moment
from tracker.domain.people import BY_MATCH_ALONE, CLOSED, PersonKind, called
from tracker.domain.permissions import Action, Actor, require
from tracker.services.people.standing import facts_of

# What falls due within a week stands on the desk already.
AHEAD = dt.timedelta(days=7)


@dataclass(frozen=True)
class DeskEntry:
    """One thing that waits: `reason` is `review` or `task`, with the kind and words of a task."""

    public_id: str
    kind: PersonKind
    name: str
    reason: str
    told: str
    due_on: dt.date
    overdue: bool
    invented: bool
    task: str | None = None


def list_desk(session: Session, actor: Actor, *, limit: int = 30) -> tuple[DeskEntry, ...]:
    """Give what waits in the actor's organisation today and in the week to come, oldest first."""
    require(actor, Action.RECORD_CASES)
    if actor.organisation_id is None:
        return ()
    today = moment(session).date()
    own, until = actor.organisation_id, today + AHEAD
    closed = CLOSED | BY_MATCH_ALONE
    entries = [
        _entry(record, version, reason="review", due_on=record.review_on, today=today)
        for record, version in reviews_due(session, own, until=until, closed=closed, limit=limit)
        if record.review_on is not None
    ]
    entries += [
        replace(
            _entry(record, version, reason="task", due_on=task.due_on, today=today),
            told=task.told,
            task=task.kind,
        )
        for task, record, version in tasks_due(session, own, until=until, limit=limit)
        if task.due_on is not None
    ]
    return tuple(sorted(entries, key=lambda entry: entry.due_on)[:limit])


def _entry(
    record: PersonRecord,
    version: PersonVersion,
    *,
    reason: str,
    due_on: dt.date,
    today: dt.date,
) -> DeskEntry:
    return DeskEntry(
        public_id=record.public_id,
        kind=PersonKind(record.kind),
        name=called(facts_of(version)),
        reason=reason,
        told="",
        due_on=due_on,
        overdue=due_on < today,
        invented=record.invented,
    )
