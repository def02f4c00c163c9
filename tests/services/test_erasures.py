"""What is erased is gone from everywhere, does not come back, and past figures stand."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.conftest import BEATRIZ, CAMILO, DOLORES, ESTEBAN, FERNANDA, KEYS, XIMENA, day
from tests.http.clients import add_cast
from tests.http.route_cells import OTHERS
from tests.services.records import GIVEN, log
from tests.services.test_imports import raw, take, written
from tests.services.test_merges import on_day, verified
from tests.web.records.test_attachments import photo
from tracker.db.metadata import METADATA
from tracker.db.migrations import upgrade_database
from tracker.db.models import Erasure, Incident
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database, open_database
from tracker.domain.erasures import Ground
from tracker.domain.errors import Conflict, NotAllowed, NotFound
from tracker.domain.permissions import OPERATOR, Actor, Role
from tracker.domain.tallies import NOT_SHOWN, Grouping, TallyQuery
from tracker.exchange.tally_csv import tally_csv
from tracker.schemas.incidents import load_incident
from tracker.services.attachments import attach_file, read_file
from tracker.services.erasures import erase_incident, erase_report, list_erased
from tracker.services.exports.incidents import export_incidents, rows_of_export
from tracker.services.form_drafts import save_form_draft
from tracker.services.incidents import (
    get_history,
    get_record,
    list_incidents,
    log_incident,
    restrict_incident,
)
from tracker.services.installation import check_database
from tracker.services.merges import find_merged_into, merge_incidents
from tracker.services.public_reports import add_to_report, get_report, report_incident
from tracker.services.reviews import ask_question, take_up_incident
from tracker.services.tallies import changed_incidents, period_tally, tally_difference

# A word that stands in no other text.
WORD = "Quebrachal"


@pytest.fixture
def files(tmp_path: Path) -> SealedFiles:
    return SealedFiles(tmp_path / "attachments")


def erase(database: Database, files: SealedFiles, public_id: str, actor: Actor = FERNANDA) -> None:
    with database.writing() as session:
        erase_incident(session, actor, files, public_id=public_id, ground=Ground.PERSON_ASKED)


def answer(database: Database, actor: Actor, known, *by: Grouping) -> str:
    with database.reading() as session:
        return tally_csv(period_tally(session, actor, TallyQuery(as_known_on=known, by=by)))


def test_an_erased_record_is_there_for_nobody(database: Database, files: SealedFiles) -> None:
    with database.writing() as session:
        public_id = verified(session)
    erase(database, files, public_id)
    with database.reading() as session:
        for actor in (BEATRIZ, CAMILO, ESTEBAN, FERNANDA, XIMENA, OPERATOR):
            with pytest.raises(NotFound):
                get_record(session, actor, public_id)
            with pytest.raises(NotFound):
                get_history(session, actor, public_id)
        (left,) = list_erased(session, FERNANDA)
        assert (left.public_id, left.ground) == (public_id, "person_asked")
        elsewhere = next(actor for actor in OTHERS if actor.role is Role.ADMINISTRATOR)
        assert list_erased(session, elsewhere) == ()
    assert check_database(database, OPERATOR) == []


def test_a_figure_as_known_before_keeps_its_numbers_and_tells_nothing_else(
    database: Database, files: SealedFiles
) -> None:
    before = on_day(database, 0)
    with database.writing() as session:
        public_id = verified(session)
        verified(session, number_dead=5)
    asked = (Grouping.CORRIDOR, Grouping.DAY)
    of_monitor, of_all = (answer(database, who, before, *asked) for who in (ESTEBAN, XIMENA))
    after = on_day(database, 3)
    erase(database, files, public_id)
    # Who answers for figures gets the same bytes; everybody else the same total.
    assert answer(database, ESTEBAN, before, *asked) == of_monitor
    told = answer(database, XIMENA, before, *asked)
    assert told.splitlines()[-1] == of_all.splitlines()[-1]
    assert f"{NOT_SHOWN},{NOT_SHOWN},1,2,1,3" in told
    with database.reading() as session:
        total = period_tally(session, ESTEBAN, TallyQuery(as_known_on=after)).total
        assert (total["incidents"], total["dead"]) == (1, 5)
        query = TallyQuery(as_known_on=after)
        for who, reason in ((ESTEBAN, "erased"), (XIMENA, NOT_SHOWN)):
            change = tally_difference(session, who, query, known_before=before, known_after=after)
            assert [(row.codes, row.counts["dead"]) for row in change.rows] == [((reason,), -2)]


@pytest.mark.parametrize("asker", [XIMENA, ESTEBAN, OPERATOR])
def test_lists_and_files_as_known_before_count_it_and_have_no_row_of_it(
    database: Database, files: SealedFiles, asker: Actor
) -> None:
    before = on_day(database, 0)
    with database.writing() as session:
        public_id, other = verified(session), verified(session, number_dead=5)
    after = on_day(database, 3)
    erase(database, files, public_id)
    query = TallyQuery(as_known_on=before)
    with database.reading() as session:
        page = list_incidents(session, asker, query)
        assert [each.public_id for each in page.incidents] == [other]
        assert page.number_in_all == 1
        export = export_incidents(session, asker, query)
        rows = [row for part in rows_of_export(session, asker, export) for row in part.to_pylist()]
        assert [row["id"] for row in rows] == [other]
        facts = export.facts
        assert (facts.rows, facts.people["dead"], facts.not_shown) == (1, 5, 1)
        (change,) = changed_incidents(session, asker, query, known_before=before, known_after=after)
        assert (change.reason, change.public_ids, change.not_shown) == ("erased", (), 1)


def everything_about(session, files: SealedFiles) -> str:
    """Log a record and let every place that can hold words about it hold one."""
    public_id = report_incident(
        session,
        XIMENA,
        load_incident({**GIVEN, "location_description": f"{WORD} place", "notes": f"{WORD} note"}),
        form="a form",
    ).public_id
    incident = session.scalars(select(Incident).where(Incident.public_id == public_id)).one()
    incident.organisation_id = FERNANDA.organisation_id
    take_up_incident(session, CAMILO, public_id)
    ask_question(session, CAMILO, public_id, text=f"{WORD} question")
    attach_file(
        session, CAMILO, files, public_id=public_id, file=read_file(photo()), description=WORD
    )
    save_form_draft(session, CAMILO, public_id, key="of-a-showing", fields=[("notes", WORD)])
    return public_id


def test_nothing_of_it_is_left_in_any_table_or_folder(
    database: Database, files: SealedFiles
) -> None:
    with database.writing() as session:
        add_cast(session)
        public_id = everything_about(session, files)
        other = log(session, submit=True).public_id
        merge_incidents(session, CAMILO, other, merged_public_id=public_id, because=WORD)
        code = report_incident(
            session,
            XIMENA,
            load_incident(
                {**GIVEN, "location_description": f"{WORD} place", "notes": f"{WORD} note"}
            ),
            form="a form",
        ).code
        assert code
    assert words_in(database).count(WORD) >= 7
    assert len(list(files.folder.iterdir())) == 2
    erase(database, files, public_id)
    assert WORD not in words_in(database)
    assert list(files.folder.iterdir()) == []
    with database.reading() as session:
        with pytest.raises(NotFound):
            get_report(session, XIMENA, code)
        assert find_merged_into(session, CAMILO, public_id) is None
        assert get_record(session, CAMILO, other).status == "submitted"


def words_in(database: Database) -> str:
    """Give everything that the tables hold, opened where it is sealed."""
    told = []
    with database.reading() as session:
        for table in METADATA.sorted_tables:
            told += [repr(row) for row in session.execute(select(table)).all()]
    return "\n".join(told)


def test_not_even_the_bytes_are_left(tmp_path: Path, files: SealedFiles) -> None:
    path = tmp_path / "tracker.sqlite3"
    database = open_database(f"sqlite:///{path}", KEYS)
    upgrade_database(database)
    with database.writing() as session:
        words = [f"{WORD}{number:03}" for number in range(40)]
        kept = [log(session, FERNANDA, submit=True, notes=f"{word} stays") for word in words[:3]]
        gone = [log(session, FERNANDA, submit=True, notes=f"{word} goes") for word in words]
    assert b"goes" in b"".join(bytes_of(tmp_path))
    for each in gone:
        erase(database, files, each.public_id)
    assert b"goes" not in b"".join(bytes_of(tmp_path))
    assert b"stays" in b"".join(bytes_of(tmp_path))
    with database.reading() as session:
        assert get_record(session, FERNANDA, kept[0].public_id).facts["notes"]
    database.close()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def bytes_of(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def test_a_record_that_is_sent_again_stays_erased(database: Database, files: SealedFiles) -> None:
    with database.writing() as session:
        public_id = log_incident(session, BEATRIZ, load_incident(GIVEN), key="one").public_id
    erase(database, files, public_id, BEATRIZ)
    for facts in (GIVEN, {**GIVEN, "number_dead": 3}):
        with pytest.raises(Conflict, match="record_erased"), database.writing() as session:
            log_incident(session, BEATRIZ, load_incident(facts), key="one")


@pytest.mark.parametrize("replaces", [False, True])
def test_a_file_does_not_bring_it_back(
    database: Database, files: SealedFiles, tmp_path: Path, *, replaces: bool
) -> None:
    rows = raw("mmp-2021-03-27")
    path = written(rows, tmp_path)
    take(database, path, "2021-03-27")
    with database.reading() as session:
        page = list_incidents(session, XIMENA, TallyQuery(day("2021-04-01")), page_size=1000)
    gone = page.incidents[7]
    erase(database, files, gone.public_id, OPERATOR)
    outcome = take(database, path, "2021-09-05", replaces=replaces)
    assert outcome.counts["reported"] == outcome.counts["withdrawn"] == 0
    assert outcome.findings["code"].tolist().count("erased_here") == 1
    (told,) = outcome.findings[outcome.findings["code"] == "erased_here"].to_dict("records")
    assert told["action"] == "left_out"
    with database.reading() as session:
        again = list_incidents(session, XIMENA, TallyQuery(day("2021-10-01")), page_size=1000)
    assert {each.public_id for each in again.incidents} == {
        each.public_id for each in page.incidents
    } - {gone.public_id}
    assert check_database(database, OPERATOR) == []


def test_what_was_merged_into_it_goes_with_it(database: Database, files: SealedFiles) -> None:
    with database.writing() as session:
        kept, merged = verified(session), verified(session)
        merge_incidents(session, CAMILO, kept, merged_public_id=merged, because="the same")
    erase(database, files, kept)
    with database.reading() as session:
        assert {each.public_id for each in list_erased(session, FERNANDA)} == {kept, merged}


def test_a_record_of_another_organisation_is_not_erased_along(
    database: Database, files: SealedFiles
) -> None:
    with database.writing() as session:
        kept, merged = verified(session), verified(session)
        merge_incidents(session, CAMILO, kept, merged_public_id=merged, because="the same")
        taken = session.scalars(select(Incident).where(Incident.public_id == merged)).one()
        taken.organisation_id = 3
    with pytest.raises(Conflict, match="merged_record_of_others"):
        erase(database, files, kept)
    with database.reading() as session:
        assert get_record(session, FERNANDA, kept).status == "verified"


def test_only_its_organisation_and_its_writer_erase_a_record(
    database: Database, files: SealedFiles
) -> None:
    elsewhere = next(actor for actor in OTHERS if actor.role is Role.ADMINISTRATOR)
    with database.writing() as session:
        public_id = log(session, BEATRIZ, submit=True).public_id
        restrict_incident(session, CAMILO, public_id, visibility="partners")
    for actor in (CAMILO, DOLORES, ESTEBAN, XIMENA, elsewhere):
        with pytest.raises((NotAllowed, NotFound)):
            erase(database, files, public_id, actor)
    with database.writing() as session:
        take_up_incident(session, CAMILO, public_id)
    # Somebody else is at work on it: it is not its writer's alone any more.
    with pytest.raises(NotAllowed):
        erase(database, files, public_id, BEATRIZ)
    erase(database, files, public_id, FERNANDA)


def test_an_addition_after_the_erasure_finds_nothing(
    database: Database, files: SealedFiles
) -> None:
    with database.writing() as session:
        told = report_incident(session, XIMENA, load_incident(GIVEN), form="a form")
        add_to_report(session, XIMENA, told.code, text="more")
    erase(database, files, told.public_id, OPERATOR)
    with pytest.raises(NotFound), database.writing() as session:
        add_to_report(session, XIMENA, told.code, text="more")


def test_whoever_reported_takes_it_back_until_somebody_checks_it(
    database: Database, files: SealedFiles
) -> None:
    with database.writing() as session:
        first = report_incident(session, XIMENA, load_incident(GIVEN), form="a form")
        second = report_incident(session, XIMENA, load_incident(GIVEN), form="another form")
        take_up_incident(session, CAMILO, second.public_id)
    with database.writing() as session:
        erase_report(session, XIMENA, files, code=first.code)
    with database.reading() as session, pytest.raises(NotFound):
        get_report(session, XIMENA, first.code)
    with pytest.raises(Conflict, match="under_review"), database.writing() as session:
        erase_report(session, XIMENA, files, code=second.code)
    with pytest.raises(NotFound), database.writing() as session:
        erase_report(session, XIMENA, files, code=first.code)
    with database.reading() as session:
        assert get_report(session, XIMENA, second.code).status == "under_review"
        assert session.scalars(select(Erasure.erased_by)).all() == ["public report"]
