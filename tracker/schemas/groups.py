"""The shape of a group of people among the dead and missing of an incident."""

from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validates_schema

from geodata.countries import country_codes
from tracker.domain.groups import CODES_OF_KIND, Basis, GroupKind
from tracker.schemas.fields import WORDS, WholeNumber, code_field, text_field


class GroupSchema(Schema):
    """How many people had something in common: one number, or from one to another.

    `presumed`: the source supposes it, such as an origin told by a paper in a pocket.
    """

    class Meta:
        unknown = EXCLUDE

    kind = code_field(tuple(GroupKind), required=True)
    code = text_field(100)
    number_from = WholeNumber(metadata={"minimum": 0})
    number_to = WholeNumber(metadata={"minimum": 0})
    basis = code_field(tuple(Basis))
    presumed = fields.Boolean(load_default=False, error_messages=WORDS)

    @validates_schema
    def check_together(self, data: Mapping[str, Any], **_: object) -> None:
        """Check the code of the kind, and that the numbers are in order."""
        wrong: dict[str, list[str]] = {}
        kind, code = data["kind"], data.get("code")
        known = country_codes() if kind == GroupKind.ORIGIN else CODES_OF_KIND.get(GroupKind(kind))
        if known is not None and code not in known:
            wrong["code"] = ["unknown_code" if code else "required"]
        least, most = data.get("number_from"), data.get("number_to")
        if least is None and most is None:
            wrong["number_from"] = ["required"]
        for name, number in (("number_from", least), ("number_to", most)):
            if number is not None and number < 0:
                wrong[name] = ["negative"]
        if least is not None and most is not None and most < least:
            wrong["number_to"] = ["below_minimum"]
        if wrong:
            raise ValidationError(wrong)
