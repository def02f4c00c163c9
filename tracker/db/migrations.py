"""Brings the tables of a database to the newest form, and says whether they are."""

import shutil
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from tracker.db.metadata import METADATA
from tracker.db.session import Database
from tracker.domain.errors import DomainError
from tracker.paths import migrations_folder


def upgrade_database(database: Database, revision: str = "head") -> None:
    """Run the migrations that are missing, all of them or none.

    Raises `DomainError` (`disk_too_full`) before it starts where an SQLite file has less free
    space beside it than it is large, since rebuilding a table needs that much.
    """
    _check_free_space(database)
    with database.engine.execution_options(writing=True).begin() as connection:
        command.upgrade(_config(connection), revision)


def database_is_current(database: Database) -> bool:
    """Say whether every migration has been run."""
    with database.engine.connect() as connection:
        at = MigrationContext.configure(connection).get_current_revision()
    return at == ScriptDirectory.from_config(_config(None)).get_current_head()


def differences_from_models(database: Database) -> list[object]:
    """Give what the tables have and the models lack, or the other way; empty is well."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, METADATA))


def draft_migration(database: Database, message: str) -> None:
    """Write a new revision with what the models have and the tables lack."""
    revisions = ScriptDirectory.from_config(_config(None)).walk_revisions()
    number = f"{len(list(revisions)) + 1:04d}"
    with database.engine.execution_options(writing=True).begin() as connection:
        command.revision(_config(connection), message=message, rev_id=number, autogenerate=True)


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _check_free_space(database: Database) -> None:
    if database.engine.dialect.name != "sqlite":
        return
    path = Path(str(database.engine.url.database))
    needed = 2 * path.stat().st_size
    free = shutil.disk_usage(path.parent).free
    if free < needed:
        raise DomainError("disk_too_full", free_bytes=free, needed_bytes=needed)
