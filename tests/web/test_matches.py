"""The pages of matches: two people decide on them, and nobody else learns of anybody."""

import re

import pytest
from flask import Flask
from sqlalchemy import text

from tests.conftest import CAMILO, CAST, DOLORES
from tests.http.clients import ENGLISH, NOON, Member, add_cast, new_app, sign_in
from tests.services.match_records import IRIS, opened
from tests.services.people_records import GABRIEL, HILDA, agree, open_case, record_remains
from tracker.db.models import Account
from tracker.db.session import Database
from tracker.domain.consents import Purpose
from tracker.domain.permissions import OPERATOR, Actor
from tracker.services.matches import read_ahead
from tracker.services.matches.register import registers_of
from tracker.services.people import withdraw_consent

CONFIRM = {
    "decision": "confirmed",
    "method": "dna",
    "authority": "A laboratory (invented)",
    "identified_on": "2026-05-20",
}


@pytest.fixture
def app(database: Database) -> Flask:
    with database.writing() as session:
        add_cast(session)
        for person in (GABRIEL, HILDA, IRIS):
            session.add(
                Account(
                    id=person.account_id,
                    organisation_id=person.organisation_id,
                    role=person.role,
                    name=person.name,
                    email=f"{person.name}@cast.example",
                    email_digest=person.name,
                    password_hash="!",
                    created_at=NOON,
                    password_changed_at=NOON,
                )
            )
    return new_app(database)


@pytest.fixture
def pair(app: Flask, database: Database) -> tuple[str, str, str]:
    """Give a case, remains and their match."""
    paper = {"kind": "paper", "text": "Mamá 9911-0043", "description": "folded"}
    case = open_case(database)
    agree(database, case, Purpose.MATCH)
    remains = record_remains(database, belongings=[paper])
    return case, remains, opened(database, case, remains)


def decide(browser: Member, match: str, given: dict[str, object]):
    """Read the page of a match, then send one of its forms."""
    page = browser.get(f"/matches/{match}").text
    read = re.search(r'name="read" value="([\d.]+)"', page)
    assert read is not None
    data = {"read": read[1], **given}
    return browser.post_form(f"/matches/{match}/decide", data, headers=ENGLISH)


def test_two_people_confirm_on_the_page_and_one_takes_it_back(app: Flask, pair) -> None:
    _, _, match = pair
    gabriel, dolores = sign_in(app, GABRIEL), sign_in(app, DOLORES)
    assert decide(gabriel, match, CONFIRM).status_code == 303
    page = gabriel.get(f"/matches/{match}", headers=ENGLISH).text
    assert "It waits for a second person" in page
    listed = dolores.get("/matches", headers=ENGLISH).text
    assert listed.index('id="waiting"') < listed.index(match) < listed.index('id="listed"')
    assert match in dolores.get("/matches?show=mine", headers=ENGLISH).text
    assert match in gabriel.get("/matches?show=waiting", headers=ENGLISH).text
    assert match not in gabriel.get("/matches?show=settled", headers=ENGLISH).text
    assert match not in dolores.get("/matches?after=1", headers=ENGLISH).text
    assert dolores.get("/matches?show=all").status_code == 400
    assert dolores.get("/matches?after=x").status_code == 404
    assert "I say the same" in dolores.get(f"/matches/{match}", headers=ENGLISH).text
    assert decide(dolores, match, CONFIRM).status_code == 303
    page = dolores.get(f"/matches/{match}", headers=ENGLISH).text
    assert "Confirmed: the same person" in page
    assert "Nothing is told to a family because of this page." in page
    number = re.findall(r'name="number" value="(\d+)"', page)[-1]
    stamp = re.search(r'name="read" value="([\d.]+)"', page)
    given = {"read": stamp[1], "number": number, "reason": "a wrong sample"}
    assert dolores.post_form(f"/matches/{match}/take-back", given).status_code == 303
    page = gabriel.get(f"/matches/{match}", headers=ENGLISH).text
    assert "taken back on" in page
    assert "a wrong sample" in page


def test_what_cannot_be_said_is_explained_and_nothing_typed_is_lost(app: Flask, pair) -> None:
    _, _, match = pair
    dolores = sign_in(app, DOLORES)
    given = {**CONFIRM, "method": "visual", "reason": "I saw a photo"}
    answer = decide(dolores, match, given)
    assert answer.status_code == 422
    assert "Only fingerprints, teeth or DNA" in answer.text
    assert "A laboratory (invented)" in answer.text
    assert "I saw a photo" in answer.text
    answer = decide(dolores, match, {**CONFIRM, "identified_on": "the fifth"})
    assert answer.status_code == 422
    assert decide(dolores, match, CONFIRM).status_code == 303
    answer = decide(dolores, match, CONFIRM)
    assert answer.status_code == 409
    assert "second person" in answer.text


def test_nobody_decides_on_what_changed_since_they_read_it(app: Flask, pair) -> None:
    _, _, match = pair
    dolores = sign_in(app, DOLORES)
    answer = dolores.post_form(f"/matches/{match}/decide", {**CONFIRM, "read": "0.0.1.9"})
    assert answer.status_code == 409


@pytest.mark.parametrize("actor", [*CAST, HILDA], ids=lambda actor: actor.name)
def test_for_everybody_else_there_is_no_match(app: Flask, pair, actor: Actor) -> None:
    case, remains, match = pair
    if actor is DOLORES:
        return
    browser = sign_in(app, actor)
    absent = browser.get("/matches/M-ZZZZ-ZZZZ")
    for address in (f"/matches/{match}", f"/cases/{case}/matches", f"/remains/{remains}/matches"):
        answer = browser.get(address)
        assert (answer.status_code, answer.data) == (404, absent.data), address
    for act in ("decide", "take-back"):
        assert browser.post_form(f"/matches/{match}/{act}", CONFIRM).status_code == 404
    listed = browser.get("/matches")
    assert match not in listed.text
    assert listed.status_code == (200 if actor in (CAMILO, HILDA) else 404)


@pytest.mark.parametrize("actor", [DOLORES, GABRIEL, IRIS], ids=lambda actor: actor.name)
def test_no_number_and_no_inquirer_is_in_the_bytes_of_a_match(
    app: Flask, pair, actor: Actor
) -> None:
    case, remains, match = pair
    browser = sign_in(app, actor)
    addresses = ["/matches", f"/matches/{match}"]
    if actor is DOLORES:
        addresses.append(f"/cases/{case}/matches")
    if actor is GABRIEL:
        addresses.append(f"/remains/{remains}/matches")
    for address in addresses:
        answer = browser.get(address, headers=ENGLISH)
        assert answer.status_code == 200, address
        assert answer.headers["Cache-Control"] == "no-store"
        for secret in ("9911", "0043", "0042", "Rosa"):
            assert secret not in answer.text
    page = browser.get(f"/matches/{match}", headers=ENGLISH).text
    assert "1 number in common" in page
    assert "holds a number, which is kept back" in page
    assert "one pair in 30,000" in page
    assert "Invented, for demonstration" in page


def test_a_verifier_sees_the_match_and_is_led_to_no_case(app: Flask, pair) -> None:
    case, remains, match = pair
    iris = sign_in(app, IRIS)
    page = iris.get(f"/matches/{match}", headers=ENGLISH).text
    assert f"/cases/{case}" not in page
    assert f"/remains/{remains}" not in page
    assert iris.get(f"/remains/{remains}/matches").status_code == 404


def test_a_candidate_is_opened_side_by_side(app: Flask, database: Database) -> None:
    case = open_case(database)
    agree(database, case, Purpose.MATCH)
    remains = record_remains(database)
    gabriel = sign_in(app, GABRIEL)
    page = gabriel.get(f"/remains/{remains}/matches", headers=ENGLISH).text
    assert "marks on the skin are alike" in page
    answer = gabriel.post_form(f"/remains/{remains}/matches", {"with": case})
    assert answer.status_code == 303
    assert gabriel.get(answer.headers["Location"]).status_code == 200
    again = gabriel.post_form(f"/remains/{remains}/matches", {"with": case})
    assert again.headers["Location"] == answer.headers["Location"]
    hilda = sign_in(app, HILDA)
    assert hilda.post_form(f"/remains/{remains}/matches", {"with": case}).status_code == 404


def test_a_withdrawn_consent_takes_the_page_away(app: Flask, database: Database) -> None:
    case, remains = open_case(database), record_remains(database)
    number = agree(database, case, Purpose.MATCH)
    match = opened(database, case, remains)
    gabriel = sign_in(app, GABRIEL)
    assert gabriel.get(f"/matches/{match}").status_code == 200
    with database.writing() as session:
        withdraw_consent(session, DOLORES, case, number=number)
    assert gabriel.get(f"/matches/{match}").status_code == 404
    assert match not in gabriel.get("/matches").text
    assert case not in gabriel.get(f"/remains/{remains}/matches").text


def test_opening_a_match_is_in_the_log(app: Flask, database: Database, pair) -> None:
    _, _, match = pair
    sign_in(app, IRIS).get(f"/matches/{match}")
    with database.reading() as session:
        acts = session.execute(text("SELECT actor, action, thing FROM acts")).all()
    assert ("account 9", "see_match", "match 1") in acts


def test_a_confirmed_pair_is_undone_on_the_record_after_the_consent_was_taken_back(
    app: Flask, database: Database
) -> None:
    case, remains = open_case(database), record_remains(database)
    number = agree(database, case, Purpose.MATCH)
    match = opened(database, case, remains)
    gabriel, dolores = sign_in(app, GABRIEL), sign_in(app, DOLORES)
    for browser in (gabriel, dolores):
        assert decide(browser, match, CONFIRM).status_code == 303
    assert "Open the match" in gabriel.get(f"/remains/{remains}", headers=ENGLISH).text
    with database.writing() as session:
        withdraw_consent(session, DOLORES, case, number=number)
    page = gabriel.get(f"/remains/{remains}", headers=ENGLISH).text
    assert "DNA (primary), A laboratory (invented)." in page
    assert "may not be compared or shown any more" in page
    for secret in (case, "Lucía", "Zelaya", "Open the match"):
        assert secret not in page
    address = f"/remains/{remains}/identified/undo"
    answer = gabriel.post_form(address, {"match": match, "reason": ""}, headers=ENGLISH)
    assert answer.status_code == 422
    assert dolores.post_form(address, {"match": match, "reason": "x"}).status_code == 404
    given = {"match": match, "reason": "another chart"}
    assert gabriel.post_form(address, given, headers=ENGLISH).status_code == 303
    assert (
        "DNA (primary), A laboratory"
        not in gabriel.get(f"/remains/{remains}", headers=ENGLISH).text
    )


def test_while_records_are_read_after_a_start_the_page_says_so(
    app: Flask, database: Database, pair
) -> None:
    case, _, _ = pair
    registers_of(database.caches).reads_ahead = True
    dolores = sign_in(app, DOLORES)
    answer = dolores.get(f"/cases/{case}/matches", headers=ENGLISH)
    assert answer.status_code == 503
    assert (answer.headers["Retry-After"], answer.headers["Cache-Control"]) == ("20", "no-store")
    assert "The comparison is being prepared" in answer.text
    assert dolores.get("/cases/C-ZZZZ-ZZZZ/matches").status_code == 404
    read_ahead(database, OPERATOR)
    assert dolores.get(f"/cases/{case}/matches", headers=ENGLISH).status_code == 200
