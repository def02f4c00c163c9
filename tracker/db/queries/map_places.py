"""Reads for maps where incidents lay, by each version, and what counts on a day."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.db.columns import Ints, LedgerColumns, Rows
from tracker.db.cuts import Cut, chosen_entries, withheld_incidents
from tracker.db.models import Incident, IncidentVersion
from tracker.db.queries.exports import FULL, among, column_reader, read_by_session
from tracker.db.queries.imports import is_seen
from tracker.db.queries.visibility import seen_in_full
from tracker.domain.permissions import Actor

# Up to so many incidents a connection of its own costs more than it saves.
_FEW = 100
_PLACE = ("longitude", "latitude", "uncertainty_m", "location_precision", "corridor")


def places_of_versions(
    session: Session, actor: Actor, *, numbers: npt.NDArray[np.int64] | None = None
) -> pa.Table:
    """Give where incidents lay by each of their versions: of all of them, or of sorted numbers.

    The columns are those that decide what an actor may see of a place, `in_full` among them, and
    from when until when each version was what was known.
    """
    version = IncidentVersion
    statement = (
        select(
            *(Incident.id, Incident.dataset, Incident.logged_on),
            *(getattr(version, name) for name in (*_PLACE, "recorded_from", "recorded_to")),
            seen_in_full(actor).label(FULL),
        )
        .join(version, version.incident_id == Incident.id)
        .where(version.longitude.is_not(None), version.latitude.is_not(None), is_seen())
    )
    counted = select(func.count()).select_from(version)
    if numbers is not None:
        statement = statement.where(among(version.incident_id, numbers))
        if len(numbers) <= _FEW:
            return _only(read_by_session(session, statement, 0), numbers)
        counted = counted.where(among(version.incident_id, numbers))
    count = session.scalar(counted) or 0
    with column_reader(session) as read:
        table = read(statement, count)
    if numbers is None:
        return table
    return _only(table, numbers)


def _only(table: pa.Table, numbers: npt.NDArray[np.int64]) -> pa.Table:
    return table.filter(pa.array(np.isin(table["id"].to_numpy(), numbers)))


def living_rows(columns: LedgerColumns, known_day: int) -> Rows:
    """Give the entries of what counted at the end of a day (days since 1970), one an incident."""
    stop = int(np.searchsorted(columns.recorded_day, known_day, side="right"))
    if stop == len(columns.recorded_day):
        return columns.living
    rows = columns.rows.between(0, stop)
    net = np.bincount(rows.incident, weights=rows.sign)
    newest = np.full(len(net), -1, dtype=np.int64)
    came = np.flatnonzero(rows.sign > 0)
    newest[rows.incident[came]] = came  # the newest entry is written last
    kept = newest[net > 0]
    return rows.at(np.sort(kept[kept >= 0]))


def incidents_let_through(columns: LedgerColumns, cut: Cut, rows: Rows) -> npt.NDArray[np.bool_]:
    """Tell which of `living_rows` a cut counts and may show, each as one incident."""
    chosen = chosen_entries(columns, cut, rows)
    kept = np.ones(len(rows), dtype=bool) if chosen is None else chosen
    withheld = withheld_incidents(columns, replace(cut, by_incident=True))
    if len(withheld):
        most = int(rows.incident.max(initial=0)) + 1
        hidden = np.zeros(most, dtype=bool)
        hidden[withheld[withheld < most]] = True
        kept = kept & ~hidden[rows.incident]
    return kept


def incidents_since(columns: LedgerColumns, entries: int) -> Ints:
    """Give the incidents of the entries after so many, sorted."""
    return np.unique(columns.rows.incident[entries:])


@dataclass(frozen=True)
class Spans:
    """Entries that counted, each from a day until before another, in the order of incidents."""

    row: npt.NDArray[np.int64]
    incident: Ints
    begins: Ints
    ends: Ints


def spans_of_entries(rows: Rows, recorded_day: Ints) -> Spans:
    """Give for every incident the days through which each of its entries was what counted.

    On each day these are the entries of `living_rows`; the last day is never over.
    """
    order = np.argsort(rows.incident, kind="stable")
    incident, day, sign = rows.incident[order], recorded_day[order], rows.sign[order]
    newest = np.maximum.accumulate(np.where(sign > 0, np.arange(len(sign)), 0))
    total = np.cumsum(sign, dtype=np.int64)
    starts = np.flatnonzero(np.append(True, incident[1:] != incident[:-1])[: len(sign)])
    before = np.repeat(total[starts] - sign[starts], np.diff(np.append(starts, len(sign))))
    follows = np.append(incident[1:] == incident[:-1], False)[: len(sign)]
    at_end = np.flatnonzero(~(follows & np.append(day[1:] == day[:-1], False)[: len(sign)]))
    until = np.full(len(at_end), np.iinfo(np.int32).max, dtype=np.int32)
    goes_on = np.flatnonzero(incident[at_end][1:] == incident[at_end][:-1])
    until[goes_on] = day[at_end[goes_on + 1]]
    counts = (total - before)[at_end] > 0
    kept = at_end[counts]
    return Spans(order[newest[kept]], incident[kept], day[kept], until[counts])
