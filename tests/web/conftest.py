"""Visitors of the demonstration and of an empty installation, and a clock that tests move."""

import pytest
from flask.testing import FlaskClient

from tests.http.clients import Clock, new_app
from tracker.db.session import Database


@pytest.fixture
def visitor(demo_database: Database) -> FlaskClient:
    """Give a browser of someone who is not signed in."""
    return new_app(demo_database).test_client()


@pytest.fixture
def clock() -> Clock:
    """Give a clock that stands at noon until it is moved."""
    return Clock()


@pytest.fixture
def anyone(database: Database, clock: Clock) -> FlaskClient:
    """Give a browser of someone who is not signed in, on an empty database."""
    return new_app(database, clock).test_client()
