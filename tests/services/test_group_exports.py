"""Several cases go out together only where two people say so, sealed, and as families agree."""

import datetime as dt
import hmac
import json
import struct
import zlib
from hashlib import pbkdf2_hmac
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import text

from tests.conftest import CAST, DOLORES, FAMILIES, NETWORK, SHELTER
from tests.http.clients import NOON, add_account, add_cast
from tests.services.people_records import GABRIEL, HILDA, agree, open_case, record_remains
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database
from tracker.domain.consents import Purpose
from tracker.domain.erasures import Ground
from tracker.domain.errors import Conflict, InvalidRecord, NotAllowed, NotFound
from tracker.domain.permissions import Actor, Role
from tracker.services.people import (
    agree_to_group_export,
    ask_for_group_export,
    cases_to_export,
    end_group_export,
    erase_person,
    export_withdrawals,
    get_group_export,
    give_group_export,
    list_group_exports,
    list_tasks,
    open_group_export,
    withdraw_consent,
)

# Another case worker of the families' organisation.
ELENA = Actor(Role.CASE_WORKER, "Elena", 9, FAMILIES)
HERE = "here.example"


@pytest.fixture
def people(database: Database) -> Database:
    """Give a database in which the cast and Elena have accounts, at noon."""
    database.tell_time(lambda: NOON)
    with database.writing() as session:
        add_cast(session)
        add_account(session, ELENA)
    return database


def agreed_case(people: Database, **changed: object) -> str:
    case = open_case(people, **changed)
    agree(people, case, Purpose.SHARE, recipient_id=NETWORK)
    return case


def ask(people: Database, *cases: str, actor: Actor = DOLORES, **changed: object) -> int:
    given = {"recipient_id": NETWORK, "purpose": "identification", "reason": "Zelaya asked"}
    with people.writing() as session:
        return ask_for_group_export(session, actor, public_ids=cases, **{**given, **changed})


def second_voice(people: Database, number: int, actor: Actor = ELENA) -> None:
    with people.writing() as session:
        agree_to_group_export(session, actor, number)


def fetched(people: Database, number: int) -> tuple[bytes, str]:
    with people.writing() as session:
        password, seal = open_group_export(session, DOLORES, number)
    return fetched_again(people, number, password, seal), password


def fetched_again(people: Database, number: int, password: str, seal: str) -> bytes:
    with people.writing() as session:
        return give_group_export(
            session, DOLORES, number, password=password, seal=seal, domain=HERE
        )


def opened(packed: bytes, password: str) -> dict[str, bytes]:
    """Open a zip as the description of its format says (AE-2), and not as it was written."""
    files, at = {}, 0
    while packed[at : at + 4] == b"PK\x03\x04":
        head = struct.unpack("<HHHHHIIIHH", packed[at + 4 : at + 30])
        assert (head[1], head[2], head[5]) == (1, 99, 0)
        name_end = at + 30 + head[8]
        begins = name_end + head[9]
        sealed = packed[begins : begins + head[6]]
        keys = pbkdf2_hmac("sha1", password.encode(), sealed[:16], 1_000, dklen=66)
        if keys[64:] != sealed[16:18]:
            raise ValueError("wrong password")
        body, mac = sealed[18:-10], sealed[-10:]
        assert hmac.new(keys[32:64], body, "sha1").digest()[:10] == mac
        aes = Cipher(algorithms.AES(keys[:32]), modes.ECB()).encryptor()
        plain = bytearray()
        for block in range(0, len(body), 16):
            stream = aes.update((block // 16 + 1).to_bytes(16, "little"))
            plain += bytes(a ^ b for a, b in zip(body[block : block + 16], stream, strict=False))
        files[packed[at + 30 : name_end].decode()] = zlib.decompress(bytes(plain), -15)
        at = begins + head[6]
    return files


def test_two_people_agree_and_the_file_opens_with_its_password_alone(people: Database) -> None:
    one, other = agreed_case(people), agreed_case(people, given_names="Mateo Invented")
    open_case(people)
    with people.reading() as session:
        choice = cases_to_export(session, DOLORES, recipient_id=NETWORK)
    assert {each.public_id for each in choice} == {one, other}
    number = ask(people, one, other)
    with people.reading() as session, pytest.raises(Conflict):
        open_group_export(session, DOLORES, number)
    with people.writing() as session, pytest.raises(Conflict, match="second_person_needed"):
        agree_to_group_export(session, DOLORES, number)
    second_voice(people, number)
    packed, password = fetched(people, number)
    for word in (b"Zelaya", b"Mateo", one.encode(), b"Lucha"):
        assert word not in packed
    files = opened(packed, password)
    assert list(files) == ["READ-ME.txt", "manifest.json", "people.json"]
    told = json.loads(files["people.json"])["people"]
    assert {each["record"] for each in told} == {one, other}
    assert all(each["invented"] and each["for"].startswith("Tucson") for each in told)
    manifest = json.loads(files["manifest.json"])
    assert [each["record"] for each in manifest["records"]] == [each["record"] for each in told]
    text_of_all = files["people.json"].decode()
    for inside in ("Rosa", "9911", "30.71", "Zelaya asked"):
        assert inside not in text_of_all
    with pytest.raises(ValueError, match="wrong password"):
        opened(packed, "aaaa-aaaa-aaaa-aaaa-aaaa")


def test_the_password_is_made_once_and_lasts_an_hour(people: Database) -> None:
    number = ask(people, agreed_case(people))
    second_voice(people, number)
    with people.writing() as session:
        password, seal = open_group_export(session, DOLORES, number)
    with people.writing() as session, pytest.raises(Conflict):
        open_group_export(session, DOLORES, number)
    with pytest.raises(NotFound):
        fetched_again(people, number, "easy-to-guess", seal)
    assert fetched_again(people, number, password, seal)
    # A line that broke: once more, with the same password.
    assert fetched_again(people, number, password, seal)
    people.tell_time(lambda: NOON + dt.timedelta(hours=2))
    with pytest.raises(Conflict):
        fetched_again(people, number, password, seal)
    with people.reading() as session:
        assert get_group_export(session, DOLORES, number).state == "given"
        count = session.scalar(text("SELECT count(*) FROM person_exports"))
        stored = str(session.execute(text("SELECT * FROM group_exports")).all())
    assert count == 1
    assert password not in stored


def test_a_consent_that_is_taken_back_meanwhile_keeps_a_case_out(people: Database) -> None:
    one, other = agreed_case(people), open_case(people)
    consent = agree(people, other, Purpose.SHARE, recipient_id=NETWORK)
    number = ask(people, one, other)
    second_voice(people, number)
    with people.writing() as session:
        withdraw_consent(session, DOLORES, other, number=consent)
    with people.reading() as session:
        told = get_group_export(session, ELENA, number)
    assert ([each.public_id for each in told.cases], told.left) == ([one], 1)
    packed, password = fetched(people, number)
    people_in = json.loads(opened(packed, password)["people.json"])["people"]
    assert [each["record"] for each in people_in] == [one]


def test_a_withdrawal_after_the_file_went_out_is_a_task_of_today(people: Database) -> None:
    case = open_case(people)
    consent = agree(people, case, Purpose.SHARE, recipient_id=NETWORK)
    number = ask(people, case)
    second_voice(people, number)
    fetched(people, number)
    with people.writing() as session:
        withdraw_consent(session, DOLORES, case, number=consent)
        withdraw_consent(session, DOLORES, case, number=consent)
    with people.writing() as session:
        [task] = list_tasks(session, DOLORES, case)
        forget = export_withdrawals(session, DOLORES, recipient_id=NETWORK, domain=HERE)
    assert task.due_on == NOON.date()
    assert task.told.startswith("Tucson Monitoring Network (invented): has a file of this case")
    assert case.encode() in forget


def test_an_erasure_forgets_the_reason_and_keeps_the_case_out(
    people: Database, tmp_path: Path
) -> None:
    one, other = agreed_case(people), agreed_case(people)
    number = ask(people, one, other)
    second_voice(people, number)
    with people.writing() as session:
        files = SealedFiles(tmp_path / "files")
        erase_person(session, DOLORES, files, public_id=one, ground=Ground.PERSON_ASKED)
    with people.reading() as session:
        told = get_group_export(session, DOLORES, number)
    assert ([each.public_id for each in told.cases], told.reason) == ([other], "")


def test_only_the_own_organisation_sees_and_only_whoever_asked_fetches(people: Database) -> None:
    number = ask(people, agreed_case(people))
    for stranger in (GABRIEL, HILDA):
        with people.writing() as session:
            assert list_group_exports(session, stranger) == ()
            for act in (get_group_export, agree_to_group_export, end_group_export):
                with pytest.raises(NotFound):
                    act(session, stranger, number)
    second_voice(people, number)
    with people.writing() as session, pytest.raises(NotFound):
        open_group_export(session, ELENA, number)
    for actor in CAST:
        if actor.role is not Role.CASE_WORKER:
            with people.reading() as session, pytest.raises(NotAllowed):
                list_group_exports(session, actor)


def test_what_is_called_off_or_too_old_is_not_given(people: Database) -> None:
    case = agreed_case(people)
    number, old = ask(people, case), ask(people, case)
    second_voice(people, number)
    with people.writing() as session:
        end_group_export(session, ELENA, number)
        with pytest.raises(Conflict):
            open_group_export(session, DOLORES, number)
    people.tell_time(lambda: NOON + dt.timedelta(days=8))
    with pytest.raises(Conflict):
        second_voice(people, old)
    with people.reading() as session:
        states = [each.state for each in list_group_exports(session, DOLORES)]
    assert states == ["lapsed", "ended"]


def test_what_may_not_go_out_is_refused_when_it_is_asked_for(people: Database) -> None:
    case = agreed_case(people)
    for changed, error in (
        ({"purpose": "migration_control"}, InvalidRecord),
        ({"reason": " "}, InvalidRecord),
        ({"recipient_id": SHELTER}, Conflict),
        ({"recipient_id": FAMILIES}, Conflict),
        ({"recipient_id": 999}, InvalidRecord),
    ):
        with pytest.raises(error):
            ask(people, case, **changed)
    with pytest.raises(InvalidRecord):
        ask(people)
    with pytest.raises(NotFound):
        ask(people, case, actor=HILDA, recipient_id=NETWORK)
    with pytest.raises(Conflict, match="cases_only"):
        ask(people, record_remains(people), actor=GABRIEL, recipient_id=FAMILIES)
