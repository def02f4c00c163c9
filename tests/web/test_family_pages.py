"""A family on its own page: in with code and secret alone, out without a trace, heard at once."""

import datetime as dt
import json
import logging
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import CAMILO, DOLORES, NETWORK, SHELTER
from tests.http.clients import ENGLISH, Clock, new_app, sign_in
from tests.http.route_cells import appearance
from tests.services.family_records import REACH, SUPPORT, confirm, give_access, is_deceased
from tests.services.people_records import GABRIEL, agree, open_case, record_remains
from tests.web.test_pages import words
from tracker.db.models import Account
from tracker.db.models.families import FamilyNotification, FamilyWord
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database
from tracker.domain.consents import Purpose
from tracker.domain.erasures import Ground
from tracker.domain.errors import NotFound
from tracker.domain.families import NotificationCheck
from tracker.domain.people import ShareKind
from tracker.domain.permissions import Actor, Role
from tracker.http.csrf import FIELD
from tracker.services.families import end_access
from tracker.services.people import erase_person, get_person, share_person

NOBODY = "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
WRONG = "wrong words all four"


@pytest.fixture
def app(database: Database, clock: Clock) -> Flask:
    opened = new_app(database, clock)
    sign_in(opened, DOLORES)
    return opened


@pytest.fixture
def phone(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def case(app: Flask, database: Database) -> str:
    return open_case(database)


def post(phone: FlaskClient, data: dict[str, str], **kwargs):
    page = phone.get("/family", headers=ENGLISH).text
    word = re.search(rf'name="{FIELD}" value="([^"]*)"', page)[1]
    return phone.post("/family", data={FIELD: word, **data}, headers=ENGLISH, **kwargs)


def come_in(phone: FlaskClient, code: str, secret: str):
    return post(phone, {"do": "enter", "code": code, "secret": secret}, follow_redirects=True)


def opened(phone: FlaskClient, database: Database, case: str) -> str:
    """Come in as the family of a case; gives the page."""
    made = give_access(database, case)
    answer = come_in(phone, made.code, made.secret)
    assert answer.status_code == 200
    return answer.text


def shared(database: Database, case: str) -> int:
    number = agree(database, case, Purpose.SHARE, recipient_id=NETWORK)
    with database.writing() as session:
        share_person(session, DOLORES, case, organisation_id=NETWORK, what=ShareKind.WHOLE)
    return number


def test_code_and_secret_open_the_page_and_closing_leaves_nothing(
    database: Database, phone: FlaskClient, case: str
) -> None:
    page = words(opened(phone, database, case))
    for told in ("Lucía Invented Zelaya Quijada", REACH, SUPPORT, "Invented, for demonstration"):
        assert told in page
    assert "The search for Lucía Invented has begun" in page
    assert "Tattoo, forearm, left, “Mateo”" in page
    assert phone.get_cookie("family") is not None
    answer = post(phone, {"do": "close"})
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert phone.get_cookie("family") is None
    assert phone.get_cookie("visit") is None
    assert "Lucía" not in phone.get("/family", headers=ENGLISH).text


def test_the_cookie_holds_the_number_of_the_access_and_times_alone(
    database: Database, phone: FlaskClient, case: str
) -> None:
    made = give_access(database, case)
    answer = post(phone, {"do": "enter", "code": made.code, "secret": made.secret})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/family")
    [cookie] = [each for each in answer.headers.getlist("Set-Cookie") if each[:6] == "family"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age=900" in cookie
    assert re.match(r"family=1\.\d{10}\.\d{10}\.[0-9a-f]{64};", cookie)


def test_the_page_closes_by_itself_and_takes_nothing_more(
    database: Database, phone: FlaskClient, case: str, clock: Clock
) -> None:
    opened(phone, database, case)
    clock.passes(minutes=14)
    assert "Lucía" in phone.get("/family", headers=ENGLISH).text
    clock.passes(minutes=14)
    assert "Lucía" in phone.get("/family", headers=ENGLISH).text
    clock.passes(minutes=16)
    answer = post(phone, {"do": "addition", "told": "A red cap"})
    assert answer.status_code == 422
    assert "Lucía" not in answer.text
    with database.reading() as session:
        assert session.query(FamilyWord).count() == 0


def test_whatever_is_wrong_the_answer_is_the_same_byte_for_byte(
    app: Flask, database: Database, tmp_path
) -> None:
    living, ended, erased, waiting = (
        (case, give_access(database, case)) for case in (open_case(database) for _ in range(4))
    )
    with database.writing() as session:
        end_access(session, DOLORES, ended[0])
        files = SealedFiles(tmp_path / "files")
        erase_person(session, DOLORES, files, public_id=erased[0], ground=Ground.PERSON_ASKED)
    for _ in range(6):
        come_in(app.test_client(), waiting[1].code, WRONG)
    app.extensions.pop("tracker.allowances")
    tries = {
        "no such code": (NOBODY, WRONG),
        "wrong secret": (living[1].code, WRONG),
        "no secret": (living[1].code, ""),
        "ended": (ended[1].code, ended[1].secret),
        "erased": (erased[1].code, erased[1].secret),
        "right, but it has to wait": (waiting[1].code, waiting[1].secret),
    }
    looks = set()
    for code, secret in tries.values():
        phone = app.test_client()
        phone.set_cookie("visit", "the same visit")
        answer = come_in(phone, code, secret)
        status, body, headers = appearance(answer)
        assert status == 422
        looks.add((status, body.replace(code.encode(), b"CODE"), str(headers)))
    assert len(looks) == 1


def test_from_one_address_only_some_tries_are_taken_and_a_page_is_still_given(
    app: Flask, database: Database, case: str, clock: Clock
) -> None:
    made = give_access(database, case)
    answers = [come_in(app.test_client(), NOBODY, WRONG) for _ in range(12)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429] * 2
    assert int(answers[-1].headers["Retry-After"]) <= 121
    assert come_in(app.test_client(), made.code, made.secret).status_code == 429
    clock.passes(minutes=3)
    assert come_in(app.test_client(), made.code, made.secret).status_code == 200


def test_nothing_told_stands_in_an_address_or_in_a_log(
    database: Database, phone: FlaskClient, case: str, caplog
) -> None:
    with caplog.at_level(logging.DEBUG):
        page = opened(phone, database, case)
        post(phone, {"do": "addition", "told": "A red cap"})
    for address in re.findall(r'(?:href|action)="([^"]*)"', page):
        assert not re.search(r"Luc|Zelaya|C-\w{4}", address)
        assert "family" not in address or address == "/family"
    for secret in ("Lucía", "Zelaya", "red cap", case):
        assert secret not in caplog.text


def test_a_family_writes_once_however_often_it_is_sent(
    database: Database, phone: FlaskClient, case: str
) -> None:
    opened(phone, database, case)
    for _ in range(2):
        answer = post(phone, {"do": "addition", "told": "<b>A red cap</b>"})
        assert "Somebody will read it" in answer.text
        assert "<b>A red cap" not in answer.text
    missing = post(phone, {"do": "correction", "told": " "})
    assert missing.status_code == 422
    long = post(phone, {"do": "correction", "told": "a" * 4_001})
    assert "a" * 4_001 in long.text, "what was typed is not lost"
    with database.reading() as session:
        assert [word.told for word in session.query(FamilyWord)] == ["<b>A red cap</b>"]


@pytest.mark.parametrize("do", ["withdraw", "withdraw_all", "leave", "not_missing", "not_right"])
def test_what_the_family_decides_works_at_once(
    database: Database, phone: FlaskClient, case: str, do: str
) -> None:
    number = shared(database, case)
    page = opened(phone, database, case)
    assert "Tucson Monitoring Network" in page
    if do != "withdraw":
        unsure = post(phone, {"do": do})
        assert unsure.status_code == 422
        with database.writing() as session:
            assert get_person(session, GABRIEL, case)
    answer = post(phone, {"do": do, "number": str(number), "sure": "yes"})
    assert answer.status_code == 200
    with database.writing() as session, pytest.raises(NotFound):
        get_person(session, GABRIEL, case)


def test_a_consent_of_others_or_an_act_that_is_none_changes_nothing(
    database: Database, phone: FlaskClient, case: str
) -> None:
    number = shared(database, open_case(database))
    opened(phone, database, case)
    for given in (str(number), "x", "", "9" * 30, "-1", "²"):
        post(phone, {"do": "withdraw", "number": given})
        phone.get("/family")
    with database.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT withdrawn_at FROM consents").all()
        assert rows == [(None,)]
    assert post(phone, {"do": "erase everything"}).status_code in (400, 422)


def test_an_access_that_is_ended_is_gone_with_the_next_request(
    database: Database, phone: FlaskClient, case: str
) -> None:
    opened(phone, database, case)
    with database.writing() as session:
        end_access(session, DOLORES, case)
    assert "Lucía" not in phone.get("/family", headers=ENGLISH).text


def test_the_page_tells_of_a_death_only_after_people_have(
    app: Flask, database: Database, phone: FlaskClient, case: str
) -> None:
    confirm(database, case, record_remains(database))
    is_deceased(database, case)
    page = words(opened(phone, database, case))
    assert "Somebody of Familias de Tegucigalpa (invented) will get in touch with you" in page
    for word in ("died", "death", "remains", "deceased", "identified"):
        assert (
            word
            not in page.partition("Follow")[0]
            .replace("Migrants who died", "")
            .split("Every figure")[0]
        )
    worker = sign_in(app, DOLORES)
    given = {
        "notified_on": "2026-06-01",
        "who": "Dolores and Alma (invented)",
        "support": SUPPORT,
        "checked": [str(check) for check in NotificationCheck],
    }
    address = f"/cases/{case}/notification"
    refused = worker.post_form(address, {**given, "support": ""}, headers=ENGLISH)
    assert refused.status_code == 422
    assert "Dolores and Alma" in refused.text
    assert worker.post_form(address, given).status_code == 303
    page = words(phone.get("/family", headers=ENGLISH).text)
    assert "Lucía Invented died. Familias de Tegucigalpa (invented) told you about it" in page
    assert SUPPORT in page
    told = words(worker.get(address, headers=ENGLISH).text)
    assert "The family was told on June 1, 2026" in told
    undo = {"number": "1", "reason": "It was another family"}
    assert worker.post_form(f"{address}/undo", undo).status_code == 303
    assert "died. Familias" not in words(phone.get("/family", headers=ENGLISH).text)


def test_before_a_match_is_confirmed_nobody_can_record_that_a_family_was_told(
    app: Flask, database: Database, case: str
) -> None:
    worker = sign_in(app, DOLORES)
    page = worker.get(f"/cases/{case}/notification", headers=ENGLISH)
    assert "First two people have to confirm" in page.text
    given = {"notified_on": "2026-06-01", "who": "x", "support": "y", "otherwise": "z"}
    assert worker.post_form(f"/cases/{case}/notification", given).status_code == 409
    for wrong in ("", "yesterday"):
        answer = worker.post_form(f"/cases/{case}/notification", {"notified_on": wrong})
        assert answer.status_code == 422
    with database.reading() as session:
        assert session.query(FamilyNotification).count() == 0


def test_a_case_worker_makes_an_access_that_is_shown_once(
    app: Flask, database: Database, phone: FlaskClient, case: str
) -> None:
    worker, address = sign_in(app, DOLORES), f"/cases/{case}/family"
    wrong = worker.post_form(address, {"reach": "", "secret": "corto"}, headers=ENGLISH)
    assert wrong.status_code == 422
    made = worker.post_form(
        address, {"reach": REACH, "support": SUPPORT, "language": "es"}, headers=ENGLISH
    )
    code, secret = re.findall(r'class="follow-up-code"[^>]*>([^<]+)<', made.text)
    assert made.headers["Cache-Control"] == "no-store"
    assert "http://localhost/family" in made.text
    page = worker.get(address, headers=ENGLISH)
    assert page.headers["Cache-Control"] == "no-store"
    assert code not in page.text
    assert secret not in page.text
    assert come_in(phone, code, secret).status_code == 200
    post(phone, {"do": "not_right", "sure": "yes", "told": "It is my cousin"})
    assert "the case rests" in worker.get("/families", headers=ENGLISH).text
    assert "It is my cousin" in worker.get(address, headers=ENGLISH).text
    unexplained = worker.post_form(f"{address}/words/1", {"reason": ""}, headers=ENGLISH)
    assert unexplained.status_code == 422
    answer = worker.post_form(f"{address}/words/1", {"reason": "She is right", "status": "x"})
    assert answer.status_code == 303
    assert "Nothing waits for you" in worker.get("/families", headers=ENGLISH).text
    assert worker.post_form(f"{address}/end").status_code == 303
    assert "Lucía" not in phone.get("/family", headers=ENGLISH).text


def test_to_those_it_is_shared_with_and_to_others_the_family_is_not_there(
    app: Flask, database: Database, case: str
) -> None:
    shared(database, case)
    with database.writing() as session:
        for number, organisation in ((7, NETWORK), (8, SHELTER)):
            session.add(
                Account(
                    id=number,
                    organisation_id=organisation,
                    role=Role.CASE_WORKER,
                    name="x",
                    email=f"{number}@cast.example",
                    email_digest=str(number),
                    password_hash="!",
                    created_at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC),
                    password_changed_at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC),
                )
            )
    others = (
        Actor(Role.CASE_WORKER, "Gabriel", 7, NETWORK),
        Actor(Role.CASE_WORKER, "Hilda", 8, SHELTER),
        CAMILO,
    )
    for actor in others:
        member = sign_in(app, actor)
        for path in ("family", "notification"):
            given, absent = (
                member.get(f"/cases/{each}/{path}", headers=ENGLISH)
                for each in (case, "C-ZZZZ-ZZZZ")
            )
            assert given.status_code == 404
            assert appearance(given) == appearance(absent)


def test_somebody_who_is_signed_in_can_help_a_family_at_the_same_browser(
    app: Flask, database: Database, case: str
) -> None:
    made, worker = give_access(database, case), sign_in(app, DOLORES)
    given = {"do": "enter", "code": made.code, "secret": made.secret}
    assert worker.post_form("/family", given).status_code == 303
    answer = worker.post_form("/family", {"do": "addition", "told": "A red cap"}, headers=ENGLISH)
    assert "A red cap" in answer.text
    worker.post_form("/family", {"do": "close"})
    assert worker.get("/families").status_code == 200


def test_what_is_kept_is_told_without_codes(
    database: Database, phone: FlaskClient, app: Flask
) -> None:
    case = open_case(
        database,
        dental=[{"kind": "gold", "tooth": 11}],
        medical=[{"kind": "fracture", "part": "femur", "side": "right"}],
        belongings=[{"kind": "paper", "text": "504 9911"}],
        clothing=[{"kind": "shoes", "colour": "white", "brand": "Nike", "size": "38"}],
        references=[{"kind": "dna", "holder": "EAAF (invented)", "taken_on": "2026-05-01"}],
        contact_date_precision="month",
        contacts_until="2026-12-31",
        weight_from_kg=60,
    )
    page = words(opened(phone, database, case))
    for told in (
        "Gold tooth, number 11",
        "Broken bone, thigh bone, right",
        "Paper with something written on it, “504 9911”",
        "Shoes, white, Nike, 38",
        "A sample of relatives (DNA), EAAF (invented), May 1, 2026",
        "March 2026",
        "155 – 160 cm",
        "60 kg",
        "24 years",
        "Honduras",
        "We use your contact details until December 31, 2026",
    ):
        assert told in page
    assert not re.search(r"\w_\w", json.dumps(page.partition("Everything that is kept")[2]))
