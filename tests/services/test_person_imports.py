"""A list of people is taken in once: what changed is a version, what was erased stays out."""

import datetime as dt
import threading
from collections.abc import Sequence

import pytest
from sqlalchemy import text

from tests.conftest import CAST, DOLORES, FAMILIES
from tests.http.clients import add_cast
from tests.schemas.test_person_rows import EXAMINER, NAMUS_MISSING
from tests.services.people_records import GABRIEL, HILDA
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database
from tracker.domain.consents import Purpose
from tracker.domain.erasures import Ground
from tracker.domain.errors import InvalidRecord, NotAllowed, NotFound
from tracker.domain.people import Basis, PersonKind
from tracker.domain.permissions import Actor, Role
from tracker.domain.person_imports import DateOrder, PersonMapping, RowOutcome
from tracker.schemas.person_columns import READY_MADE, propose_mapping
from tracker.schemas.person_rows import person_table, read_people
from tracker.services.people import (
    ListSource,
    change_status,
    erase_person,
    get_person,
    keep_mapping,
    list_consents,
    list_mappings,
    list_person_versions,
    preview_people,
    revise_person,
    take_in_people,
    withdraw_consent,
)

TODAY = dt.date(2026, 6, 1)
CASE, REMAINS = PersonKind.CASE, PersonKind.REMAINS
SHEET = [
    ["Folio", "Nombre", "Edad", "Ojos", "Consentimiento", "Fecha de consentimiento", "Consentimiento de"],
    ["A-1", "Lucía Invented", "24", "café", "sí", "2026-04-01", "Rosa (invented)"],
    ["A-2", "Mateo Invented", "adulto", "", "no", "", ""],
    ["a-1", "Lucía Again", "25", "", "", "", ""],
    ["A-3", "Wrong Invented", "400", "", "", "", ""],
]  # fmt: skip


@pytest.fixture
def people(database: Database) -> Database:
    """Give a database in which the cast has accounts."""
    with database.writing() as session:
        add_cast(session)
    return database


def rows_of(sheet: Sequence[Sequence[str]], kind: PersonKind, mapping: PersonMapping | None = None):
    found = mapping or propose_mapping(kind, sheet[0])
    return read_people(person_table(sheet), found, today=TODAY)


def take_in(
    people: Database,
    sheet: Sequence[Sequence[str]] = SHEET,
    *,
    kind: PersonKind = CASE,
    actor: Actor = DOLORES,
    dataset: str = "Albergue (invented)",
):
    source = ListSource(dataset, kind, invented=True)
    with people.writing() as session:
        return take_in_people(session, actor, rows_of(sheet, kind), source=source)


def outcomes(taken) -> list[str]:
    return [str(row.outcome) for row in taken]


def changed(row: int, column: int, cell: str) -> list[list[str]]:
    sheet = [list(each) for each in SHEET]
    sheet[row][column] = cell
    return sheet


def test_a_list_is_looked_at_before_anything_is_stored(people: Database) -> None:
    source = ListSource("Albergue (invented)", CASE)
    with people.writing() as session:
        shown = preview_people(session, DOLORES, rows_of(SHEET, CASE), source=source)
    assert outcomes(shown) == ["new", "new", "repeated", "wrong"]
    with people.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM person_records")) == 0


def test_a_list_is_taken_in_and_says_what_became_of_each_row(people: Database) -> None:
    taken = take_in(people)
    assert outcomes(taken) == ["new", "new", "repeated", "wrong"]
    with people.writing() as session:
        lucia = get_person(session, DOLORES, taken[0].public_id or "")
        mateo = get_person(session, DOLORES, taken[1].public_id or "")
    assert (lucia.facts["age_from"], lucia.facts["eyes"], lucia.invented) == (24, "brown", True)
    assert mateo.facts["notes"] == "Edad: adulto"
    with people.writing() as session, pytest.raises(NotFound):
        get_person(session, GABRIEL, taken[0].public_id or "")


def test_no_consent_comes_from_a_file_but_one_told_in_so_many_words(people: Database) -> None:
    taken = take_in(people)
    with people.reading() as session:
        [consent] = list_consents(session, DOLORES, taken[0].public_id or "")
        assert list_consents(session, DOLORES, taken[1].public_id or "") == ()
    assert (consent.purpose, consent.given_by) == (Purpose.MATCH, "Rosa (invented)")
    assert consent.given_on == dt.date(2026, 4, 1)


def test_a_withdrawn_consent_does_not_come_back_with_the_file(people: Database) -> None:
    case = take_in(people)[0].public_id or ""
    with people.writing() as session:
        [consent] = list_consents(session, DOLORES, case)
        withdraw_consent(session, DOLORES, case, number=consent.number)
    take_in(people)
    take_in(people, changed(1, 2, "26"))
    with people.reading() as session:
        [consent] = list_consents(session, DOLORES, case)
    assert consent.withdrawn_on is not None


def test_the_same_file_again_changes_nothing(people: Database) -> None:
    first = take_in(people)
    assert outcomes(take_in(people)) == ["unchanged", "unchanged", "repeated", "wrong"]
    with people.reading() as session:
        assert len(list_person_versions(session, DOLORES, first[0].public_id or "")) == 1
        assert session.scalar(text("SELECT count(*) FROM person_records")) == 2


def test_what_a_file_says_otherwise_is_a_new_version(people: Database) -> None:
    case = take_in(people)[0].public_id or ""
    again = take_in(people, changed(1, 3, "verdes"))
    assert (again[0].outcome, again[0].public_id) == (RowOutcome.CHANGED, case)
    assert outcomes(take_in(people, changed(1, 3, "verdes")))[0] == "unchanged"
    with people.reading() as session:
        newest, _ = list_person_versions(session, DOLORES, case)
    assert (newest.facts["eyes"], newest.reason) == ("green", "Albergue (invented)")


def test_what_a_person_changed_is_not_overwritten(people: Database) -> None:
    case = take_in(people)[0].public_id or ""
    with people.writing() as session:
        told = get_person(session, DOLORES, case)
        revise_person(session, DOLORES, case, facts={**told.facts, "hair": "black"})
    assert outcomes(take_in(people))[0] == "unchanged"
    assert outcomes(take_in(people, changed(1, 3, "verdes")))[0] == "revised_here"
    with people.writing() as session:
        told = get_person(session, DOLORES, case)
    assert (told.facts["hair"], told.facts["eyes"]) == ("black", "brown")


def test_a_case_that_has_ended_is_left_alone(people: Database) -> None:
    case = take_in(people)[0].public_id or ""
    with people.writing() as session:
        change_status(session, DOLORES, case, status="located_alive", reason="she called home")
    assert outcomes(take_in(people, changed(1, 3, "verdes")))[0] == "revised_here"


def test_a_change_of_state_alone_does_not_keep_a_file_out(people: Database) -> None:
    case = take_in(people)[0].public_id or ""
    with people.writing() as session:
        change_status(session, DOLORES, case, status="missing_unlocated", reason="asked everywhere")
    assert outcomes(take_in(people, changed(1, 3, "verdes")))[0] == "changed"
    with people.writing() as session:
        assert get_person(session, DOLORES, case).status == "missing_unlocated"


def test_what_was_erased_stays_out_however_the_file_is_sorted(people: Database, tmp_path) -> None:
    case = take_in(people)[0].public_id or ""
    with people.writing() as session:
        erase_person(
            session,
            DOLORES,
            SealedFiles(tmp_path / "files"),
            public_id=case,
            ground=Ground.PERSON_ASKED,
        )
    again = take_in(people, changed(1, 1, "Otro nombre"))
    assert (again[0].outcome, again[0].public_id) == (RowOutcome.ERASED, None)
    turned = [SHEET[0], *reversed(changed(1, 0, " a-1 ")[1:3])]
    assert outcomes(take_in(people, turned, dataset=" ALBERGUE  (invented)")) == [
        "unchanged",
        "erased",
    ]
    with people.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM person_versions")) == 1
        for table in ("person_external_ids", "acts"):
            rows = str(session.execute(text(f"SELECT * FROM {table}")).all())
            assert "A-1" not in rows


def test_the_same_list_twice_at_once_opens_each_record_once(people: Database) -> None:
    rows = [SHEET[0], *(["Z-" + str(n), f"Person {n} Invented", "30"] for n in range(30))]
    gate, told, problems = threading.Barrier(4), [], []

    def send() -> None:
        gate.wait(60)
        try:
            told.extend(outcomes(take_in(people, rows)))
        except Exception as error:
            problems.append(error)

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert (told.count("new"), told.count("unchanged")) == (30, 90)
    with people.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM person_records")) == 30


def test_ids_of_other_organisations_lists_and_kinds_are_apart(people: Database) -> None:
    take_in(people)
    assert outcomes(take_in(people, actor=GABRIEL))[0] == "new"
    assert outcomes(take_in(people, dataset="Another list"))[0] == "new"
    assert outcomes(take_in(people, kind=REMAINS))[0] == "new"


@pytest.mark.parametrize(
    ("sheet", "kind", "count"), [(EXAMINER, REMAINS, 2), (NAMUS_MISSING, CASE, 1)]
)
def test_the_ready_made_lists_are_taken_in(people: Database, sheet, kind, count) -> None:
    taken = take_in(people, sheet, kind=kind, actor=GABRIEL, dataset="a list")
    assert outcomes(taken) == ["new"] * count
    with people.writing() as session:
        told = get_person(session, GABRIEL, taken[0].public_id or "")
    assert "Hispanic" not in str(told.facts)


def test_nothing_told_in_a_file_is_readable_in_the_database(people: Database) -> None:
    take_in(people)
    with people.reading() as session:
        for table in (
            "person_records",
            "person_versions",
            "person_external_ids",
            "consents",
            "acts",
        ):
            rows = str(session.execute(text(f"SELECT * FROM {table}")).all())
            for word in ("Luc", "A-1", "Rosa", "Albergue"):
                assert word not in rows


def test_only_case_workers_take_lists_in(people: Database) -> None:
    for actor in CAST:
        if actor.role is not Role.CASE_WORKER:
            with pytest.raises(NotAllowed):
                take_in(people, actor=actor)
    with pytest.raises(NotAllowed):
        take_in(people, actor=Actor(Role.OPERATOR, "operator"))
    assert take_in(people, actor=Actor(Role.OPERATOR, "operator", None, FAMILIES))


def test_a_mapping_is_kept_and_shared_without_anything_told(people: Database) -> None:
    columns = {"Folio": "id", "Race": "notes", "Rosa 9911 0043 rosa@mail.example": "notes"}
    mapping = PersonMapping(CASE, columns, DateOrder.DAY_FIRST, Basis.FAMILY)
    with people.writing() as session:
        keep_mapping(session, DOLORES, "Our list", mapping=mapping, shared=False)
        assert list_mappings(session, HILDA, CASE) == ()
        keep_mapping(session, DOLORES, "Our list", mapping=mapping, shared=True)
    with people.reading() as session:
        [own] = list_mappings(session, DOLORES, CASE)
        [theirs] = list_mappings(session, HILDA, CASE)
        assert list_mappings(session, HILDA, REMAINS) == ()
    assert (own.own, theirs.own, theirs.shared) == (True, False, True)
    assert theirs.mapping == PersonMapping(CASE, {"Folio": "id"}, DateOrder.DAY_FIRST, Basis.FAMILY)
    assert theirs.organisation == "Familias de Tegucigalpa (invented)"


def test_a_mapping_needs_a_name(people: Database) -> None:
    with people.writing() as session, pytest.raises(InvalidRecord):
        keep_mapping(session, DOLORES, " ", mapping=READY_MADE["examiner"], shared=False)
