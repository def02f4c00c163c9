"""Several cases go out through pages that say what comes next; the password is shown once."""

import re

import pytest

from tests.conftest import DOLORES, NETWORK
from tests.http.clients import ENGLISH, Member, add_account, new_app, sign_in
from tests.services.people_records import GABRIEL, agree, open_case, record_remains
from tests.services.test_group_exports import ELENA, opened
from tracker.db.session import Database
from tracker.domain.consents import Purpose
from tracker.http.csrf import FIELD

SEVERAL = "/people/exports/several"
ASKED = {"recipient": str(NETWORK), "purpose": "search", "reason": "by telephone"}


@pytest.fixture
def worker(database: Database) -> Member:
    return sign_in(new_app(database), DOLORES)


def send(member: Member, address: str, **given: object):
    return member.post(address, data={FIELD: member.csrf, **given}, headers=ENGLISH)


def agreed_case(database: Database) -> str:
    case = open_case(database)
    agree(database, case, Purpose.SHARE, recipient_id=NETWORK)
    return case


def test_a_file_of_several_cases_goes_its_whole_way(database: Database, worker: Member) -> None:
    case = agreed_case(database)
    assert "Tucson" in worker.get(SEVERAL, headers=ENGLISH).text
    page = worker.get(f"{SEVERAL}/new?recipient={NETWORK}", headers=ENGLISH).text
    assert "Invented, for demonstration" in page
    assert case in page
    assert send(worker, f"{SEVERAL}/new", **ASKED).status_code == 422
    one = send(worker, f"{SEVERAL}/new", **ASKED, case=case).headers["Location"]
    assert "Waits for a second person" in worker.get(one, headers=ENGLISH).text
    assert send(worker, f"{one}/agree").status_code == 409
    assert send(worker, f"{one}/open").status_code == 409
    with database.writing() as session:
        add_account(session, ELENA)
    second = sign_in(new_app(database), ELENA)
    assert "I agree that it goes out" in second.get(one, headers=ENGLISH).text
    assert send(second, f"{one}/agree").status_code == 303
    assert send(second, f"{one}/open").status_code == 404
    shown = send(worker, f"{one}/open")
    assert shown.headers["Cache-Control"] == "no-store"
    password, seal = (
        re.search(rf'name="{name}" value="([^"]+)"', shown.text)[1] for name in ("password", "seal")
    )
    assert send(worker, f"{one}/open").status_code == 409
    given = send(worker, f"{one}/file", password=password, seal=seal)
    assert given.headers["Content-Disposition"] == 'attachment; filename="cases.zip"'
    assert case.encode() in opened(given.data, password)["people.json"]
    assert send(worker, f"{one}/file", password="chosen", seal=seal).status_code == 404
    assert password not in worker.get(one, headers=ENGLISH).text


def test_without_a_recipient_one_begins_at_the_beginning(worker: Member) -> None:
    for asked in ("", "?recipient=x", "?recipient=2", "?recipient=999"):
        answer = worker.get(f"{SEVERAL}/new{asked}", headers=ENGLISH)
        assert answer.status_code == 303
        assert answer.headers["Location"].endswith(SEVERAL)


def test_one_record_is_given_on_paper_and_as_json(database: Database, worker: Member) -> None:
    address = f"/people/{agreed_case(database)}/export"
    page = worker.get(address, headers=ENGLISH).text
    assert "A sheet to print" in page
    asked = {"recipient": str(NETWORK), "reason": "identification"}
    sheet = send(worker, address, **asked, form="sheet")
    for told in ("A person who is sought", "Invented, for demonstration", "Zelaya", "forearm"):
        assert told in sheet.text
    for inside in ("Rosa", "9911", "30.71"):
        assert inside not in sheet.text
    assert sheet.headers["Cache-Control"] == "no-store"
    form = send(worker, address, **asked, form="json")
    assert form.json["sections"][0]["facts"]["first_surname"] == "Zelaya"
    assert send(worker, address, **asked, form="pfif").mimetype == "application/xml"
    refused = send(worker, address, recipient="anybody", reason="x", form="json")
    assert refused.status_code == 422


def test_remains_are_given_to_an_authority(database: Database) -> None:
    keeper = sign_in(new_app(database), GABRIEL)
    remains = record_remains(database)
    address = f"/people/{remains}/export"
    page = keeper.get(address, headers=ENGLISH).text
    assert "PFIF" not in page
    sheet = send(keeper, address, recipient="2", reason="identification", form="sheet")
    assert "A person who was found and has no name yet" in sheet.text
    assert "26-00417" in sheet.text
