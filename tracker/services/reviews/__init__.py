"""Reviews: a second person checks what somebody has logged."""

from tracker.services.reviews.decide import (
    dispute_incident,
    reopen_incident,
    return_incident,
    take_up_incident,
    verify_incident,
)
from tracker.services.reviews.publish import personal_data_of
from tracker.services.reviews.questions import answer_question, ask_question, list_questions
from tracker.services.reviews.queue import list_queue
from tracker.services.reviews.versions import list_versions, revert_incident

__all__ = [
    "answer_question",
    "ask_question",
    "dispute_incident",
    "list_questions",
    "list_queue",
    "list_versions",
    "personal_data_of",
    "reopen_incident",
    "return_incident",
    "revert_incident",
    "take_up_incident",
    "verify_incident",
]
