"""What is shared with an organisation, for the servers and registers that follow it."""

import threading
import time

from flask import Blueprint, Response, request

from tracker.api.answers import json_answer
from tracker.domain.shared_people import FeedPage
from tracker.http.request import current_actor, current_database, let_go
from tracker.schemas.shared_people import FeedQuery, dump_page, dump_shared, load_feed_query
from tracker.services.people import feed_has_news, get_shared, read_feed

blueprint = Blueprint("people_api", __name__, url_prefix="/api/v1")

LOOKS_EVERY_S = 1.0
# Of the few threads that answer, so many may wait for news; others are answered at once.
MOST_WAITING = 2
_WAITING = threading.BoundedSemaphore(MOST_WAITING)


@blueprint.get("/shared-people")
def list_shared() -> Response:
    """Answer with what changed among the records shared with the caller's organisation."""
    wanted = load_feed_query(dict(request.args.lists()))
    if not (_has_news(wanted) or _wait_for_news(wanted)):
        return json_answer(dump_page(FeedPage((), wanted.after, more=False)), tag=False)
    # Who lost the right while waiting is told nothing.
    actor = current_actor()
    let_go()
    with current_database().writing() as session:
        told = dump_page(read_feed(session, actor, after=wanted.after))
    return json_answer(told, tag=False)


@blueprint.get("/shared-people/<public_id>")
def get_shared_record(public_id: str) -> Response:
    """Answer with one record as it is shared with the caller's organisation."""
    actor = current_actor()
    let_go()
    with current_database().writing() as session:
        told = dump_shared(get_shared(session, actor, public_id))
    return json_answer(told, tag=False)


def _wait_for_news(wanted: FeedQuery) -> bool:
    if not wanted.wait or not _WAITING.acquire(blocking=False):
        return False
    try:
        until = time.monotonic() + wanted.wait
        while (left := until - time.monotonic()) > 0:
            let_go()
            time.sleep(min(LOOKS_EVERY_S, left))
            if _has_news(wanted):
                return True
        return False
    finally:
        _WAITING.release()


def _has_news(wanted: FeedQuery) -> bool:
    """Look for news in a transaction of its own, by the rights that hold now."""
    actor = current_actor()
    let_go()
    with current_database().reading() as session:
        return feed_has_news(session, actor, after=wanted.after)
