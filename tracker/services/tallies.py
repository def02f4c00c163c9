"""Counts incidents and people, as known on a date."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy.orm import Session

from geodata.corridors import CORRIDOR_CODES, SEGMENT_CODES
from geodata.schemes import BOUNDARIES_VERSION, SCHEMES
from tracker.db.cubes import Sums
from tracker.db.cuts import REASON, Cut, withheld_incidents
from tracker.db.ledger_cache import ledger_columns
from tracker.db.ledger_cache import ledger_head as head_of_ledger
from tracker.db.queries.tallies import (
    boundaries_known,
    incidents_changed,
    sum_as_known,
    sum_between,
    sum_on_days,
)
from tracker.domain.causes import Cause
from tracker.domain.errors import BadQuery
from tracker.domain.measures import MEASURES, Counts, Measure
from tracker.domain.periods import day_number, day_of_number
from tracker.domain.permissions import Action, Actor, may, require
from tracker.domain.public_ids import public_id
from tracker.domain.tallies import (
    CHILDREN_FILTER,
    NOT_KNOWN,
    NOT_SHOWN,
    ChangedIncidents,
    Grouping,
    Rule,
    Scheme,
    Tally,
    TallyDifference,
    TallyQuery,
    TallyRow,
)

# So many incidents are named of one reason.
MOST_NAMED = 100
_NAMES = tuple(str(name) for name in MEASURES)
# What a rule leaves out of its columns, since it does not count it.
_NOT_COUNTED = {Rule.CONFIRMED_DEAD: (Measure.MISSING, Measure.DEAD_AND_MISSING)}


def period_tally(
    session: Session, actor: Actor, query: TallyQuery, *, by_incident: bool = False
) -> Tally:
    """Count what `query` asks for. Rows always sum to the total; unknown is None, never 0.

    `by_incident` counts for a list of the same incidents: what has no row in it is not shown.
    """
    require(actor, Action.SEE_TALLIES)
    columns = ledger_columns(session)
    known_day = day_number(query.as_known_on)
    cut = dataclasses.replace(cut_of_query(query, actor), by_incident=by_incident)
    sums = sum_as_known(columns, cut, known_day)
    rows = _rows(query, sums, query.by)
    return Tally(
        query=query,
        rows=rows,
        total=_total(sums, query.rule),
        boundaries_version=_boundaries(boundaries_known(columns, known_day)),
    )


def totals_as_known(
    session: Session, actor: Actor, query: TallyQuery, *, days: Sequence[dt.date]
) -> tuple[Counts, ...]:
    """Give the total of a question as known on each of these days, which are in order."""
    require(actor, Action.SEE_TALLIES)
    known_days = [day_number(day) for day in days]
    cut = cut_of_query(dataclasses.replace(query, by=()), actor)
    sums = sum_on_days(ledger_columns(session), cut, known_days)
    return tuple(_counts(sums, np.arange(len(days)), query.rule))


def first_known_day(session: Session) -> dt.date | None:
    """Give the first day on which anything is known; None where nothing is."""
    recorded = ledger_columns(session).recorded_day
    return day_of_number(int(recorded[0])) if len(recorded) else None


def tally_difference(
    session: Session,
    actor: Actor,
    query: TallyQuery,
    *,
    known_before: dt.date,
    known_after: dt.date,
) -> TallyDifference:
    """Count what changed between the ends of two days, by reason; adds up to the difference."""
    require(actor, Action.SEE_TALLIES)
    if known_after < known_before:
        raise BadQuery("known_dates_in_wrong_order")
    columns = ledger_columns(session)
    days = (day_number(known_before), day_number(known_after))
    cut = cut_of_query(query, actor)
    cut = dataclasses.replace(cut, dimensions=(*cut.dimensions, REASON))
    sums = sum_between(columns, cut, days)
    return TallyDifference(
        query=query,
        known_before=known_before,
        known_after=known_after,
        rows=_rows(query, sums, (*query.by, REASON)),
        total=_total(sums, query.rule),
        boundaries_version=_boundaries(boundaries_known(columns, days[1])),
    )


def changed_incidents(
    session: Session,
    actor: Actor,
    query: TallyQuery,
    *,
    known_before: dt.date,
    known_after: dt.date,
) -> tuple[ChangedIncidents, ...]:
    """Name the incidents behind a difference, by reason, as far as the actor may see them."""
    require(actor, Action.SEE_TALLIES)
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    columns = ledger_columns(session)
    cut = cut_of_query(query, actor)
    withheld = withheld_incidents(columns, dataclasses.replace(cut, by_incident=True))
    days = (day_number(known_before), day_number(known_after))
    changes = []
    for reason, incidents in incidents_changed(columns, cut, days).items():
        shown = incidents[~np.isin(incidents, withheld)]
        newest = shown[:MOST_NAMED].tolist()
        changes.append(
            ChangedIncidents(
                reason=reason,
                public_ids=tuple(public_id(number) for number in newest),
                number_in_all=len(shown),
                not_shown=len(incidents) - len(shown),
            )
        )
    return tuple(changes)


def ledger_head(session: Session) -> int:
    """Give a number that changes whenever any tally could."""
    return hash(head_of_ledger(session))


def cut_of_query(query: TallyQuery, actor: Actor) -> Cut:
    """Translate a question into names of the ledger's columns."""
    through = tuple(
        sorted(
            (_dimension(Grouping(name), query.scheme), tuple(sorted(codes)))
            for name, codes in query.filters.items()
            if name != CHILDREN_FILTER and codes
        )
    )
    return Cut(
        dimensions=tuple(_dimension(grouping, query.scheme) for grouping in query.by),
        rule=query.rule,
        period=(
            day_number(query.period_from) if query.period_from else None,
            day_number(query.period_to) if query.period_to else None,
        ),
        through=through,
        children_only=CHILDREN_FILTER in query.filters,
        shows_all=may(actor, Action.SEE_ALL_INCIDENTS),
    )


def _dimension(grouping: Grouping, scheme: Scheme) -> str:
    return str(scheme) if grouping == Grouping.SUBREGION else str(grouping)


def _boundaries(versions: Sequence[str]) -> str:
    return "+".join(versions) or BOUNDARIES_VERSION


def _rows(query: TallyQuery, sums: Sums, names: Sequence[str]) -> tuple[TallyRow, ...]:
    told = sums.incidents != 0
    for people, known in sums.people.values():
        told |= known != 0
        if REASON in names:  # people can change where no incident came or went
            told |= people != 0
    at = np.flatnonzero(told)
    ranks = [
        _ranks([column[group] for group in at.tolist()], _order(name, query.scheme))
        for name, column in zip(names, sums.codes, strict=True)
    ]
    if ranks:
        at = at[np.lexsort(ranks[::-1])]
    groups = at.tolist()
    codes = [[column[group] for group in groups] for column in sums.codes]
    counts = _counts(sums, at, query.rule)
    rows = zip(*codes, strict=True) if codes else [()] * len(groups)
    return tuple(map(TallyRow, rows, counts))


def _ranks(column: list[str], order: Mapping[str, tuple[int, str]]) -> "npt.NDArray[np.int64]":
    """Say where in the order of its grouping each code stands."""
    codes = sorted(set(column), key=lambda code: order.get(code, (1, code)))
    rank = {code: at for at, code in enumerate(codes)}
    return np.array([rank[code] for code in column], dtype=np.int64)


def _counts(sums: Sums, at: "npt.NDArray[np.int64]", rule: Rule) -> list[Counts]:
    columns: dict[str, list[int | None]] = {
        Measure.INCIDENTS: sums.incidents[at].tolist(),
        **{name: _cells(people[at], known[at]) for name, (people, known) in sums.people.items()},
    }
    (dead, dead_known), (missing, missing_known) = sums.people["dead"], sums.people["missing"]
    unknown = ((dead_known == 0) & (dead == 0)) & ((missing_known == 0) & (missing == 0))
    columns[Measure.DEAD_AND_MISSING] = _cells((dead + missing)[at], ~unknown[at])
    for name in _NOT_COUNTED.get(rule, ()):
        columns[name] = [None] * len(at)
    cells_by_row = zip(*(columns[name] for name in MEASURES), strict=True)
    return [dict(zip(_NAMES, cells)) for cells in cells_by_row]  # noqa: B905 -- quicker


def _cells(people: "npt.NDArray[np.int64]", known: "npt.NDArray[Any]") -> list[int | None]:
    unknown = (known == 0) & (people == 0)
    if unknown.all():
        return [None] * len(people)
    cells: list[int | None] = people.tolist()
    for group in np.flatnonzero(unknown).tolist():
        cells[group] = None
    return cells


def _total(sums: Sums, rule: Rule) -> Counts:
    whole = Sums(
        codes=[],
        incidents=sums.incidents.sum(keepdims=True),
        people={
            name: (people.sum(keepdims=True), known.sum(keepdims=True))
            for name, (people, known) in sums.people.items()
        },
    )
    return _counts(whole, np.zeros(1, dtype=np.int64), rule)[0]


@cache
def _order(name: str, scheme: Scheme) -> dict[str, tuple[int, str]]:
    """Rank the codes of a grouping: listed ones as listed, others by name, unknown ones last."""
    listed: Sequence[str] = ()
    if name == Grouping.SUBREGION:
        listed = SCHEMES[scheme].codes
    elif name == Grouping.CORRIDOR:
        listed = CORRIDOR_CODES
    elif name == Grouping.SEGMENT:
        listed = [code for corridor in CORRIDOR_CODES for code in SEGMENT_CODES.get(corridor, ())]
    elif name == Grouping.CAUSE:
        listed = tuple(Cause)
    order = {code: (0, f"{at:03d}") for at, code in enumerate(listed)}
    return order | {NOT_KNOWN: (2, ""), NOT_SHOWN: (3, "")}
