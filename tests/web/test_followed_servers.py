"""Administrators see which servers their organisation follows, and no key."""

import pytest
from sqlalchemy import text

from tests.conftest import AMINA, BEATRIZ, CAMILO, DOLORES, ESTEBAN, FERNANDA, SHELTER, XIMENA
from tests.http.clients import Clock, add_cast, new_app, sign_in
from tracker.db.session import Database
from tracker.domain.permissions import OPERATOR, Actor
from tracker.domain.shared_people import ServerProblem
from tracker.services.people import follow_server, list_followed

ENGLISH = {"Accept-Language": "en"}
SERVERS = "/organisation/servers"
KEY = "mtr_an-invented-key"
FORM = {"name": "Tegucigalpa", "address": "https://tracker.example.org/", "key": KEY}


@pytest.fixture
def fernanda(database: Database):
    with database.writing() as session:
        add_cast(session)
    return sign_in(new_app(database), FERNANDA)


def test_a_server_is_added_and_its_key_never_shown_again(fernanda, database: Database) -> None:
    assert "None yet" in fernanda.get(SERVERS, headers=ENGLISH).text
    assert fernanda.post_form(SERVERS, FORM).status_code == 303
    page = fernanda.get(SERVERS, headers=ENGLISH)
    assert "https://tracker.example.org<" in page.text
    assert "it has not answered yet" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert KEY not in page.text
    with database.reading() as session:
        kept = str(session.execute(text("SELECT * FROM followed_servers")).all())
        assert KEY not in kept
        (told,) = list_followed(session, OPERATOR)
        assert KEY not in repr(told)
    assert fernanda.get("/organisation", headers=ENGLISH).text.count(SERVERS) == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": " "}, "This is needed."),
        ({"key": ""}, "This is needed."),
        ({"key": "two words"}, "This is no key."),
        ({"address": "http://tracker.example.org"}, "The address begins with https://"),
        ({"address": "http://127.0.0.1:8000"}, "a network of our own"),
        ({"address": "https://192.168.1.1"}, "a network of our own"),
        ({"address": "nonsense"}, "Copy the whole address"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_the_key_is_not_sent_back(
    fernanda, changed: dict[str, str], sentence: str
) -> None:
    answer = fernanda.post_form(SERVERS, {**FORM, **changed}, headers=ENGLISH)
    assert answer.status_code == 422
    assert sentence in answer.text.replace("&#39;", "'")
    assert KEY not in answer.text
    assert "two words" not in answer.text


def test_the_same_server_is_not_followed_twice(fernanda) -> None:
    fernanda.post_form(SERVERS, FORM)
    answer = fernanda.post_form(SERVERS, FORM, headers=ENGLISH)
    assert answer.status_code == 422
    assert "followed already" in answer.text


def test_a_server_is_left_after_a_second_thought(fernanda, database: Database) -> None:
    fernanda.post_form(SERVERS, FORM)
    assert fernanda.post_form(f"{SERVERS}/1/remove", headers=ENGLISH).status_code == 422
    answer = fernanda.post_form(f"{SERVERS}/1/remove", {"sure": "yes"})
    assert answer.status_code == 303
    assert "None yet" in fernanda.get(SERVERS, headers=ENGLISH).text
    assert fernanda.post_form(f"{SERVERS}/1/remove", {"sure": "yes"}).status_code == 404
    assert fernanda.post_form(f"{SERVERS}/1/remove").status_code == 404


@pytest.mark.parametrize("problem", ServerProblem)
def test_what_is_wrong_is_told_in_words(fernanda, database: Database, problem) -> None:
    fernanda.post_form(SERVERS, FORM)
    with database.writing() as session:
        session.execute(text("UPDATE followed_servers SET problem = :p"), {"p": str(problem)})
    for language in ("en", "es"):
        page = fernanda.get(SERVERS, headers={"Accept-Language": language}).text
        assert '<p class="problem">' in page
        assert problem not in page


def test_an_old_answer_says_that_nobody_asks(database: Database) -> None:
    clock = Clock()
    with database.writing() as session:
        add_cast(session)
    client = sign_in(new_app(database, clock), FERNANDA)
    client.post_form(SERVERS, FORM)
    with database.writing() as session:
        before = clock.now.replace(hour=11)
        session.execute(text("UPDATE followed_servers SET asked_at = :t"), {"t": before})
    assert "has stopped" in client.get(SERVERS, headers=ENGLISH).text


@pytest.mark.parametrize("actor", [AMINA, BEATRIZ, CAMILO, DOLORES, ESTEBAN, XIMENA])
def test_for_everybody_else_the_page_is_not_there(database: Database, actor: Actor) -> None:
    client = sign_in(new_app(database), actor)
    assert client.get(SERVERS).status_code == 404
    assert client.post_form(SERVERS, FORM).status_code == 404


def test_servers_of_other_organisations_are_not_there(fernanda, database: Database) -> None:
    with database.writing() as session:
        number = follow_server(
            session,
            OPERATOR,
            organisation_id=SHELTER + 1,
            name="Of others",
            address="https://others.example.org",
            key=KEY,
        )
    assert "Of others" not in fernanda.get(SERVERS).text
    for sure in ({}, {"sure": "yes"}):
        assert fernanda.post_form(f"{SERVERS}/{number}/remove", sure).status_code == 404
