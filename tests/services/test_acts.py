"""The log of acts is only added to, and shows it where somebody changes it in the database."""

import contextlib
import threading

import pytest
from sqlalchemy import text

from tests.conftest import BEATRIZ, CAMILO
from tests.services.records import log
from tracker.db.history import HistoryIsKept
from tracker.db.models import Act, ActSeal
from tracker.db.session import Database
from tracker.domain.permissions import OPERATOR
from tracker.services.acts import end_of_log, note_act
from tracker.services.installation import check_database


def do(database: Database, *things: str) -> None:
    with database.writing() as session:
        for thing in things:
            note_act(session, CAMILO, action="see_cases", thing=thing)


def run(database: Database, statement: str) -> None:
    """Change the database as somebody would who has it, and not the keys."""
    with database.engine.execution_options(writing=True).begin() as connection:
        connection.execute(text(statement))


@pytest.fixture
def logged(database: Database) -> Database:
    """Give a database with six acts, of three transactions."""
    do(database, "person 1", "person 2")
    with database.writing() as session:
        log(session, BEATRIZ)
    do(database, "person 3", "person 4", "person 5")
    assert check_database(database, OPERATOR) == []
    return database


def test_each_act_is_sealed_with_its_transaction_in_one_chain(logged: Database) -> None:
    with logged.reading() as session:
        seals = session.query(ActSeal).order_by(ActSeal.position).all()
        assert [seal.position for seal in seals] == [1, 2, 3, 4, 5, 6]
        assert len({seal.seal for seal in seals}) == 6
        assert session.query(Act).count() == 6


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE acts SET thing = 'person 9' WHERE thing = 'person 2'",
        "UPDATE acts SET actor = 'Ximena' WHERE thing = 'person 2'",
        "UPDATE acts SET done_at = '2020-01-01 00:00:00' WHERE thing = 'person 2'",
        "DELETE FROM acts WHERE thing = 'person 2'",
        "DELETE FROM act_seals WHERE position = 2",
        "UPDATE act_seals SET seal = 'x' WHERE position = 2",
        "INSERT INTO acts (id, done_at, actor, action, thing)"
        " VALUES (77, '2026-01-01 00:00:00', 'Ximena', 'see_cases', 'person 1')",
    ],
)
def test_whatever_is_changed_shows(logged: Database, change: str) -> None:
    run(logged, change)
    assert check_database(logged, OPERATOR)


def test_an_act_taken_out_with_its_seal_shows(logged: Database) -> None:
    run(logged, "DELETE FROM acts WHERE thing = 'person 2'")
    run(logged, "DELETE FROM act_seals WHERE position = 2")
    run(logged, "UPDATE act_seals SET position = position - 1 WHERE position = 3")
    assert check_database(logged, OPERATOR)


def test_an_end_that_was_cut_off_shows_to_whoever_noted_it(logged: Database) -> None:
    with logged.reading() as session:
        noted = end_of_log(session, OPERATOR)
    assert noted.startswith("6:")
    do(logged, "person 6")
    assert check_database(logged, OPERATOR, noted=noted) == []
    for table, name in (("act_seals", "act_id"), ("acts", "id")):
        run(logged, f"DELETE FROM {table} WHERE {name} > (SELECT max(id) - 2 FROM acts)")
    (fault,) = check_database(logged, OPERATOR, noted=noted)
    assert noted in fault


def test_what_is_undone_with_its_transaction_leaves_no_gap(logged: Database) -> None:
    with contextlib.suppress(ZeroDivisionError), logged.writing() as session:
        note_act(session, CAMILO, action="see_cases", thing="person 7")
        raise ZeroDivisionError
    with logged.writing() as session:
        with contextlib.suppress(ZeroDivisionError), session.begin_nested():
            note_act(session, CAMILO, action="see_cases", thing="person 8")
            raise ZeroDivisionError
        note_act(session, CAMILO, action="see_cases", thing="person 9")
    assert check_database(logged, OPERATOR) == []
    with logged.reading() as session:
        assert end_of_log(session, OPERATOR).startswith("7:")


def test_many_who_write_at_once_make_one_chain(logged: Database) -> None:
    threads = [
        threading.Thread(target=do, args=(logged, *(f"person {each}" for each in range(5))))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert check_database(logged, OPERATOR) == []
    with logged.reading() as session:
        assert end_of_log(session, OPERATOR).startswith("46:")


def test_the_program_itself_changes_no_act(logged: Database) -> None:
    with pytest.raises(HistoryIsKept), logged.writing() as session:
        session.query(Act).first().thing = "person 1000"
    with pytest.raises(HistoryIsKept), logged.writing() as session:
        session.delete(session.query(ActSeal).first())
