"""Reads which incidents a program asks for."""

from collections.abc import Mapping, Sequence

from geodata.corridors import CORRIDOR_CODES
from tracker.domain.incidents import RecordFilter
from tracker.domain.statuses import Status
from tracker.schemas.arguments import refuse_unknown, single_value, whole_number
from tracker.schemas.tallies import read_code

RECORD_PARAMETERS = ("after", "limit", "status", "corridor", "mine")
MOST_OF_A_PAGE = 500
PAGE_SIZE = 50
_YES_OR_NO = ("true", "false")


def load_record_query(args: Mapping[str, Sequence[str]]) -> RecordFilter:
    """Turn parameters into what is asked for; empty values count as left out.

    Raises `UnknownCode` with the list of known ones, or `BadQuery`.
    """
    given = {name: kept for name, values in args.items() if (kept := [v for v in values if v])}
    refuse_unknown(given, RECORD_PARAMETERS)
    mine = single_value("mine", given)
    return RecordFilter(
        after=whole_number("after", given),
        limit=whole_number("limit", given, most=MOST_OF_A_PAGE) or PAGE_SIZE,
        statuses=_codes("status", given, tuple(Status)),
        corridors=_codes("corridor", given, CORRIDOR_CODES),
        mine=mine is not None and read_code("mine", mine, _YES_OR_NO) == "true",
    )


def _codes(name: str, given: Mapping[str, Sequence[str]], known: Sequence[str]) -> tuple[str, ...]:
    return tuple(read_code(name, code, known) for code in given.get(name, ()))
