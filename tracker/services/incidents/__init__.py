"""Incidents: read, logged, edited, revised."""

from tracker.services.incidents.edit import edit_incident, submit_incident
from tracker.services.incidents.log import log_incident
from tracker.services.incidents.read import end_of_day, get_history, get_incident, list_incidents
from tracker.services.incidents.records import RecordFilter, get_record, list_records
from tracker.services.incidents.revise import (
    restrict_incident,
    revise_incident,
    withdraw_incident,
)

__all__ = [
    "RecordFilter",
    "edit_incident",
    "end_of_day",
    "get_history",
    "get_incident",
    "get_record",
    "list_incidents",
    "list_records",
    "log_incident",
    "restrict_incident",
    "revise_incident",
    "submit_incident",
    "withdraw_incident",
]
