"""Records as people log them, for tests."""

from sqlalchemy.orm import Session

from tests.conftest import BEATRIZ
from tracker.domain.incidents import Logged
from tracker.domain.permissions import Actor
from tracker.schemas.incidents import load_incident
from tracker.services.incidents import log_incident

# An invented event; the place is in the Gulf of Urabá.
GIVEN: dict[str, object] = {
    "incident_type": "incident",
    "date_from": "2026-05-02",
    "date_to": "2026-05-02",
    "date_precision": "day",
    "date_basis": "reported",
    "number_dead": 2,
    "number_missing_min": 1,
    "number_missing_max": 4,
    "causes": ["drowning"],
    "origins": ["HTI", "VEN"],
    "longitude": -76.9312,
    "latitude": 8.4527,
    "location_precision": "locality",
    "location_basis": "map_pick",
    "location_description": "By the jetty behind the blue house",
    "groups": [{"kind": "sex", "code": "female", "number_from": 1, "basis": "family"}],
    "sources": [
        {"publisher": "Shelter", "quality": 4, "independent": True},
        {"publisher": "A newspaper", "url": "https://news.example.org/1", "quality": 1},
    ],
}


def log(
    session: Session, actor: Actor = BEATRIZ, *, submit: bool = False, **given: object
) -> Logged:
    """Log the event above, with some of it told otherwise."""
    return log_incident(session, actor, load_incident({**GIVEN, **given}), submit=submit)
