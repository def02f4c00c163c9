"""What is shared between servers, in the description."""

from typing import Any

from apispec import APISpec

from tracker.api.described.parts import CACHE, OF_READING, WITH_KEY, Described, parameter
from tracker.domain.consents import Purpose
from tracker.domain.people import STATUSES, PersonKind, ShareKind
from tracker.domain.shared_people import MOST_WAIT_S, FeedChange
from tracker.schemas.arguments import GREATEST_NUMBER

_TAGS = ["people"]
_TEXT = {"type": "string"}
_FLAG = {"type": "boolean"}
_DAY_OR_NULL = {"type": ["string", "null"], "format": "date"}
_NUMBER: Described = {"type": "integer", "minimum": 0, "maximum": GREATEST_NUMBER}
_STATUSES = [*dict.fromkeys(str(status) for known in STATUSES.values() for status in known)]
_CONSENT: Described = {
    "type": "object",
    "properties": {
        "purpose": {**_TEXT, "enum": [str(purpose) for purpose in Purpose]},
        "until": _DAY_OR_NULL,
    },
    "required": ["purpose", "until"],
    "additionalProperties": False,
}
_RECORD: Described = {
    "kind": {**_TEXT, "enum": [str(kind) for kind in PersonKind]},
    "status": {**_TEXT, "enum": _STATUSES},
    "version_number": {"type": "integer", "minimum": 1},
    "invented": {**_FLAG, "description": "An invented person, for demonstration."},
    "organisation": {**_TEXT, "description": "Who keeps the record."},
    "what": {**_TEXT, "enum": [str(kind) for kind in ShareKind]},
    "until": {**_DAY_OR_NULL, "description": "The last day of the share."},
    "match": {**_FLAG, "description": "Whether you may compare it with records of yours."},
    "consents": {"type": "array", "items": _CONSENT},
    "facts": {"type": "object", "description": "As far as the share goes; docs/sharing.md."},
}
_ENTRY: Described = {
    "number": _NUMBER,
    "change": {**_TEXT, "enum": [str(change) for change in FeedChange]},
    "public_id": _TEXT,
}


def add_people_shapes(spec: APISpec) -> None:
    """Describe a page of a feed and a shared record."""
    spec.components.schema("SharedPerson", _object(_RECORD))
    entry = _object({**_ENTRY, **_RECORD}, needed=[*_ENTRY])
    spec.components.schema("SharedEntry", entry)
    entries = {"type": "array", "items": {"$ref": "#/components/schemas/SharedEntry"}}
    page = {"entries": entries, "last": _NUMBER, "more": _FLAG, "started_over": _FLAG}
    spec.components.schema("SharedPage", _object(page))


def _object(properties: Described, needed: list[str] | None = None) -> Described:
    return {
        "type": "object",
        "properties": properties,
        "required": [*properties] if needed is None else needed,
        "additionalProperties": False,
    }


def _answer(description: str, schema: str) -> Described:
    told: dict[str, Any] = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    return {
        "description": description,
        "headers": {"Cache-Control": {**CACHE, "schema": {"const": "no-store"}}},
        "content": {"application/json": told},
    }


_ERRORS = {"401": OF_READING["401"], "404": "NotFound"}
OPERATIONS: dict[str, Described] = {
    "people_api.list_shared": {
        "operationId": "listSharedPeople",
        "summary": "What changed among the records shared with your organisation",
        "description": "For case workers. Ask again after `last`; each record stands once.",
        "tags": _TAGS,
        "security": WITH_KEY,
        "parameters": [
            parameter("after", "The last entry that you have read.", _NUMBER),
            parameter(
                "wait",
                "Wait up to so many seconds for news.",
                {"type": "integer", "minimum": 0, "maximum": MOST_WAIT_S},
            ),
        ],
        "responses": {"200": _answer("Entries.", "SharedPage"), "400": "BadQuery", **_ERRORS},
    },
    "people_api.get_shared_record": {
        "operationId": "getSharedPerson",
        "summary": "One record as it is shared with your organisation",
        "tags": _TAGS,
        "security": WITH_KEY,
        "parameters": [{"name": "public_id", "in": "path", "required": True, "schema": {**_TEXT}}],
        "responses": {"200": _answer("The record.", "SharedPerson"), **_ERRORS},
    },
}
