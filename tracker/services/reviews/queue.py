"""The queue of records that wait for a second person."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from tracker.db.queries.reviews import WAITING, open_questions, waiting_records
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.reviews import QueueEntry
from tracker.services.incidents.records import record_of

MOST_SHOWN = 200


def list_queue(
    session: Session,
    actor: Actor,
    *,
    statuses: Sequence[str] = (),
    corridors: Sequence[str] = (),
    qualities: Sequence[int] = (),
) -> tuple[QueueEntry, ...]:
    """Give the records that wait, the oldest first; at most `MOST_SHOWN`."""
    require(actor, Action.REVIEW_INCIDENTS)
    rows = waiting_records(
        session,
        actor,
        statuses=statuses or WAITING,
        corridors=corridors,
        qualities=qualities,
        limit=MOST_SHOWN,
    )
    asked = open_questions(session, [incident.id for incident, _ in rows])
    return tuple(
        QueueEntry(
            record=record_of(incident, version),
            waiting_since=incident.logged_on or version.recorded_from.date(),
            open_questions=asked.get(incident.id, 0),
            own=actor.account_id is not None and incident.logged_by == actor.account_id,
        )
        for incident, version in rows
    )
