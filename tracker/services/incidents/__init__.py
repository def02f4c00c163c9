"""Incidents: read, logged, edited, revised."""

from tracker.domain.incidents import RecordFilter
from tracker.services.incidents.edit import edit_incident, submit_incident
from tracker.services.incidents.log import log_incident
from tracker.services.incidents.log_many import log_incidents
from tracker.services.incidents.patch import patch_incident
from tracker.services.incidents.read import end_of_day, get_history, get_incident, list_incidents
from tracker.services.incidents.records import get_record, list_records
from tracker.services.incidents.revise import (
    restrict_incident,
    revise_incident,
    withdraw_incident,
)
from tracker.services.incidents.seen import SeenIncident, get_seen, list_seen

__all__ = [
    "RecordFilter",
    "SeenIncident",
    "edit_incident",
    "end_of_day",
    "get_history",
    "get_incident",
    "get_record",
    "get_seen",
    "list_incidents",
    "list_records",
    "list_seen",
    "log_incident",
    "log_incidents",
    "patch_incident",
    "restrict_incident",
    "revise_incident",
    "submit_incident",
    "withdraw_incident",
]
