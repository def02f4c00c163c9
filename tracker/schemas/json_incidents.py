"""Reads incidents that programs send: types are not guessed, and no name is overlooked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields

from tracker.domain.errors import InvalidRecord
from tracker.domain.incidents import ToLog
from tracker.schemas.fields import Degrees, WholeNumber
from tracker.schemas.incidents import IncidentSchema, load_incident

MOST_ROWS = 500
KEY_SHAPE = r"[!-~]{1,200}"
LONGEST_REASON = 1_000
_DATE_SHAPE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_SCHEMA = IncidentSchema()

Wrong = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class SentChanges:
    """Facts that are to change, and why."""

    changes: dict[str, Any]
    because: str | None


def load_sent_incident(given: object, *, with_key: bool = False) -> ToLog:
    """Read an incident; raises `InvalidRecord` with codes by path."""
    facts = _object(given)
    submit = facts.pop("submit", False)
    key = facts.pop("key", None) if with_key else None
    wrong = wrong_types(_SCHEMA, facts)
    if not isinstance(submit, bool):
        wrong["submit"] = ("not_valid",)
    if key is not None and not (isinstance(key, str) and re.fullmatch(KEY_SHAPE, key)):
        wrong["key"] = ("not_valid",)
    return ToLog(_loaded(facts, wrong), submit=submit is True, key=key)


def load_sent_changes(given: object) -> SentChanges:
    """Read a merge patch (RFC 7396) of the facts of an incident; None takes a fact away."""
    changes = _object(given)
    because = changes.pop("because", None)
    wrong = wrong_types(_SCHEMA, changes)
    if because is not None and not (isinstance(because, str) and len(because) <= LONGEST_REASON):
        wrong["because"] = ("not_valid" if not isinstance(because, str) else "too_long",)
    elif because is not None and "\x00" in because:
        wrong["because"] = ("not_valid",)
    if wrong:
        raise InvalidRecord(wrong)
    return SentChanges(changes, because)


def load_rows(given: object) -> list[object]:
    """Read the rows of many incidents; what stands in each is looked at later, each alone."""
    told = _object(given)
    rows = told.pop("rows", None)
    wrong: Wrong = dict.fromkeys(told, ("unknown_field",))
    if not isinstance(rows, list):
        wrong["rows"] = ("required" if rows is None else "not_valid",)
    elif not 1 <= len(rows) <= MOST_ROWS:
        wrong["rows"] = ("too_many" if rows else "required",)
    if wrong or not isinstance(rows, list):
        raise InvalidRecord(wrong)
    return rows


def wrong_types(schema: Schema, given: Mapping[str, Any], at: str = "") -> Wrong:
    """Give codes by path of names that are not known and of values of another type."""
    wrong: Wrong = {}
    for name, value in given.items():
        field = schema.load_fields.get(name)
        if field is None:
            wrong[f"{at}{name}"] = ("unknown_field",)
        elif value is not None:
            wrong |= _wrong_value(field, value, f"{at}{name}")
    return wrong


def _wrong_value(field: fields.Field[Any], value: object, path: str) -> Wrong:
    if isinstance(field, fields.List):
        if not isinstance(value, list):
            return {path: ("not_valid",)}
        parts = [_wrong_value(field.inner, each, f"{path}.{at}") for at, each in enumerate(value)]
        return {name: codes for part in parts for name, codes in part.items()}
    if isinstance(field, fields.Nested):
        if not isinstance(value, dict):
            return {path: ("not_valid",)}
        return wrong_types(field.schema, value, f"{path}.")
    code = _wrong_scalar(field, value)
    return {path: (code,)} if code else {}


def _wrong_scalar(field: fields.Field[Any], value: object) -> str | None:
    if isinstance(field, WholeNumber | Degrees):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return None if number else "not_a_number"
    if isinstance(field, fields.Boolean):
        return None if isinstance(value, bool) else "not_valid"
    if not isinstance(value, str):
        return "not_valid"
    if isinstance(field, fields.Date) and not re.fullmatch(_DATE_SHAPE, value):
        return "not_a_date"
    return None


def _object(given: object) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise InvalidRecord({"": ("not_valid",)})
    return dict(given)


def _loaded(facts: dict[str, Any], wrong: Wrong) -> dict[str, Any]:
    try:
        loaded = load_incident(facts)
    except InvalidRecord as error:
        raise InvalidRecord({**error.fields, **wrong}) from None
    if wrong:
        raise InvalidRecord(wrong)
    return loaded
