"""Reads which incidents a program asks for."""

from collections.abc import Mapping, Sequence

from geodata.corridors import CORRIDOR_CODES
from tracker.domain.errors import BadQuery, UnknownCode
from tracker.domain.incidents import RecordFilter
from tracker.domain.statuses import Status
from tracker.schemas.tallies import read_code

RECORD_PARAMETERS = ("after", "limit", "status", "corridor", "mine")
MOST_OF_A_PAGE = 500
PAGE_SIZE = 50
GREATEST_NUMBER = 2_147_483_647
_YES_OR_NO = ("true", "false")


def load_record_query(args: Mapping[str, Sequence[str]]) -> RecordFilter:
    """Turn parameters into what is asked for; empty values count as left out.

    Raises `UnknownCode` with the list of known ones, or `BadQuery`.
    """
    given = {name: kept for name, values in args.items() if (kept := [v for v in values if v])}
    for name in given:
        # A misspelt filter would give a wrong list.
        if name not in RECORD_PARAMETERS:
            raise UnknownCode("parameter", name, RECORD_PARAMETERS)
    mine = _single("mine", given)
    return RecordFilter(
        after=_whole("after", given, most=GREATEST_NUMBER),
        limit=_whole("limit", given, most=MOST_OF_A_PAGE) or PAGE_SIZE,
        statuses=_codes("status", given, tuple(Status)),
        corridors=_codes("corridor", given, CORRIDOR_CODES),
        mine=mine is not None and read_code("mine", mine, _YES_OR_NO) == "true",
    )


def _codes(name: str, given: Mapping[str, Sequence[str]], known: Sequence[str]) -> tuple[str, ...]:
    return tuple(read_code(name, code, known) for code in given.get(name, ()))


def _single(name: str, given: Mapping[str, Sequence[str]]) -> str | None:
    values = given.get(name, ())
    if len(values) > 1:
        raise BadQuery("given_twice", field=name)
    return values[0] if values else None


def _whole(name: str, given: Mapping[str, Sequence[str]], *, most: int) -> int | None:
    value = _single(name, given)
    if value is None:
        return None
    digits = value.isascii() and value.isdigit() and len(value) <= 10
    if not digits or not 1 <= int(value) <= most:
        raise BadQuery("not_a_whole_number", field=name, given=value, most=most)
    return int(value)
