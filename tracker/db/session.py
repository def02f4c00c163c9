"""Opens the database: safe settings, one transaction for each request, command or job."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session

BUSY_TIMEOUT_MS = 30_000
IMPORT_LOCK = 720_221  # the number of PostgreSQL's advisory lock for imports

# FULL: with NORMAL a power cut loses acknowledged writes. secure_delete: erased means erased.
_SQLITE_SETTINGS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
    "PRAGMA cache_size = -65536",
)


class Database:
    """An open database, with the two ways to use it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = engine.execution_options(writing=True)
        # What is kept in memory about this database, for every session on it.
        self._info: dict[str, object] = {"caches": {}}

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one moment of the database and writes nothing."""
        with Session(self.engine, autoflush=False, info=self._info) as session:
            if self.engine.dialect.name == "postgresql":
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session
            session.rollback()

    @contextlib.contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that writes; commits once at the end, or not at all."""
        with Session(self._writing, info=self._info) as session, session.begin():
            yield session

    @contextlib.contextmanager
    def import_lock(self) -> Iterator[bool]:
        """Hold the right to import; gives False at once when somebody else holds it."""
        lock = _file_lock if self.engine.dialect.name == "sqlite" else _advisory_lock
        with lock(self.engine) as held:
            yield held

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Open the database that an SQLAlchemy URL names; a missing SQLite file is made (0600)."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return Database(create_engine(parsed, pool_pre_ping=True))
    _make_private_file(Path(parsed.database or ""))
    engine = create_engine(parsed, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine)


def _make_private_file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)


def _prepare_sqlite(dbapi_connection: DBAPIConnection, _record: object) -> None:
    # Python's own transaction handling begins too late; _begin_sqlite begins instead.
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    for setting in _SQLITE_SETTINGS:
        cursor.execute(setting)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A plain BEGIN takes the write lock at the first write: two who read first lose an update.
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextlib.contextmanager
def _file_lock(engine: Engine) -> Iterator[bool]:
    with Path(f"{engine.url.database}.import-lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


@contextlib.contextmanager
def _advisory_lock(engine: Engine) -> Iterator[bool]:
    with engine.connect() as connection:
        taken = text("SELECT pg_try_advisory_lock(:number)")
        held = bool(connection.scalar(taken, {"number": IMPORT_LOCK}))
        connection.commit()
        try:
            yield held
        finally:
            if held:
                release = text("SELECT pg_advisory_unlock(:number)")
                connection.execute(release, {"number": IMPORT_LOCK})
                connection.commit()
