"""An application of its own for each test of records."""

import pytest

from tests.web.records.forms import House
from tracker.db.session import Database


@pytest.fixture
def house(database: Database) -> House:
    return House(database)
