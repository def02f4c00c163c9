"""The shape of a source: who says what happened, and where it can be read."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validates_schema

from tracker.schemas.fields import WORDS, WholeNumber, date_field, text_field

QUALITY = (1, 5)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def web_address(value: str) -> None:
    """Check that a text is an address of the web and nothing else."""
    if value and not _ADDRESS.fullmatch(value):
        raise ValidationError("not_an_address")


def _quality(value: int) -> None:
    if not QUALITY[0] <= value <= QUALITY[1]:
        raise ValidationError("out_of_range")


class SourceSchema(Schema):
    """One source. `independent`: it does not repeat another source of the same incident."""

    class Meta:
        unknown = EXCLUDE

    publisher = text_field(300)
    url = text_field(2_000, web_address)
    archived_url = text_field(2_000, web_address)
    accessed_on = date_field()
    words_quoted = text_field(2_000)
    quality = WholeNumber(
        validate=_quality, metadata={"minimum": QUALITY[0], "maximum": QUALITY[1]}
    )
    independent = fields.Boolean(load_default=None, allow_none=True, error_messages=WORDS)

    @validates_schema
    def check_named(self, data: Mapping[str, Any], **_: object) -> None:
        """Check that the source has a name or an address."""
        if not data.get("publisher") and not data.get("url"):
            raise ValidationError({"publisher": ["required"]})
