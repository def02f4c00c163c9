"""Takes what was written without network: who sends it, and each entry once."""

import hashlib
import re
from http import HTTPStatus

from flask import Response, jsonify, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from tracker.domain.errors import Conflict, InvalidRecord
from tracker.domain.permissions import Action, may
from tracker.domain.statuses import LoggedThrough
from tracker.http.csrf import csrf_token
from tracker.http.errors import sentence
from tracker.http.request import current_actor, current_session
from tracker.schemas.incidents import load_incident
from tracker.services.incidents import log_incident
from tracker.web.offline.blueprint import blueprint

KEY_HEADER = "Idempotency-Key"
MOST_BYTES = 200_000
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


@blueprint.get("/offline/session")
def show_session() -> Response:
    """Say whether somebody is signed in who may send, and the word that goes with it.

    `sender` tells accounts apart, so that an entry that one has begun to send is not sent again
    by another.
    """
    actor = current_actor()
    signed_in = actor.account_id is not None
    answer = jsonify(
        signed_in=signed_in,
        may_log=may(actor, Action.LOG_INCIDENTS),
        csrf=csrf_token() if signed_in else None,
        sender=hashlib.sha256(actor.handle.encode()).hexdigest()[:16] if signed_in else None,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/offline/entries")
def take_entry() -> Response:
    """Log an entry and hand it in for review; the same key again gives the same incident."""
    try:
        logged = log_incident(
            current_session(),
            current_actor(),
            load_incident(_sent()),
            submit=True,
            key=_key(),
            through=LoggedThrough.OFFLINE_FORM,
        )
    except (InvalidRecord, Conflict) as error:
        return _refused(error)
    answer = jsonify(
        public_id=logged.public_id,
        new=logged.new,
        address=url_for("incidents.show_incident", public_id=logged.public_id),
    )
    answer.status_code = HTTPStatus.CREATED if logged.new else HTTPStatus.OK
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _key() -> str:
    key = request.headers.get(KEY_HEADER, "")
    if not _KEY.fullmatch(key):
        raise InvalidRecord({KEY_HEADER: ("required",)})
    return key


def _sent() -> dict[str, object]:
    if (request.content_length or 0) > MOST_BYTES:
        raise RequestEntityTooLarge
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        raise InvalidRecord({"": ("not_valid",)})
    return sent


def _refused(error: InvalidRecord | Conflict) -> Response:
    fields = error.fields if isinstance(error, InvalidRecord) else {}
    answer = jsonify(code=error.code, sentence=sentence(error), fields=fields)
    answer.status_code = 422 if isinstance(error, InvalidRecord) else 409
    answer.headers["Cache-Control"] = "no-store"
    return answer
