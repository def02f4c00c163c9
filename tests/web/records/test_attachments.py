"""Photos and documents: sealed on the disk, shown without what the telephone wrote, to few."""

import hashlib
import io
import os
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import BEATRIZ, CAMILO, DOLORES, ESTEBAN, FERNANDA, KEYS, XIMENA
from tests.exchange.test_pictures import SECRET, huge_png, photo
from tests.http.clients import ENGLISH, NOON, Member, Visitor
from tests.services.records import log
from tests.web.records.forms import House
from tracker.app import create_app
from tracker.config import Settings
from tracker.db.sealed_files import SealedFiles, new_file_key
from tracker.db.session import Database
from tracker.domain.permissions import OPERATOR
from tracker.http.csrf import FIELD
from tracker.services.attachments import (
    ReadFile,
    attach_file,
    read_file,
    remove_attachment,
    sweep_files,
)

NAME = "IMG_Necocli_house_of_Rosa.jpg"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "attachments"


@pytest.fixture
def house(database: Database, folder: Path) -> House:
    house = House(database)
    settings = Settings(database_url="sqlite://", secret_key="of the tests", attachments=folder)
    house.app = create_app(settings, database=database, clock=lambda: NOON)
    house.app.test_client_class = Visitor
    return house


def add(browser: Member, public_id: str, content: bytes, **more: str):
    parts = [
        f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode()
        for name, value in {FIELD: browser.csrf, **more}.items()
    ]
    head = f'Content-Disposition: form-data; name="file"; filename="{NAME}"\r\n\r\n'
    parts.append(head.encode() + content)
    # Written out here: the test client would keep a large one in a file of its own.
    body = b"".join(b"--edge\r\n" + part + b"\r\n" for part in parts) + b"--edge--\r\n"
    return browser.post(
        f"/records/{public_id}/attachments",
        data=body,
        content_type="multipart/form-data; boundary=edge",
        headers=ENGLISH,
    )


def drafted(house: House, *, submit: bool = False) -> str:
    with house.database.writing() as session:
        return log(session, submit=submit).public_id


def test_a_photo_is_shown_without_position_and_lies_sealed_on_the_disk(
    house: House, folder: Path, tmp_path: Path
) -> None:
    public_id = drafted(house)
    beatriz = house.browser()
    original = photo()
    assert add(beatriz, public_id, original, description="A boat").status_code == 303
    page = beatriz.get(f"/records/{public_id}", headers=ENGLISH).text
    assert f'<img src="/records/{public_id}/attachments/1" alt="A boat"' in page
    assert hashlib.sha256(original).hexdigest() in page
    served = beatriz.get(f"/records/{public_id}/attachments/1")
    picture = Image.open(io.BytesIO(served.data))
    assert dict(picture.getexif()) == {}
    assert SECRET not in served.data
    assert served.headers["Cache-Control"] == "no-store"
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in served.headers["Content-Security-Policy"]
    assert "attachment-1.jpg" in served.headers["Content-Disposition"]
    kept = sorted(folder.iterdir())
    assert len(kept) == 2
    assert folder.stat().st_mode & 0o777 == 0o700
    for path in tmp_path.rglob("*"):
        if not path.is_file():
            continue
        held = path.read_bytes()
        for trace in (
            SECRET,
            b"Secret Phone",
            NAME.encode(),
            b"Rosa",
            b"A boat",
            original[200:260],
        ):
            assert trace not in held, (path.name, trace)
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}
    assert not any(NAME in path.name for path in kept)


def test_only_who_sees_all_of_the_record_opens_its_files(house: House) -> None:
    public_id = drafted(house, submit=True)
    assert add(house.browser(), public_id, photo()).status_code == 303
    address = f"/records/{public_id}/attachments/1"
    other = drafted(house, submit=True)
    seen = {
        actor.name: house.browser(actor).get(address).status_code
        for actor in (BEATRIZ, CAMILO, DOLORES, ESTEBAN, FERNANDA, XIMENA)
    }
    assert seen == {
        "Beatriz": 200,
        "Camilo": 200,
        "Fernanda": 200,
        "Dolores": 404,
        "Esteban": 404,
        "Ximena": 404,
    }
    assert house.browser().get(f"/records/{other}/attachments/1").status_code == 404


def test_who_may_not_change_the_record_adds_and_removes_nothing(house: House, folder: Path) -> None:
    public_id = drafted(house, submit=True)
    add(house.browser(), public_id, photo())
    for actor in (DOLORES, ESTEBAN, XIMENA):
        browser = house.browser(actor)
        assert add(browser, public_id, photo()).status_code in (400, 404)
        gone = browser.post_form(f"/records/{public_id}/attachments/1/remove")
        assert gone.status_code in (400, 404)
    assert len(list(folder.iterdir())) == 2


def test_a_picture_that_is_hard_to_look_at_stands_behind_a_click(house: House) -> None:
    public_id = drafted(house)
    beatriz = house.browser()
    add(beatriz, public_id, photo(), graphic="yes")
    page = beatriz.get(f"/records/{public_id}").text
    assert "<img" not in page.split('id="files"')[1].split("</section>")[0]
    assert f'href="/records/{public_id}/attachments/1"' in page


def test_what_was_taken_away_is_gone_from_the_disk(house: House, folder: Path) -> None:
    public_id = drafted(house)
    beatriz = house.browser()
    add(beatriz, public_id, photo())
    assert beatriz.post_form(f"/records/{public_id}/attachments/1/remove").status_code == 303
    assert list(folder.iterdir()) == []
    assert beatriz.get(f"/records/{public_id}/attachments/1").status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Choose a photo or a document first"),
        (b"<svg onload='alert(1)'/>", "This is no photo"),
        (huge_png(9_000, 9_000), "more than 40 million pixels"),
        (photo()[:-100], "damaged or was cut off"),
        (b"\0\0\0\x18ftypheic", "HEIC"),
        (b"\xff\xd8\xff" + b"\0" * 15_000_000, "at most 15 MB"),
    ],
)
def test_what_is_wrong_with_a_file_stands_beside_its_field(
    house: House, folder: Path, content: bytes, words: str
) -> None:
    public_id = drafted(house)
    answer = add(house.browser(), public_id, content)
    assert answer.status_code == 422
    assert words in answer.text
    assert 'id="file-wrong"' in answer.text
    assert not folder.exists()


def test_a_far_too_large_file_is_refused_before_it_is_read(house: House, folder: Path) -> None:
    answer = add(house.browser(), drafted(house), b"\xff\xd8\xff" + b"\0" * 17_000_000)
    assert answer.status_code == 413
    assert not folder.exists()


def test_a_pdf_is_given_to_be_saved_and_never_opens_in_the_page(house: House) -> None:
    public_id = drafted(house)
    beatriz = house.browser()
    content = b"%PDF-1.7\n1 0 obj<</Names<</JavaScript 2 0 R>>>>endobj\n%%EOF\n"
    assert add(beatriz, public_id, content).status_code == 303
    served = beatriz.get(f"/records/{public_id}/attachments/1")
    assert served.data == content
    assert served.headers["Content-Disposition"].startswith("attachment;")
    assert served.mimetype == "application/pdf"


def test_a_record_holds_no_more_than_twenty_files(house: House) -> None:
    public_id = drafted(house)
    beatriz = house.browser()
    small = photo((8, 8))
    codes = [add(beatriz, public_id, small).status_code for _ in range(21)]
    assert codes == [303] * 20 + [422]


def test_the_files_open_with_the_keys_of_the_installation_alone(house: House, folder: Path) -> None:
    add(house.browser(), drafted(house), photo())
    for path in folder.iterdir():
        with pytest.raises(Exception, match="wrong_keys"):
            KEYS.open(path.read_bytes())


def test_a_file_whose_record_could_not_be_saved_does_not_stay(house: House, folder: Path) -> None:
    public_id = drafted(house)
    files = SealedFiles(folder)

    def attach_in_vain() -> None:
        with house.database.writing() as session:
            attach_file(session, BEATRIZ, files, public_id=public_id, file=read_file(photo()))
            assert len(list(folder.iterdir())) == 2
            raise RuntimeError

    with pytest.raises(RuntimeError):
        attach_in_vain()
    assert list(folder.iterdir()) == []


def test_a_file_stays_until_it_is_certain_that_it_goes(house: House, folder: Path) -> None:
    public_id, files = drafted(house), SealedFiles(folder)
    with house.database.writing() as session:
        number = attach_file(session, BEATRIZ, files, public_id=public_id, file=read_file(photo()))

    def remove_in_vain() -> None:
        with house.database.writing() as session:
            remove_attachment(session, BEATRIZ, files, public_id=public_id, number=number)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        remove_in_vain()
    assert len(list(folder.iterdir())) == 2
    with house.database.writing() as session:
        remove_attachment(session, BEATRIZ, files, public_id=public_id, number=number)
    assert list(folder.iterdir()) == []


def test_files_that_no_record_names_are_swept_after_a_day(house: House, folder: Path) -> None:
    public_id, files = drafted(house), SealedFiles(folder)
    with house.database.writing() as session:
        attach_file(session, BEATRIZ, files, public_id=public_id, file=read_file(photo()))
    key = new_file_key()
    names = {files.keep(b"left over", key), files.keep(b"just now", key)}
    old = min(names)
    for path in folder.iterdir():
        if path.name not in names - {old}:
            before = NOON.timestamp() - 100_000
            os.utime(path, (before, before))
    with house.database.writing() as session:
        house.database.tell_time(lambda: NOON)
        assert sweep_files(session, OPERATOR, files) == 1
    assert {path.name for path in folder.iterdir()} & names == names - {old}
    assert len(list(folder.iterdir())) == 3


def test_while_a_picture_is_looked_into_others_save(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    public_id, beatriz = drafted(house), house.browser()
    others: list[str] = []

    def slowly(content: bytes) -> ReadFile:
        with house.database.writing() as session:
            others.append(log(session).public_id)
        return read_file(content)

    monkeypatch.setattr("tracker.web.records.attachments.read_file", slowly)
    assert add(beatriz, public_id, photo()).status_code == 303
    assert len(others) == 1
