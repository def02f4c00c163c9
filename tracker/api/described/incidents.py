"""Describes what programs do with incidents."""

from geodata.corridors import CORRIDOR_CODES
from tracker.api.described.parts import (
    ANYBODY,
    CACHE,
    OF_READING,
    OF_SENDING,
    OF_WRITING,
    WITH_KEY,
    Described,
    answer,
    body,
    parameter,
)
from tracker.domain.statuses import Status
from tracker.schemas.arguments import GREATEST_NUMBER
from tracker.schemas.json_incidents import KEY_SHAPE
from tracker.schemas.record_queries import MOST_OF_A_PAGE, PAGE_SIZE

EXAMPLE: Described = {
    "incident_type": "incident",
    "date_from": "2026-05-02",
    "date_to": "2026-05-02",
    "date_precision": "day",
    "number_dead": 2,
    "number_missing_min": 1,
    "causes": ["drowning"],
    "longitude": -76.93,
    "latitude": 8.45,
    "location_precision": "locality",
    "sources": [{"publisher": "A newspaper", "url": "https://news.example.org/1", "quality": 1}],
}
_TAGS = ["incidents"]
_TEXT = {"type": "string"}
_KEY = parameter(
    "Idempotency-Key",
    "A word of your own for what you send: sent again with it, nothing is made twice.",
    {**_TEXT, "pattern": f"^{KEY_SHAPE}$", "examples": ["8f14e45f-ea5d-4c1e"]},
    place="header",
)
_PUBLIC_ID: Described = {
    "name": "public_id",
    "in": "path",
    "required": True,
    "schema": {**_TEXT, "pattern": "^[0-9A-Za-z]{3}-[0-9A-Za-z]{3}$", "examples": ["4TX-09M"]},
}
_TAG = parameter(
    "If-Match",
    "The `ETag` of what you have read, or `*`.",
    {**_TEXT, "examples": ["*"]},
    place="header",
)
_KNOWN_TAG = parameter("If-None-Match", "The `ETag` of what you know.", {**_TEXT}, place="header")
_LOCATION = {"required": True, "schema": {**_TEXT, "pattern": "^/api/v1/incidents/[0-9A-Z-]+$"}}


def _whole(name: str, description: str, most: int) -> Described:
    # An empty parameter counts as left out.
    number = {"type": "integer", "minimum": 1, "maximum": most}
    return parameter(name, description, {"anyOf": [number, {"const": ""}]})


def _codes(name: str, codes: list[str]) -> Described:
    schema = {"type": "array", "items": {**_TEXT, "enum": [*codes, ""]}}
    return parameter(name, "Only these; can be repeated.", schema)


def _results(description: str) -> Described:
    schema = {"$ref": "#/components/schemas/BulkResult"}
    return {
        "description": description,
        "headers": {"Cache-Control": CACHE},
        "content": {"application/json": {"schema": schema}},
    }


OPERATIONS: dict[str, Described] = {
    "incidents_api.list_incidents": {
        "operationId": "listIncidents",
        "summary": "Incidents that you may see, the newest first",
        "tags": _TAGS,
        "security": ANYBODY,
        "parameters": [
            _whole("after", "Go on after this number, as `next` gave it.", GREATEST_NUMBER),
            _whole("limit", f"How many; {PAGE_SIZE} if left out.", MOST_OF_A_PAGE),
            _codes("status", [str(status) for status in Status]),
            _codes("corridor", list(CORRIDOR_CODES)),
            parameter(
                "mine",
                "Only what you have logged yourself.",
                {**_TEXT, "enum": ["true", "false", ""]},
            ),
            _KNOWN_TAG,
        ],
        "responses": {
            "200": answer("A page of incidents.", "IncidentPage"),
            "400": "BadQuery",
            **OF_READING,
        },
    },
    "incidents_api.log": {
        "operationId": "logIncident",
        "summary": "Log an incident",
        "tags": _TAGS,
        "security": WITH_KEY,
        "parameters": [_KEY],
        "requestBody": body("NewIncident", example=EXAMPLE),
        "responses": {
            "201": answer("Logged.", "Record", Location=_LOCATION),
            "200": answer("Logged before, with this key.", "Record", Location=_LOCATION),
            "409": "Conflict",
            **OF_SENDING,
        },
    },
    "incidents_api.get_incident": {
        "operationId": "getIncident",
        "summary": "One incident, as you may see it",
        "tags": _TAGS,
        "security": ANYBODY,
        "parameters": [_PUBLIC_ID, _KNOWN_TAG],
        "responses": {
            "200": answer("The incident.", "Incident"),
            "404": "NotFound",
            **OF_READING,
        },
    },
    "incidents_api.change_incident": {
        "operationId": "changeIncident",
        "summary": "Change facts of an incident that you have read",
        "description": "A JSON merge patch (RFC 7396): null takes a fact away.",
        "tags": _TAGS,
        "security": WITH_KEY,
        "parameters": [_PUBLIC_ID, _TAG],
        "requestBody": body(
            "IncidentChanges",
            "application/merge-patch+json",
            "application/json",
            example={"number_dead": 3, "because": "The shelter has counted again."},
        ),
        "responses": {
            "200": answer("The incident as it stands now.", "Record"),
            "409": "Conflict",
            "412": "ChangedMeanwhile",
            "428": "TagNeeded",
            **OF_SENDING,
        },
    },
    "incidents_api.submit": {
        "operationId": "submitIncident",
        "summary": "Hand a draft in for review",
        "tags": _TAGS,
        "security": WITH_KEY,
        "parameters": [_PUBLIC_ID, _TAG],
        "responses": {
            "200": answer("The incident as it stands now.", "Record"),
            "409": "Conflict",
            "412": "ChangedMeanwhile",
            **OF_WRITING,
        },
    },
    "incidents_api.log_many": {
        "operationId": "logIncidents",
        "summary": "Log up to 500 incidents, each of which stands alone",
        "tags": _TAGS,
        "security": WITH_KEY,
        "parameters": [_KEY],
        "requestBody": body(
            "NewIncidents", example={"rows": [EXAMPLE, {**EXAMPLE, "number_dead": 1}]}
        ),
        "responses": {
            "200": _results("All are logged."),
            "207": _results("Some were refused; the others are logged."),
            **OF_SENDING,
        },
    },
}
