"""Fields that shapes share; their messages are codes, said in words where people read them."""

from collections.abc import Callable, Sequence
from typing import Any

from marshmallow import ValidationError, fields

from geodata.countries import country_codes

WORDS: dict[str, Any] = {
    "required": "required",
    "null": "required",
    "invalid": "not_valid",
    "invalid_utf8": "not_valid",
    "format": "not_a_date",
}
_DATE_WORDS = {**WORDS, "invalid": "not_a_date"}
MOST_PEOPLE = 1_000_000
NO_NUL = "^[^\\x00]*$"


class WholeNumber(fields.Field[int]):
    """A whole number, written as a number or as digits; a fraction is refused, never cut."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- marshmallow's own
        told = {"minimum": -MOST_PEOPLE, "maximum": MOST_PEOPLE, **options.pop("metadata", {})}
        super().__init__(
            load_default=None, allow_none=True, error_messages=WORDS, metadata=told, **options
        )

    def _deserialize(self, value: object, *_: object, **__: object) -> int:
        try:
            number = float(str(value))
        except ValueError:
            raise ValidationError("not_a_number") from None
        if not number.is_integer():
            raise ValidationError("not_whole")
        if abs(number) > MOST_PEOPLE:
            raise ValidationError("out_of_range")
        return int(number)


class Degrees(fields.Field[float]):
    """A number within a range."""

    def __init__(self, within: tuple[float, float]) -> None:
        told = {"minimum": within[0], "maximum": within[1]}
        super().__init__(load_default=None, allow_none=True, error_messages=WORDS, metadata=told)
        self.within = within

    def _deserialize(self, value: object, *_: object, **__: object) -> float:
        try:
            number = float(str(value))
        except ValueError:
            raise ValidationError("not_a_number") from None
        if not self.within[0] <= number <= self.within[1]:
            raise ValidationError("out_of_range")
        return number


def one_of(known: Sequence[str]) -> Callable[[str], None]:
    """Make a check that a code is known."""

    def check(code: str) -> None:
        if code not in known:
            raise ValidationError("unknown_code")

    return check


def at_most(count: int) -> Callable[[Sequence[object]], None]:
    """Make a check that a list is no longer than this."""

    def check(listed: Sequence[object]) -> None:
        if len(listed) > count:
            raise ValidationError("too_many")

    return check


def country_code(code: str) -> None:
    """Check that a country is known (ISO 3166-1 alpha-3)."""
    if code not in country_codes():
        raise ValidationError("unknown_code")


def code_field(known: Sequence[str], *, required: bool = False) -> fields.String:
    """Make the field of a code, asked for or not."""
    check = one_of(known)
    if required:
        told = {"enum": [*known]}
        return fields.String(required=True, validate=check, error_messages=WORDS, metadata=told)
    return fields.String(
        load_default=None,
        allow_none=True,
        validate=check,
        error_messages=WORDS,
        metadata={"enum": [*known, None]},
    )


def date_field() -> fields.Date:
    """Make the field of a plain date."""
    return fields.Date(load_default=None, allow_none=True, error_messages=_DATE_WORDS)


def text_field(longest: int, *checks: Callable[[str], None]) -> fields.String:
    """Make the field of a text of at most so many characters, none of them a NUL."""

    def check(text: str) -> None:
        if len(text) > longest:
            raise ValidationError("too_long")
        if "\x00" in text:
            raise ValidationError("not_valid")
        for each in checks:
            each(text)

    return fields.String(
        load_default=None,
        allow_none=True,
        validate=check,
        error_messages=WORDS,
        metadata={"maxLength": longest, "pattern": NO_NUL},
    )
