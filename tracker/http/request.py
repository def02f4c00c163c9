"""One session for each request, one commit, and whoever asks."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import cast

from flask import Flask, Response, current_app, g, request
from sqlalchemy.orm import Session

from tracker.db.session import Database
from tracker.domain.permissions import ANYONE, Actor

_DATABASE = "tracker.database"
_CLOCK = "tracker.clock"
_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class _Refused(Exception):
    """Ends the transaction of a request that was answered with an error."""


def prepare_requests(app: Flask, database: Database, clock: Callable[[], dt.datetime]) -> None:
    """Give the application its database and its clock."""
    app.extensions[_DATABASE] = database
    app.extensions[_CLOCK] = clock
    app.after_request(_finish)
    app.teardown_request(_give_up)


def current_actor() -> Actor:
    """Give whoever makes this request; nobody can sign in yet."""
    return ANYONE


def current_session() -> Session:
    """Give the session of this request; it begins here and ends with the answer.

    Safe methods read; the others write, and commit once if the answer is no error.
    """
    if "session" not in g:
        database = cast(Database, current_app.extensions[_DATABASE])
        reads = request.method in _SAFE_METHODS
        g.transaction = database.reading() if reads else database.writing()
        g.session = g.transaction.__enter__()
    return cast(Session, g.session)


def current_day() -> dt.date:
    """Give today's date, UTC."""
    clock = cast(Callable[[], dt.datetime], current_app.extensions[_CLOCK])
    return clock().astimezone(dt.UTC).date()


def _finish(response: Response) -> Response:
    _end(None if response.status_code < 400 else _Refused())
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
