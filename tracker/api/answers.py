"""Answers of the API: their form, who may keep them, and the tags by which they are known."""

import json
from collections.abc import Mapping

from flask import Response, make_response, request
from werkzeug.exceptions import PreconditionFailed, PreconditionRequired
from werkzeug.http import generate_etag, parse_etags

from tracker.http.request import current_actor


def json_answer(told: Mapping[str, object], status: int = 200, *, tag: bool = True) -> Response:
    """Answer with JSON; what is not for everybody is kept by nobody."""
    body = body_of(told)
    response = make_response(body, status)
    response.mimetype = "application/json"
    public = current_actor().account_id is None
    response.headers["Cache-Control"] = "private, no-cache" if public else "no-store"
    response.vary.update(("Authorization", "Cookie"))
    if tag:
        response.set_etag(generate_etag(body))
    return response


def body_of(told: Mapping[str, object]) -> bytes:
    """Write JSON: the same facts are the same bytes."""
    return (json.dumps(told, ensure_ascii=False) + "\n").encode()


def expect_tag(told: Mapping[str, object], *, needed: bool = True) -> None:
    """Refuse to change what the caller has not read as it stands: 428 without a tag, or 412."""
    given = request.headers.get("If-Match")
    if given is None:
        if needed:
            raise PreconditionRequired
        return
    tags = parse_etags(given)
    # Weak as well: a compressed answer has the tag of what was compressed.
    if not tags.star_tag and not tags.contains_weak(generate_etag(body_of(told))):
        raise PreconditionFailed
