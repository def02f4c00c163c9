"""The shape of an incident as a form, the API or a file gives it. Messages are codes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validates_schema

from tracker.domain.causes import Cause
from tracker.domain.errors import InvalidRecord
from tracker.domain.groups import numbers_of_groups
from tracker.domain.statuses import Manner, Scope
from tracker.schemas.fields import (
    WORDS,
    Degrees,
    WholeNumber,
    at_most,
    code_field,
    country_code,
    date_field,
    one_of,
    text_field,
)
from tracker.schemas.groups import GroupSchema
from tracker.schemas.sources import SourceSchema

INCIDENT_TYPES = ("incident", "split_incident", "cumulative_incident")
DATE_PRECISIONS = ("day", "week", "month", "year", "range", "unknown")
DATE_BASES = ("death", "found", "reported")
LOCATION_PRECISIONS = (
    *("exact", "vicinity", "locality", "adm3", "adm2", "adm1"),
    *("corridor_segment", "sea_area", "adm0", "unknown"),
)
LOCATION_BASES = ("gps", "map_pick", "place_name", "admin_centre", "estimated")
CAUSES = tuple(str(cause) for cause in Cause)
CODED = {
    "incident_type": INCIDENT_TYPES,
    "date_precision": DATE_PRECISIONS,
    "date_basis": DATE_BASES,
    "location_precision": LOCATION_PRECISIONS,
    "location_basis": LOCATION_BASES,
    "scope": tuple(str(scope) for scope in Scope),
    "manner": tuple(str(manner) for manner in Manner),
}
REQUIRED = ("incident_type", "date_precision", "location_precision")
COUNTS = (
    *("number_dead", "number_dead_max", "number_missing_min", "number_missing_max"),
    "number_survivors",
    *("number_females", "number_males", "number_other_gender", "number_children"),
    "total_reported",
)
# Publishers correct earlier rows by counting downwards: remains found later move people from
# missing to dead. People who type a row here do not.
NEGATIVE_WHEN_IMPORTED = ("number_missing_min", "number_survivors", "total_reported")
RANGES = {"longitude": (-180.0, 180.0), "latitude": (-90.0, 90.0), "uncertainty_m": (0.0, 2e7)}
QUALITY = (1, 5)
# Estimates: the lowest, and the highest that must not lie below it.
ESTIMATES = (
    ("number_dead", "number_dead_max"),
    ("number_missing_min", "number_missing_max"),
)
MOST_OF_A_LIST = 50
COUNTRY = {"pattern": "^[A-Z]{3}$", "description": "ISO 3166-1 alpha-3"}


def code(name: str) -> fields.String:
    """Make the field of one of the coded columns."""
    return code_field(CODED[name], required=name in REQUIRED)


def degrees(name: str) -> Degrees:
    """Make the field of a number within the range of its column."""
    return Degrees(RANGES[name])


def load_incident(given: Mapping[str, Any], *, imported: bool = False) -> dict[str, Any]:
    """Read an incident that a person or a program gives; raises `InvalidRecord`."""
    try:
        loaded: dict[str, Any] = _schema(imported=imported).load(given)
    except ValidationError as error:
        raise InvalidRecord(flat_messages(error.messages)) from None
    return loaded


def dump_incident(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Write facts as JSON has them; `load_incident` reads the same from it."""
    dumped: dict[str, Any] = _schema(imported=False).dump(facts)
    return dumped


@cache
def _schema(*, imported: bool) -> "IncidentSchema":
    # To make one takes longer than to read an incident with it.
    return IncidentSchema(imported=imported)


def flat_messages(messages: Any, at: str = "") -> dict[str, tuple[str, ...]]:  # noqa: ANN401
    """Turn marshmallow's nested messages into codes by path, such as `sources.0.url`."""
    if not isinstance(messages, Mapping):
        return {at: tuple(dict.fromkeys(map(str, messages)))}
    flat: dict[str, tuple[str, ...]] = {}
    for name, inner in messages.items():
        flat |= flat_messages(inner, f"{at}.{name}" if at else str(name))
    return flat


class IncidentSchema(Schema):
    """One incident. `imported` lets stand what a publisher's corrections may hold."""

    class Meta:
        unknown = EXCLUDE

    incident_type = code("incident_type")
    date_from = date_field()
    date_to = date_field()
    date_precision = code("date_precision")
    date_basis = code("date_basis")
    number_dead = WholeNumber()
    number_dead_max = WholeNumber()
    number_missing_min = WholeNumber()
    number_missing_max = WholeNumber()
    number_survivors = WholeNumber()
    number_females = WholeNumber()
    number_males = WholeNumber()
    number_other_gender = WholeNumber()
    number_children = WholeNumber()
    total_reported = WholeNumber()
    causes = fields.List(
        fields.String(validate=one_of(CAUSES), metadata={"enum": [*CAUSES]}),
        required=True,
        error_messages=WORDS,
        metadata={"minItems": 1},
    )
    cause_reported = text_field(500)
    cause_official = text_field(500)
    manner = code("manner")
    scope = code("scope")
    longitude = degrees("longitude")
    latitude = degrees("latitude")
    location_precision = code("location_precision")
    uncertainty_m = degrees("uncertainty_m")
    location_basis = code("location_basis")
    location_description = text_field(1_000)
    country_of_incident = fields.String(
        load_default=None,
        allow_none=True,
        validate=country_code,
        error_messages=WORDS,
        metadata=COUNTRY,
    )
    origins = fields.List(
        fields.String(validate=country_code, metadata=COUNTRY),
        load_default=list,
        error_messages=WORDS,
    )
    groups = fields.List(
        fields.Nested(GroupSchema),
        load_default=list,
        validate=at_most(MOST_OF_A_LIST),
        error_messages=WORDS,
        metadata={"maxItems": MOST_OF_A_LIST},
    )
    sources = fields.List(
        fields.Nested(SourceSchema),
        load_default=list,
        validate=at_most(MOST_OF_A_LIST),
        error_messages=WORDS,
        metadata={"maxItems": MOST_OF_A_LIST},
    )
    source_quality = WholeNumber()
    information_source = text_field(1_000)
    url = text_field(4_000)
    notes = text_field(4_000)

    def __init__(self, *, imported: bool = False, only: Sequence[str] | None = None) -> None:
        super().__init__(only=only)
        self.imported = imported

    @validates_schema(skip_on_field_errors=False)
    def check_together(self, data: Mapping[str, Any], **_: object) -> None:
        """Check what one field cannot tell; a field that is wrong already is left out of it."""
        wrong: dict[str, list[str]] = {}
        for field, code in (
            *_counts_wrong(data, self.imported),
            *_dates_wrong(data),
            *_place_wrong(data),
            *_groups_wrong(data),
        ):
            wrong.setdefault(field, []).append(code)
        if wrong:
            raise ValidationError(wrong)


def _counts_wrong(data: Mapping[str, Any], imported: bool) -> list[tuple[str, str]]:
    """Check numbers of people and the quality of the source."""
    wrong = [
        (name, "negative")
        for name in COUNTS
        if (data.get(name) or 0) < 0 and not (imported and name in NEGATIVE_WHEN_IMPORTED)
    ]
    parts = ("number_dead", "number_missing_min", "total_reported")
    if data.get("total_reported") is not None and all(name in data for name in parts):
        dead, missing, total = (data[name] or 0 for name in parts)
        if dead + missing != total:
            wrong.append(("total_reported", "total_mismatch"))
    for lowest, highest in ESTIMATES:
        least, most = data.get(lowest), data.get(highest)
        if least is not None and most is not None and most < least:
            wrong.append((highest, "below_minimum"))
    quality = data.get("source_quality")
    if quality is not None and not QUALITY[0] <= quality <= QUALITY[1]:
        wrong.append(("source_quality", "out_of_range"))
    if "causes" in data and not data["causes"]:
        wrong.append(("causes", "required"))
    return wrong


def _dates_wrong(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Check that dates are in order and fit their precision."""
    if not {"date_from", "date_to", "date_precision"} <= data.keys():
        return []
    start: dt.date | None = data["date_from"]
    end: dt.date | None = data["date_to"]
    precision = data["date_precision"]
    if (start is None) != (end is None):
        return [("date_to" if end is None else "date_from", "required")]
    if start is None or end is None or precision == "unknown":
        fits = start is None and precision == "unknown"
        return [] if fits else [("date_precision", "precision_mismatch")]
    if end < start:
        return [("date_to", "date_order")]
    spread = precision == "day" and start != end
    return [("date_precision", "precision_mismatch")] if spread else []


def _place_wrong(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Check that a position is whole and says how precise it is."""
    if not {"longitude", "latitude", "location_precision"} <= data.keys():
        return []
    if (data["longitude"] is None) != (data["latitude"] is None):
        return [("latitude" if data["latitude"] is None else "longitude", "required")]
    if data["longitude"] is not None and data["location_precision"] == "unknown":
        return [("location_precision", "precision_mismatch")]
    return []


_TELLS_GROUP = {"kind", "code", "number_from"}


def _groups_wrong(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Check that the numbers of groups agree with the numbers of the incident."""
    groups = data.get("groups") or []
    if not all(group.keys() >= _TELLS_GROUP for group in groups):
        return []
    told = numbers_of_groups(groups)
    return [
        ("groups", "groups_mismatch")
        for name, number in told.items()
        if data.get(name) is not None and data[name] != number
    ]
