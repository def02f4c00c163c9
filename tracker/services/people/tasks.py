"""What is to be done for a person, by when: steps of the search, and referrals."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.db.models.people import PersonTask
from tracker.db.queries.people import tasks_of
from tracker.db.session import moment
from tracker.domain.errors import InvalidRecord, NotFound
from tracker.domain.people import PersonSight, TaskKind
from tracker.domain.permissions import Action, Actor, require
from tracker.services.acts import note_act
from tracker.services.people.standing import seen_person

LONGEST = 2_000


@dataclass(frozen=True)
class TaskTold:
    """A task, and what came of it once it was done."""

    number: int
    kind: TaskKind
    told: str
    due_on: dt.date | None
    done_on: dt.date | None
    outcome: str | None


def add_task(
    session: Session,
    actor: Actor,
    public_id: str,
    *,
    kind: TaskKind,
    told: str,
    due_on: dt.date | None = None,
) -> int:
    """Note something to do for a person; gives its number."""
    require(actor, Action.RECORD_CASES)
    record, _ = seen_person(session, actor, public_id, at_least=PersonSight.KEEPER)
    task = PersonTask(
        record_id=record.id,
        kind=kind,
        told=_sound(told, "told"),
        due_on=due_on,
        made_at=moment(session),
        made_by=actor.handle,
    )
    session.add(task)
    session.flush()
    note_act(session, actor, action="add_task", thing=f"person {record.id}")
    return task.id


def finish_task(
    session: Session, actor: Actor, public_id: str, *, number: int, outcome: str
) -> None:
    """Say what came of a task."""
    require(actor, Action.RECORD_CASES)
    record, _ = seen_person(session, actor, public_id, at_least=PersonSight.KEEPER)
    task = next((each for each in tasks_of(session, record.id) if each.id == number), None)
    if task is None:
        raise NotFound("task")
    task.outcome = _sound(outcome, "outcome")
    task.done_at, task.done_by = moment(session), actor.handle
    session.flush()
    note_act(session, actor, action="finish_task", thing=f"person {record.id}")


def list_tasks(session: Session, actor: Actor, public_id: str) -> tuple[TaskTold, ...]:
    """Give the tasks of a record to those who see all of it: what is open first, by its day."""
    require(actor, Action.SEE_CASES)
    record, _ = seen_person(session, actor, public_id, at_least=PersonSight.WHOLE)
    return tuple(
        TaskTold(
            number=task.id,
            kind=TaskKind(task.kind),
            told=task.told,
            due_on=task.due_on,
            done_on=None if task.done_at is None else task.done_at.date(),
            outcome=task.outcome,
        )
        for task in tasks_of(session, record.id)
    )


def _sound(text: str, field: str) -> str:
    text = text.strip().replace("\x00", "")
    if not text or len(text) > LONGEST:
        raise InvalidRecord({field: ("required" if not text else "too_long",)})
    return text
