"""What a family took back and what was erased stays away, whatever comes in again."""

from pathlib import Path

import pytest

from tests.conftest import DOLORES, NETWORK, XIMENA, day
from tests.http.clients import add_cast
from tests.services.people_records import GABRIEL, agree, record_remains
from tests.services.test_person_imports import rows_of
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database
from tracker.domain.consents import Purpose
from tracker.domain.erasures import Ground
from tracker.domain.errors import Conflict, NotFound
from tracker.domain.people import PersonKind, ShareKind
from tracker.domain.tallies import TallyQuery
from tracker.exchange.tally_csv import tally_csv
from tracker.services.matches import find_matches, get_match, list_matches, open_match
from tracker.services.people import (
    ListSource,
    PersonFilter,
    erase_person,
    export_pfif,
    get_person,
    list_people,
    share_person,
    take_in_people,
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
