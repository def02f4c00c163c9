"""A search is erased for good by those who planned it, and that one was opened is in the log."""

from pathlib import Path

import pytest
from sqlalchemy import text

from tests.conftest import DOLORES, NETWORK
from tests.http.clients import add_cast
from tests.services.people_records import GABRIEL, HILDA
from tests.services.test_searches import EFFORT, FINDING, IGNACIO, PLAN, TODAY
from tracker.db.session import Database
from tracker.domain.erasures import Ground
from tracker.domain.errors import NotAllowed, NotFound
from tracker.domain.permissions import OPERATOR
from tracker.schemas.searches import load_effort, load_finding, load_plan
from tracker.services.people import get_person
from tracker.services.removals import count_removals_undone, repeat_removals
from tracker.services.searches import (
    SearchFilter,
    erase_search,
    get_search,
    list_reports,
    list_searches,
    note_search_seen,
    open_remains_of_finding,
    plan_search,
    report_search,
)


@pytest.fixture
def search(database: Database, tmp_path: Path) -> str:
    """Give a search of two groups with an effort and a finding."""
    database.list_removals(tmp_path / "removals.jsonl")
    with database.writing() as session:
        add_cast(session)
    with database.writing() as session:
        public_id = plan_search(session, DOLORES, load_plan(PLAN))
        session.execute(
            text("INSERT INTO search_groups (search_id, organisation_id) VALUES (1, :network)"),
            {"network": NETWORK},
        )
    with database.writing() as session:
        for given in (load_effort(EFFORT, today=TODAY), load_finding(FINDING, today=TODAY)):
            report_search(session, GABRIEL, public_id, given=given)
    return public_id


def erase(database: Database, search: str, actor=DOLORES) -> None:
    with database.writing() as session:
        erase_search(session, actor, search, ground=Ground.DANGER)


def test_what_was_erased_is_there_for_nobody(database: Database, search: str) -> None:
    erase(database, search)
    with database.reading() as session:
        for actor in (DOLORES, GABRIEL, IGNACIO, OPERATOR):
            with pytest.raises(NotFound):
                get_search(session, actor, search)
            with pytest.raises(NotFound):
                list_reports(session, actor, search)
            assert list_searches(session, actor, SearchFilter()) == ((), None)
    with pytest.raises(NotFound):
        erase(database, search)


def test_only_a_case_worker_of_the_group_that_planned_it_erases_it(
    database: Database, search: str
) -> None:
    for actor in (GABRIEL, HILDA):
        with pytest.raises(NotFound):
            erase(database, search, actor)
    with pytest.raises(NotAllowed):
        erase(database, search, IGNACIO)
    with database.reading() as session:
        assert len(list_reports(session, DOLORES, search)) == 2


def test_no_row_of_what_was_told_stays_and_the_log_says_who_and_when(
    database: Database, search: str
) -> None:
    erase(database, search)
    with database.reading() as session:
        for table in ("search_reports", "search_groups"):
            assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0
        kept = text("SELECT public_id, status, begins_on, planned_at, changed_by FROM searches")
        [row] = session.execute(kept).all()
        acts = session.execute(text("SELECT actor, action, thing FROM acts")).all()
    assert (row.public_id, row.status) == (search, "erased")
    assert str(row.begins_on)[:10] == str(row.planned_at)[:10]
    assert row.changed_by == DOLORES.handle
    assert (DOLORES.handle, "erase_search", "search 1") in acts


def test_remains_that_were_opened_for_a_finding_stay(database: Database, search: str) -> None:
    with database.writing() as session:
        remains = open_remains_of_finding(session, GABRIEL, search, number=2)
    erase(database, search)
    with database.writing() as session:
        assert get_person(session, GABRIEL, remains).public_id == remains


def test_a_backup_brings_no_erased_search_back(database: Database, search: str) -> None:
    with database.reading() as session:
        before = session.execute(text("SELECT status, plan FROM searches")).one()
    erase(database, search)
    with database.writing() as session:
        session.execute(
            text("UPDATE searches SET status = :status, plan = :plan"),
            {"status": before.status, "plan": before.plan},
        )
    with database.reading() as session:
        assert count_removals_undone(session, OPERATOR) == 1
    with database.writing() as session:
        assert repeat_removals(session, OPERATOR, None) == 1
    with database.reading() as session, pytest.raises(NotFound):
        get_search(session, DOLORES, search)


def test_that_a_search_was_opened_is_in_the_log(database: Database, search: str) -> None:
    with database.writing() as session:
        note_search_seen(session, GABRIEL, search)
        with pytest.raises(NotFound):
            note_search_seen(session, HILDA, search)
    with database.reading() as session:
        seen = session.execute(text("SELECT actor, thing FROM acts WHERE action = 'see_search'"))
        assert seen.all() == [(GABRIEL.handle, "search 1")]
