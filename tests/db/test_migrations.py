"""The tables are what the models say, and can be made and unmade."""

import contextlib
import shutil
import sqlite3
import sys

from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from tracker.db.draft_migration import main
from tracker.db.migrations import (
    _config,
    database_is_current,
    differences_from_models,
    upgrade_database,
)
from tracker.db.session import Database, open_database
from tracker.paths import migrations_folder


def test_migrated_tables_equal_the_models(database: Database) -> None:
    assert differences_from_models(database) == []
    assert database_is_current(database)


def test_there_is_one_newest_migration() -> None:
    assert len(ScriptDirectory.from_config(_config(None)).get_heads()) == 1


def test_a_new_database_is_not_current_until_it_is_upgraded(tmp_path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    assert not database_is_current(database)
    upgrade_database(database)
    assert database_is_current(database)
    upgrade_database(database)
    assert "incident_versions" in inspect(database.engine).get_table_names()
    database.close()


def test_a_form_that_was_kept_before_showings_had_keys_stays_on_offer(tmp_path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'kept.sqlite3'}")
    upgrade_database(database, "0009")
    before = (
        "INSERT INTO organisations (id, name, kind, country, created_at)"
        " VALUES (1, 'x', 'shelter', 'CO', 0)",
        "INSERT INTO accounts (id, organisation_id, role, name, email, email_digest,"
        " password_hash, created_at, password_changed_at) VALUES (1, 1, 'reporter',"
        " 'x', 'x', 'x', 'x', 0, 0)",
        "INSERT INTO form_drafts (account_id, form, fields, saved_at) VALUES (1, 'new', 'x', 0)",
    )
    with contextlib.closing(sqlite3.connect(tmp_path / "kept.sqlite3")) as connection:
        for row in before:
            connection.execute(row)
        connection.commit()
    upgrade_database(database)
    with database.engine.begin() as connection:
        columns = "SELECT account_id, form, key, fields FROM form_drafts"
        assert connection.execute(text(columns)).all() == [(1, "new", "kept-before", "x")]
    database.close()


def test_a_migration_can_be_drafted_from_the_models(tmp_path, monkeypatch) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(migrations_folder(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    for revision in (folder / "versions").glob("*.py"):
        revision.unlink()
    monkeypatch.setattr("tracker.db.migrations.migrations_folder", lambda: folder)
    monkeypatch.setattr(sys, "argv", ["draft_migration", "all tables"])
    main()
    (drafted,) = (folder / "versions").glob("*.py")
    script = drafted.read_text(encoding="utf-8")
    assert drafted.name == "0001_all_tables.py"
    assert "sa.DateTime(timezone=True)" in script
    assert "tracker.db" not in script
    assert "op.create_table(" in script
