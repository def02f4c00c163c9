"""A visitor of the demonstration, and an application that programs write to."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.http.clients import add_cast, new_app
from tracker.db.session import Database


@pytest.fixture
def visitor(demo_database: Database) -> FlaskClient:
    """Give a browser of someone who is not signed in."""
    return new_app(demo_database).test_client()


@pytest.fixture
def app(database: Database) -> Flask:
    """Give the application over an empty database, with the cast."""
    made = new_app(database)
    with database.writing() as session:
        add_cast(session)
    return made
