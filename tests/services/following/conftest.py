"""A server that keeps records and one that follows it, on both kinds of databases."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import KEYS
from tests.services.following.two_servers import Follower, Keeper
from tracker.db.session import Database, open_database


@pytest.fixture
def keeper(database: Database) -> Iterator[Keeper]:
    made = Keeper(database)
    yield made
    made.shut()


@pytest.fixture
def follower(request: pytest.FixtureRequest, keeper: Keeper, tmp_path: Path) -> Iterator[Follower]:
    """Give a follower whose database is of the same kind as the keeper's."""
    if keeper.database.engine.dialect.name == "sqlite":
        path = tmp_path / "follower.sqlite3"
        shutil.copy(request.getfixturevalue("empty_file"), path)
        url = f"sqlite:///{path}"
    else:
        url = request.getfixturevalue("new_postgresql")("tracker_follower")
    opened = open_database(url, KEYS)
    yield Follower(opened, keeper, tmp_path / "files")
    opened.close()
