"""Reads the parameters of OGC API - Features, by the rules of the standard."""

import datetime as dt
import re

from tracker.domain.errors import BadQuery
from tracker.domain.features import FeatureCollection, FeatureFilter
from tracker.domain.tallies import Grouping
from tracker.schemas.arguments import (
    Arguments,
    read_box,
    refuse_unknown,
    single_value,
    whole_number,
)
from tracker.schemas.tallies import load_query

OF_EVERY_COLLECTION = ("bbox", "limit", "after")
# Questions of a tally that hold for single incidents too.
QUERYABLES = (
    *(Grouping.CORRIDOR, Grouping.SEGMENT, Grouping.SUBREGION, Grouping.COUNTRY, Grouping.CAUSE),
    *(Grouping.ORIGIN, Grouping.SOURCE_QUALITY, Grouping.DATASET),
)
OF_INCIDENTS = ("datetime", "as_known_on", *QUERYABLES)
PAGE_SIZE = 100
MOST_OF_A_PAGE = 10_000
_OPEN = ("", "..")
# A day, or a moment of it; GDAL writes a day with its T and nothing behind it.
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})"
    r"(?:[Tt ](?:\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:\d{2})?)?)?"
)


def load_feature_filter(
    args: Arguments, collection: FeatureCollection, *, today: dt.date
) -> FeatureFilter:
    """Turn parameters into what is asked for.

    Raises `UnknownCode` for a parameter that nobody knows, and `BadQuery` for a value that is no
    box, no time or no number: a wrong filter would give a wrong map.
    """
    of_incidents = OF_INCIDENTS if collection is FeatureCollection.INCIDENTS else ()
    refuse_unknown(args, (*OF_EVERY_COLLECTION, *of_incidents))
    period = _period(single_value("datetime", args))
    asked = {name: args[name] for name in args if name in ("as_known_on", *QUERYABLES)}
    return FeatureFilter(
        query=load_query({**asked, **period}, today=today),
        # More than the most is no mistake: the standard gives the most.
        limit=min(whole_number("limit", args) or PAGE_SIZE, MOST_OF_A_PAGE),
        after=whole_number("after", args) or 0,
        box=read_box(single_value("bbox", args)),
    )


def _period(given: str | None) -> dict[str, list[str]]:
    """Give first and last day of a time or an interval (RFC 3339), both included."""
    if not given:
        return {}
    first, mark, last = given.partition("/")
    days = {"from": first, "to": last if mark else first}
    read: dict[str, list[str]] = {}
    for name, text in days.items():
        if text in _OPEN and mark:
            continue
        found = _MOMENT.fullmatch(text)
        if found is None:
            raise BadQuery("not_a_time", given=given)
        read[name] = [found[1]]
    return read
