"""Opens the database: safe settings, one transaction for each request, command or job."""

import contextlib
import datetime as dt
import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tracker.db.encryption import KeyRing, give_keys, keys_of
from tracker.db.turns import take_turns
from tracker.domain.publication import PublicationRule

BUSY_TIMEOUT_MS = 30_000
# The numbers of PostgreSQL's advisory locks.
_LOCKS = {"import": 720_221, "proposals": 720_223}

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

    @property
    def caches(self) -> dict[str, object]:
        """Give what this process keeps in memory of the database; sessions have it in `info`."""
        return cast(dict[str, object], self._info["caches"])

    @property
    def keys(self) -> KeyRing:
        """Give the keys that seal what is restricted; raises `KeysMissing`."""
        return keys_of(self.engine.dialect)

    def use_keys(self, keys: KeyRing | None) -> None:
        """Seal and open with these keys from now on."""
        give_keys(self.engine.dialect, keys)

    def tell_time(self, clock: Callable[[], dt.datetime]) -> None:
        """Use another clock than the machine's: every session on this database asks it."""
        self._info["clock"] = clock

    def publish_by(self, rule: PublicationRule) -> None:
        """Show places of records logged here by this rule."""
        self._info["publication"] = rule

    def list_removals(self, path: Path | None) -> None:
        """List in a file beside the database what is removed from it for good."""
        self._info["removals"] = path

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

    def try_to_write(self, write: Callable[[Session], object]) -> bool:
        """Write something small that can also wait for another time: never stand in line for it.

        Gives False, and has written nothing, when somebody else is writing.
        """
        hasty = self._writing.execution_options(waits=False)
        with hasty.connect() as connection, self._without_waiting(connection):
            try:
                with Session(connection, info=self._info) as session, session.begin():
                    write(session)
            except OperationalError:
                return False
            return True

    @contextlib.contextmanager
    def _without_waiting(self, connection: Connection) -> Iterator[None]:
        if self.engine.dialect.name != "sqlite":
            connection.exec_driver_sql("SET lock_timeout = '50ms'")
            connection.commit()
            yield
            connection.rollback()
            connection.exec_driver_sql("SET lock_timeout = 0")
            connection.commit()
            return
        sqlite: Any = connection.connection.driver_connection
        sqlite.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            sqlite.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")

    @contextlib.contextmanager
    def import_lock(self) -> Iterator[bool]:
        """Hold the right to import; gives False at once when somebody else holds it."""
        with self._lock("import") as held:
            yield held

    @contextlib.contextmanager
    def proposals_lock(self) -> Iterator[bool]:
        """Hold the right to propose matches by itself; one process does, however many there are."""
        with self._lock("proposals") as held:
            yield held

    def _lock(self, name: str) -> contextlib.AbstractContextManager[bool]:
        lock = _file_lock if self.engine.dialect.name == "sqlite" else _advisory_lock
        return lock(self.engine, name)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def moment(session: Session) -> dt.datetime:
    """Give this moment in UTC, by the clock of the session's database."""
    clock: Callable[[], dt.datetime] | None = session.info.get("clock")
    return clock().astimezone(dt.UTC) if clock else dt.datetime.now(dt.UTC)


def keys_of_session(session: Session) -> KeyRing:
    """Give the keys that seal what is restricted; raises `KeysMissing`."""
    return keys_of(session.get_bind().dialect)


def publication_rule(session: Session) -> PublicationRule:
    """Give the rule by which this installation shows places of records logged here."""
    rule = session.info.get("publication")
    return rule if isinstance(rule, PublicationRule) else PublicationRule()


def empty_journal(engine: Engine) -> None:
    """Empty SQLite's journal of what was written: what was erased would stay readable in it.

    Where somebody reads just now it stays, until the next erasure or `tracker db sweep`.
    """
    if engine.dialect.name == "sqlite" and engine.url.database:
        with contextlib.closing(sqlite3.connect(engine.url.database)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def open_database(url: str, keys: KeyRing | None = None) -> Database:
    """Open the database that an SQLAlchemy URL names; a missing SQLite file is made (0600)."""
    database = _open(url)
    database.use_keys(keys)
    return database


def _open(url: str) -> Database:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return Database(create_engine(parsed, pool_pre_ping=True, hide_parameters=True))
    _make_private_file(Path(parsed.database or ""))
    # What people entered never gets into the message of an error, and so into no log.
    patience = {"timeout": BUSY_TIMEOUT_MS / 1000}
    engine = create_engine(parsed, connect_args=patience, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    take_turns(engine, BUSY_TIMEOUT_MS / 1000)
    return Database(engine)


def _make_private_file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)


def _prepare_sqlite(dbapi_connection: DBAPIConnection, _record: object) -> None:
    # Python's own transaction handling begins too late; `take_turns` begins instead.
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    for setting in _SQLITE_SETTINGS:
        cursor.execute(setting)
    cursor.close()


@contextlib.contextmanager
def _file_lock(engine: Engine, name: str) -> Iterator[bool]:
    with Path(f"{engine.url.database}.{name}-lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


@contextlib.contextmanager
def _advisory_lock(engine: Engine, name: str) -> Iterator[bool]:
    with engine.connect() as connection:
        taken = text("SELECT pg_try_advisory_lock(:number)")
        held = bool(connection.scalar(taken, {"number": _LOCKS[name]}))
        connection.commit()
        try:
            yield held
        finally:
            if held:
                release = text("SELECT pg_advisory_unlock(:number)")
                connection.execute(release, {"number": _LOCKS[name]})
                connection.commit()
