"""What programs are told of an incident: each field named, never a copied row."""

import dataclasses
from typing import Any

from tracker.domain.incidents import IncidentRecord, PublishedIncident
from tracker.schemas.incidents import dump_incident
from tracker.services.incidents import SeenIncident

FULL, PUBLIC = "full", "public"

_OF_RECORD = (
    *("public_id", "version_number", "status", "visibility", "organisation_id"),
    *("logged_on", "logged_through", "recorded_from"),
    *("country", "un_m49", "subregion", "corridor", "segment", "corridor_relation"),
)
_OF_PUBLIC = (
    *("public_id", "version_number", "status", "dataset", "external_ids", "recorded_from"),
    *("incident_type", "date_from", "date_to", "date_precision"),
    *("causes", "cause_reported", "origins"),
    *("country", "subregion", "corridor", "segment", "corridor_relation"),
    *("route_reported", "region_reported", "source_quality", "information_source", "url"),
)
_PEOPLE = {
    "number_dead": "dead",
    "number_missing_min": "missing",
    "number_survivors": "survivors",
    "number_females": "females",
    "number_males": "males",
    "number_other_gender": "other_gender",
    "number_children": "children",
}
_PLACE = {
    "longitude": "longitude",
    "latitude": "latitude",
    "uncertainty_m": "uncertainty_m",
    "location_precision": "precision",
    "location_description": "description",
}


def view_of(seen: SeenIncident) -> dict[str, Any]:
    """Write what its asker sees of an incident, as JSON has it."""
    view = _full(seen) if isinstance(seen, IncidentRecord) else _public(seen)
    return {name: _plain(value) for name, value in view.items()}


def _full(record: IncidentRecord) -> dict[str, Any]:
    facts = dump_incident(record.facts)
    return {"view": FULL} | {name: getattr(record, name) for name in _OF_RECORD} | facts


def _public(incident: PublishedIncident) -> dict[str, Any]:
    place = dataclasses.asdict(incident.place) if incident.place else {}
    return (
        {"view": PUBLIC}
        | {name: getattr(incident, name) for name in _OF_PUBLIC}
        | {name: incident.counts[measure] for name, measure in _PEOPLE.items()}
        | {name: place.get(of_place) for name, of_place in _PLACE.items()}
    )


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value
