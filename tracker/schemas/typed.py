"""Reads numbers, dates and positions as people type them; what has two readings is refused."""

import calendar
import datetime as dt
import re
from functools import cache

from babel import Locale

from geodata.coordinates import parse_position
from geodata.positions import Position, PositionUnclear
from geodata.spelling import folded

_NOT_KNOWN = frozenset(
    {
        *("", "-", "?", "??", "n/a", "na", "s/d", "sd", "nd"),
        *("desconocido", "desconocida", "se desconoce", "no se sabe", "sin dato", "sin datos"),
        *("unknown", "not known", "no data"),
    }
)
_NONE = frozenset({"ninguno", "ninguna", "nadie", "cero", "none", "nobody", "no one", "zero"})
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.0+)?")
_MARKS = re.compile(r"[,\u00a0\u202f ]")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ]00:00(?::00)?)?")
_PARTED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
# Words in folded spelling: without accents, points and commas.
_DAY_FIRST = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|o)? (?:de |of )?)?([a-z]{3,}) (?:de |del |of )?(\d{4})"
)
_MONTH_FIRST = re.compile(r"([a-z]{3,}) (\d{1,2})(?:st|nd|rd|th)? (\d{4})")
_YEARS = (1900, 2100)


class Unclear(ValueError):
    """Something typed has no reading, or more than one; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_not_known(text: str) -> bool:
    """Say whether a text says that nobody knows, or says nothing."""
    return text.strip().lower().rstrip(".") in _NOT_KNOWN


def read_count(text: str) -> str | None:
    """Give a number of people as plain digits; None where it is not known, "0" where none.

    A comma or a blank may part thousands. What is no number comes back as it is: the shape of an
    incident says what is wrong with it.
    """
    if is_not_known(text):
        return None
    plain = text.strip()
    if plain.lower() in _NONE:
        return "0"
    return _MARKS.sub("", plain) if _GROUPED.fullmatch(plain) else plain


def read_when(text: str) -> tuple[dt.date, dt.date, str] | None:
    """Read a day, a month or a year: first day, last day, precision; None where not known.

    Raises `Unclear`: `ambiguous_date` where day and month could change places, `not_a_date`.
    """
    if is_not_known(text):
        return None
    plain = text.strip()
    if found := _PARTED.fullmatch(plain):
        return _parted(*(int(part) for part in found.groups()))
    if found := _ISO.fullmatch(plain):
        year, month, day = found.groups()
    elif found := _MONTH_YEAR.fullmatch(plain):
        month, year, day = *found.groups(), None
    elif re.fullmatch(r"\d{4}", plain):
        year, month, day = plain, None, None
    else:
        year, month, day = _in_words(folded(text))
    return span_of(int(year), int(month) if month else None, int(day) if day else None)


def _in_words(words: str) -> tuple[str, str, str | None]:
    """Give year, month and day of a date whose month is a word."""
    if found := _DAY_FIRST.fullmatch(words):
        return found[3], _month(found[2]), found[1]
    if found := _MONTH_FIRST.fullmatch(words):
        return found[3], _month(found[1]), found[2]
    raise Unclear("not_a_date")


def _parted(first: int, second: int, year: int) -> tuple[dt.date, dt.date, str]:
    if first <= 12 and second <= 12 and first != second:
        raise Unclear("ambiguous_date")
    return span_of(year, *((first, second) if second > 12 else (second, first)))


def span_of(
    year: int, month: int | None = None, day: int | None = None
) -> tuple[dt.date, dt.date, str]:
    """Give the days of a year, a month or a day, and which of them it is; raises `Unclear`."""
    if not _YEARS[0] <= year <= _YEARS[1] or (month is not None and not 1 <= month <= 12):
        raise Unclear("not_a_date")
    if month is None:
        return dt.date(year, 1, 1), dt.date(year, 12, 31), "year"
    if not day:
        last = calendar.monthrange(year, month)[1]
        return dt.date(year, month, 1), dt.date(year, month, last), "month"
    try:
        exact = dt.date(year, month, day)
    except ValueError:
        raise Unclear("not_a_date") from None
    return exact, exact, "day"


def read_position(text: str) -> Position | None:
    """Read typed coordinates in any form; None where not known; raises `Unclear`."""
    if is_not_known(text):
        return None
    try:
        return parse_position(text)
    except PositionUnclear as unclear:
        raise Unclear(f"position_{unclear.code}") from None


def _month(word: str) -> str:
    number = _months().get(word)
    if number is None:
        raise Unclear("not_a_date")
    return str(number)


@cache
def _months() -> dict[str, int]:
    """Give the number of each month by its names, whole and cut short, in the five languages."""
    named = {"set": 9, "sept": 9, "ene": 1}
    for language in ("es", "en", "pt", "fr"):
        for width in ("wide", "abbreviated"):
            for number, name in Locale(language).months["format"][width].items():
                named.setdefault(folded(name).strip(". "), number)
    return named
