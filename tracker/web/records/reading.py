"""One's own records as a list, and one record with everything that is known of it."""

import re

from flask import Response, request

from tracker.domain.attachments import MOST_OF_AN_INCIDENT
from tracker.domain.duplicates import LikelyDuplicate
from tracker.domain.errors import NotFound
from tracker.domain.incidents import IncidentRecord
from tracker.domain.permissions import Action, may
from tracker.domain.reviews import QuestionTold
from tracker.domain.statuses import Status
from tracker.http.language import gettext
from tracker.http.request import current_actor, current_session
from tracker.schemas.tallies import read_code
from tracker.services.attachments import list_attachments
from tracker.services.duplicates import find_duplicates_of_incident
from tracker.services.erasures import may_erase_incident
from tracker.services.incidents import RecordFilter, get_record, list_records
from tracker.services.reviews import list_questions
from tracker.web.records.blueprint import blueprint, own_page
from tracker.web.records.hints import personal_data_in
from tracker.web.records.steps import STANDS, is_own, may_be_edited, may_be_submitted

PAGE_SIZE = 30
_STATUSES = tuple(Status)
_NOT_CHECKED = (Status.DRAFT, Status.SUBMITTED)


@blueprint.get("/records")
def list_own() -> Response:
    """Show the records that somebody has logged, the newest first."""
    status = request.args.get("status") or ""
    statuses = (read_code("status", status, _STATUSES),) if status else ()
    wanted = RecordFilter(statuses=statuses, mine=True, after=_after(), limit=PAGE_SIZE)
    records, after = list_records(current_session(), current_actor(), wanted)
    values = {
        "records": records,
        "after": after,
        "status": status,
        "statuses": _STATUSES,
        "erased": request.args.get("erased") == "yes",
    }
    return own_page("records", values)


@blueprint.get("/records/<public_id>")
def show_record(public_id: str) -> Response:
    """Show a record with every fact, where it stands, and what comes next."""
    return record_page(public_id)


def record_page(public_id: str, *, file_problem: str = "", status: int = 200) -> Response:
    """Draw a record, with what was wrong with a file that somebody wanted to attach."""
    actor = current_actor()
    record = get_record(current_session(), actor, public_id)
    values = {
        "record": record,
        "facts": record.facts,
        "stands": gettext(STANDS[record.status]),
        "own": is_own(actor, record),
        "may_edit": may_be_edited(actor, record),
        "may_submit": may_be_submitted(actor, record),
        "may_erase": may_erase_incident(current_session(), actor, record.public_id),
        "questions": _questions(record.public_id),
        "files": list_attachments(current_session(), actor, record.public_id),
        "most_files": MOST_OF_AN_INCIDENT,
        "personal": personal_data_in(record.facts),
        "likely": _likely_duplicates(record),
        "file_problem": file_problem,
        "is_public": record.status in (Status.VERIFIED, Status.WITHDRAWN),
    }
    return own_page("record", values, status=status)


def _questions(public_id: str) -> tuple[QuestionTold, ...]:
    """Give the questions of those who review the record, to whoever may answer them."""
    actor = current_actor()
    if not may(actor, Action.LOG_INCIDENTS):
        return ()
    return list_questions(current_session(), actor, public_id)


def _likely_duplicates(record: IncidentRecord) -> tuple[LikelyDuplicate, ...]:
    """Look for the same event among what this person may see, before the record is checked."""
    actor = current_actor()
    if record.status not in _NOT_CHECKED or not may(actor, Action.FIND_DUPLICATES):
        return ()
    return find_duplicates_of_incident(current_session(), actor, record.public_id, limit=3)


def _after() -> int | None:
    given = request.args.get("after") or ""
    if not given:
        return None
    if not re.fullmatch(r"[0-9]{1,15}", given):
        raise NotFound("page")
    return int(given)
