"""The shapes of a case and of remains. A profile has one shape in both, and every value its basis.

What is not known is left out, never 0. Dates are ISO 8601; lengths cm, weights kg, ages years.
"""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validates_schema

from geodata.corridors import corridors
from tracker.domain.errors import InvalidRecord
from tracker.domain.people import (
    BELONGING_KINDS,
    BODY_PARTS,
    BONES,
    CLOTHING_KINDS,
    COLOURS,
    DATE_PRECISIONS,
    DENTAL_KINDS,
    EYES,
    GENDERS,
    HAIR,
    HOLDERS,
    MARK_KINDS,
    MEDICAL_KINDS,
    REFERENCE_KINDS,
    RELATIONS,
    SEXES,
    SIDES,
    Basis,
    Condition,
    PersonKind,
)
from tracker.schemas.fields import (
    WORDS,
    Degrees,
    WholeNumber,
    at_most,
    code_field,
    country_code,
    date_field,
    text_field,
)
from tracker.schemas.incidents import flat_messages

LONG, SHORT = 2_000, 200
MOST_THINGS = 30
CORRIDORS = tuple(corridor.id for corridor in corridors())


def _basis() -> fields.String:
    return code_field(tuple(Basis))


def _text(longest: int = SHORT) -> fields.String:
    return text_field(longest)


def _number(most: int) -> WholeNumber:
    return WholeNumber(metadata={"minimum": 0, "maximum": most}, validate=_within(most))


def _within(most: int) -> Any:  # noqa: ANN401 -- a check of marshmallow's
    def check(number: int) -> None:
        if not 0 <= number <= most:
            raise ValidationError("out_of_range")

    return check


def _flag() -> fields.Boolean:
    return fields.Boolean(load_default=None, allow_none=True, error_messages=WORDS)


def _things(shape: type[Schema]) -> fields.List[Any]:
    return fields.List(
        fields.Nested(shape, error_messages=WORDS),
        load_default=list,
        validate=at_most(MOST_THINGS),
        error_messages=WORDS,
    )


def _words() -> fields.List[Any]:
    return fields.List(
        text_field(SHORT), load_default=list, validate=at_most(MOST_THINGS), error_messages=WORDS
    )


class _Shape(Schema):
    class Meta:
        unknown = RAISE

    error_messages = {"unknown": "unknown_field", "type": "not_valid"}  # noqa: RUF012 -- marshmallow's


class MarkSchema(_Shape):
    """A tattoo, a scar, a mole, a birthmark or a piercing."""

    kind = code_field(MARK_KINDS, required=True)
    part = code_field(BODY_PARTS)
    side = code_field(SIDES)
    text = _text()
    description = _text(LONG)
    basis = _basis()


class DentalSchema(_Shape):
    """What is particular of a tooth (FDI number) or of the teeth."""

    kind = code_field(DENTAL_KINDS, required=True)
    tooth = _number(48)
    description = _text(LONG)
    basis = _basis()


class MedicalSchema(_Shape):
    """A fracture, an implant, a disease and the like."""

    kind = code_field(MEDICAL_KINDS, required=True)
    part = code_field((*BODY_PARTS, *BONES))
    side = code_field(SIDES)
    description = _text(LONG)
    basis = _basis()


class BelongingSchema(_Shape):
    """Something carried; `text` is what is written on it."""

    kind = code_field(BELONGING_KINDS, required=True)
    text = _text()
    description = _text(LONG)
    basis = _basis()


class ClothingSchema(_Shape):
    """A piece of clothing or shoes."""

    kind = code_field(CLOTHING_KINDS, required=True)
    colour = code_field(COLOURS)
    brand = _text()
    size = _text(40)
    description = _text(LONG)
    basis = _basis()


class ReferenceSchema(_Shape):
    """That a reference exists, who holds it, and whether it may be compared; never the data."""

    kind = code_field(REFERENCE_KINDS, required=True)
    holder = _text()
    laboratory = _text()
    taken_on = date_field()
    consent = _flag()


class CustodySchema(_Shape):
    """One step of the custody of remains: who took charge, when, where they lie."""

    since = date_field()
    holder_kind = code_field(HOLDERS, required=True)
    holder = _text()
    place = _text()
    plot = _text()


class ExaminationSchema(_Shape):
    """One examination: when, by whom, under which number, with which result."""

    examined_on = date_field()
    examiner = _text()
    number = _text(80)
    result = _text(LONG)


class ProfileSchema(_Shape):
    """What is known of a person, the same for who is sought and who was found."""

    given_names = _text()
    first_surname = _text()
    second_surname = _text()
    married_name = _text()
    nicknames = _words()
    names_basis = _basis()
    sex = code_field(SEXES)
    sex_basis = _basis()
    gender = code_field(GENDERS)
    age_from = _number(120)
    age_to = _number(120)
    age_basis = _basis()
    height_from_cm = _number(250)
    height_to_cm = _number(250)
    height_basis = _basis()
    weight_from_kg = _number(300)
    weight_to_kg = _number(300)
    weight_basis = _basis()
    hair = code_field(HAIR)
    hair_basis = _basis()
    eyes = code_field(EYES)
    eyes_basis = _basis()
    marks = _things(MarkSchema)
    dental = _things(DentalSchema)
    medical = _things(MedicalSchema)
    belongings = _things(BelongingSchema)
    clothing = _things(ClothingSchema)
    telephones = _words()
    languages = _words()
    origin_country = text_field(3, country_code)
    origin_place = _text()
    origin_basis = _basis()
    references = _things(ReferenceSchema)
    notes = _text(LONG)

    @validates_schema
    def _ranges(self, data: Mapping[str, Any], **_: object) -> None:
        for low, high in RANGES:
            least, most = data.get(low), data.get(high)
            if least is not None and most is not None and least > most:
                raise ValidationError({high: ["below_minimum"]})


RANGES = (
    ("age_from", "age_to"),
    ("height_from_cm", "height_to_cm"),
    ("weight_from_kg", "weight_to_kg"),
    ("interval_days_from", "interval_days_to"),
)


class CaseSchema(ProfileSchema):
    """A person who is sought: the profile, the last contact, and apart from them who asks."""

    contact_date = date_field()
    contact_date_precision = code_field(DATE_PRECISIONS)
    contact_place = _text()
    contact_longitude = Degrees(within=(-180, 180))
    contact_latitude = Degrees(within=(-90, 90))
    contact_corridor = code_field(CORRIDORS)
    contact_with = _text()
    planned_corridor = code_field(CORRIDORS)
    route = _text(LONG)
    circumstances = _text(LONG)
    inquirer_name = _text()
    inquirer_relation = code_field(RELATIONS)
    inquirer_telephones = _words()
    inquirer_email = _text()
    inquirer_address = _text()
    inquirer_language = _text(40)
    inquirer_safe_contact = _text(LONG)
    # Contacts are asked for again, and not used after this day unless somebody renews them.
    contacts_until = date_field()


class RemainsSchema(ProfileSchema):
    """Remains that were found: the profile, the find, the custody, the examinations."""

    found_date = date_field()
    found_date_precision = code_field(DATE_PRECISIONS)
    found_place = _text()
    found_longitude = Degrees(within=(-180, 180))
    found_latitude = Degrees(within=(-90, 90))
    found_corridor = code_field(CORRIDORS)
    found_by = _text()
    condition = code_field(tuple(Condition))
    parts_found = _text(LONG)
    interval_days_from = _number(40_000)
    interval_days_to = _number(40_000)
    examiner_number = _text(80)
    cause_official = _text()
    custody = _things(CustodySchema)
    examinations = _things(ExaminationSchema)
    burial_place = _text()
    burial_plot = _text()


SHAPES: Mapping[PersonKind, type[ProfileSchema]] = {
    PersonKind.CASE: CaseSchema,
    PersonKind.REMAINS: RemainsSchema,
}
_DAY_OF = {PersonKind.CASE: "contact_date", PersonKind.REMAINS: "found_date"}


@cache
def _shape(kind: PersonKind) -> ProfileSchema:
    """Build a shape once: that takes longer than to read a row with it."""
    return SHAPES[kind]()


def names_of_facts(kind: PersonKind) -> tuple[str, ...]:
    """Name every fact that a case or remains can tell."""
    return tuple(_shape(kind).fields)


def load_person(
    kind: PersonKind, given: Mapping[str, Any], *, today: dt.date | None = None
) -> dict[str, Any]:
    """Check what is told of a person; give plain JSON values, without what is not known.

    Raises `InvalidRecord` with codes by field (`marks.0.kind`), also for a day after `today`.
    """
    shape = _shape(kind)
    try:
        loaded = shape.load(given)
    except ValidationError as error:
        raise InvalidRecord(flat_messages(error.messages)) from None
    day = loaded.get(_DAY_OF[kind])
    if today is not None and day is not None and day > today:
        raise InvalidRecord({_DAY_OF[kind]: ("in_the_future",)})
    return _known(shape.dump(loaded))


def _known(told: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what nobody knows, in lists of things too."""
    plain = {name: _plain(value) for name, value in told.items()}
    return {name: value for name, value in plain.items() if value not in (None, "", [], {})}


def _plain(value: Any) -> Any:  # noqa: ANN401 -- whatever JSON can hold
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        return _known(value)
    if isinstance(value, list):
        return [each for each in map(_plain, value) if each not in (None, "", {})]
    return value
