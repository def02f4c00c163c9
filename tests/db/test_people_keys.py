"""After a change of keys everything sealed about people opens with the new key alone."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    Integer,
    LargeBinary,
    Table,
    select,
    type_coerce,
)

from tests.conftest import KEYS
from tests.http.clients import NOON, add_cast
from tracker.db.encryption import KeyRing, SealedBytes, SealedText, WrongKeys, new_key_ring
from tracker.db.metadata import METADATA
from tracker.db.models import families, matches, people, searches
from tracker.db.models.base import UtcDateTime
from tracker.db.session import Database
from tracker.domain.permissions import OPERATOR
from tracker.services.installation import change_keys

OF_PEOPLE = [
    table
    for table in METADATA.sorted_tables
    if table.name
    in {
        model.__tablename__
        for module in (people, matches, families, searches)
        for model in vars(module).values()
        if isinstance(model, type) and model.__module__ == module.__name__
    }
]
SECRET = "Lucía (invented)"


def is_sealed(column: Column[Any]) -> bool:
    return isinstance(column.type, SealedText | SealedBytes)


def value_for(column: Column[Any]) -> object:
    """Give some value that a column takes; every other row has the number 1."""
    if isinstance(column.type, SealedText):
        return SECRET
    if isinstance(column.type, SealedBytes):
        return SECRET.encode()
    if column.foreign_keys:
        return None if column.nullable else 1
    kinds = {Boolean: False, Integer: 1, Float: 0.5, Date: dt.date(2026, 6, 1), UtcDateTime: NOON}
    for kind, value in kinds.items():
        if isinstance(column.type, kind):
            return value
    return "x"


def sealed_values(database: Database, table: Table) -> list[bytes]:
    with database.reading() as session:
        columns = [type_coerce(each, LargeBinary) for each in table.columns if is_sealed(each)]
        return [bytes(value) for row in session.execute(select(*columns)) for value in row]


@pytest.fixture
def filled(database: Database) -> Database:
    """Give a database with a row in every table about people, every sealed column filled."""
    with database.writing() as session:
        add_cast(session)
        for table in OF_PEOPLE:
            row = {column.name: value_for(column) for column in table.columns}
            session.execute(table.insert().values(row))
    return database


def test_every_sealed_value_about_people_opens_with_the_new_key_alone(filled: Database) -> None:
    sealed = [table for table in OF_PEOPLE if any(map(is_sealed, table.columns))]
    assert {"person_versions", "consents", "followed_servers", "match_decisions"} <= {
        table.name for table in sealed
    }
    ring = new_key_ring(KEYS)
    filled.use_keys(ring)
    change_keys(filled, OPERATOR)
    alone = KeyRing(ring.encrypt_keys[:1], ring.lookup_key)
    for table in sealed:
        values = sealed_values(filled, table)
        assert len(values) == sum(map(is_sealed, table.columns)), table.name
        for value in values:
            assert SECRET.encode() not in value
            assert alone.open(value) == SECRET.encode()
            with pytest.raises(WrongKeys):
                KEYS.open(value)
