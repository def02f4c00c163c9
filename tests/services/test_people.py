"""A case is seen by its own case workers; others see what a family agreed to, as long as it does."""

import datetime as dt
import json

import pytest
from sqlalchemy import text

from tests.conftest import CAMILO, CAST, DOLORES, NETWORK
from tests.http.clients import add_cast
from tests.services.people_records import (
    GABRIEL,
    HILDA,
    LUCIA,
    agree,
    facts,
    open_case,
    record_remains,
)
from tracker.db.models import Act
from tracker.db.queries.people import current_person_version, find_person
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database
from tracker.domain.consents import Purpose
from tracker.domain.erasures import Ground
from tracker.domain.errors import Conflict, InvalidRecord, NotAllowed, NotFound
from tracker.domain.people import CONTACTS, OF_INQUIRER, PersonKind, PersonSight, ShareKind
from tracker.domain.permissions import Role
from tracker.schemas.people import load_person
from tracker.services.people import (
    PersonFilter,
    change_status,
    end_share,
    erase_person,
    get_person,
    list_people,
    list_person_versions,
    revise_person,
    share_person,
    withdraw_consent,
)
from tracker.services.people.standing import facts_of

LUCIA_DAY = dt.date(2026, 5, 1)


@pytest.fixture
def people(database: Database) -> Database:
    """Give a database in which the cast has accounts."""
    with database.writing() as session:
        add_cast(session)
    return database


def told(database: Database, actor, public_id: str):
    with database.writing() as session:
        return get_person(session, actor, public_id)


def test_a_case_is_read_as_it_was_told(people: Database) -> None:
    case = open_case(people)
    seen = told(people, DOLORES, case)
    assert seen.facts == LUCIA
    assert seen.name == "Lucía Invented Zelaya Quijada"
    assert (seen.status, seen.version_number, seen.invented) == ("reported", 1, True)
    assert seen.sight == PersonSight.KEEPER


@pytest.mark.parametrize(
    "actor", [each for each in (*CAST, GABRIEL, HILDA) if each is not DOLORES], ids=lambda a: a.name
)
def test_nobody_else_sees_a_case(people: Database, actor) -> None:
    case = open_case(people)
    with pytest.raises((NotFound, NotAllowed)):
        told(people, actor, case)


def test_a_case_is_shared_only_with_whom_the_family_agreed_to(people: Database) -> None:
    case = open_case(people)
    with people.writing() as session, pytest.raises(Conflict, match="no_consent"):
        share_person(session, DOLORES, case, organisation_id=NETWORK, what=ShareKind.IDENTIFICATION)
    agree(people, case, Purpose.MATCH)
    with people.writing() as session, pytest.raises(Conflict, match="no_consent"):
        share_person(session, DOLORES, case, organisation_id=NETWORK, what=ShareKind.WHOLE)
    agree(people, case, Purpose.SHARE, recipient_id=NETWORK)
    share(people, case)
    assert told(people, GABRIEL, case).sight == PersonSight.IDENTIFICATION
    with pytest.raises(NotFound):
        told(people, HILDA, case)


def share(people: Database, case: str, what: ShareKind = ShareKind.IDENTIFICATION) -> int:
    with people.writing() as session:
        return share_person(session, DOLORES, case, organisation_id=NETWORK, what=what)


def test_what_is_shared_for_identification_tells_nothing_of_who_asks(people: Database) -> None:
    case = open_case(people)
    agree(people, case, Purpose.SHARE, recipient_id=NETWORK)
    share(people, case)
    seen = told(people, GABRIEL, case).facts
    assert not set(OF_INQUIRER) & set(seen)
    assert not {"telephones", "notes", "circumstances", "contact_with"} & set(seen)
    assert "Rosa" not in json.dumps(seen)
    assert seen["marks"] == LUCIA["marks"]


def test_what_is_written_on_belongings_is_shown_only_with_the_whole(people: Database) -> None:
    paper = {"kind": "paper", "text": "llamar a Mercedes", "description": "folded twice"}
    case = open_case(people, belongings=[paper])
    agree(people, case, Purpose.SHARE, recipient_id=NETWORK)
    share(people, case)
    assert told(people, GABRIEL, case).facts["belongings"] == [
        {"kind": "paper", "description": "folded twice"}
    ]
    share(people, case, ShareKind.WHOLE)
    assert told(people, GABRIEL, case).facts["belongings"] == [paper]


def test_a_withdrawn_consent_ends_what_rested_on_it_at_once(people: Database) -> None:
    case = open_case(people)
    number = agree(people, case, Purpose.SHARE, recipient_id=NETWORK)
    share(people, case, ShareKind.WHOLE)
    with people.writing() as session:
        withdraw_consent(session, DOLORES, case, number=number)
    with pytest.raises(NotFound):
        told(people, GABRIEL, case)
    with people.reading() as session:
        rows = session.execute(text("SELECT organisation_id, change FROM feed_entries ORDER BY id"))
        assert rows.all() == [(NETWORK, "changed"), (NETWORK, "withdrawn")]


def test_a_share_ends_when_its_keeper_ends_it(people: Database) -> None:
    case = open_case(people)
    agree(people, case, Purpose.SHARE, recipient_id=NETWORK)
    number = share(people, case)
    with people.writing() as session:
        end_share(session, DOLORES, case, number=number)
    with pytest.raises(NotFound):
        told(people, GABRIEL, case)


def test_the_list_shows_what_the_page_shows(people: Database) -> None:
    case = open_case(people)
    agree(people, case, Purpose.SHARE, recipient_id=NETWORK)
    share(people, case)
    record_remains(people)
    wanted = PersonFilter(PersonKind.CASE)
    with people.reading() as session:
        for actor, count in ((DOLORES, 1), (GABRIEL, 1), (HILDA, 0)):
            listed, after = list_people(session, actor, wanted)
            assert (len(listed), after) == (count, None)
        [listed_to_gabriel], _ = list_people(session, GABRIEL, wanted)
        assert not set(OF_INQUIRER) & set(listed_to_gabriel.facts)
        with pytest.raises(NotAllowed):
            list_people(session, CAMILO, wanted)


def test_a_change_keeps_what_was_known_before(people: Database) -> None:
    case = open_case(people)
    with people.writing() as session:
        changed = facts(PersonKind.CASE, eyes="green")
        revise_person(session, DOLORES, case, facts=changed, expected_version=1, reason="sister")
        with pytest.raises(Conflict, match="changed_meanwhile"):
            revise_person(session, DOLORES, case, facts=changed, expected_version=1)
    with people.reading() as session:
        newest, first = list_person_versions(session, DOLORES, case)
    assert (newest.number, newest.facts["eyes"], newest.reason) == (2, "green", "sister")
    assert "eyes" not in first.facts
    assert first.recorded_by == "account 4"


def test_only_a_confirmed_match_says_that_somebody_died(people: Database) -> None:
    case = open_case(people)
    with people.writing() as session:
        with pytest.raises(Conflict, match="needs_confirmed_match"):
            change_status(
                session, DOLORES, case, status="located_deceased", reason="somebody told us"
            )
        with pytest.raises(InvalidRecord):
            change_status(session, DOLORES, case, status="located_alive", reason=" ")
        change_status(session, DOLORES, case, status="located_alive", reason="she called home")
    assert told(people, DOLORES, case).status == "located_alive"


def test_contacts_are_not_shown_after_their_day(people: Database) -> None:
    case = open_case(people, contacts_until="2026-06-30")
    assert "inquirer_telephones" not in told(people, DOLORES, case).facts
    assert "inquirer_name" in told(people, DOLORES, case).facts


def test_contacts_whose_day_has_passed_stay_sealed_when_somebody_saves(people: Database) -> None:
    case = open_case(people, contacts_until="2026-06-30")
    seen = dict(told(people, DOLORES, case).facts)
    with people.writing() as session:
        revise_person(session, DOLORES, case, facts={**seen, "notes": "She wears glasses"})
    assert "inquirer_telephones" not in told(people, DOLORES, case).facts
    with people.reading() as session:
        version = current_person_version(session, find_person(session, case).id)
        assert facts_of(version)["inquirer_telephones"] == ["+504 9911 0043"]
    # Asked for again: what is written with the new day takes the place of all that was.
    with people.writing() as session:
        fresh = {"inquirer_email": "rosa@cast.example", "contacts_until": "2027-06-30"}
        revise_person(session, DOLORES, case, facts={**seen, **fresh})
    facts = told(people, DOLORES, case).facts
    assert facts["inquirer_email"] == "rosa@cast.example"
    assert "inquirer_telephones" not in facts


def test_the_history_does_not_tell_contacts_that_may_no_longer_be_used(people: Database) -> None:
    case = open_case(people, inquirer_email="rosa@cast.example")
    seen = dict(told(people, DOLORES, case).facts)
    with people.writing() as session:
        [version] = list_person_versions(session, DOLORES, case)
        assert version.facts["inquirer_email"] == "rosa@cast.example"
        revise_person(session, DOLORES, case, facts={**seen, "contacts_until": "2026-06-30"})
    with people.writing() as session:
        for version in list_person_versions(session, DOLORES, case):
            assert not {*CONTACTS} & {*version.facts}
            assert "inquirer_name" in version.facts
        renewed = {**seen, "contacts_until": "2027-06-30", "inquirer_email": "new@cast.example"}
        revise_person(session, DOLORES, case, facts=renewed)
    with people.writing() as session:
        newest, *before = list_person_versions(session, DOLORES, case)
        assert newest.facts["inquirer_email"] == "new@cast.example"
        assert all("inquirer_email" not in version.facts for version in before)


def test_what_is_erased_is_gone_and_its_recipients_hear_of_it(people: Database, tmp_path) -> None:
    case = open_case(people)
    agree(people, case, Purpose.SHARE, recipient_id=NETWORK)
    share(people, case)
    with people.writing() as session:
        erase_person(
            session,
            DOLORES,
            SealedFiles(tmp_path / "files"),
            public_id=case,
            ground=Ground.PERSON_ASKED,
        )
    for actor in (DOLORES, GABRIEL):
        with pytest.raises(NotFound):
            told(people, actor, case)
    with people.reading() as session:
        for table in ("person_versions", "consents", "shares"):
            assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0
        assert session.scalar(text("SELECT count(*) FROM person_records")) == 1
        last = session.execute(text("SELECT change FROM feed_entries ORDER BY id DESC")).first()
        assert last == ("withdrawn",)


def test_nothing_told_of_people_is_readable_in_the_database(people: Database) -> None:
    open_case(people)
    record_remains(people)
    with people.reading() as session:
        for table in ("person_versions", "person_records", "acts"):
            rows = session.execute(text(f"SELECT * FROM {table}")).all()
            for word in ("Luc", "Zelaya", "9911", "Mateo", "MATEO", "Altar", "26-00417"):
                assert word not in str(rows)


def test_opening_a_case_is_in_the_log_without_anything_told(people: Database) -> None:
    case = open_case(people)
    told(people, DOLORES, case)
    with people.reading() as session:
        acts = [(act.actor, act.action, act.thing) for act in session.query(Act)]
    assert ("account 4", "open_person", "person 1") in acts
    assert ("account 4", "see_person", "person 1") in acts


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"age_from": 30, "age_to": 20}, {"age_to": ("below_minimum",)}),
        ({"marks": [{"kind": "cicatrix"}]}, {"marks.0.kind": ("unknown_code",)}),
        ({"contact_date": "2099-01-01"}, {"contact_date": ("in_the_future",)}),
        ({"migration_status": "x"}, {"migration_status": ("unknown_field",)}),
        ({"fingerprint_template": "x"}, {"fingerprint_template": ("unknown_field",)}),
    ],
)
def test_what_does_not_fit_is_refused_field_by_field(given, wrong) -> None:
    with pytest.raises(InvalidRecord) as refused:
        load_person(PersonKind.CASE, given, today=LUCIA_DAY)
    assert dict(refused.value.fields) == wrong


def test_no_role_but_a_case_worker_opens_a_case(people: Database) -> None:
    for actor in CAST:
        if actor.role is not Role.CASE_WORKER:
            with pytest.raises(NotAllowed):
                open_case(people, actor)


def test_no_waiting_closes_a_case(people: Database) -> None:
    case = open_case(people)
    people.tell_time(lambda: dt.datetime(2066, 1, 1, tzinfo=dt.UTC))
    seen = told(people, DOLORES, case)
    assert seen.status == "reported"
    with people.writing() as session:
        listed, _ = list_people(session, DOLORES, PersonFilter(PersonKind.CASE))
    assert [each.public_id for each in listed] == [case]
