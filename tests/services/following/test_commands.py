"""The operator follows servers by commands; the program that goes on ends when it is told to."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from tests.conftest import DOLORES, KEYS, NETWORK
from tests.services.following.two_servers import Keeper, add_case_workers, key_for, rows
from tests.services.people_records import GABRIEL, facts
from tracker.cli import main
from tracker.db.encryption import written_keys
from tracker.db.migrations import upgrade_database
from tracker.db.session import Database, open_database
from tracker.domain.consents import Purpose
from tracker.domain.people import PersonKind
from tracker.services.people import list_consents, revise_person, withdraw_consent

WITHIN_S = 60


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keeper: Keeper):
    """Give the follower's own database, found by the environment as commands find it."""
    folder = tmp_path / "instance"
    monkeypatch.setenv("TRACKER_DATA", str(folder))
    monkeypatch.setenv("TRACKER_KEYS", written_keys(KEYS).replace("\n", ";"))
    monkeypatch.delenv("TRACKER_DATABASE_URL", raising=False)
    opened = open_database(f"sqlite:///{folder / 'tracker.sqlite3'}", KEYS)
    upgrade_database(opened)
    add_case_workers(opened)
    yield opened
    opened.close()


def run(*words: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, ["people", "follow", *words], input=given)


def add(keeper: Keeper, key: str) -> Result:
    told = ("--name", "Tegucigalpa", "--address", keeper.address, "--organisation", str(NETWORK))
    return run("add", *told, given=f"{key}\n")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_from_a_key_to_the_first_copies_and_back(keeper: Keeper, installation: Database) -> None:
    key = key_for(keeper.database, GABRIEL)
    keeper.shared_case()
    added = add(keeper, key)
    assert added.exit_code == 0
    assert key not in added.output
    assert run("once").output == "Server 1: 1 changed, 0 withdrawn\n"
    listed = run("list").output
    assert "Tegucigalpa" in listed
    assert "1 records" in listed
    assert key not in listed
    assert "Copies erased: 1." in run("remove", "1", "--yes").output
    assert rows(installation, "person_versions") == 0


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_wrong_key_ends_with_1_and_names_the_problem(
    keeper: Keeper, installation: Database
) -> None:
    assert add(keeper, "mtr_no-such-key").exit_code == 0
    once = run("once", "1")
    assert (once.exit_code, "problem: key_refused" in once.output) == (1, True)
    assert add(keeper, "two words").exit_code == 1
    assert run("once", "7").exit_code == 1


def until(true, what: str) -> float:
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < WITHIN_S, what
        time.sleep(0.1)
    return time.monotonic() - began


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_program_in_another_process_follows_within_a_minute_and_ends_when_told(
    keeper: Keeper, installation: Database
) -> None:
    add(keeper, key_for(keeper.database, GABRIEL))
    program = subprocess.Popen(
        [sys.executable, "-c", "from tracker.cli import main; main()", "people", "follow", "run"],
        env=dict(os.environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        until(lambda: count(installation, "asked_at IS NOT NULL", "followed_servers"), "first")
        case = keeper.shared_case()
        took = [until(lambda: rows(installation, "person_versions") == 1, "share")]
        with keeper.database.writing() as session:
            told = facts(PersonKind.CASE, eyes="green")
            revise_person(session, DOLORES, case, facts=told)
        took.append(until(lambda: rows(installation, "person_versions") == 2, "change"))
        with keeper.database.writing() as session:
            consents = list_consents(session, DOLORES, case)
            number = next(each.number for each in consents if each.purpose == Purpose.SHARE)
            withdraw_consent(session, DOLORES, case, number=number)
        took.append(until(lambda: rows(installation, "person_versions") == 0, "withdrawal"))
        program.send_signal(signal.SIGTERM)
        assert program.wait(timeout=10) == 0
    finally:
        program.kill()
        told_by_it = program.communicate()[0].decode()
    assert told_by_it == "Following. Stop with Ctrl-C.\n"
    assert max(took) < WITHIN_S
    assert max(took) < 10, took


def count(database: Database, where: str, table: str) -> int:
    with database.reading() as session:
        return session.scalar(text(f"SELECT count(*) FROM {table} WHERE {where}"))
