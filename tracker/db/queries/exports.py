"""Reads incidents for files: whole columns as known at a moment, never objects."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, TypeAlias
from urllib.parse import quote

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from adbc_driver_sqlite import dbapi
from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from tracker.db.ledger_cache import LEDGER_HEAD
from tracker.db.models import ExternalId, Incident, IncidentVersion
from tracker.db.queries.imports import is_seen, staged_imports
from tracker.db.queries.visibility import seen_in_full
from tracker.domain.permissions import Actor

# So many incidents at once: memory stays small, and no statement takes long.
CHUNK = 20_000
# Below this share of the incidents of a stretch, they are named one by one.
FEW = 0.1
MOST_NAMED = 5_000

OF_INCIDENT = ("id", "public_id", "dataset", "logged_on")
OF_VERSION = (
    *("incident_type", "date_from", "date_to", "date_precision"),
    *("number_dead", "number_missing_min", "number_survivors", "number_females", "number_males"),
    *("number_other_gender", "number_children", "causes", "cause_reported", "origins"),
    *("country", "country_of_incident", "un_m49", "review_2021", "corridor", "segment"),
    *("corridor_relation", "route_reported", "region_reported", "longitude", "latitude"),
    *("uncertainty_m", "location_precision", "location_description", "source_quality"),
    *("information_source", "url", "status", "version_number", "recorded_from"),
)
FULL = "in_full"
OF_NAME = ("incident_id", "kind", "value")
_BATCH_ROWS = "adbc.sqlite.query.batch_rows"
Read: TypeAlias = Callable[[Select[*tuple[Any, ...]], int], pa.Table]
_TYPES: dict[str, pa.DataType] = {
    **dict.fromkeys(("id", "incident_id", "source_quality", "version_number"), pa.int64()),
    **{name: pa.int64() for name in OF_VERSION if name.startswith("number_")},
    **dict.fromkeys(("longitude", "latitude", "uncertainty_m"), pa.float64()),
    **dict.fromkeys(("date_from", "date_to", "logged_on"), pa.date32()),
    **dict.fromkeys(("recorded_from", "recorded_to"), pa.timestamp("us", "UTC")),
    FULL: pa.bool_(),
}


def known_columns(
    session: Session, actor: Actor, numbers: npt.NDArray[np.int64], *, moment: dt.datetime
) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Give the versions of incidents as they stood at a moment, in stretches by number.

    The columns are `OF_INCIDENT`, `OF_VERSION`, and `in_full`: whether the actor sees all of it.
    With them come the names that datasets have for these incidents, in their order (`OF_NAME`).
    """
    with contextlib.ExitStack() as stack:
        read = stack.enter_context(column_reader(session))
        pool = stack.enter_context(ThreadPoolExecutor(1))

        def both(part: npt.NDArray[np.int64]) -> tuple[pa.Table, pa.Table]:
            known = all_known(actor, moment).where(among(Incident.id, part))
            return _only(read(known, len(part)), "id", part), read(_names(part), len(part))

        ahead: Future[tuple[pa.Table, pa.Table]] | None = None
        for part in _stretches(np.sort(numbers)):
            # The next stretch is read while this one is written.
            before, ahead = ahead, pool.submit(both, part)
            if before is not None:
                yield before.result()
        if ahead is not None:
            yield ahead.result()


def _only(table: pa.Table, name: str, numbers: npt.NDArray[np.int64]) -> pa.Table:
    wanted = np.isin(table[name].to_numpy(), numbers, assume_unique=True)
    return table if wanted.all() else table.filter(pa.array(wanted))


def _names(numbers: npt.NDArray[np.int64]) -> Select[int, str, str]:
    return (
        select(ExternalId.incident_id, ExternalId.kind, ExternalId.value)
        .where(
            among(ExternalId.incident_id, numbers),
            ExternalId.kind != "identity",
            or_(ExternalId.import_id.is_(None), ExternalId.import_id.not_in(staged_imports())),
        )
        .order_by(ExternalId.incident_id, ExternalId.id)
    )


def _stretches(numbers: npt.NDArray[np.int64]) -> Iterator[npt.NDArray[np.int64]]:
    """Cut sorted numbers where they are dense into stretches, where they are not into lists."""
    for start in range(0, len(numbers), CHUNK):
        part = numbers[start : start + CHUNK]
        if len(part) >= FEW * (part[-1] - part[0] + 1):
            yield part
            continue
        for first in range(0, len(part), MOST_NAMED):
            yield part[first : first + MOST_NAMED]


def among(column: Any, numbers: npt.NDArray[np.int64]) -> ColumnElement[bool]:  # noqa: ANN401
    """Let through these sorted numbers, and where they are dense those between them too."""
    first, last = int(numbers[0]), int(numbers[-1])
    if len(numbers) >= FEW * (last - first + 1):  # a few too many are read and left out
        return column.between(first, last)  # type: ignore[no-any-return]
    return column.in_(numbers.tolist())  # type: ignore[no-any-return]


def all_known(actor: Actor, moment: dt.datetime) -> Select[*tuple[Any, ...]]:
    """Select every incident as it stood at a moment."""
    return (
        select(
            *(getattr(Incident, name) for name in OF_INCIDENT),
            *(getattr(IncidentVersion, name) for name in OF_VERSION),
            seen_in_full(actor).label(FULL),
        )
        .join(IncidentVersion, IncidentVersion.incident_id == Incident.id)
        .where(
            IncidentVersion.recorded_from < moment,
            or_(IncidentVersion.recorded_to.is_(None), IncidentVersion.recorded_to >= moment),
            is_seen(),
        )
        .order_by(Incident.id)
    )


def numbers_in_box(
    session: Session, box: tuple[float, float, float, float], moment: dt.datetime
) -> npt.NDArray[np.int64]:
    """Give the numbers of all incidents that lay in a box at a moment, seen or not, sorted.

    The box is west, south, east and north in degrees; west lies east of east across the date line.
    """
    west, south, east, north = box
    version = IncidentVersion
    after, before = version.longitude >= west, version.longitude <= east
    statement = select(version.incident_id).where(
        version.recorded_from < moment,
        or_(version.recorded_to.is_(None), version.recorded_to >= moment),
        version.latitude.between(south, north),
        and_(after, before) if west <= east else or_(after, before),
    )
    return np.unique(np.fromiter(session.scalars(statement), dtype=np.int64))


@contextlib.contextmanager
def column_reader(session: Session) -> Iterator[Read]:
    """Give what reads a statement as columns: from SQLite without making objects of the cells.

    That is a connection of its own. It begins in the same state of the ledger as the session, or
    the session itself reads, slower.
    """
    url = session.get_bind().engine.url
    if url.get_backend_name() != "sqlite" or not url.database:
        yield partial(read_by_session, session)
        return
    # Opened in the session's stead, it only reads.
    with dbapi.connect(f"file:{quote(url.database)}?mode=ro") as connection:
        read = partial(_read_at_once, connection)
        head = read(LEDGER_HEAD, 1)
        told = [int(values[0].as_py() or 0) for values in head.columns]
        same = told == [number or 0 for number in session.connection().execute(LEDGER_HEAD).one()]
        yield read if same else partial(read_by_session, session)


def _read_at_once(
    connection: dbapi.Connection, statement: Select[*tuple[Any, ...]], rows: int
) -> pa.Table:
    sql = statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    with connection.cursor() as cursor:
        # What a column holds is told by the rows of one batch: all of them, and a few more.
        cursor.adbc_statement.set_options(**{_BATCH_ROWS: max(4 * rows, 1_024)})
        cursor.execute(str(sql))
        return _typed(cursor.fetch_arrow_table())


def _typed(table: pa.Table) -> pa.Table:
    return pa.table({name: _cast(table[name], _type(name)) for name in table.column_names})


def _cast(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    if column.null_count == len(column):
        return pa.chunked_array([pa.nulls(len(column), kind)])
    if pa.types.is_timestamp(kind):
        return pc.assume_timezone(pc.cast(column, pa.timestamp("us")), "UTC")
    return pc.cast(column, kind)


def read_by_session(session: Session, statement: Select[*tuple[Any, ...]], _rows: int) -> pa.Table:
    """Give a statement's columns by way of the session's objects: quicker where it gives few."""
    answer = session.execute(statement)
    names = list(answer.keys())
    rows = answer.all()
    columns = zip(*rows, strict=True) if rows else ([] for _ in names)
    return pa.table(
        {
            name: pa.chunked_array([pa.array(values, _type(name))])
            for name, values in zip(names, columns, strict=True)
        }
    )


def _type(name: str) -> pa.DataType:
    return _TYPES.get(name, pa.string())
