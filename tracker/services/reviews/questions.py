"""Questions about a record, between its writer and those who review it."""

from sqlalchemy.orm import Session

from tracker.db.models import Question
from tracker.db.queries.reviews import questions_of
from tracker.db.session import moment
from tracker.domain.errors import Conflict, InvalidRecord, NotFound
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.reviews import QuestionTold
from tracker.services.acts import note_act
from tracker.services.incidents.standing import seen_incident

LONGEST = 2_000


def ask_question(session: Session, actor: Actor, public_id: str, *, text: str) -> None:
    """Ask the writer of a record something about it."""
    require(actor, Action.REVIEW_INCIDENTS)
    incident, _ = seen_incident(session, actor, public_id)
    session.add(
        Question(
            incident_id=incident.id,
            asked_by=actor.account_id,
            asked_at=moment(session),
            text=_sound(text, "question"),
        )
    )
    note_act(session, actor, action="ask_question", thing=f"incident {incident.id}")


def answer_question(
    session: Session, actor: Actor, public_id: str, *, number: int, answer: str
) -> None:
    """Answer a question about a record that the actor sees all of; once."""
    require(actor, Action.LOG_INCIDENTS)
    incident, _ = seen_incident(session, actor, public_id)
    asked = next((each for each in questions_of(session, incident.id) if each.id == number), None)
    if asked is None:
        raise NotFound("question")
    if asked.answered_at is not None:
        raise Conflict("answered_already")
    asked.answer = _sound(answer, "answer")
    asked.answered_by = actor.account_id
    asked.answered_at = moment(session)
    note_act(session, actor, action="answer_question", thing=f"incident {incident.id}")


def list_questions(session: Session, actor: Actor, public_id: str) -> tuple[QuestionTold, ...]:
    """Give the questions about a record that the actor sees all of, the first one first."""
    require(actor, Action.LOG_INCIDENTS)
    incident, _ = seen_incident(session, actor, public_id)
    return tuple(
        QuestionTold(
            number=asked.id,
            text=asked.text,
            asked_at=asked.asked_at,
            mine=asked.asked_by is not None and asked.asked_by == actor.account_id,
            answer=asked.answer,
            answered_at=asked.answered_at,
        )
        for asked in questions_of(session, incident.id)
    )


def _sound(text: str, field: str) -> str:
    text = text.strip().replace("\x00", "")
    if not text or len(text) > LONGEST:
        raise InvalidRecord({field: ("required" if not text else "too_long",)})
    return text
