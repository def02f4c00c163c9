"""The reviewer's pages: from the queue to a record that counts."""

import re

import pytest
from flask import Flask

from tests.conftest import BEATRIZ, CAMILO, DOLORES, ESTEBAN, FERNANDA, XIMENA
from tests.http.clients import ENGLISH, Member, add_cast, counted_queries, new_app, sign_in
from tests.services.records import log
from tests.services.test_merges import verified
from tracker.db.session import Database
from tracker.domain.reviews import Check
from tracker.services.incidents import get_record
from tracker.services.reviews import ask_question, list_questions, take_up_incident

VERIFY = {"checked": list(Check), "visibility": "public"}


@pytest.fixture
def app(database: Database) -> Flask:
    with database.writing() as session:
        add_cast(session)
    return new_app(database)


def decide(browser: Member, public_id: str, act: str, given: dict[str, object] | None = None):
    """Read the page of a record, then send one of its forms."""
    page = browser.get(f"/review/{public_id}").text
    read = re.search(r'name="expected_version" value="(\d+)"', page)
    assert read is not None
    data = {"expected_version": read[1], **(given or {})}
    return browser.post_form(f"/review/{public_id}/{act}", data, headers=ENGLISH)


def submitted(database: Database, **given) -> str:
    with database.writing() as session:
        return log(session, submit=True, **given).public_id


def test_a_verifier_takes_a_record_up_and_verifies_it(app: Flask, database: Database) -> None:
    public_id = submitted(database)
    camilo = sign_in(app, CAMILO)
    queue = camilo.get("/review", headers=ENGLISH)
    assert f"/review/{public_id}" in queue.text
    assert "no-store" in queue.headers["Cache-Control"]
    page = camilo.get(f"/review/{public_id}", headers=ENGLISH).text
    assert "blue house" in page
    assert "Take it up" in page
    assert decide(camilo, public_id, "take-up").status_code == 303
    assert app.test_client().get(f"/incidents/{public_id}").status_code == 404
    answer = decide(camilo, public_id, "verify", VERIFY)
    assert answer.status_code == 303
    public = app.test_client().get(f"/incidents/{public_id}", headers=ENGLISH)
    assert public.status_code == 200
    assert "blue house" not in public.text
    assert public_id not in camilo.get("/review").text


def test_what_cannot_be_done_is_said_and_nothing_typed_is_lost(
    app: Flask, database: Database
) -> None:
    public_id = submitted(database)
    camilo = sign_in(app, CAMILO)
    decide(camilo, public_id, "take-up")
    answer = decide(camilo, public_id, "verify", {"checked": ["place", "date"]})
    assert answer.status_code == 409
    assert "Not everything on the list" in answer.text
    ticked = re.findall(r'value="(\w+)" checked', answer.text)
    assert ticked == ["place", "date", "restricted"]
    answer = decide(camilo, public_id, "dispute", {"because": " "})
    assert answer.status_code == 422
    own = sign_in(app, BEATRIZ)
    assert own.post_form(f"/review/{public_id}/verify", VERIFY).status_code == 404


def test_nobody_else_finds_a_record_that_is_not_theirs_to_review(
    app: Flask, database: Database
) -> None:
    public_id = submitted(database)
    nothing = sign_in(app, XIMENA).get("/review/ZZZ-ZZZ").data
    for actor in (BEATRIZ, DOLORES, ESTEBAN, XIMENA):
        browser = sign_in(app, actor)
        assert browser.get("/review").status_code == 404
        answer = browser.get(f"/review/{public_id}")
        assert answer.status_code == 404
        if actor is XIMENA:
            assert answer.data == nothing


def test_a_writer_answers_the_question_of_a_reviewer(app: Flask, database: Database) -> None:
    public_id = submitted(database)
    with database.writing() as session:
        take_up_incident(session, CAMILO, public_id)
        ask_question(session, CAMILO, public_id, text="Which day was it?")
        (asked,) = list_questions(session, CAMILO, public_id)
    beatriz = sign_in(app, BEATRIZ)
    address = f"/records/{public_id}/questions/{asked.number}"
    assert beatriz.post_form(address, {"answer": "The second."}).status_code == 303
    assert sign_in(app, DOLORES).post_form(address, {"answer": "No."}).status_code == 404
    page = sign_in(app, FERNANDA).get(f"/review/{public_id}", headers=ENGLISH).text
    assert "The second." in page


def test_two_records_are_merged_and_parted_again(app: Flask, database: Database) -> None:
    kept, merged = submitted(database), submitted(database, number_dead=3)
    camilo = sign_in(app, CAMILO)
    why = {"because": "The same boat", "kept": kept}
    assert decide(camilo, merged, "merge", why).status_code == 303
    page = camilo.get(f"/review/{merged}", headers=ENGLISH).text
    assert "Undo the merge" in page
    assert decide(camilo, merged, "unmerge", {"because": "Two boats"}).status_code == 303
    assert "undone on" in camilo.get(f"/review/{merged}", headers=ENGLISH).text


def test_the_queue_asks_the_database_as_often_for_many_records_as_for_one(
    app: Flask, database: Database
) -> None:
    camilo = sign_in(app, CAMILO)
    submitted(database)
    camilo.get("/review")
    with counted_queries(database) as for_one:
        camilo.get("/review")
    for _ in range(6):
        submitted(database)
    with counted_queries(database) as for_many:
        camilo.get("/review")
    assert len(for_many) == len(for_one) <= 8


def test_the_queue_is_chosen_by_corridor_status_and_quality(app: Flask, database: Database) -> None:
    darien = submitted(database)
    border = submitted(database, longitude=-111.5, latitude=31.8, sources=[])
    camilo = sign_in(app, CAMILO)
    assert border not in camilo.get("/review?corridor=darien").text
    assert darien in camilo.get("/review?source_quality=4").text
    assert border not in camilo.get("/review?source_quality=4").text
    assert darien not in camilo.get("/review?status=disputed").text
    assert camilo.get("/review?corridor=moon").status_code == 400


@pytest.mark.parametrize(
    "act", ["take-up", "verify", "return", "dispute", "reopen", "withdraw", "merge", "revert"]
)
def test_nobody_decides_on_what_has_changed_since_they_read_it(
    app: Flask, database: Database, act: str
) -> None:
    public_id = submitted(database)
    camilo = sign_in(app, CAMILO)
    given = {**VERIFY, "because": "x", "text": "x", "kept": "ZZZ-ZZZ", "to_version": "1"}
    for read in ("", "2", "one"):
        data = {**given, "expected_version": read}
        answer = camilo.post_form(f"/review/{public_id}/{act}", data, headers=ENGLISH)
        assert answer.status_code == 409
        assert "changed" in answer.text
    with database.reading() as session:
        assert get_record(session, CAMILO, public_id).version_number == 1


def test_two_records_that_only_look_alike_are_not_proposed_again(
    app: Flask, database: Database
) -> None:
    one, other = submitted(database), submitted(database, number_dead=3)
    camilo = sign_in(app, CAMILO)
    proposed = f"/review/{one}/tell-apart/{other}"
    assert proposed in camilo.get(f"/review/{one}", headers=ENGLISH).text
    refused = camilo.post_form(proposed, {"because": " "})
    assert refused.status_code == 422
    assert camilo.post_form(proposed, {"because": "Two shores"}).status_code == 303
    for this, that in ((one, other), (other, one)):
        page = camilo.get(f"/review/{this}", headers=ENGLISH).text
        assert f"/tell-apart/{that}" not in page
        assert f"Not the same event as {that}" in page
        assert "Two shores" in page
    assert camilo.post_form(f"/review/{other}/not-apart/{one}", {}).status_code == 303
    assert proposed in camilo.get(f"/review/{one}", headers=ENGLISH).text
    assert camilo.post_form(f"/review/{other}/not-apart/{one}", {}).status_code == 404


def test_the_public_page_leads_to_the_whole_record_for_those_alone_who_may_see_it(
    app: Flask, database: Database
) -> None:
    with database.writing() as session:
        public_id = verified(session)
    leads_on = f'href="/records/{public_id}"'
    address = f"/incidents/{public_id}"
    assert leads_on in sign_in(app, CAMILO).get(address).text
    assert leads_on in sign_in(app, BEATRIZ).get(address).text
    assert leads_on not in sign_in(app, DOLORES).get(address).text
    assert leads_on not in app.test_client().get(address).text
