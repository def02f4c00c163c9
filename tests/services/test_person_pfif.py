"""PFIF: a case goes out with a consent alone; what comes in never says that somebody is located."""

import datetime as dt

import pytest
from sqlalchemy import text

from tests.conftest import CAST, DOLORES, FAMILIES, NETWORK
from tests.exchange.test_pfif import WHOLE
from tests.http.clients import NOON, add_cast
from tests.services.people_records import GABRIEL, HILDA, agree, open_case, record_remains
from tracker.db.models import Act
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database
from tracker.domain.consents import Purpose
from tracker.domain.erasures import Ground
from tracker.domain.errors import Conflict, InvalidRecord, NotAllowed, NotFound
from tracker.domain.people import PersonKind
from tracker.domain.permissions import Role
from tracker.domain.pfif import PfifFile, PfifPerson
from tracker.exchange.pfif import read_pfif, write_pfif
from tracker.schemas.people import load_person
from tracker.schemas.person_pfif import WITHHELD, may_be_child
from tracker.services.people import (
    PersonFilter,
    change_status,
    erase_person,
    export_pfif,
    export_withdrawals,
    finish_task,
    get_person,
    list_people,
    list_tasks,
    revise_person,
    take_in_pfif,
    withdraw_consent,
)

# What nobody outside may learn: who asks, telephones, the exact place.
NEVER_OUT = ("Rosa", "9911", "30.71", "-111.83")
HERE = "here.example"


@pytest.fixture
def people(database: Database) -> Database:
    """Give a database in which the cast has accounts, at noon."""
    database.tell_time(lambda: NOON)
    with database.writing() as session:
        add_cast(session)
    return database


def export(people: Database, case: str, recipient_id: int | None = NETWORK, actor=DOLORES):
    with people.writing() as session:
        return export_pfif(
            session,
            actor,
            case,
            recipient_id=recipient_id,
            reason="asked for by the family",
            domain=HERE,
        )


def withdrawals(people: Database, recipient_id: int | None = NETWORK, actor=DOLORES) -> list[str]:
    with people.writing() as session:
        data = export_withdrawals(session, actor, recipient_id=recipient_id, domain=HERE)
    read = read_pfif(data).people
    assert all(person.has_ended(NOON) for person in read)
    assert not any("full_name" in person.fields for person in read)
    return [person.record_id for person in read]


def take_in(people: Database, tmp_path, file: PfifFile | None = None, actor=DOLORES):
    with people.writing() as session:
        return take_in_pfif(
            session,
            actor,
            SealedFiles(tmp_path / "files"),
            file=file or read_pfif(WHOLE),
            domain=HERE,
            invented=True,
        )


def erase(people: Database, case: str, tmp_path) -> None:
    with people.writing() as session:
        files = SealedFiles(tmp_path / "files")
        erase_person(session, DOLORES, files, public_id=case, ground=Ground.PERSON_ASKED)


def altered(**fields: str) -> PfifFile:
    [person] = read_pfif(WHOLE).people
    return PfifFile((PfifPerson({**person.fields, **fields}),))


# -- out --


def test_a_case_goes_out_only_to_whom_the_family_agreed_to(people: Database) -> None:
    case = open_case(people)
    for recipient in (NETWORK, None):
        with pytest.raises(Conflict, match="no_consent"):
            export(people, case, recipient)
    agree(people, case, Purpose.MATCH)
    agree(people, case, Purpose.SHARE, recipient_id=NETWORK)
    assert export(people, case)
    with pytest.raises(Conflict, match="no_consent"):
        export(people, case, None)
    with pytest.raises(Conflict, match="own_organisation"):
        export(people, case, FAMILIES)
    agree(people, case, Purpose.PUBLISH)
    assert export(people, case, None)


def test_a_file_for_a_recipient_says_so_and_tells_what_identifies(people: Database) -> None:
    case = open_case(people)
    agree(people, case, Purpose.SHARE, recipient_id=NETWORK)
    data = export(people, case)
    words = data.decode()
    assert "for Tucson Monitoring Network (invented), 2026-06-01" in words
    [person] = read_pfif(data).people
    fields = person.fields
    assert fields["person_record_id"] == f"{HERE}/{case}"
    assert fields["full_name"] == "Lucía Invented Zelaya Quijada"
    assert (fields["sex"], fields["age"], fields["home_country"]) == ("female", "24", "HN")
    assert fields["description"].startswith("INVENTED, FOR DEMONSTRATION.")
    assert "tattoo left forearm Mateo" in fields["description"]
    assert fields["expiry_date"] == "2026-11-28T12:00:00Z"
    assert person.notes[0].fields["status"] == "information_sought"
    for word in NEVER_OUT:
        assert word not in words


def test_a_public_file_tells_less(people: Database) -> None:
    case = open_case(people)
    agree(people, case, Purpose.PUBLISH)
    words = export(people, case, None).decode()
    assert "for anybody, 2026-06-01" in words
    assert "Lucía Invented" in words
    for word in (*NEVER_OUT, "Mateo", "tattoo", "Altar", "Comayagua", "2026-03-02", "Lucha"):
        assert word not in words


@pytest.mark.parametrize(
    "told",
    [
        {"age_from": 16, "age_to": 17},
        {"age_from": 17, "age_to": 19},
        {"age_from": None, "age_to": 20},
        {"age_from": None, "age_to": None, "height_from_cm": 110, "height_to_cm": 120},
        {"age_from": None, "age_to": None, "notes": "Una niña de la escuela"},
    ],
    ids=str,
)
def test_of_a_child_hardly_anything_is_public(people: Database, told) -> None:
    case = open_case(people, **told)
    agree(people, case, Purpose.PUBLISH)
    [person] = read_pfif(export(people, case, None)).people
    assert person.fields["full_name"] == WITHHELD
    assert not {"given_name", "family_name", "alternate_names", "photo_url"} & set(person.fields)
    assert person.fields.get("age", "0-17") == "0-17"
    words = export(people, case, None).decode()
    for word in ("Lucía", "Zelaya", "Quijada", "Lucha", "16", "Altar"):
        assert word not in words.replace("2026", "")


def test_an_adult_is_no_child() -> None:
    assert not may_be_child({"age_from": 18, "age_to": 30})
    assert not may_be_child({"height_to_cm": 170})


def test_remains_and_what_has_ended_do_not_go_out(people: Database) -> None:
    remains = record_remains(people)
    with pytest.raises(Conflict, match="cases_only"):
        export(people, remains, actor=GABRIEL, recipient_id=FAMILIES)
    case = open_case(people)
    agree(people, case, Purpose.SHARE, recipient_id=NETWORK)
    with people.writing() as session:
        change_status(session, DOLORES, case, status="closed_by_family", reason="they asked")
    with pytest.raises(Conflict, match="case_has_ended"):
        export(people, case)


def test_an_export_needs_a_reason_a_keeper_and_is_in_the_log(people: Database) -> None:
    case = open_case(people)
    agree(people, case, Purpose.SHARE, recipient_id=NETWORK)
    with people.writing() as session, pytest.raises(InvalidRecord):
        export_pfif(session, DOLORES, case, recipient_id=NETWORK, reason=" ", domain=HERE)
    for actor in (GABRIEL, HILDA):
        with pytest.raises(NotFound):
            export(people, case, actor=actor)
    for actor in CAST:
        if actor.role is not Role.CASE_WORKER:
            with pytest.raises(NotAllowed):
                export(people, case, actor=actor)
    export(people, case)
    with people.reading() as session:
        acts = [(act.actor, act.action, act.thing) for act in session.query(Act)]
        assert ("account 4", "export_person", "person 1") in acts
        assert session.scalar(text("SELECT count(*) FROM person_exports")) == 1
        assert "asked for" not in str(session.execute(text("SELECT * FROM person_exports")).all())


def test_a_file_lasts_no_longer_than_the_consent(people: Database) -> None:
    case = open_case(people)
    agree(people, case, Purpose.SHARE, recipient_id=NETWORK)
    with people.writing() as session:
        session.execute(text("UPDATE consents SET until = '2026-06-10'"))
    [person] = read_pfif(export(people, case)).people
    assert person.fields["expiry_date"] == "2026-06-11T00:00:00Z"
    people.tell_time(lambda: NOON + dt.timedelta(days=10))
    with pytest.raises(Conflict, match="no_consent"):
        export(people, case)


def test_who_has_a_file_is_told_to_forget_what_may_not_be_out(people: Database, tmp_path) -> None:
    cases = [open_case(people) for _ in range(4)]
    numbers = [agree(people, case, Purpose.SHARE, recipient_id=NETWORK) for case in cases]
    for case in cases[:3]:
        export(people, case)
    assert withdrawals(people) == []
    with people.writing() as session:
        withdraw_consent(session, DOLORES, cases[0], number=numbers[0])
        # Never went out: nobody is told of it.
        withdraw_consent(session, DOLORES, cases[3], number=numbers[3])
    erase(people, cases[1], tmp_path)
    assert withdrawals(people) == [f"{HERE}/{cases[0]}", f"{HERE}/{cases[1]}"]
    assert withdrawals(people, None) == []
    assert withdrawals(people, FAMILIES, actor=GABRIEL) == []
    with people.reading() as session:
        reasons = session.execute(text("SELECT reason FROM person_exports ORDER BY id")).all()
    assert [reason is None for (reason,) in reasons] == [False, True, False]


# -- in --


def test_a_person_comes_in_as_a_reported_case_and_notes_as_tasks(people, tmp_path) -> None:
    taken = take_in(people, tmp_path)
    [row] = taken.people
    assert (row.outcome, taken.tasks) == ("new", 2)
    with people.writing() as session:
        told = get_person(session, DOLORES, row.public_id)
        tasks = list_tasks(session, DOLORES, row.public_id)
    assert told.status == "reported"
    assert told.facts == load_person(
        PersonKind.CASE,
        {
            "given_names": "Lucía Invented",
            "first_surname": "Zelaya",
            "names_basis": "third_party",
            "sex": "female",
            "sex_basis": "third_party",
            "age_from": 20,
            "age_to": 28,
            "age_basis": "third_party",
            "origin_country": "HND",
            "origin_basis": "third_party",
            "inquirer_name": "Rosa (invented)",
            "contacts_until": "2026-12-01",
        },
    )
    assert "believed_alive" in tasks[0].told
    assert "Seen & well" in tasks[0].told


def test_the_same_file_again_makes_nothing_twice(people, tmp_path) -> None:
    take_in(people, tmp_path)
    again = take_in(people, tmp_path)
    assert (again.people[0].outcome, again.tasks) == ("unchanged", 0)
    changed = take_in(people, tmp_path, altered(age="22-23"))
    assert changed.people[0].outcome == "changed"


def test_our_own_records_that_come_back_are_passed_over(people, tmp_path) -> None:
    case = open_case(people)
    agree(people, case, Purpose.SHARE, recipient_id=NETWORK)
    taken = take_in(people, tmp_path, read_pfif(export(people, case)))
    assert (taken.own, taken.people, taken.tasks) == (1, [], 0)


def test_what_has_expired_is_not_taken_in(people, tmp_path) -> None:
    taken = take_in(people, tmp_path, altered(expiry_date="2026-05-31T00:00:00Z"))
    assert (taken.expired, taken.people) == (1, [])


@pytest.mark.parametrize("field", ["expiry_date", "nothing_told"])
def test_what_its_source_has_ended_is_forgotten_and_stays_out(people, tmp_path, field) -> None:
    case = take_in(people, tmp_path).people[0].public_id
    ended = altered(expiry_date="2026-05-31T00:00:00Z")
    if field == "nothing_told":
        [person] = ended.people
        ended = PfifFile((PfifPerson({"person_record_id": person.record_id}),))
    assert take_in(people, tmp_path, ended).erased == 1
    with people.writing() as session, pytest.raises(NotFound):
        get_person(session, DOLORES, case)
    assert take_in(people, tmp_path).people[0].outcome == "erased"


@pytest.mark.parametrize("work", ["revised", "consent", "status", "task"])
def test_what_was_worked_on_here_is_not_erased_by_others(people, tmp_path, work) -> None:
    case = take_in(people, tmp_path).people[0].public_id
    if work == "consent":
        agree(people, case, Purpose.MATCH)
    with people.writing() as session:
        told = get_person(session, DOLORES, case)
        if work == "revised":
            revise_person(session, DOLORES, case, facts={**told.facts, "hair": "black"})
        elif work == "status":
            change_status(session, DOLORES, case, status="missing_unlocated", reason="asked")
        elif work == "task":
            [first, _] = list_tasks(session, DOLORES, case)
            finish_task(session, DOLORES, case, number=first.number, outcome="asked")
    taken = take_in(people, tmp_path, altered(expiry_date="2026-05-31T00:00:00Z"))
    assert (taken.erased, taken.to_look_at) == (0, 1)
    with people.writing() as session:
        assert get_person(session, DOLORES, case).facts
        assert "ended it" in list_tasks(session, DOLORES, case)[-1].told + str(
            list_tasks(session, DOLORES, case)
        )


@pytest.mark.parametrize("status", ["is_note_author", "believed_alive", "believed_dead"])
def test_a_note_never_says_that_somebody_is_located(people, tmp_path, status) -> None:
    data = WHOLE.replace(b"believed_alive", status.encode())
    case = take_in(people, tmp_path, read_pfif(data)).people[0].public_id
    with people.writing() as session:
        assert get_person(session, DOLORES, case).status == "reported"


def test_a_record_of_ours_goes_to_another_server_and_is_forgotten_there(people, tmp_path) -> None:
    case = open_case(people)
    number = agree(people, case, Purpose.SHARE, recipient_id=NETWORK)
    sent = read_pfif(export(people, case))
    with people.writing() as session:
        files = SealedFiles(tmp_path / "files")
        take_in_pfif(session, GABRIEL, files, file=sent, domain="there.example")
        withdraw_consent(session, DOLORES, case, number=number)
        data = export_withdrawals(session, DOLORES, recipient_id=NETWORK, domain=HERE)
        taken = take_in_pfif(session, GABRIEL, files, file=read_pfif(data), domain="there.example")
        assert taken.erased == 1
        assert list_people(session, GABRIEL, PersonFilter(PersonKind.CASE))[0] == ()


def test_only_case_workers_take_files_in(people, tmp_path) -> None:
    for actor in CAST:
        if actor.role is not Role.CASE_WORKER:
            with pytest.raises(NotAllowed):
                take_in(people, tmp_path, actor=actor)


def test_a_written_file_of_a_case_names_no_field_beyond_the_format(people: Database) -> None:
    case = open_case(people)
    agree(people, case, Purpose.SHARE, recipient_id=NETWORK)
    read = read_pfif(export(people, case)).people
    assert read_pfif(write_pfif(read, mark="x")).people == read
