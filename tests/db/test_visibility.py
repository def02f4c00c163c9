"""The filter of the database and the rule of the domain say the same of every incident."""

import itertools

from sqlalchemy import select

from tests.conftest import BEATRIZ, CAMILO
from tests.services.records import log
from tracker.db.models import Incident, IncidentVersion
from tracker.db.queries.incidents import known_version
from tracker.db.queries.visibility import seen_by_all, seen_in_full
from tracker.db.session import Database
from tracker.domain.permissions import Actor, Role
from tracker.domain.statuses import Status, Visibility
from tracker.domain.visibility import Sight, sight_of
from tracker.services.incidents.versions import next_version

ACTORS = [
    Actor(role, role, account, organisation)
    for role, (account, organisation) in itertools.product(
        Role, [(None, None), (BEATRIZ.account_id, 1), (90, 1), (91, 2)]
    )
]


def make_every_kind(database: Database) -> None:
    """Log incidents of every visibility and status, by an account and by nobody."""
    with database.writing() as session:
        for visibility, status, known in itertools.product(Visibility, Status, (True, False)):
            logged = log(session, BEATRIZ)
            incident = session.scalars(
                select(Incident).where(Incident.public_id == logged.public_id)
            ).one()
            incident.visibility = visibility
            incident.organisation_id = 1 if known else None
            incident.logged_by = BEATRIZ.account_id if known else None
            version = session.scalars(
                select(IncidentVersion).where(IncidentVersion.incident_id == incident.id)
            ).one()
            changes, why = {"status": str(status)}, ("revised", None)
            next_version(session, CAMILO, (incident, version), changes=changes, why=why)


def test_the_filter_lets_through_what_the_rule_shows(database: Database) -> None:
    make_every_kind(database)
    current = (
        select(Incident, IncidentVersion)
        .join(IncidentVersion, IncidentVersion.incident_id == Incident.id)
        .where(IncidentVersion.recorded_to.is_(None))
    )
    with database.reading() as session:
        pairs = session.execute(current).all()
        assert len(pairs) == len(Visibility) * len(Status) * 2
        for actor in ACTORS:
            sights = {
                incident.id: sight_of(actor, known_version(incident, version).standing)
                for incident, version in pairs
            }
            full = {row[0].id for row in session.execute(current.where(seen_in_full(actor)))}
            assert full == {number for number, sight in sights.items() if sight == Sight.FULL}, (
                actor
            )
        public = {row[0].id for row in session.execute(current.where(seen_by_all()))}
        nobody = Actor(Role.PUBLIC)
        assert public == {
            incident.id
            for incident, version in pairs
            if sight_of(nobody, known_version(incident, version).standing) == Sight.PUBLIC
        }
