"""Serves the tracker with SQLite's plain BEGIN: the control of `benchmarks.savers`.

A plain BEGIN takes the write lock at the first write, so that of two who have read before one is
refused: what the tracker does instead must be seen to matter.
"""

import sys

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from sqlalchemy import Connection, create_engine, event

from tracker.app import create_app
from tracker.config import settings_from_environment
from tracker.db.encryption import find_key_ring
from tracker.db.session import Database, _prepare_sqlite


def _begin_plainly(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def application() -> Flask:
    """Make the application on a database whose transactions all begin plainly."""
    settings = settings_from_environment()
    engine = create_engine(settings.database_url, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_plainly)
    database = Database(engine)
    database.use_keys(find_key_ring(settings.keys, settings.keys_file))
    return create_app(settings, database=database)


def main() -> None:
    """Serve at a port of this machine alone, as `tracker serve` does."""
    Granian(
        "benchmarks.careless_server:application",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        factory=True,
        log_enabled=False,
        blocking_threads=4,
    ).serve()


if __name__ == "__main__":
    main()
