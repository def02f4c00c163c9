"""Whoever is signed in is known at every request, and no longer than they should be."""

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import AMINA, BEATRIZ, CAST, DOLORES, ESTEBAN, FERNANDA, XIMENA
from tests.http.clients import NOON, Visitor, counted_queries, new_app, sign_in
from tracker.db.models import Account, Organisation, SignIn
from tracker.db.session import Database
from tracker.domain.permissions import Action, Actor, TokenScope, may
from tracker.http.access import ROUTES
from tracker.http.cookies import SESSION
from tracker.http.request import current_actor
from tracker.services.accounts.api_tokens import create_token
from tracker.services.accounts.sessions import end_session

CLOCK = {"now": NOON}


@pytest.fixture
def app(database: Database, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Give an application whose only new page says who asks."""
    made = new_app(database, clock=lambda: CLOCK["now"])
    monkeypatch.setitem(CLOCK, "now", NOON)
    for rule, endpoint in (("/who", "who"), ("/api/who", "who_api")):
        monkeypatch.setitem(ROUTES, endpoint, None)
        made.add_url_rule(rule, endpoint, lambda: f"{current_actor()!r}", methods=["GET", "POST"])
    return made


def who(client: Visitor, **headers: str) -> str:
    return client.get("/who", headers=headers).text


@pytest.mark.parametrize("actor", CAST, ids=lambda actor: actor.name)
def test_each_of_the_cast_is_known(app: Flask, actor: Actor) -> None:
    expected = Actor(actor.role) if actor == XIMENA else actor
    assert who(sign_in(app, actor)) == repr(expected)


def test_a_made_up_cookie_is_nobody(app: Flask) -> None:
    client = app.test_client()
    client.set_cookie(SESSION, "made-up")
    assert who(client) == repr(Actor(XIMENA.role))


def test_an_ended_session_is_refused_at_the_next_request(app: Flask, database: Database) -> None:
    client = sign_in(app, BEATRIZ)
    assert "Beatriz" in who(client)
    with database.writing() as session:
        row = session.scalars(select(SignIn)).one()
        end_session(session, BEATRIZ, row.id)
    assert "Beatriz" not in who(client)


@pytest.mark.parametrize("what", [Account, Organisation])
def test_whoever_is_deactivated_is_refused_at_the_next_request(
    app: Flask, database: Database, what: type
) -> None:
    client = sign_in(app, BEATRIZ)
    with database.writing() as session:
        number = BEATRIZ.account_id if what is Account else BEATRIZ.organisation_id
        session.get_one(what, number).deactivated_at = NOON
    assert "Beatriz" not in who(client)


def test_a_role_that_was_changed_is_the_role_of_the_next_request(
    app: Flask, database: Database
) -> None:
    client = sign_in(app, FERNANDA)
    with database.writing() as session:
        session.get_one(Account, FERNANDA.account_id).role = "reporter"
    assert "Role.REPORTER" in who(client)


@pytest.mark.parametrize(
    ("actor", "left_alone", "known"),
    [
        (DOLORES, dt.timedelta(minutes=14), True),
        (DOLORES, dt.timedelta(minutes=15), False),
        (FERNANDA, dt.timedelta(minutes=15), False),
        (AMINA, dt.timedelta(minutes=15), False),
        (ESTEBAN, dt.timedelta(minutes=119), True),
        (ESTEBAN, dt.timedelta(hours=2), False),
        (BEATRIZ, dt.timedelta(days=6), True),
        (BEATRIZ, dt.timedelta(days=7), False),
    ],
)
def test_a_session_left_alone_ends_by_itself(
    app: Flask, actor: Actor, left_alone: dt.timedelta, *, known: bool
) -> None:
    client = sign_in(app, actor)
    CLOCK["now"] = NOON + left_alone
    assert (actor.name in who(client)) == known


@pytest.mark.parametrize(("actor", "hours"), [(DOLORES, 12), (ESTEBAN, 12), (BEATRIZ, 30 * 24)])
def test_no_session_outlives_its_day_however_busy(app: Flask, actor: Actor, hours: int) -> None:
    client = sign_in(app, actor)
    step = dt.timedelta(minutes=14) if actor != BEATRIZ else dt.timedelta(days=5)
    lasted = dt.timedelta()
    while actor.name in who(client):
        lasted += step
        CLOCK["now"] = NOON + lasted
        assert lasted <= dt.timedelta(hours=hours) + step
    assert dt.timedelta(hours=hours) <= lasted


def test_a_session_is_noted_as_seen_once_a_minute(app: Flask, database: Database) -> None:
    client = sign_in(app, BEATRIZ)
    writes = []
    for seconds in (10, 59, 61, 90, 122):
        CLOCK["now"] = NOON + dt.timedelta(seconds=seconds)
        with counted_queries(database) as statements:
            who(client)
        writes.append(any(each.startswith("UPDATE") for each in statements))
    assert writes == [False, False, True, False, True]


def test_a_page_does_not_wait_for_whoever_writes(app: Flask, database: Database) -> None:
    client = sign_in(app, BEATRIZ)
    CLOCK["now"] = NOON + dt.timedelta(minutes=5)
    with database.writing() as session:
        session.get_one(SignIn, session.scalars(select(SignIn.id)).one(), with_for_update=True)
        assert "Beatriz" in who(client)
    with database.reading() as session:
        assert session.scalars(select(SignIn.last_seen_at)).one() == NOON
    assert "Beatriz" in who(client)
    with database.reading() as session:
        assert session.scalars(select(SignIn.last_seen_at)).one() == CLOCK["now"]


def key(database: Database, actor: Actor, **limits: object) -> str:
    options = {"name": "nightly", "scope": TokenScope.READ, "days": 30} | limits
    with database.writing() as session:
        return create_token(session, actor, **options)


def test_a_program_with_a_key_has_the_rights_of_its_owner_within_its_scope(
    app: Flask, database: Database
) -> None:
    sign_in(app, ESTEBAN)
    for scope in TokenScope:
        bearer = {"Authorization": f"Bearer {key(database, ESTEBAN, scope=scope)}"}
        answer = app.test_client().get("/api/who", headers=bearer)
        assert "Esteban" in answer.text
        assert repr(scope) in answer.text
        actor = Actor(ESTEBAN.role, scope=scope)
        assert may(actor, Action.SEE_ALL_INCIDENTS)
        assert not may(actor, Action.USE_OWN_ACCOUNT)
    assert not may(Actor(FERNANDA.role, scope=TokenScope.READ), Action.REVISE_INCIDENTS)
    assert may(Actor(FERNANDA.role, scope=TokenScope.WRITE), Action.REVISE_INCIDENTS)
    assert not may(Actor(FERNANDA.role, scope=TokenScope.WRITE), Action.MANAGE_ORGANISATION)


def test_a_key_works_below_api_only(app: Flask, database: Database) -> None:
    sign_in(app, ESTEBAN)
    bearer = {"Authorization": f"Bearer {key(database, ESTEBAN)}"}
    assert "Esteban" not in app.test_client().get("/who", headers=bearer).text


def test_a_key_that_is_not_good_is_refused_and_never_taken_for_anyone(
    app: Flask, database: Database
) -> None:
    sign_in(app, ESTEBAN)
    short = key(database, ESTEBAN, days=1)
    CLOCK["now"] = NOON + dt.timedelta(days=1)
    for token in (short, "mtr_made_up", ""):
        answer = app.test_client().get("/api/who", headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_key_needs_no_word_of_a_form(app: Flask, database: Database) -> None:
    sign_in(app, ESTEBAN)
    bearer = {"Authorization": f"Bearer {key(database, ESTEBAN)}"}
    assert app.test_client().post("/api/who", headers=bearer).status_code == 200
