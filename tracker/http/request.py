"""One session for each request, one commit, and whoever asks."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import cast

from flask import Flask, Response, current_app, g, request
from sqlalchemy.orm import Session

from tracker.db.session import Database
from tracker.domain.accounts import SessionStage, SignedIn
from tracker.domain.errors import NotSignedIn
from tracker.domain.permissions import ANYONE, Actor
from tracker.http.cookies import SESSION, read_cookie
from tracker.services.accounts.api_tokens import find_token_holder, note_token_seen
from tracker.services.accounts.sessions import SEEN_EVERY, find_session, note_session_seen

API = "/api/"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
# They take what was typed or a file and store nothing, or in short transactions of their own:
# while one is read, nobody else waits to write.
READING_POSTS = (
    "records.hint_at_new",
    "records.hint_at",
    "records.attach",
    "people.attach",
    "record_imports.preview",
    "record_imports.give_wrong_rows",
    "record_imports.take_in",
    "families.follow",
    "person_imports.preview",
    "person_imports.give_wrong_rows",
    "person_imports.take_in",
    "person_imports.take_in_file",
)
# They read what is in the log once somebody has read it.
LOGGED_READS = (
    "people.show_person",
    "people.show_edit",
    "people.show_history",
    "people.show_erasure",
    "people.open_file",
)
_DATABASE = "tracker.database"
_CLOCK = "tracker.clock"
_BEARER = "bearer "


class _Refused(Exception):
    """Ends the transaction of a request that was answered with an error."""


def prepare_requests(app: Flask, database: Database, clock: Callable[[], dt.datetime]) -> None:
    """Give the application its database and its clock."""
    app.extensions[_DATABASE] = database
    app.extensions[_CLOCK] = clock
    app.after_request(_finish)
    app.teardown_request(_give_up)


def current_actor() -> Actor:
    """Give whoever makes this request: by a key of the API, by a session, or anyone at all.

    Asked anew in every request, so that a right that was taken away is gone with the next one.
    Raises `NotSignedIn` for a key that is not, or no longer, good.
    """
    if "actor" not in g:
        g.actor = ANYONE
        if has_bearer():
            g.actor = _holder_of_token()
        else:
            signed_in = current_sign_in()
            if signed_in is not None and signed_in.stage is SessionStage.FULL:
                g.actor = signed_in.actor
    return cast(Actor, g.actor)


def ask_as_anyone() -> None:
    """Take this request as that of anyone at all, and read no cookie of a session."""
    g.actor, g.sign_in = ANYONE, None


def current_sign_in() -> SignedIn | None:
    """Give the session that the browser's cookie names, also one that is only half begun."""
    if "sign_in" not in g:
        token = None if has_bearer() else read_cookie(SESSION)
        g.sign_in = None if token is None else find_session(current_session(), token)
        if g.sign_in is not None:
            _note_seen(g.sign_in)
    return cast(SignedIn | None, g.sign_in)


def has_bearer() -> bool:
    """Say whether a program asks, with a key of its own instead of a cookie."""
    given = request.headers.get("Authorization", "")
    return request.path.startswith(API) and given.lower().startswith(_BEARER)


def _holder_of_token() -> Actor:
    token = request.headers["Authorization"][len(_BEARER) :].strip()
    found = find_token_holder(current_session(), token)
    if found is None:
        raise NotSignedIn
    actor, token_id, stale = found
    if stale:
        g.to_note = partial(note_token_seen, token_id=token_id)
    return actor


def _note_seen(signed_in: SignedIn) -> None:
    if current_moment() - signed_in.last_seen_at >= SEEN_EVERY:
        g.to_note = partial(note_session_seen, session_id=signed_in.session_id)


def current_database() -> Database:
    """Give the database of this installation, for work that must not hold a transaction open."""
    return database_of(current_app)


def database_of(app: Flask) -> Database:
    """Give the database of an application, for work beside its requests."""
    return cast(Database, app.extensions[_DATABASE])


def current_session() -> Session:
    """Give the session of this request; it begins here and ends with the answer.

    Safe methods read; the others write, and commit once if the answer is no error.
    """
    if "session" not in g:
        database = current_database()
        g.transaction = database.reading() if _only_reads() else database.writing()
        g.session = g.transaction.__enter__()
    return cast(Session, g.session)


def _only_reads() -> bool:
    if request.endpoint in LOGGED_READS:
        return False
    return request.method in SAFE_METHODS or request.endpoint in READING_POSTS


def let_go() -> None:
    """End this request's transaction before a long wait; after it, whoever asks is asked anew."""
    _end(None)
    g.pop("actor", None)
    g.pop("sign_in", None)


def keep_what_is_written() -> None:
    """Commit although the answer will be an error: a failure is to be remembered."""
    g.keep = True


def current_moment() -> dt.datetime:
    """Give this moment, UTC."""
    clock = cast(Callable[[], dt.datetime], current_app.extensions[_CLOCK])
    return clock().astimezone(dt.UTC)


def current_day() -> dt.date:
    """Give today's date, UTC."""
    return current_moment().date()


def _finish(response: Response) -> Response:
    kept = response.status_code < 400 or g.get("keep", False)
    note = g.pop("to_note", None)
    if note is not None and kept and "session" in g and not _only_reads():
        note(g.session)  # this request writes already, so it is no second time in line
        note = None
    _end(None if kept else _Refused())
    if note is not None:
        # After the answer's own transaction, and never waiting for others who write.
        current_database().try_to_write(note)
    return response


def _give_up(error: BaseException | None) -> None:
    _end(error or _Refused())


def _end(error: BaseException | None) -> None:
    g.pop("session", None)
    transaction: AbstractContextManager[Session] | None = g.pop("transaction", None)
    if transaction is None:
        return
    if error is None:
        transaction.__exit__(None, None, None)
        return
    try:
        transaction.__exit__(type(error), error, None)
    except type(error):
        pass
