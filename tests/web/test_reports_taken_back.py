"""Whoever reported without an account takes the report back until somebody checks it."""

from flask.testing import FlaskClient

from tests.conftest import CAMILO
from tests.http.clients import Clock
from tests.web.test_public_reports import CODE, follow, records, send
from tracker.db.models import IncidentVersion, ReportFollowUp
from tracker.db.session import Database
from tracker.services.reviews import take_up_incident

ERASE = "/report/status/erase"


def test_whoever_reported_takes_the_report_back_once_they_are_sure(
    anyone: FlaskClient, clock: Clock, database: Database
) -> None:
    code = CODE.search(send(anyone, clock).text)[1]
    assert "Take the report back" in follow(anyone, code).text
    unsure = follow(anyone, code, ERASE)
    assert (unsure.status_code, "Tick the box first" in unsure.text) == (422, True)
    assert len(records(database)) == 1
    done = follow(anyone, code, ERASE, sure="yes")
    assert (done.status_code, "Your report was erased" in done.text) == (200, True)
    for address in ("/report/status", ERASE):
        assert follow(anyone, code, address, sure="yes").status_code == 422
    with database.reading() as session:
        assert session.query(IncidentVersion).count() == session.query(ReportFollowUp).count() == 0


def test_a_report_that_somebody_checks_is_not_taken_back(
    anyone: FlaskClient, clock: Clock, database: Database
) -> None:
    code = CODE.search(send(anyone, clock).text)[1]
    [(incident, _)] = records(database)
    with database.writing() as session:
        take_up_incident(session, CAMILO, incident.public_id)
    answer = follow(anyone, code, ERASE, sure="yes")
    assert "Somebody is checking your report now" in answer.text
    assert "Take the report back" not in answer.text
    with database.reading() as session:
        assert session.query(IncidentVersion).count() == 2


def test_codes_are_not_guessed_by_way_of_taking_back(
    anyone: FlaskClient, clock: Clock, database: Database
) -> None:
    code = CODE.search(send(anyone, clock).text)[1]
    for _ in range(12):
        follow(anyone, "BCDFG-BCDFG-BCDFG-BCDFG", ERASE, sure="yes")
    assert follow(anyone, code, ERASE, sure="yes").status_code == 429
    assert len(records(database)) == 1
