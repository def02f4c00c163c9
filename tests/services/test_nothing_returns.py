"""What a family took back and what was erased stays away, whatever comes in again."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.conftest import DOLORES, NETWORK, XIMENA, day
from tests.exchange.test_pfif import WHOLE
from tests.http.clients import add_cast
from tests.services.people_records import GABRIEL, agree, record_remains
from tests.services.test_person_imports import rows_of
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database
from tracker.domain.consents import Purpose
from tracker.domain.erasures import Ground
from tracker.domain.errors import Conflict, NotFound
from tracker.domain.people import PersonKind, ShareKind
from tracker.domain.person_imports import PersonMapping
from tracker.domain.tallies import TallyQuery
from tracker.exchange.pfif import read_pfif
from tracker.exchange.tally_csv import tally_csv
from tracker.services.matches import find_matches, get_match, list_matches, open_match
from tracker.services.people import (
    ListSource,
    PersonFilter,
    erase_person,
    export_pfif,
    get_person,
    list_people,
    preview_people,
    share_person,
    take_in_people,
    take_in_pfif,
    withdraw_consent,
)
from tracker.services.tallies import period_tally

SHEET = [
    ["Folio", "Nombre", "Edad", "Sexo", "Ojos"],
    ["A-1", "Lucía Invented", "24", "mujer", "café"],
]
GIVEN = {"recipient_id": NETWORK, "reason": "asked for by the family", "domain": "here.example"}


@pytest.fixture
def people(database: Database) -> Database:
    """Give a database in which the cast has accounts."""
    with database.writing() as session:
        add_cast(session)
    return database


def take_in(people: Database) -> list[str]:
    source = ListSource("Albergue (invented)", PersonKind.CASE, invented=True)
    with people.writing() as session:
        rows = rows_of(SHEET, PersonKind.CASE)
        return [str(row.outcome) for row in take_in_people(session, DOLORES, rows, source=source)]


RENAMED = [
    ["Número", "Persona", "Años", "Género", "Color", "Lugar"],
    ["7", "Otra Persona (invented)", "40", "mujer", "café", ""],
    ["9", "ZELAYA,  lucia", "24", "mujer", "café", "Altar"],
    ["8", "Ana Invented", "31", "mujer", "verdes", ""],
]
MEANT = {"Número": "id", "Persona": "given_names", "Años": "age", "Lugar": "place"}
MEANT_OTHERWISE = {"Años": "id", "Persona": "nicknames", "Número": "notes", "Lugar": "origin_place"}


def erased_case(people: Database, tmp_path: Path, *sheet: list[str]) -> None:
    """Take a list in and erase whom its first row tells of, at their wish."""
    source = ListSource("Albergue (invented)", PersonKind.CASE, invented=True)
    with people.writing() as session:
        rows = rows_of(sheet, PersonKind.CASE)
        [taken, *_] = take_in_people(session, DOLORES, rows, source=source)
    files = SealedFiles(tmp_path / "files")
    with people.writing() as session:
        case = taken.public_id or ""
        erase_person(session, DOLORES, files, public_id=case, ground=Ground.PERSON_ASKED)


def sent_again(people: Database, sheet, columns=None, actor=DOLORES, kind=PersonKind.CASE):
    """Say what becomes of each row of a list under another name."""
    mapping = None if columns is None else PersonMapping(kind, columns)
    rows = rows_of(sheet, kind, mapping)
    source = ListSource("Another file", kind, invented=True)
    with people.writing() as session:
        shown = preview_people(session, actor, rows, source=source)
        taken = take_in_people(session, actor, rows, source=source)
    assert [each.outcome for each in shown] == [each.outcome for each in taken]
    assert all(each.public_id is None for each in taken if each.outcome == "erased")
    return [str(each.outcome) for each in taken]


HEAD = ["Folio", "Nombre", "Primer apellido", "Edad", "Sexo", "Fecha", "Lugar"]
LUCIA_ROW = ["A-1", "Lucía", "Zelaya", "24", "mujer", "2026-03-02", "Altar, Sonora"]


@pytest.mark.parametrize("columns", [MEANT, MEANT_OTHERWISE])
def test_another_file_order_number_and_meaning_bring_nobody_back(
    people: Database, tmp_path: Path, columns
) -> None:
    erased_case(people, tmp_path, HEAD, LUCIA_ROW)
    assert sent_again(people, RENAMED, columns) == ["new", "erased", "new"]
    assert len(cases(people)) == 2


def test_a_name_that_was_corrected_is_known_by_its_number_in_another_list(
    people: Database, tmp_path: Path
) -> None:
    erased_case(people, tmp_path, HEAD, LUCIA_ROW)
    corrected = [HEAD, ["a-1", "Lucía", "Selaya", *LUCIA_ROW[3:]]]
    assert sent_again(people, corrected) == ["erased"]


def test_others_of_the_same_name_or_number_are_taken_in(people: Database, tmp_path: Path) -> None:
    erased_case(people, tmp_path, HEAD, LUCIA_ROW)
    others = [
        HEAD,
        ["B-1", "Lucía", "Zelaya", "51", "mujer", "2021-07-09", "Reynosa"],
        ["A-1", "Marta", "Pineda", "24", "mujer", "2026-03-02", "Altar, Sonora"],
        ["B-3", "Lucía", "Zelaya", "", "", "", ""],
    ]
    assert sent_again(people, others) == ["new", "new", "new"]


def test_a_name_alone_keeps_out_the_same_name_alone(people: Database, tmp_path: Path) -> None:
    erased_case(people, tmp_path, ["Folio", "Nombre"], ["A-1", "Lucía Zelaya"])
    again = [["Otro", "Nombre"], ["77", "Zelaya Lucía"], ["78", "Lucía Pineda"]]
    assert sent_again(people, again, {"Otro": "id", "Nombre": "given_names"}) == ["erased", "new"]


def test_a_wish_holds_at_the_organisation_that_heard_it(people: Database, tmp_path: Path) -> None:
    erased_case(people, tmp_path, HEAD, LUCIA_ROW)
    assert sent_again(people, [HEAD, LUCIA_ROW], actor=GABRIEL) == ["new"]


def test_a_slip_that_was_erased_may_come_in_rightly(people: Database, tmp_path: Path) -> None:
    source = ListSource("Albergue (invented)", PersonKind.CASE, invented=True)
    with people.writing() as session:
        rows = rows_of([HEAD, LUCIA_ROW], PersonKind.CASE)
        [taken] = take_in_people(session, DOLORES, rows, source=source)
        case = taken.public_id or ""
    with people.writing() as session:
        files = SealedFiles(tmp_path / "files")
        erase_person(session, DOLORES, files, public_id=case, ground=Ground.MISTAKE)
    assert sent_again(people, [HEAD, LUCIA_ROW]) == ["new"]


def test_remains_without_a_name_are_known_by_number_and_day(
    people: Database, tmp_path: Path
) -> None:
    head = ["Folio", "Fecha", "Lugar", "Sexo", "Condición"]
    row = ["26-00417", "2026-03-20", "Near Arivaca", "mujer", "decomposed"]
    kind = PersonKind.REMAINS
    source = ListSource("ME (invented)", kind, invented=True)
    with people.writing() as session:
        [taken] = take_in_people(session, GABRIEL, rows_of([head, row], kind), source=source)
    with people.writing() as session:
        files = SealedFiles(tmp_path / "files")
        found, ground = taken.public_id or "", Ground.LAW
        erase_person(session, GABRIEL, files, public_id=found, ground=ground)
    again = [head, row, ["26-00418", *row[1:]], ["1", "2026-04-01", *row[2:]]]
    # All that is told of the second is the same as of the first, but for its number.
    assert sent_again(people, again, actor=GABRIEL, kind=kind) == ["erased", "erased", "new"]


def test_a_person_of_a_registry_stays_out_of_lists_too(people: Database, tmp_path: Path) -> None:
    file, files = read_pfif(WHOLE), SealedFiles(tmp_path / "files")
    with people.writing() as session:
        given = {"file": file, "domain": "here.example", "invented": True}
        taken = take_in_pfif(session, DOLORES, files, **given)
        case = taken.people[0].public_id or ""
    with people.writing() as session:
        erase_person(session, DOLORES, files, public_id=case, ground=Ground.PERSON_ASKED)
    own_id = file.people[0].record_id
    assert sent_again(people, [["Folio", "Edad"], [own_id, ""]]) == ["erased"]
    with people.writing() as session:
        again = take_in_pfif(session, DOLORES, files, **given)
    assert again.people[0].outcome == "erased"


def test_what_is_kept_of_who_was_erased_cannot_be_read_or_guessed_without_the_key(
    people: Database, tmp_path: Path
) -> None:
    erased_case(people, tmp_path, HEAD, LUCIA_ROW)
    with people.reading() as session:
        rows = session.execute(text("SELECT digest, value FROM person_external_ids")).all()
    assert len(rows) > 10
    assert all(re.fullmatch("[0-9a-f]{64}", digest) and value is None for digest, value in rows)
    guess = sha256(b"likeness of a person who was erased\0case\0names\0lucia zelaya").hexdigest()
    assert guess not in {digest for digest, _ in rows}


def cases(people: Database, actor=DOLORES) -> list[str]:
    with people.reading() as session:
        listed, _ = list_people(session, actor, PersonFilter(PersonKind.CASE))
        return [case.public_id for case in listed]


def candidates(people: Database, remains: str) -> list[str]:
    with people.reading() as session:
        rows = find_matches(session, GABRIEL, remains, kind=PersonKind.REMAINS)
        return [row.sides[1].public_id for row in rows]


def matches(people: Database) -> int:
    with people.reading() as session:
        return sum(len(list_matches(session, each)[0]) for each in (GABRIEL, DOLORES))


def test_from_a_file_to_an_erasure_and_the_same_file_again(
    people: Database, tmp_path: Path
) -> None:
    remains = record_remains(people)
    assert take_in(people) == ["new"]
    [case] = cases(people)
    assert candidates(people, remains) == []
    consent = agree(people, case, Purpose.MATCH)
    sharing = agree(people, case, Purpose.SHARE, recipient_id=NETWORK)
    assert candidates(people, remains) == [case]
    with people.writing() as session:
        match = open_match(session, GABRIEL, remains, kind=PersonKind.REMAINS, with_record=case)
        what = ShareKind.WHOLE
        share_person(session, DOLORES, case, organisation_id=NETWORK, what=what)
    assert (cases(people, GABRIEL), matches(people)) == ([case], 2)

    with people.writing() as session:
        withdraw_consent(session, DOLORES, case, number=consent)
        withdraw_consent(session, DOLORES, case, number=sharing)
    assert (candidates(people, remains), cases(people, GABRIEL), matches(people)) == ([], [], 0)
    for actor in (GABRIEL, DOLORES):
        with people.reading() as session, pytest.raises(NotFound):
            get_match(session, actor, match)
    with people.writing() as session, pytest.raises(Conflict):
        export_pfif(session, DOLORES, case, **GIVEN)
    assert take_in(people) == ["unchanged"]
    assert (candidates(people, remains), matches(people)) == ([], 0)

    with people.writing() as session:
        files = SealedFiles(tmp_path / "files")
        erase_person(session, DOLORES, files, public_id=case, ground=Ground.PERSON_ASKED)
    assert take_in(people) == ["erased"]
    assert (cases(people), candidates(people, remains), matches(people)) == ([], [], 0)
    with people.writing() as session, pytest.raises(NotFound):
        get_person(session, DOLORES, case)
    for known in ("2026-05-31", "2026-06-30"):
        with people.reading() as session:
            told = tally_csv(period_tally(session, XIMENA, TallyQuery(as_known_on=day(known))))
        assert "Luc" not in told
        assert told.splitlines()[-1] == "0,,,,,,,,"
