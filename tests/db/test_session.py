"""The database keeps what it has acknowledged, and loses no update."""

import sqlite3
import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tracker.db.models import Counter
from tracker.db.rows import reserve_numbers
from tracker.db.session import Database, open_database

THREADS, ROUNDS = 20, 10


def test_sqlite_is_opened_with_safe_settings_on_every_connection(tmp_path: Path) -> None:
    path = tmp_path / "tracker.sqlite3"
    database = open_database(f"sqlite:///{path}")
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "busy_timeout": 30_000,
    }
    with database.reading() as first, database.reading() as second:
        for session in (first, second):
            found = {name: session.scalar(text(f"PRAGMA {name}")) for name in expected}
            assert found == expected
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    database.close()


def test_a_writing_session_holds_the_write_lock_from_its_first_read_on(tmp_path: Path) -> None:
    path = tmp_path / "tracker.sqlite3"
    database = open_database(f"sqlite:///{path}")
    other = sqlite3.connect(path, timeout=0, isolation_level=None)
    with database.reading() as session:
        session.execute(text("SELECT 1"))
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    with database.writing() as session:
        session.execute(text("SELECT 1"))
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.close()
    database.close()


def test_no_update_is_lost_when_many_read_change_and_write(database: Database) -> None:
    with database.writing() as session:
        reserve_numbers(session, "seen", 0)

    def count_up() -> None:
        for _ in range(ROUNDS):
            with database.writing() as session:
                counter = session.get_one(Counter, "seen", with_for_update=True)
                counter.next_number += 1

    threads = [threading.Thread(target=count_up) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert session.get_one(Counter, "seen").next_number == 1 + THREADS * ROUNDS


def test_a_failing_act_leaves_nothing_behind(database: Database) -> None:
    try:
        with database.writing() as session:
            reserve_numbers(session, "half", 5)
            raise RuntimeError("stopped half-way")
    except RuntimeError:
        pass
    with database.reading() as session:
        assert session.get(Counter, "half") is None


def test_what_people_entered_is_in_no_message_of_an_error(database: Database) -> None:
    with database.reading() as session, pytest.raises(DBAPIError) as failed:
        session.execute(text("SELECT * FROM nothing WHERE name = :name"), {"name": "Beatriz"})
    assert "Beatriz" not in str(failed.value)
