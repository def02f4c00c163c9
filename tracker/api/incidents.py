"""Incidents for programs: read, logged one by one or many at once, changed, handed in."""

import re

from flask import Blueprint, Response, request, url_for
from werkzeug.exceptions import PreconditionFailed

from tracker.api.answers import expect_tag, json_answer
from tracker.api.incident_views import view_of
from tracker.domain.errors import BadQuery, Conflict, DomainError, InvalidRecord
from tracker.domain.incidents import Logged, ToLog
from tracker.domain.statuses import LoggedThrough
from tracker.http.bodies import JSON, read_json
from tracker.http.request import current_actor, current_session
from tracker.schemas.json_incidents import (
    KEY_SHAPE,
    load_rows,
    load_sent_changes,
    load_sent_incident,
)
from tracker.schemas.record_queries import load_record_query
from tracker.services.incidents import (
    SeenIncident,
    get_seen,
    list_seen,
    log_incident,
    log_incidents,
    patch_incident,
    submit_incident,
)

blueprint = Blueprint("incidents_api", __name__, url_prefix="/api/v1")

KEY = "Idempotency-Key"
MERGE_PATCH = "application/merge-patch+json"


@blueprint.get("/incidents")
def list_incidents() -> Response:
    """Answer with incidents that the asker sees, the newest first, page by page."""
    wanted = load_record_query(dict(request.args.lists()))
    seen, after = list_seen(current_session(), current_actor(), wanted)
    answer = json_answer({"incidents": [view_of(each) for each in seen], "next": after})
    answer.make_conditional(request)
    return answer


@blueprint.post("/incidents")
def log() -> Response:
    """Log one incident; with a key, sending it again makes no second one."""
    sent = load_sent_incident(read_json())
    logged = log_incident(
        current_session(),
        current_actor(),
        sent.facts,
        submit=sent.submit,
        key=_key(),
        through=LoggedThrough.API,
    )
    answer = json_answer(view_of(_seen(logged.public_id)), 201 if logged.new else 200)
    answer.headers["Location"] = _address(logged.public_id)
    return answer


@blueprint.get("/incidents/<incident_id:public_id>")
def get_incident(public_id: str) -> Response:
    """Answer with one incident as the asker sees it."""
    answer = json_answer(view_of(_seen(public_id)))
    answer.make_conditional(request)
    return answer


@blueprint.patch("/incidents/<incident_id:public_id>")
def change_incident(public_id: str) -> Response:
    """Change some facts of an incident that the caller has read as it stands."""
    sent = load_sent_changes(read_json(MERGE_PATCH, JSON))
    seen = _seen(public_id)
    expect_tag(view_of(seen))
    try:
        patch_incident(
            current_session(),
            current_actor(),
            public_id,
            changes=sent.changes,
            because=sent.because,
            expected_version=seen.version_number,
        )
    except Conflict as error:
        if error.code == "changed_meanwhile":
            raise PreconditionFailed from None
        raise
    return json_answer(view_of(_seen(public_id)))


@blueprint.post("/incidents/<incident_id:public_id>/submit")
def submit(public_id: str) -> Response:
    """Hand an incident in for review."""
    expect_tag(view_of(_seen(public_id)), needed=False)
    submit_incident(current_session(), current_actor(), public_id)
    return json_answer(view_of(_seen(public_id)))


@blueprint.post("/incidents/bulk")
def log_many() -> Response:
    """Log many incidents; each row stands alone, and the answer tells what became of each."""
    rows, of_all = load_rows(read_json()), _key()
    read = [_row(row, of_all and f"{of_all}#{at}") for at, row in enumerate(rows)]
    to_log = [each for each in read if isinstance(each, ToLog)]
    became = iter(log_incidents(current_session(), current_actor(), to_log))
    results = [
        {"row": at, **_result(next(became) if isinstance(each, ToLog) else each)}
        for at, each in enumerate(read)
    ]
    kinds = [str(result["result"]) for result in results]
    told = {kind: kinds.count(kind) for kind in ("created", "existing", "refused")}
    status = 207 if told["refused"] else 200
    return json_answer({**told, "results": results}, status, tag=False)


def _row(given: object, key: str | None) -> ToLog | DomainError:
    try:
        row = load_sent_incident(given, with_key=True)
    except InvalidRecord as error:
        return error
    return row if row.key else ToLog(row.facts, submit=row.submit, key=key)


def _result(became: Logged | DomainError) -> dict[str, object]:
    if isinstance(became, Logged):
        return {
            "result": "created" if became.new else "existing",
            "public_id": became.public_id,
            "version_number": became.version_number,
            "status": became.status,
        }
    errors = became.fields if isinstance(became, InvalidRecord) else {}
    return {"result": "refused", "code": became.code, "errors": errors}


def _key() -> str | None:
    given = request.headers.get(KEY)
    if given is not None and not re.fullmatch(KEY_SHAPE, given):
        raise BadQuery("key_not_valid")
    return given


def _seen(public_id: str) -> SeenIncident:
    return get_seen(current_session(), current_actor(), public_id)


def _address(public_id: str) -> str:
    return url_for(".get_incident", public_id=public_id)
