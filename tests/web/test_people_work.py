"""Consents, shares, tasks, states, files and erasure of a person, through pages."""

import hashlib
from pathlib import Path

import pytest

from tests.conftest import DOLORES, FAMILIES, NETWORK, SHELTER
from tests.exchange.test_pictures import SECRET, photo
from tests.http.clients import ENGLISH, Member
from tests.services.people_records import GABRIEL, HILDA, open_case, record_remains
from tests.services.records import log
from tests.web.people_pages import Desk
from tracker.db.session import Database
from tracker.domain.errors import NotFound
from tracker.http.csrf import FIELD


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, tmp_path)


AGREED = {
    "purpose": "share",
    "recipient_id": str(NETWORK),
    "given_by": "Rosa Quijada (invented)",
    "given_on": "2026-05-30",
}


def test_a_case_goes_only_to_whom_the_family_agreed_and_comes_back_at_once(desk: Desk) -> None:
    case = open_case(desk.database)
    dolores, gabriel = desk.browser(DOLORES), desk.browser(GABRIEL)
    page = dolores.get(f"/cases/{case}", headers=ENGLISH).text
    assert "record first that the family agrees" in page
    sent = {"organisation_id": str(NETWORK), "what": "identification"}
    early = dolores.post_form(f"/cases/{case}/shares", sent, headers=ENGLISH)
    assert early.status_code == 409
    assert "The family has not agreed to this" in early.text
    assert dolores.post_form(f"/cases/{case}/consents", AGREED).status_code == 303
    page = dolores.get(f"/cases/{case}", headers=ENGLISH).text
    offered = page[page.index('id="shares-organisation_id"') :].partition("</select>")[0]
    assert f'value="{NETWORK}"' in offered
    assert f'value="{SHELTER}"' not in offered
    assert f'value="{FAMILIES}"' not in offered
    assert gabriel.get(f"/cases/{case}").status_code == 404
    assert dolores.post_form(f"/cases/{case}/shares", sent).status_code == 303
    seen = gabriel.get(f"/cases/{case}", headers=ENGLISH).text
    assert "Zelaya" in seen
    assert "Shared with you by Familias de Tegucigalpa" in seen
    for hidden in ("Rosa Quijada", "9911 0043", "What the family agrees to", "Complete or correct"):
        assert hidden not in seen, hidden
    assert gabriel.get(f"/cases/{case}/history").status_code == 404
    assert gabriel.post_form(f"/cases/{case}/edit", {"hair": "red"}).status_code == 404
    assert desk.browser(HILDA).get(f"/cases/{case}").status_code == 404
    assert dolores.post_form(f"/cases/{case}/consents/1/withdraw").status_code == 303
    assert gabriel.get(f"/cases/{case}").status_code == 404
    assert "taken back on June 1, 2026" in dolores.get(f"/cases/{case}", headers=ENGLISH).text


def test_what_is_wrong_with_a_consent_stands_beside_its_field(desk: Desk) -> None:
    case = open_case(desk.database)
    dolores = desk.browser(DOLORES)
    wrong = {**AGREED, "recipient_id": "", "given_on": "2026-06-09", "given_by": "Rosa"}
    answer = dolores.post_form(f"/cases/{case}/consents", wrong, headers=ENGLISH)
    assert answer.status_code == 422
    assert 'id="consents-recipient_id-wrong"' in answer.text
    assert 'id="consents-given_on-wrong"' in answer.text
    assert 'value="2026-06-09"' in answer.text
    nothing = dolores.post_form(f"/cases/{case}/consents", {}, headers=ENGLISH)
    assert nothing.status_code == 422
    assert dolores.post_form(f"/cases/{case}/consents/99/withdraw").status_code == 404


def test_a_state_needs_its_reason_and_a_death_is_not_offered(desk: Desk) -> None:
    case = open_case(desk.database)
    dolores = desk.browser(DOLORES)
    page = dolores.get(f"/cases/{case}", headers=ENGLISH).text
    assert 'value="located_alive"' in page
    assert 'value="located_deceased"' not in page
    bare = dolores.post_form(f"/cases/{case}/status", {"status": "located_alive"}, headers=ENGLISH)
    assert bare.status_code == 422
    assert 'id="standing-reason-wrong"' in bare.text
    dead = {"status": "located_deceased", "reason": "somebody told us"}
    refused = dolores.post_form(f"/cases/{case}/status", dead, headers=ENGLISH)
    assert refused.status_code == 409
    assert "said by a confirmed match alone" in refused.text
    unknown = {"status": "gone", "reason": "x"}
    assert dolores.post_form(f"/cases/{case}/status", unknown).status_code == 422
    alive = {"status": "located_alive", "reason": "She called home"}
    assert dolores.post_form(f"/cases/{case}/status", alive).status_code == 303
    assert desk.person(case).status == "located_alive"
    assert "She called home" in dolores.get(f"/cases/{case}/history", headers=ENGLISH).text


def test_a_task_is_done_with_what_came_of_it(desk: Desk) -> None:
    case = open_case(desk.database)
    dolores = desk.browser(DOLORES)
    empty = dolores.post_form(f"/cases/{case}/tasks", {"kind": "legal"}, headers=ENGLISH)
    assert empty.status_code == 422
    task = {"kind": "psychosocial", "told": "Somebody to listen to her mother"}
    assert dolores.post_form(f"/cases/{case}/tasks", task).status_code == 303
    bare = dolores.post_form(f"/cases/{case}/tasks/1/done", {"outcome": ""}, headers=ENGLISH)
    assert bare.status_code == 422
    assert 'id="outcome.1-wrong"' in bare.text
    done = {"outcome": "They meet on Tuesdays"}
    assert dolores.post_form(f"/cases/{case}/tasks/1/done", done).status_code == 303
    page = dolores.get(f"/cases/{case}", headers=ENGLISH).text
    assert "done on June 1, 2026" in page
    assert "They meet on Tuesdays" in page


def test_somebody_looks_again_on_a_day_that_has_not_passed(desk: Desk) -> None:
    case = open_case(desk.database)
    dolores = desk.browser(DOLORES)
    past = dolores.post_form(f"/cases/{case}/review", {"review_on": "2026-05-01"}, headers=ENGLISH)
    assert past.status_code == 422
    assert "This day has passed already." in past.text
    assert (
        dolores.post_form(f"/cases/{case}/review", {"review_on": "2026-07-01"}).status_code == 303
    )
    assert str(desk.person(case).review_on) == "2026-07-01"


def test_remains_are_linked_to_an_incident_that_one_may_see(desk: Desk) -> None:
    remains = record_remains(desk.database)
    gabriel = desk.browser(GABRIEL)
    with desk.database.writing() as session:
        private = log(session).public_id
    for unseen in (private, "ZZZ-ZZZ"):
        answer = gabriel.post_form(
            f"/remains/{remains}/incident", {"incident": unseen}, headers=ENGLISH
        )
        assert answer.status_code == 422
        assert 'id="incident-incident-wrong"' in answer.text
    assert gabriel.post_form(f"/remains/{remains}/incident", {"incident": ""}).status_code == 303


def send(browser: Member, address: str, content: bytes, **more: str):
    parts = [
        f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode()
        for name, value in {FIELD: browser.csrf, **more}.items()
    ]
    head = 'Content-Disposition: form-data; name="file"; filename="Lucia.jpg"\r\n\r\n'
    parts.append(head.encode() + content)
    # Written out here: the test client would keep a large one in a file of its own.
    body = b"".join(b"--edge\r\n" + part + b"\r\n" for part in parts) + b"--edge--\r\n"
    kind = "multipart/form-data; boundary=edge"
    return browser.post(address, data=body, content_type=kind, headers=ENGLISH)


def test_a_photo_lies_sealed_and_only_those_who_see_all_open_it(desk: Desk, tmp_path: Path) -> None:
    case = open_case(desk.database)
    dolores, gabriel = desk.browser(DOLORES), desk.browser(GABRIEL)
    original = photo()
    address = f"/cases/{case}/files"
    assert send(dolores, address, original, description="At home", graphic="no").status_code == 303
    page = dolores.get(f"/cases/{case}", headers=ENGLISH).text
    assert f'<img src="{address}/1" alt="At home"' in page
    assert hashlib.sha256(original).hexdigest() in page
    served = dolores.get(f"{address}/1")
    assert served.mimetype == "image/jpeg"
    assert SECRET not in served.data
    assert served.headers["Cache-Control"] == "no-store"
    assert "sandbox" in served.headers["Content-Security-Policy"]
    held = [path.read_bytes() for path in (tmp_path / "files").iterdir()]
    assert len(held) == 2
    assert not any(SECRET in each for each in held)
    dolores.post_form(f"/cases/{case}/consents", AGREED)
    sent = {"organisation_id": str(NETWORK), "what": "identification"}
    dolores.post_form(f"/cases/{case}/shares", sent)
    assert gabriel.get(f"/cases/{case}").status_code == 200
    assert gabriel.get(f"{address}/1").status_code == 404
    assert gabriel.post_form(f"{address}/1/remove").status_code == 404
    bad = send(dolores, address, b"no picture")
    assert bad.status_code == 422
    assert 'id="files-file-wrong"' in bad.text
    assert dolores.post_form(f"{address}/1/remove").status_code == 303
    assert [*(tmp_path / "files").iterdir()] == []


def test_what_is_hard_to_look_at_has_no_picture_in_the_page(desk: Desk) -> None:
    remains = record_remains(desk.database)
    gabriel = desk.browser(GABRIEL)
    send(gabriel, f"/remains/{remains}/files", photo(), graphic="yes", description="Left forearm")
    page = gabriel.get(f"/remains/{remains}", headers=ENGLISH).text
    assert "<img" not in page
    assert "Show a picture that is hard to look at" in page


def test_a_case_is_erased_once_its_number_is_typed(desk: Desk, tmp_path: Path) -> None:
    case = open_case(desk.database)
    dolores = desk.browser(DOLORES)
    send(dolores, f"/cases/{case}/files", photo())
    page = dolores.get(f"/cases/{case}/erase", headers=ENGLISH).text
    assert "What stays" in page
    wrong = dolores.post_form(f"/cases/{case}/erase", {"number": "C-1"}, headers=ENGLISH)
    assert wrong.status_code == 422
    assert 'id="number-wrong"' in wrong.text
    assert 'id="ground-wrong"' in wrong.text
    sure = {"number": case.lower(), "ground": "person_asked"}
    answer = dolores.post_form(f"/cases/{case}/erase", sure)
    assert answer.headers["Location"] == "/cases?erased=yes"
    assert dolores.get(f"/cases/{case}").status_code == 404
    assert [*(tmp_path / "files").iterdir()] == []
    with pytest.raises(NotFound):
        desk.person(case)


def test_opening_a_page_of_a_person_is_in_the_log(desk: Desk) -> None:
    case = open_case(desk.database)
    desk.browser(DOLORES).get(f"/cases/{case}")
    with desk.database.reading() as session:
        acts = session.connection().exec_driver_sql("SELECT action, thing FROM acts").all()
    assert ("see_person", "person 1") in [tuple(act) for act in acts]
