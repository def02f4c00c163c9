"""Reads the question of a tally from a form, the API or the command line."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields

from geodata.corridors import CORRIDOR_CODES, SEGMENT_CODES
from geodata.schemes import SCHEMES
from tracker.domain.causes import Cause
from tracker.domain.errors import BadQuery, UnknownCode
from tracker.domain.strata import ADULT, CHILD, FEMALE, MALE, OTHER_GENDER
from tracker.domain.tallies import (
    CHILDREN_FILTER,
    CHILDREN_ONLY,
    NOT_KNOWN,
    NOT_SHOWN,
    Grouping,
    Rule,
    Scheme,
    TallyQuery,
)

Arguments = Mapping[str, Sequence[str]]

_YEAR = r"(?!0000)[0-9]{4}"
PERIOD_SHAPES = {
    Grouping.YEAR: _YEAR,
    Grouping.QUARTER: _YEAR + r"-Q[1-4]",
    Grouping.MONTH: _YEAR + r"-(0[1-9]|1[0-2])",
    Grouping.DAY: _YEAR + r"-[0-9]{2}-[0-9]{2}",
}
SOURCE_QUALITIES = ("1", "2", "3", "4", "5")
# Groupings in which one incident may have several codes, joined with a semicolon.
JOINED_CODES: dict[Grouping, tuple[str, ...]] = {
    Grouping.CAUSE: (*Cause, NOT_KNOWN, NOT_SHOWN),
    Grouping.SEX: (FEMALE, MALE, OTHER_GENDER, NOT_KNOWN, NOT_SHOWN),
    Grouping.AGE_GROUP: (CHILD, ADULT, NOT_KNOWN, NOT_SHOWN),
}


def known_codes(grouping: Grouping, scheme: Scheme) -> tuple[str, ...] | None:
    """List the codes of a grouping; None where any word may stand, such as a label as received."""
    if grouping is Grouping.SUBREGION and scheme is Scheme.IOM_REGION:
        return None
    lists: dict[Grouping, Sequence[str]] = {
        Grouping.SUBREGION: SCHEMES[scheme].codes,
        Grouping.CORRIDOR: CORRIDOR_CODES,
        Grouping.SEGMENT: tuple(chain.from_iterable(SEGMENT_CODES.values())),
        Grouping.SOURCE_QUALITY: SOURCE_QUALITIES,
    }
    return (*lists[grouping], NOT_KNOWN, NOT_SHOWN) if grouping in lists else None


def read_date(field: str, given: str) -> dt.date:
    """Read a date written as 2021-04-30."""
    try:
        if re.fullmatch(PERIOD_SHAPES[Grouping.DAY], given):
            return dt.date.fromisoformat(given)
    except ValueError:
        pass
    raise BadQuery("not_a_date", field=field, given=given)


def read_code(field: str, given: str, known: Sequence[str]) -> str:
    """Give back a code that is known, or raise `UnknownCode` with those that are."""
    if given not in known:
        raise UnknownCode(field, given, tuple(known))
    return given


class TallyQuerySchema(Schema):
    """The parameters of a tally: period, groupings, scheme, rule, the date, and the filters."""

    class Meta:
        """Refuse parameters that nobody knows: a misspelt filter would give a wrong figure."""

        unknown = RAISE

    period_from = fields.String(data_key="from")
    period_to = fields.String(data_key="to")
    as_known_on = fields.String()
    scheme = fields.String(load_default=Scheme.REVIEW_2021.value)
    rule = fields.String(load_default=Rule.IOM.value)
    by = fields.List(fields.String(), load_default=list)


_FILTER_NAMES = (*(grouping.value for grouping in Grouping), CHILDREN_FILTER)
_LISTS = {"by", *_FILTER_NAMES}
_SCHEMA = TallyQuerySchema.from_dict(
    {name: fields.List(fields.String()) for name in _FILTER_NAMES}, name="TallyArguments"
)()
PARAMETERS: tuple[str, ...] = tuple(
    field.data_key or name for name, field in _SCHEMA.load_fields.items()
)


def load_query(args: Arguments, *, today: dt.date) -> TallyQuery:
    """Turn parameters, each with its values, into a question; empty values count as left out.

    Raises `UnknownCode` with the list of known ones, or `BadQuery`.
    """
    given = _load(_plain(args))
    scheme = Scheme(read_code("scheme", given["scheme"], tuple(Scheme)))
    filters = {
        name: _filter_codes(name, given[name], scheme) for name in _FILTER_NAMES if name in given
    }
    return TallyQuery(
        as_known_on=_known_on(given, today),
        period_from=_optional_date("from", given.get("period_from")),
        period_to=_optional_date("to", given.get("period_to")),
        by=tuple(Grouping(read_code("by", code, tuple(Grouping))) for code in given["by"]),
        scheme=scheme,
        rule=Rule(read_code("rule", given["rule"], tuple(Rule))),
        filters=filters,
    )


def read_known_day(field: str, given: str | None, today: dt.date) -> dt.date | None:
    """Read a day on which something was known; None where none is given."""
    return _not_after(today, field, read_date(field, given)) if given else None


def load_known_dates(args: Arguments, *, today: dt.date) -> tuple[dt.date, dt.date]:
    """Read the two dates of a difference, `between` and `and`."""
    dates = []
    for field in ("between", "and"):
        values = [value for value in args.get(field, ()) if value]
        if len(values) != 1:
            raise BadQuery("date_missing" if not values else "given_twice", field=field)
        dates.append(_not_after(today, field, read_date(field, values[0])))
    if dates[1] < dates[0]:
        raise BadQuery("known_dates_in_wrong_order")
    return dates[0], dates[1]


def query_arguments(query: TallyQuery) -> dict[str, str | list[str]]:
    """Give the parameters that ask the same question again; what is at its default is left out."""
    arguments: dict[str, str | list[str]] = {}
    if query.period_from:
        arguments["from"] = query.period_from.isoformat()
    if query.period_to:
        arguments["to"] = query.period_to.isoformat()
    if query.by:
        arguments["by"] = ",".join(query.by)
    if query.scheme is not Scheme.REVIEW_2021:
        arguments["scheme"] = query.scheme.value
    if query.rule is not Rule.IOM:
        arguments["rule"] = query.rule.value
    arguments["as_known_on"] = query.as_known_on.isoformat()
    return arguments | {name: list(codes) for name, codes in query.filters.items()}


def _plain(args: Arguments) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for name, values in args.items():
        kept = [value for value in values if value]
        if not kept:
            continue
        if name == "by":
            plain[name] = [code for value in kept for code in value.split(",") if code]
        elif name in _LISTS:
            plain[name] = sorted(set(kept))
        elif len(kept) > 1:
            raise BadQuery("given_twice", field=name)
        else:
            plain[name] = kept[0]
    return plain


def _load(plain: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return dict(_SCHEMA.load(plain))
    except ValidationError as error:
        name = next(iter(error.messages_dict))
        raise UnknownCode("parameter", name, PARAMETERS) from None


def _filter_codes(name: str, codes: Sequence[str], scheme: Scheme) -> tuple[str, ...]:
    if name == CHILDREN_FILTER:
        return tuple(read_code(name, code, (CHILDREN_ONLY,)) for code in codes)
    grouping = Grouping(name)
    return tuple(_filter_code(grouping, code, scheme) for code in codes)


def _filter_code(grouping: Grouping, code: str, scheme: Scheme) -> str:
    if grouping in PERIOD_SHAPES and code != NOT_KNOWN:
        if not re.fullmatch(PERIOD_SHAPES[grouping], code):
            raise BadQuery("not_a_period", field=grouping.value, given=code)
        if grouping is Grouping.DAY:
            read_date(grouping.value, code)
        return code
    if grouping in JOINED_CODES:
        known = JOINED_CODES[grouping]
        return ";".join(read_code(grouping.value, part, known) for part in code.split(";"))
    known_here = known_codes(grouping, scheme)
    return code if known_here is None else read_code(grouping.value, code, known_here)


def _optional_date(field: str, given: str | None) -> dt.date | None:
    return None if given is None else read_date(field, given)


def _known_on(given: Mapping[str, Any], today: dt.date) -> dt.date:
    date = _optional_date("as_known_on", given.get("as_known_on"))
    return today if date is None else _not_after(today, "as_known_on", date)


def _not_after(today: dt.date, field: str, date: dt.date) -> dt.date:
    if date > today:
        raise BadQuery("date_in_the_future", field=field, given=date.isoformat())
    return date
