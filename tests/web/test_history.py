"""A history can be read: a place moved so far, not from one pair of numbers to another."""

import datetime as dt
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import XIMENA
from tests.http.clients import ENGLISH
from tests.web.test_pages import words
from tracker.db.models import Incident, IncidentVersion
from tracker.db.session import Database
from tracker.domain.incidents import PublishedIncident, PublishedPlace, VersionChange
from tracker.services.incidents import get_incident
from tracker.web.history import steps_of_history


@pytest.fixture
def incident(demo_database: Database) -> PublishedIncident:
    with demo_database.reading() as session:
        public_id = session.scalars(select(Incident.public_id).limit(1)).one()
        found = get_incident(session, XIMENA, public_id)
    return replace(found, place=PublishedPlace(-110.0, 32.0, 1_000.0, "locality", None))


def version(number: int, **changes: tuple[str | None, str | None]) -> VersionChange:
    known = dt.datetime(2020 + number, 1, 1, tzinfo=dt.UTC)
    return VersionChange(number, known, "", "revised", None, changes)


def test_a_move_is_told_in_kilometres(incident: PublishedIncident) -> None:
    history = (
        version(1),
        version(2, latitude=("31.0", "32.0")),
        version(3, longitude=("-111.0", "-110.0"), number_dead=("1", "2")),
    )
    first, second, third = steps_of_history(history, incident)
    assert first.move is None
    assert second.move is not None
    assert second.move.before == (-111.0, 31.0)
    assert second.move.km == pytest.approx(111.2, abs=0.1)
    assert third.move is not None
    assert third.move.km == pytest.approx(94.3, abs=0.1)
    assert third.changes == {"number_dead": ("1", "2")}


def test_a_place_that_comes_or_goes_did_not_move(incident: PublishedIncident) -> None:
    came = version(2, longitude=(None, "-110.0"), latitude=(None, "32.0"))
    (_, step) = steps_of_history((version(1), came), incident)
    assert step.move is not None
    assert step.move.km is None
    went = version(2, longitude=("-110.0", None), latitude=("32.0", None))
    (_, step) = steps_of_history((version(1), went), replace(incident, place=None))
    assert step.move is not None
    assert step.move.before == (-110.0, 32.0)


def test_the_last_digit_of_a_number_is_no_move(incident: PublishedIncident) -> None:
    noise = version(2, longitude=("-110.00000000000001", "-110.0"))
    assert steps_of_history((version(1), noise), incident)[1].move is None


def test_every_real_move_is_told_in_words_with_its_numbers_at_hand(
    visitor: FlaskClient, demo_database: Database
) -> None:
    later = IncidentVersion.__table__.alias()
    moved = (
        select(Incident.public_id)
        .join(IncidentVersion, IncidentVersion.incident_id == Incident.id)
        .join(later, later.c.incident_id == Incident.id)
        .where(later.c.version_number == IncidentVersion.version_number + 1)
        .where(later.c.latitude > IncidentVersion.latitude + 0.5)
        .limit(3)
    )
    with demo_database.reading() as session:
        found = session.scalars(moved).all()
    assert len(found) == 3
    for public_id in found:
        page = visitor.get(f"/incidents/{public_id}", headers=ENGLISH).text
        assert "The place moved by about " in words(page)
        assert "<details>" in page
        assert "Longitude: from" not in words(page)
