"""Takes reports of people without an account, and lets them follow what became of one by a code."""

import datetime as dt
import hmac
import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from tracker.db.models import Incident, IncidentVersion, ReportAddition, ReportFollowUp
from tracker.db.queries.erasures import is_erased
from tracker.db.queries.idempotency import find_key, take_key
from tracker.db.queries.incidents import current_version
from tracker.db.queries.public_reports import additions_of, find_follow_up
from tracker.db.queries.reviews import questions_of
from tracker.db.session import keys_of_session, moment
from tracker.domain.errors import Conflict, InvalidRecord, NotFound
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.public_reports import (
    LONGEST_WORDS,
    UNNAMED,
    Reported,
    ReportTold,
    code_of_number,
    plain_code,
)
from tracker.domain.reviews import QuestionTold
from tracker.domain.statuses import LoggedThrough, Status
from tracker.services.acts import note_act
from tracker.services.incidents.log import digest_of_facts, store_incident
from tracker.services.incidents.standing import seen_incident

# Of one report; more would be a flood.
MOST_ADDITIONS = 50
_CLOSED = (Status.WITHDRAWN, Status.MERGED)


def new_form(session: Session) -> str:
    """Make the word of a page that asks for a report: random, dated, and known again as ours."""
    word = f"{secrets.token_hex(16)}.{int(moment(session).timestamp())}"
    return f"{word}.{keys_of_session(session).digest('report page', word)}"


def age_of_form(session: Session, form: str) -> dt.timedelta | None:
    """Say how old the page with this word is; None where the word is not ours."""
    word, _, digest = form.rpartition(".")
    known = keys_of_session(session).digest("report page", word)
    if not hmac.compare_digest(known.encode(), digest.encode()):
        return None
    made = dt.datetime.fromtimestamp(int(word.partition(".")[2]), dt.UTC)
    return moment(session) - made


def report_incident(
    session: Session, actor: Actor, facts: Mapping[str, Any], *, form: str
) -> Reported:
    """Take a report for every verifier, and give the code that follows it.

    Nothing is kept of who sent it, also where somebody is signed in. `form` is the random word of
    the page that it was typed in: sent again, it makes no second record and gives the same code.
    Raises `Conflict` where the facts differ (`key_used_otherwise`), or it was erased
    (`record_erased`).
    """
    require(actor, Action.REPORT_INCIDENTS)
    keys = keys_of_session(session)
    code = code_of_number(int(keys.digest("report code", form), 16))
    key, digest = keys.digest("report form", form), digest_of_facts(facts, submit=True)
    if not take_key(session, sender=UNNAMED.handle, key=key, digest=digest):
        known = find_key(session, sender=UNNAMED.handle, key=key)
        if is_erased(session, known.thing):
            raise Conflict("record_erased")
        if known.digest != digest:
            raise Conflict("key_used_otherwise")
        return Reported(code, known.thing, new=False)
    incident = store_incident(
        session, UNNAMED, facts, status=Status.SUBMITTED, through=LoggedThrough.PUBLIC_REPORT
    )
    session.add(
        ReportFollowUp(
            incident_id=incident.id,
            code_digest=_digest_of_code(session, code),
            made_on=moment(session).date(),
        )
    )
    find_key(session, sender=UNNAMED.handle, key=key).thing = incident.public_id
    thing = f"incident {incident.id}"
    note_act(session, UNNAMED, action=Action.REPORT_INCIDENTS, thing=thing)
    session.flush()
    return Reported(code, incident.public_id, new=True)


def get_report(session: Session, actor: Actor, code: str) -> ReportTold:
    """Tell what became of the report that a code follows; raises `NotFound` for any other code."""
    require(actor, Action.REPORT_INCIDENTS)
    incident, version = followed_report(session, code)
    return ReportTold(
        status=version.status,
        questions=tuple(
            QuestionTold(
                number=asked.id,
                text=asked.text,
                asked_at=asked.asked_at,
                mine=False,
                answer=asked.answer,
                answered_at=asked.answered_at,
            )
            for asked in questions_of(session, incident.id)
        ),
        additions=len(additions_of(session, incident.id)),
    )


def answer_about_report(
    session: Session, actor: Actor, code: str, *, number: int, text: str
) -> None:
    """Answer a question about the report that a code follows; once."""
    require(actor, Action.REPORT_INCIDENTS)
    incident, version = followed_report(session, code)
    questions = questions_of(session, incident.id)
    asked = next((each for each in questions if each.id == number), None)
    if asked is None:
        raise NotFound("question")
    _require_open(version)
    if asked.answered_at is not None:
        raise Conflict("answered_already")
    asked.answer = _sound(text, f"answer-{number}")
    asked.answered_at = moment(session)
    note_act(session, UNNAMED, action="answer_question", thing=f"incident {incident.id}")


def add_to_report(session: Session, actor: Actor, code: str, *, text: str) -> None:
    """Add something to the report that a code follows; the record itself stays as it is."""
    require(actor, Action.REPORT_INCIDENTS)
    incident, version = followed_report(session, code)
    _require_open(version)
    if len(additions_of(session, incident.id)) >= MOST_ADDITIONS:
        raise InvalidRecord({"more": ("too_many",)})
    added = _sound(text, "more")
    today = moment(session).date()
    session.add(ReportAddition(incident_id=incident.id, added_on=today, text=added))
    note_act(session, UNNAMED, action="add_to_report", thing=f"incident {incident.id}")


def list_additions(
    session: Session, actor: Actor, public_id: str
) -> tuple[tuple[dt.date, str], ...]:
    """Give what was added to a report since, to those who review it: the day and the words."""
    require(actor, Action.LOG_INCIDENTS)
    incident, _ = seen_incident(session, actor, public_id)
    return tuple((each.added_on, each.text) for each in additions_of(session, incident.id))


def followed_report(session: Session, code: str) -> tuple[Incident, IncidentVersion]:
    """Give the incident that a code follows as it stands; raises `NotFound` for any other code."""
    # The same work for every code, so that neither the answer nor its time tells of others.
    found = find_follow_up(session, _digest_of_code(session, code))
    version = None if found is None else current_version(session, found.incident_id)
    if found is None or version is None:
        raise NotFound("report")
    return session.get_one(Incident, found.incident_id), version


def _digest_of_code(session: Session, code: str) -> str:
    return keys_of_session(session).digest("follow-up code", plain_code(code))


def _require_open(version: IncidentVersion) -> None:
    if version.status in _CLOSED:
        raise Conflict("record_is_closed", status=version.status)


def _sound(text: str, field: str) -> str:
    text = text.strip().replace("\x00", "")
    if not text or len(text) > LONGEST_WORDS:
        raise InvalidRecord({field: ("required" if not text else "too_long",)})
    return text
