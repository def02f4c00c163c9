"""Whatever is sent, every operation answers as its description says, to every role.

`API_CASES` says how many calls are made up for each operation with each key; the nightly run makes
thousands. Beside them stand calls that are worked out from the description one value at a time.
"""

import logging
import os
import shutil
from pathlib import Path

import pytest

from tests.api.fuzzing import try_operations
from tests.api.people import PEOPLE, add_records, key_of
from tests.conftest import KEYS
from tests.http.clients import new_app
from tracker.db.session import Database, open_database
from tracker.domain.permissions import Role

CASES = int(os.environ.get("API_CASES", "100"))
SEED = int(os.environ.get("API_SEED", "1"))
EVERY_PHASE = "API_EVERY_PHASE" in os.environ
# What one has no right to is not there, whatever the method: only a case worker may do it all.
MAY_ALL = (Role.CASE_WORKER,)


def try_as(database: Database, name: str, *, worked_out: bool) -> None:
    incidents = add_records(database)
    found = try_operations(
        new_app(database),
        token=key_of(database, PEOPLE[name]),
        incidents=incidents,
        cases=CASES,
        worked_out=worked_out,
        seed=SEED + [*PEOPLE].index(name),
    )
    for operation, calls in found.calls.items():
        answers = {status: n for (label, status), n in found.answers.items() if label == operation}
        logging.info("%s: %s: %s calls, %s", name, operation, calls, answers)
    assert found.wrong == []
    assert len(found.calls) == 10
    assert min(found.calls.values()) >= CASES


def test_there_is_a_key_of_every_role_that_signs_in() -> None:
    assert {person.role for person in PEOPLE.values()} == set(Role) - {Role.OPERATOR}


@pytest.mark.parametrize("name", PEOPLE)
def test_nothing_is_found_with_the_key_of(name: str, demo_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "tracker.sqlite3"
    shutil.copy(demo_file, path)
    database = open_database(f"sqlite:///{path}", KEYS)
    try:
        try_as(database, name, worked_out=EVERY_PHASE and PEOPLE[name].role in MAY_ALL)
    finally:
        database.close()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_nothing_is_found_on_postgresql(database: Database) -> None:
    try_as(database, "Dolores", worked_out=True)
