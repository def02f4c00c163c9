"""An authority gets one record in the order of its forms, with what its family agreed to alone."""

import pytest

from tests.conftest import DOLORES, FAMILIES, NETWORK
from tests.http.clients import NOON, add_cast
from tests.services.people_records import GABRIEL, agree, open_case, record_remains
from tracker.db.models.families import FamilyWord
from tracker.db.queries.people import find_person
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database, moment
from tracker.domain.consents import Purpose
from tracker.domain.erasures import Ground
from tracker.domain.errors import Conflict, InvalidRecord
from tracker.services.people import erase_person, export_withdrawals, give_form

HERE = "here.example"


@pytest.fixture
def people(database: Database) -> Database:
    """Give a database in which the cast has accounts, at noon."""
    database.tell_time(lambda: NOON)
    with database.writing() as session:
        add_cast(session)
    return database


def form_of(people: Database, public_id: str, actor=DOLORES, recipient_id=NETWORK):
    with people.writing() as session:
        given = {"recipient_id": recipient_id, "reason": "identification", "domain": HERE}
        return give_form(session, actor, public_id, **given)


def test_an_authority_gets_a_case_in_the_order_of_its_forms_with_consent_alone(
    people: Database,
) -> None:
    case = open_case(people, dental=[{"kind": "gold", "tooth": 11}], belongings=[
        {"kind": "paper", "text": "504 9911 0042", "description": "a note"}])  # fmt: skip
    with pytest.raises(Conflict, match="no_consent"):
        form_of(people, case)
    agree(people, case, Purpose.SHARE, recipient_id=NETWORK)
    form = form_of(people, case)
    assert (form["kind"], form["invented"], form["record"]) == ("ante_mortem", True, case)
    names = [each["section"] for each in form["sections"]]
    assert names == [
        *("person", "last_contact", "effects", "body", "marks", "medical", "teeth", "references"),
    ]
    told = str(form)
    assert "Zelaya" in told
    for inside in ("Rosa", "9911", "30.71", "-111.83", "inquirer", "telephones"):
        assert inside not in told
    with pytest.raises(InvalidRecord):
        form_of(people, case, recipient_id=None)


def test_remains_go_to_an_authority_without_a_consent_and_are_forgotten_when_erased(
    people: Database, tmp_path
) -> None:
    remains = record_remains(people)
    form = form_of(people, remains, GABRIEL, recipient_id=FAMILIES)
    assert form["kind"] == "post_mortem"
    [find] = [each["facts"] for each in form["sections"] if each["section"] == "find"]
    assert find["found_latitude"] == 31.58
    with people.writing() as session:
        to_forget = {"recipient_id": FAMILIES, "domain": HERE}
        assert remains.encode() not in export_withdrawals(session, GABRIEL, **to_forget)
        files = SealedFiles(tmp_path / "files")
        erase_person(session, GABRIEL, files, public_id=remains, ground=Ground.LAW)
        assert remains.encode() in export_withdrawals(session, GABRIEL, **to_forget)


def test_nothing_goes_out_while_a_family_disputes_its_case(people: Database) -> None:
    case = open_case(people)
    agree(people, case, Purpose.SHARE, recipient_id=NETWORK)
    with people.writing() as session:
        record = find_person(session, case)
        assert record is not None
        word = {"kind": "not_missing", "told": "this is me", "written_at": moment(session)}
        session.add(FamilyWord(record_id=record.id, **word))
    with pytest.raises(Conflict, match="no_consent"):
        form_of(people, case)
