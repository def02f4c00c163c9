"""A family's page tells nobody what it is, and guessing at it fills no log."""

import datetime as dt
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import DOLORES
from tests.http.clients import ENGLISH, Clock, new_app, sign_in
from tests.services.family_records import give_access
from tests.services.people_records import open_case
from tests.web.test_family_pages import NOBODY, WRONG, come_in, opened, post
from tests.web.test_pages import words
from tracker.db.models import Act
from tracker.db.session import Database
from tracker.http.limits import Allowance


@pytest.fixture
def app(database: Database, clock: Clock) -> Flask:
    started = new_app(database, clock)
    sign_in(started, DOLORES)
    return started


@pytest.fixture
def phone(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def case(app: Flask, database: Database) -> str:
    return open_case(database)


def test_a_flood_of_tries_from_many_addresses_does_not_fill_the_log(
    app: Flask, database: Database, case: str, clock: Clock
) -> None:
    made = give_access(database, case)
    together = Allowance(5, dt.timedelta(minutes=1))
    app.extensions["tracker.allowances"] = {"noted_tries": together}

    def tries_in_log() -> int:
        with database.reading() as session:
            return session.query(Act).filter_by(action="try_family_access").count()

    for number in range(20):
        somewhere = app.test_client()
        somewhere.environ_base["REMOTE_ADDR"] = f"203.0.113.{number}"
        assert come_in(somewhere, NOBODY, WRONG).status_code == 422
    assert tries_in_log() == 5
    assert come_in(app.test_client(), made.code, made.secret).status_code == 200
    assert tries_in_log() == 5
    with database.reading() as session:
        # Who came in stands in it, whatever goes on.
        assert session.query(Act).filter_by(action="open_own_case").count() == 1
    clock.passes(minutes=2)
    come_in(app.test_client(), NOBODY, WRONG)
    assert tries_in_log() == 6


def test_neither_title_nor_top_of_a_familys_pages_says_what_they_are_about(
    database: Database, phone: FlaskClient, case: str
) -> None:
    """Somebody looks over the shoulder, or at the list of pages that were visited."""
    pages = [phone.get("/family", headers=ENGLISH).text, opened(phone, database, case)]
    pages.append(post(phone, {"do": "close"}).text)
    for page in pages:
        assert "<title>Your page</title>" in page
        assert 'content="noindex"' in page
        head = page.partition("<main")[0]
        assert not re.search("(?i)died|disappear|missing|migrant|case|search", words(head))
    for about in ("case", "family", "search", "code", "Lucía"):
        assert about not in words(pages[-1])


def test_a_family_finds_its_page_from_every_public_page(phone: FlaskClient) -> None:
    for address in ("/", "/about", "/figures"):
        assert 'href="/family"' in phone.get(address, headers=ENGLISH).text
