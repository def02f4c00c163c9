"""Shapes of incidents in the description, made from the shapes that read them."""

from copy import deepcopy
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from geodata.corridors import CORRIDOR_CODES
from geodata.places import RELATIONS
from tracker.api.described.parts import ERRORS_SCHEMA, PROBLEM_SCHEMA, Described
from tracker.domain.statuses import LoggedThrough, Status, Visibility
from tracker.schemas.fields import Degrees, WholeNumber
from tracker.schemas.groups import GroupSchema
from tracker.schemas.incidents import COUNTS, QUALITY, REQUIRED, IncidentSchema
from tracker.schemas.json_incidents import KEY_SHAPE, LONGEST_REASON, MOST_ROWS
from tracker.schemas.sources import SourceSchema
from tracker.services.incidents.entries import LOGGED_FACTS

_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_COUNT = {"type": "integer", "minimum": 0}
_PUBLIC_ID = {**_TEXT, "pattern": "^[0-9A-Z]{3}-[0-9A-Z]{3}$", "examples": ["4TX-09M"]}
_STATUS = {**_TEXT, "enum": [str(status) for status in Status]}
_VERSION = {"type": "integer", "minimum": 1}
_SUBMIT = {"type": "boolean", "default": False, "description": "Hand it in for review at once."}
_OF_BOTH: Described = {
    "public_id": _PUBLIC_ID,
    "version_number": _VERSION,
    "status": _STATUS,
    "recorded_from": {**_TEXT, "format": "date-time"},
    "country": _TEXT_OR_NULL,
    "subregion": _TEXT_OR_NULL,
    "corridor": {**_TEXT_OR_NULL, "enum": [*CORRIDOR_CODES, None]},
    "segment": _TEXT_OR_NULL,
    "corridor_relation": {
        **_TEXT_OR_NULL,
        "enum": [*RELATIONS, "reported_route", "assigned_by_hand", None],
    },
}
_OF_RECORDS: Described = {
    "view": {"const": "full"},
    "visibility": {**_TEXT, "enum": [str(each) for each in Visibility]},
    "organisation_id": {"type": ["integer", "null"]},
    "logged_on": {**_TEXT_OR_NULL, "format": "date"},
    "logged_through": {**_TEXT_OR_NULL, "enum": [*map(str, LoggedThrough), None]},
    "un_m49": _TEXT_OR_NULL,
}
# Of the facts everybody is told these; a place as it is made public.
_PUBLIC_FACTS = (
    *("incident_type", "date_from", "date_to", "date_precision"),
    *("number_dead", "number_missing_min", "number_survivors", "number_females", "number_males"),
    *("number_other_gender", "number_children", "causes", "cause_reported", "origins"),
    *("longitude", "latitude", "uncertainty_m", "location_description"),
    *("source_quality", "information_source", "url"),
)
_OF_PUBLIC: Described = {
    "view": {"const": "public"},
    "dataset": _TEXT_OR_NULL,
    "external_ids": {"type": "array", "items": _TEXT},
    "location_precision": _TEXT_OR_NULL,
    "route_reported": _TEXT_OR_NULL,
    "region_reported": _TEXT_OR_NULL,
}


def add_shapes(spec: APISpec, plugin: MarshmallowPlugin) -> None:
    """Describe what is sent and what is answered."""
    converter: Any = plugin.converter  # the library does not say of what kind it is
    converter.map_to_openapi_type(WholeNumber, "integer", None)
    converter.map_to_openapi_type(Degrees, "number", None)
    spec.components.schema("Group", schema=GroupSchema)
    spec.components.schema("Source", schema=SourceSchema)
    for shape in (spec.components.schemas["Group"], spec.components.schemas["Source"]):
        shape["additionalProperties"] = False
    facts = _facts(converter)
    shapes = {"Problem": PROBLEM_SCHEMA, "Errors": ERRORS_SCHEMA}
    for name, shape in {**shapes, **_sent(facts), **_answered(facts)}.items():
        spec.components.schema(name, shape)


def _facts(converter: Any) -> Described:  # noqa: ANN401
    shape: Described = converter.schema2jsonschema(IncidentSchema())
    properties: Described = shape["properties"]
    return properties


def _sent(facts: Described) -> Described:
    """Describe what people send: counts of people below nought are a publisher's corrections."""
    sent = deepcopy(facts)
    for name in COUNTS:
        sent[name]["minimum"] = 0
    sent["source_quality"] |= {"minimum": QUALITY[0], "maximum": QUALITY[1]}
    needed = [*REQUIRED, "causes"]
    key = {**_TEXT_OR_NULL, "pattern": f"^{KEY_SHAPE}$", "description": "Of this row alone."}
    reason = {**_TEXT_OR_NULL, "maxLength": LONGEST_REASON, "pattern": "^[^\\x00]*$"}
    changes = {name: fact if name in needed else _or_null(fact) for name, fact in sent.items()}
    return {
        "NewIncident": _object({**sent, "submit": _SUBMIT}, needed),
        "NewRow": _object({**sent, "submit": _SUBMIT, "key": key}, needed),
        "IncidentChanges": _object({**changes, "because": reason}, []),
        "NewIncidents": _object(
            {
                "rows": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": MOST_ROWS,
                    "description": "`NewRow` each; a row that is wrong is refused alone.",
                    "items": {"anyOf": [{"$ref": "#/components/schemas/NewRow"}, {}]},
                }
            },
            ["rows"],
        ),
    }


def _answered(facts: Described) -> Described:
    told = {name: _answered_fact(fact) for name, fact in facts.items()}
    record = {**_OF_BOTH, **_OF_RECORDS, **{name: told[name] for name in LOGGED_FACTS}}
    public = {**_OF_BOTH, **_OF_PUBLIC, **{name: told[name] for name in _PUBLIC_FACTS}}
    views = [{"$ref": "#/components/schemas/Record"}, {"$ref": "#/components/schemas/Public"}]
    incident = {"oneOf": views, "description": "As its asker sees it: `view` says how much."}
    row = {
        "row": {**_COUNT, "description": "The place of the row among those that were sent."},
        "result": {**_TEXT, "enum": ["created", "existing", "refused"]},
        "public_id": _PUBLIC_ID,
        "version_number": _VERSION,
        "status": _STATUS,
        "code": _TEXT,
        "errors": {"$ref": "#/components/schemas/Errors"},
    }
    one = {"$ref": "#/components/schemas/Incident"}
    rows = {"type": "array", "items": {"$ref": "#/components/schemas/RowResult"}}
    lists = {"created": _COUNT, "existing": _COUNT, "refused": _COUNT, "results": rows}
    next_ = {"type": ["integer", "null"], "description": "The `after` of the page that follows."}
    page = {"incidents": {"type": "array", "items": one}, "next": next_}
    return {
        "Record": _object(record, list(record)),
        "Public": _object(public, list(public)),
        "Incident": incident,
        "IncidentPage": _object(page, list(page)),
        "RowResult": _object(row, ["row", "result"]),
        "BulkResult": _object(lists, list(lists)),
    }


def _answered_fact(fact: Described) -> Described:
    """Describe a fact as it is given back: also what a dataset holds that nobody could send."""
    kept = {name: value for name, value in fact.items() if name not in ("minItems", "default")}
    if "integer" in kept.get("type", ()):
        kept = {name: value for name, value in kept.items() if name not in ("minimum", "maximum")}
    return kept


def _or_null(fact: Described) -> Described:
    kinds = fact["type"] if isinstance(fact["type"], list) else [fact["type"]]
    return {**fact, "type": list(dict.fromkeys([*kinds, "null"]))}


def _object(properties: Described, required: list[str]) -> Described:
    shape: Described = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**shape, "required": required} if required else shape
