"""Invented records of the demonstration: something to complete, to review, to ask about.

None of them is verified, so that the figures of the demonstration hold real data alone.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.permissions import Actor
from tracker.domain.statuses import Visibility
from tracker.schemas.incidents import load_incident
from tracker.services.accounts.demonstration import invented_actors
from tracker.services.incidents import (
    RecordFilter,
    list_records,
    log_incident,
    restrict_incident,
)
from tracker.services.reviews import ask_question, take_up_incident

INVENTED = "(inventado / invented)"
_BOAT: dict[str, Any] = {
    "incident_type": "incident",
    "date_precision": "day",
    "date_basis": "reported",
    "number_dead": 2,
    "number_missing_min": 3,
    "number_missing_max": 6,
    "number_survivors": 11,
    "causes": ["drowning"],
    "origins": ["HTI", "VEN"],
    "longitude": -76.94,
    "latitude": 8.47,
    "location_precision": "vicinity",
    "location_basis": "map_pick",
    "location_description": f"Frente al muelle de Necoclí {INVENTED}",
    "groups": [
        {"kind": "sex", "code": "female", "number_from": 2, "basis": "third_party"},
        {"kind": "age_group", "code": "5_11", "number_from": 1, "basis": "family"},
    ],
    "sources": [{"publisher": f"Albergue de Necoclí {INVENTED}", "quality": 4}],
}
_SAME_BOAT: dict[str, Any] = {
    **_BOAT,
    "number_dead": 5,
    "number_missing_min": None,
    "number_missing_max": None,
    "longitude": -76.91,
    "latitude": 8.45,
    "location_precision": "locality",
    "location_description": f"Boat off Necocli, Gulf of Urabá {INVENTED}",
    "groups": [],
    "sources": [{"publisher": f"Un diario {INVENTED}", "quality": 1}],
}
_DESERT: dict[str, Any] = {
    "incident_type": "incident",
    "date_precision": "month",
    "date_basis": "found",
    "number_dead": 1,
    "causes": ["harsh_environment"],
    "longitude": -112.31,
    "latitude": 31.97,
    "location_precision": "locality",
    "location_basis": "gps",
    "location_description": f"North of Lukeville {INVENTED}",
    "sources": [{"publisher": f"Búsqueda de voluntarios {INVENTED}", "quality": 2}],
}
_TRUCK: dict[str, Any] = {
    "incident_type": "incident",
    "date_precision": "day",
    "date_basis": "death",
    "number_dead": 4,
    "number_survivors": 23,
    "causes": ["hazardous_transport"],
    "longitude": -92.64,
    "latitude": 16.74,
    "location_precision": "locality",
    "location_basis": "place_name",
    "location_description": f"Carretera de San Cristóbal {INVENTED}",
    "sources": [{"publisher": f"Radio local {INVENTED}", "quality": 1}],
}
_JUNGLE: dict[str, Any] = {
    "incident_type": "incident",
    "date_precision": "unknown",
    "number_missing_min": 1,
    "causes": ["mixed_or_unknown"],
    "longitude": -77.42,
    "latitude": 8.62,
    "location_precision": "corridor_segment",
    "location_basis": "estimated",
    "location_description": f"Camino de Acandí a Bajo Chiquito {INVENTED}",
    "sources": [{"publisher": f"Una persona en el albergue {INVENTED}", "quality": 2}],
}


def invent_records(session: Session) -> bool:
    """Log the invented records; gives False where there are some already."""
    people = invented_actors(session)
    writer, reviewer = people["Beatriz"], people["Camilo"]
    if list_records(session, writer, RecordFilter(mine=True, limit=1))[0]:
        return False
    today = dt.date.today()  # noqa: DTZ011 -- days of the demonstration, not of a record's history
    _log(session, writer, _JUNGLE, submit=False)
    for facts, days_ago in ((_BOAT, 3), (_SAME_BOAT, 2), (_TRUCK, 9)):
        _log(session, writer, _on(facts, today - dt.timedelta(days_ago)))
    found = _log(session, writer, _in_month(_DESERT, today - dt.timedelta(40)))
    take_up_incident(session, reviewer, found)
    ask_question(
        session, reviewer, found, text=f"¿El mes es el del hallazgo o el de la muerte? {INVENTED}"
    )
    restrict_incident(session, reviewer, found, visibility=Visibility.PARTNERS)
    return True


def _log(session: Session, actor: Actor, facts: Mapping[str, Any], *, submit: bool = True) -> str:
    return log_incident(session, actor, load_incident(facts), submit=submit).public_id


def _on(facts: Mapping[str, Any], day: dt.date) -> dict[str, Any]:
    return {**facts, "date_from": day.isoformat(), "date_to": day.isoformat()}


def _in_month(facts: Mapping[str, Any], day: dt.date) -> dict[str, Any]:
    first = day.replace(day=1)
    last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return {**facts, "date_from": first.isoformat(), "date_to": last.isoformat()}
