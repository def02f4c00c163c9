"""Gives incidents to geographic programs, as anyone at all may see them, page by page."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from sqlalchemy.orm import Session

from tracker.db.ledger_cache import ledger_columns
from tracker.db.queries.exports import known_columns, numbers_in_box
from tracker.db.queries.tallies import incidents_counted
from tracker.db.session import moment, publication_rule
from tracker.domain.errors import NotFound
from tracker.domain.features import FeatureFilter
from tracker.domain.periods import day_number
from tracker.domain.permissions import ANYONE, Action, require
from tracker.domain.places import Box
from tracker.domain.tallies import TallyQuery
from tracker.domain.visibility import Sight
from tracker.services.exports.view import WHOLE_SCHEMA, published_columns
from tracker.services.incidents.read import end_of_day
from tracker.services.incidents.standing import seen_incident
from tracker.services.tallies import cut_of_query

# So many incidents are looked at together for those of a page that lie in a box.
LOOKED_AT = 2_000
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class FeaturePage:
    """A page of incidents (columns of files), where to go on, and how many there are in all.

    `matched` is None where that is not known without looking at every place.
    """

    table: pa.Table
    after: int | None
    matched: int | None


def list_features(session: Session, wanted: FeatureFilter) -> FeaturePage:
    """Give incidents of a question in the order in which they were recorded, after a number.

    Whether one lies in a box is decided by the place that the public sees, and by no other: a box
    that is narrowed tells no more than the record does.
    """
    numbers = _counted(session, wanted.query)
    matched = None if wanted.box else len(numbers)
    numbers = numbers[np.searchsorted(numbers, wanted.after, side="right") :]
    if wanted.box is None:
        page = numbers[: wanted.limit]
        table = _published(session, wanted.query, page)[1]
        return FeaturePage(table, int(page[-1]) if len(numbers) > wanted.limit else None, matched)
    near = numbers_in_box(session, _widened(session, wanted.box), _end(wanted.query))
    return _in_box(session, wanted, np.intersect1d(numbers, near, assume_unique=True))


def get_feature(session: Session, public_id: str, query: TallyQuery) -> pa.Table:
    """Give one incident as a table of one row; raises `NotFound`."""
    incident, _ = seen_incident(session, ANYONE, public_id, at_least=Sight.PUBLIC)
    counted = _counted(session, query)
    if incident.id not in counted:
        raise NotFound("incident")
    return _published(session, query, np.array([incident.id], dtype=np.int64))[1]


def _counted(session: Session, query: TallyQuery) -> Numbers:
    require(ANYONE, Action.SEE_PUBLIC_INCIDENTS)
    columns = ledger_columns(session)
    known_day = day_number(query.as_known_on)
    return np.sort(incidents_counted(columns, cut_of_query(query, ANYONE), known_day))


def _in_box(session: Session, wanted: FeatureFilter, numbers: Numbers) -> FeaturePage:
    found: list[pa.Table] = []
    count, last = 0, None
    for start in range(0, len(numbers), LOOKED_AT):
        own, table = _published(session, wanted.query, numbers[start : start + LOOKED_AT])
        inside = np.flatnonzero(_inside(table, wanted.box))[: wanted.limit - count]
        found.append(table.take(pa.array(inside)))
        count += len(inside)
        if count == wanted.limit:
            last = int(own[inside[-1]])
            break
    table = pa.concat_tables(found) if found else WHOLE_SCHEMA.empty_table()
    more = last is not None and last < int(numbers[-1])
    return FeaturePage(table, last if more else None, None)


def _inside(table: pa.Table, box: Box | None) -> npt.NDArray[np.bool_]:
    if box is None:
        return np.ones(table.num_rows, dtype=bool)
    west, south, east, north = box
    x, y = (
        table[name].to_numpy().astype(float) if table.num_rows else np.empty(0)
        for name in ("longitude", "latitude")
    )
    across = (x >= west) & (x <= east) if west <= east else (x >= west) | (x <= east)
    inside: npt.NDArray[np.bool_] = across & (y >= south) & (y <= north)
    return inside


def _widened(session: Session, box: Box) -> Box:
    """Widen a box by the coarsest public grid: places may seem to stand elsewhere in their cell."""
    margin = publication_rule(session).coarsest_grid
    west, south, east, north = box
    return west - margin, south - margin, east + margin, north + margin


def _end(query: TallyQuery) -> dt.datetime:
    return end_of_day(query.as_known_on)


def _published(session: Session, query: TallyQuery, numbers: Numbers) -> tuple[Numbers, pa.Table]:
    """Give the columns of incidents as the public sees them, and their numbers beside them."""
    rule, today = publication_rule(session), moment(session).date()
    parts = [
        (known["id"].to_numpy(), published_columns(known, names, rule=rule, today=today))
        for known, names in known_columns(session, ANYONE, numbers, moment=_end(query))
    ]
    if not parts:
        return np.empty(0, dtype=np.int64), WHOLE_SCHEMA.empty_table()
    return np.concatenate([own for own, _ in parts]), pa.concat_tables([part for _, part in parts])
