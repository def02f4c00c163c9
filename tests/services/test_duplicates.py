"""Likely duplicates are found among what one may see, with reasons, and nothing else is told."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import select, text

from tests.conftest import AMINA, BEATRIZ, CAMILO, DOLORES, FERNANDA, XIMENA
from tests.services.records import GIVEN, log
from tracker.db.models import Import
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database
from tracker.domain.duplicates import ComparedField, Reading, Verdict
from tracker.domain.erasures import Ground
from tracker.domain.errors import BadQuery, NotAllowed, NotFound
from tracker.domain.permissions import OPERATOR
from tracker.domain.statuses import ImportState, Status, Visibility
from tracker.schemas.incidents import load_incident
from tracker.services.distinctions import list_told_apart, tell_apart, undo_telling_apart
from tracker.services.duplicates import (
    find_duplicates,
    find_duplicates_of_import,
    find_duplicates_of_incident,
)
from tracker.services.erasures import erase_incident
from tracker.services.incidents import restrict_incident, withdraw_incident
from tracker.services.incidents.standing import seen_incident
from tracker.services.incidents.versions import next_version
from tracker.services.merges import merge_incidents, unmerge_incident

NUMBERS_OF_IMPORT = (
    *("rows_read", "rows_out_of_scope", "reported", "revised", "reclassified", "withdrawn"),
    *("unchanged", "continued", "gone"),
)
LOGGED = dt.datetime(2026, 5, 3, 9, tzinfo=dt.UTC)
# The same event as GIVEN, told by somebody else in another language.
RETOLD = {
    **GIVEN,
    "date_from": "2026-05-03",
    "date_to": "2026-05-03",
    "number_missing_min": None,
    "number_missing_max": None,
    "longitude": -76.94,
    "latitude": 8.45,
    "location_description": "Cerca del muelle, detrás de la casa azul",
    "sources": [{"publisher": "El Periódico (invented)", "url": "https://other.example.org/7"}],
    "groups": [],
}


def found(database: Database, actor, facts=RETOLD, **more) -> list[str]:
    with database.reading() as session:
        duplicates = find_duplicates(session, actor, load_incident(facts), **more)
    return [duplicate.public_id for duplicate in duplicates]


def test_what_is_typed_is_found_where_it_was_logged_before(database: Database) -> None:
    database.tell_time(lambda: LOGGED)
    with database.writing() as session:
        public_id = log(session, submit=True).public_id
        log(session, submit=True, date_from="2026-03-02", date_to="2026-03-02", origins=["CUB"])
        log(session, submit=True, longitude=-112.1, latitude=31.9)
    with database.reading() as session:
        (duplicate,) = find_duplicates(session, CAMILO, load_incident(RETOLD))
    assert duplicate.public_id == public_id
    assert duplicate.incident.public_id == public_id
    likeness = duplicate.likeness
    assert likeness.score > 0.9
    assert likeness.reading is Reading.SAME_PEOPLE
    told = {field.field: field for field in likeness.fields}
    assert told[ComparedField.DATE].facts["days_apart"] == 1
    assert told[ComparedField.PLACE].facts["within_uncertainty"] is True
    assert told[ComparedField.PEOPLE].facts["dead"] == (2, 2)
    assert told[ComparedField.SURVIVORS].verdict is Verdict.UNKNOWN
    assert {ComparedField.DATE, ComparedField.PLACE} <= {
        field.field for field in likeness.told(Verdict.SUPPORTS)
    }


def test_half_an_entry_is_enough_and_no_day_finds_nothing(database: Database) -> None:
    with database.writing() as session:
        public_id = log(session, submit=True).public_id
    with database.reading() as session:
        half = {"date_from": dt.date(2026, 5, 2), "longitude": -76.93, "latitude": 8.45}
        (duplicate,) = find_duplicates(session, CAMILO, half)
        assert duplicate.public_id == public_id
        assert find_duplicates(session, CAMILO, {**half, "date_from": None}) == ()
        assert find_duplicates(session, CAMILO, {}) == ()


def test_an_incident_is_no_duplicate_of_itself(database: Database) -> None:
    with database.writing() as session:
        first = log(session, submit=True).public_id
        second = log(session, submit=True).public_id
    assert found(database, CAMILO, GIVEN, besides=first) == [second]
    with database.reading() as session:
        (duplicate,) = find_duplicates_of_incident(session, CAMILO, first)
        assert duplicate.public_id == second
        with pytest.raises(NotFound):
            find_duplicates_of_incident(session, DOLORES, first)


def test_nobody_learns_of_what_they_may_not_see(database: Database) -> None:
    database.tell_time(lambda: LOGGED)
    with database.writing() as session:
        public_id = log(session, submit=True).public_id
        standing = seen_incident(session, CAMILO, public_id)
    assert found(database, BEATRIZ) == found(database, CAMILO) == [public_id]
    # Dolores logs incidents too, in another organisation.
    assert found(database, DOLORES) == []
    with database.writing() as session:
        standing = seen_incident(session, CAMILO, public_id)
        changes, why = {"status": str(Status.VERIFIED)}, ("reported", None)
        next_version(session, CAMILO, standing, changes=changes, why=why)
        restrict_incident(session, CAMILO, public_id, visibility=Visibility.PUBLIC)
    # Verified and public, but its place is not yet.
    assert found(database, DOLORES) == []
    database.tell_time(lambda: LOGGED + dt.timedelta(days=20))
    with database.reading() as session:
        (duplicate,) = find_duplicates(session, DOLORES, load_incident(RETOLD))
    told = {field.field: field for field in duplicate.likeness.fields}
    assert told[ComparedField.PLACE].facts["uncertainty_km"][1] > 7
    assert told[ComparedField.WORDS].facts["texts"][1] is None
    assert "blue house" not in repr(duplicate)
    for actor in (XIMENA, AMINA):
        with database.reading() as session, pytest.raises(NotAllowed):
            find_duplicates(session, actor, load_incident(RETOLD))


def test_what_the_public_sees_of_a_place_is_all_that_a_search_tells(database: Database) -> None:
    """Two places of one public cell are found alike, wherever the one who asks looks from."""
    database.tell_time(lambda: LOGGED)
    answers = []
    for longitude, latitude in ((-76.901, 8.401), (-76.999, 8.499)):
        with database.writing() as session:
            public_id = log(session, submit=True, longitude=longitude, latitude=latitude).public_id
            standing = seen_incident(session, CAMILO, public_id)
            changes, why = {"status": str(Status.VERIFIED)}, ("reported", None)
            next_version(session, CAMILO, standing, changes=changes, why=why)
            restrict_incident(session, CAMILO, public_id, visibility=Visibility.PUBLIC)
        database.tell_time(lambda: LOGGED + dt.timedelta(days=30))
        with database.reading() as session:
            answers.append(
                [
                    [each.likeness for each in find_duplicates(session, DOLORES, facts)]
                    for x in (-78.35, -78.3, -76.95, -75.6, -75.55)
                    for facts in [
                        {"date_from": dt.date(2026, 5, 2), "longitude": x, "latitude": 8.45}
                    ]
                ]
            )
        with database.writing() as session:
            withdraw_incident(session, OPERATOR, public_id, because="test")
        database.tell_time(lambda: LOGGED)
    assert answers[0] == answers[1]
    assert any(answers[0])


def test_withdrawn_and_merged_ones_are_not_found(database: Database) -> None:
    with database.writing() as session:
        first = log(session, submit=True).public_id
        second = log(session, submit=True).public_id
    assert set(found(database, CAMILO)) == {first, second}
    with database.writing() as session:
        merge_incidents(session, CAMILO, first, merged_public_id=second, because="Same")
    assert found(database, CAMILO) == [first]
    with database.writing() as session:
        unmerge_incident(session, CAMILO, second, because="Not the same")
        withdraw_incident(session, CAMILO, first, because="Never happened")
    assert found(database, CAMILO) == [second]


def test_what_an_import_is_still_writing_is_not_found(database: Database) -> None:
    with database.writing() as session:
        public_id = log(session, submit=True).public_id
        staged = Import(
            dataset="other",
            file_name="other.csv",
            sha256="x",
            layout="x",
            recorded_on=LOGGED.date(),
            replaces=False,
            state=ImportState.STAGED,
            imported_by="operator",
            started_at=LOGGED,
            **dict.fromkeys(NUMBERS_OF_IMPORT, 0),
        )
        session.add(staged)
        session.flush()
        # Past the guard of history: as the importer leaves a version that nobody sees yet.
        session.connection().execute(
            text("UPDATE incident_versions SET import_id = :number"), {"number": staged.id}
        )
    assert found(database, OPERATOR, besides=None) == []
    with database.writing() as session:
        session.connection().execute(text("UPDATE imports SET state = 'published'"))
    assert found(database, OPERATOR) == [public_id]


def test_duplicates_of_an_import_are_found_within_it_and_beside_it(
    demo_database: Database,
) -> None:
    with demo_database.reading() as session:
        newest = session.scalars(select(Import).order_by(Import.recorded_on.desc())).first()
        pairs = find_duplicates_of_import(session, OPERATOR, newest.id)
        with pytest.raises(NotAllowed):
            find_duplicates_of_import(session, BEATRIZ, newest.id)
        again = find_duplicates_of_import(session, OPERATOR, newest.id)
        assert find_duplicates_of_import(session, OPERATOR, 10_000) == ()
        for pair in pairs[:5]:
            others = find_duplicates_of_incident(session, OPERATOR, pair.one, at_least=0.5)
            assert pair.other in {duplicate.public_id for duplicate in others}
    assert pairs == again != ()
    assert all(pair.one != pair.other and pair.likeness.score >= 0.5 for pair in pairs)


def test_what_was_told_apart_is_found_again_only_once_that_is_undone(database: Database) -> None:
    with database.writing() as session:
        one, other, third = (log(session, submit=True).public_id for _ in range(3))
        tell_apart(session, CAMILO, one, other_public_id=other, because="Two shores")
        tell_apart(session, CAMILO, other, other_public_id=one, because="Said before")
    with database.reading() as session:
        assert [told.other for told in list_told_apart(session, CAMILO, other)] == [one]
        assert list_told_apart(session, CAMILO, third) == ()
        near_one = find_duplicates_of_incident(session, CAMILO, one)
        near_third = find_duplicates_of_incident(session, CAMILO, third)
    assert [each.public_id for each in near_one] == [third]
    assert {each.public_id for each in near_third} == {one, other}
    with database.writing() as session:
        undo_telling_apart(session, CAMILO, other, other_public_id=one)
    with database.reading() as session:
        near_one = find_duplicates_of_incident(session, CAMILO, one)
    assert {each.public_id for each in near_one} == {other, third}


def test_nobody_tells_a_record_apart_from_what_they_may_not_see(database: Database) -> None:
    with database.writing() as session:
        one = log(session, submit=True).public_id
        draft = log(session).public_id
        with pytest.raises(NotFound):
            tell_apart(session, CAMILO, one, other_public_id=draft, because="x")
        with pytest.raises(BadQuery):
            tell_apart(session, CAMILO, one, other_public_id=one, because="x")
        with pytest.raises(NotAllowed):
            tell_apart(session, BEATRIZ, one, other_public_id=one, because="x")


def test_an_erased_record_is_told_apart_from_nothing(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        one, other = (log(session, submit=True).public_id for _ in range(2))
        tell_apart(session, CAMILO, one, other_public_id=other, because="Two shores")
    with database.writing() as session:
        files = SealedFiles(tmp_path)
        erase_incident(session, FERNANDA, files, public_id=one, ground=Ground.PERSON_ASKED)
    with database.reading() as session:
        assert list_told_apart(session, CAMILO, other) == ()
