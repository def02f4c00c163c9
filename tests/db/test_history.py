"""What was recorded stays recorded."""

import pytest
from sqlalchemy import delete, select, update

from tracker.db.history import HistoryIsKept
from tracker.db.models import Act, IncidentVersion, LedgerEntry
from tracker.db.session import Database

VALUES = {IncidentVersion: "reason", LedgerEntry: "reason", Act: "actor"}


def change_first(database: Database, model) -> None:
    with database.writing() as session:
        setattr(session.scalars(select(model)).first(), VALUES[model], "changed")


def delete_first(database: Database, model) -> None:
    with database.writing() as session:
        session.delete(session.scalars(select(model)).first())


def change_all(database: Database, model) -> None:
    with database.writing() as session:
        session.execute(update(model).values({VALUES[model]: "changed"}))


def delete_all(database: Database, model) -> None:
    with database.writing() as session:
        session.execute(delete(model))


@pytest.mark.parametrize("model", list(VALUES))
@pytest.mark.parametrize("attempt", [change_first, delete_first, change_all, delete_all])
def test_nobody_changes_or_deletes_what_was_recorded(demo_copy: Database, model, attempt) -> None:
    with pytest.raises(HistoryIsKept):
        attempt(demo_copy, model)
