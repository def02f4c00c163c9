"""Drafts a migration from the models: `python -m tracker.db.draft_migration "what it does"`."""

import sys
import tempfile
from pathlib import Path

from tracker.db.migrations import draft_migration, upgrade_database
from tracker.db.session import open_database


def main() -> None:
    """Compare the models with the tables that all migrations make, and write what is missing."""
    message = " ".join(sys.argv[1:]).strip()
    if not message:
        raise SystemExit('Say what the migration does: make migration M="add ..."')
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{Path(folder) / 'draft.sqlite3'}")
        upgrade_database(database)
        draft_migration(database, message)
        database.close()


if __name__ == "__main__":
    main()
