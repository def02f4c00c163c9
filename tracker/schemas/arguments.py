"""Reads single values and whole numbers from the parameters of an address."""

import math
import re
from collections.abc import Mapping, Sequence

from tracker.domain.errors import BadQuery, UnknownCode
from tracker.domain.places import Box

Arguments = Mapping[str, Sequence[str]]
GREATEST_NUMBER = 2_147_483_647


def refuse_unknown(args: Arguments, known: Sequence[str]) -> None:
    """Raise `UnknownCode` for a parameter that nobody knows: it would give a wrong answer."""
    for name in args:
        if name not in known:
            raise UnknownCode("parameter", name, tuple(known))


def single_value(name: str, args: Arguments) -> str | None:
    """Give the value of a parameter that can stand once; None where it is empty or left out."""
    values = [value for value in args.get(name, ()) if value]
    if len(values) > 1:
        raise BadQuery("given_twice", field=name)
    return values[0] if values else None


def whole_number(name: str, args: Arguments, *, most: int = GREATEST_NUMBER) -> int | None:
    """Give a whole number from 1 to `most`; None where it is left out."""
    value = single_value(name, args)
    if value is None:
        return None
    if not re.fullmatch(r"[0-9]{1,10}", value) or not 1 <= int(value) <= most:
        raise BadQuery("not_a_whole_number", field=name, given=value, most=most)
    return int(value)


def read_box(given: str | None) -> Box | None:
    """Read west, south, east and north in degrees, with commas between them."""
    if not given:
        return None
    try:
        numbers = [float(part) for part in given.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) == 6:  # with heights, which no incident has
        numbers = [*numbers[:2], *numbers[3:5]]
    right = len(numbers) == 4 and all(math.isfinite(number) for number in numbers)
    if not right or not -90 <= numbers[1] <= numbers[3] <= 90:
        raise BadQuery("not_a_box", given=given)
    west, south, east, north = numbers
    return west, south, east, north
