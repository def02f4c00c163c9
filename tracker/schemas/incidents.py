"""The shape of an incident as a form, the API or a file gives it. Messages are codes."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validates_schema

from tracker.domain.causes import Cause

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
}
REQUIRED = ("incident_type", "date_precision", "location_precision")
COUNTS = (
    *("number_dead", "number_missing_min", "number_missing_max", "number_survivors"),
    *("number_females", "number_males", "number_other_gender", "number_children"),
    "total_reported",
)
# Publishers correct earlier rows by counting downwards: remains found later move people from
# missing to dead. People who type a row here do not.
NEGATIVE_WHEN_IMPORTED = ("number_missing_min", "number_survivors", "total_reported")
RANGES = {"longitude": (-180.0, 180.0), "latitude": (-90.0, 90.0), "uncertainty_m": (0.0, 2e7)}
QUALITY = (1, 5)


class WholeNumber(fields.Field[int]):
    """A whole number, written as a number or as digits; a fraction is refused, never cut."""

    def _deserialize(self, value: object, *_: object, **__: object) -> int:
        try:
            number = float(str(value))
        except ValueError:
            raise ValidationError("not_a_number") from None
        if not number.is_integer():
            raise ValidationError("not_whole")
        return int(number)


class Degrees(fields.Field[float]):
    """A number within a range."""

    def __init__(self, within: tuple[float, float]) -> None:
        super().__init__(load_default=None, allow_none=True)
        self.within = within

    def _deserialize(self, value: object, *_: object, **__: object) -> float:
        try:
            number = float(str(value))
        except ValueError:
            raise ValidationError("not_a_number") from None
        if not self.within[0] <= number <= self.within[1]:
            raise ValidationError("out_of_range")
        return number


def _one_of(known: tuple[str, ...]) -> Callable[[str], None]:
    """Make a check that a code is known."""

    def check(code: str) -> None:
        if code not in known:
            raise ValidationError("unknown_code")

    return check


_WORDS: dict[str, Any] = {
    "required": "required",
    "null": "required",
    "invalid": "not_a_date",
    "format": "not_a_date",
}


def _code(name: str) -> fields.String:
    """Make the field of a code, asked for or not."""
    if name in REQUIRED:
        return fields.String(required=True, validate=_one_of(CODED[name]), error_messages=_WORDS)
    return fields.String(
        load_default=None, allow_none=True, validate=_one_of(CODED[name]), error_messages=_WORDS
    )


def _date() -> fields.Date:
    return fields.Date(load_default=None, allow_none=True, error_messages=_WORDS)


def _degrees(name: str) -> Degrees:
    return Degrees(RANGES[name])


def _text() -> fields.String:
    return fields.String(load_default=None, allow_none=True, error_messages=_WORDS)


class IncidentSchema(Schema):
    """One incident. `imported` lets stand what a publisher's corrections may hold."""

    class Meta:
        unknown = EXCLUDE

    incident_type = _code("incident_type")
    date_from = _date()
    date_to = _date()
    date_precision = _code("date_precision")
    date_basis = _code("date_basis")
    number_dead = WholeNumber(load_default=None, allow_none=True)
    number_missing_min = WholeNumber(load_default=None, allow_none=True)
    number_missing_max = WholeNumber(load_default=None, allow_none=True)
    number_survivors = WholeNumber(load_default=None, allow_none=True)
    number_females = WholeNumber(load_default=None, allow_none=True)
    number_males = WholeNumber(load_default=None, allow_none=True)
    number_other_gender = WholeNumber(load_default=None, allow_none=True)
    number_children = WholeNumber(load_default=None, allow_none=True)
    total_reported = WholeNumber(load_default=None, allow_none=True)
    causes = fields.List(
        fields.String(validate=_one_of(CAUSES)), required=True, error_messages=_WORDS
    )
    cause_reported = _text()
    longitude = _degrees("longitude")
    latitude = _degrees("latitude")
    location_precision = _code("location_precision")
    uncertainty_m = _degrees("uncertainty_m")
    location_basis = _code("location_basis")
    location_description = _text()
    country_of_incident = _text()
    origins = fields.List(fields.String(), load_default=list)
    source_quality = WholeNumber(load_default=None, allow_none=True)
    information_source = _text()
    url = _text()

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
    least, most = data.get("number_missing_min"), data.get("number_missing_max")
    if least is not None and most is not None and most < least:
        wrong.append(("number_missing_max", "below_minimum"))
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
