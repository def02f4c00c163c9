"""A visitor of the demonstration."""

import pytest
from flask.testing import FlaskClient

from tests.http.clients import new_app
from tracker.db.session import Database


@pytest.fixture
def visitor(demo_database: Database) -> FlaskClient:
    """Give a browser of someone who is not signed in."""
    return new_app(demo_database).test_client()
