"""The real application over a database of the tests, on a fixed day."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from tracker.app import create_app
from tracker.config import Settings
from tracker.db.session import Database

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
SPANISH, ENGLISH = {"Accept-Language": "es-MX"}, {"Accept-Language": "en-US,en;q=0.8"}


class Visitor(FlaskClient):
    """A browser that reads every answer to its end."""

    def open(self, *args, **kwargs):
        return super().open(*args, **{"buffered": True, **kwargs})


def new_app(database: Database) -> Flask:
    """Make the application with an empty cache; no setting of it differs from real use."""
    app = create_app(
        Settings(database_url="sqlite://", secret_key="of the tests"),
        database=database,
        clock=lambda: NOON,
    )
    app.test_client_class = Visitor
    return app


@contextmanager
def counted_queries(database: Database) -> Iterator[list[str]]:
    """Collect the statements that reach the database."""
    statements: list[str] = []

    def note(_connection, _cursor, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine, "before_cursor_execute", note)
