"""Adds many rows at once, from columns."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from sqlalchemy import Date, Integer, Table, bindparam, select
from sqlalchemy.dialects.postgresql import Insert as PostgresqlInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.orm import Session

from tracker.db.models.base import Base, UtcDateTime
from tracker.db.models.counters import Counter

Column: TypeAlias = "np.ndarray[Any, Any] | pd.Series[Any] | Sequence[object]"


def table_of(model: type[Base]) -> Table:
    """Give the table of a model, to read and write plain rows."""
    return Base.metadata.tables[model.__tablename__]


def _raised_counter(insert: type[Any]) -> Any:  # noqa: ANN401 -- each database's own insert
    """Raise a counter, which begins with 1, in one statement: people wait while it is held."""
    first = insert(Counter).values(name=bindparam("name"), next_number=1 + bindparam("count"))
    return first.on_conflict_do_update(
        index_elements=[Counter.name],
        set_={"next_number": Counter.next_number + bindparam("count")},
    ).returning(Counter.next_number)


_RAISED = {
    "sqlite": _raised_counter(SqliteInsert),
    "postgresql": _raised_counter(PostgresqlInsert),
}


def reserve_numbers(session: Session, name: str, count: int) -> int:
    """Hand out `count` numbers of a kind and give the first; holds that counter till commit."""
    raised = _RAISED[session.get_bind().dialect.name]
    return int(session.execute(raised, {"name": name, "count": count}).scalar_one()) - count


def add_if_new(session: Session, model: type[Base], values: Mapping[str, object]) -> bool:
    """Add a row; gives False where there is one that has to be unique in the same way.

    Whoever adds the same one at the same time waits until this transaction ends.
    """
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    insert = SqliteInsert if on_sqlite else PostgresqlInsert
    table = table_of(model)
    statement = insert(table).values(**values).on_conflict_do_nothing().returning(table.c.id)
    return session.execute(statement).first() is not None


def add_rows(session: Session, model: type[Base], columns: Mapping[str, Column]) -> int:
    """Add one row for each value of the columns; a column of one value fills all rows.

    Unknown is None, NaN or NaT. Returns how many rows were added.
    """
    table = table_of(model)
    lengths = [len(values) for values in columns.values() if len(values) != 1]
    count = lengths[0] if lengths else 1
    if not count:
        return 0
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    mark = "?" if on_sqlite else "%s"
    plain = []
    for name, values in columns.items():
        cells = _plain_values(values, table.c[name].type, as_text=on_sqlite)
        plain.append(cells * count if len(cells) == 1 and count > 1 else cells)
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join([mark] * len(columns))
    # Names come from the models, never from outside.
    statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608
    session.connection().exec_driver_sql(statement, list(zip(*plain, strict=True)))
    return count


def _plain_values(values: Column, kind: object, *, as_text: bool) -> list[object]:
    array = values.to_numpy() if isinstance(values, pd.Series) else np.asarray(values)
    if isinstance(kind, Date):
        return _dates(array, as_text=as_text)
    if isinstance(kind, UtcDateTime):
        return _moments(values, as_text=as_text)
    if array.dtype.kind in "OU":
        listed: list[object] = array.tolist()
        if pd.isna(array).any():
            return [None if value is None or value != value else value for value in listed]  # noqa: PLR0124
        return listed
    if array.dtype.kind != "f":
        return list(array.tolist())
    unknown = np.isnan(array)
    if isinstance(kind, Integer):
        whole = np.where(unknown, 0, array).astype(np.int64).astype(object)
    else:
        whole = array.astype(object)
    whole[unknown] = None
    return list(whole.tolist())


def _dates(array: "np.ndarray[Any, Any]", *, as_text: bool) -> list[object]:
    days = array.astype("datetime64[D]")
    cells = np.datetime_as_string(days).astype(object) if as_text else days.astype(object)
    cells[np.isnat(days)] = None
    return list(cells.tolist())


def _moments(values: Column, *, as_text: bool) -> list[object]:
    numbers, moments = pd.factorize(pd.Series(values))  # few different ones among many
    plain = np.empty(len(moments) + 1, dtype=object)
    for at, moment in enumerate(moments):
        utc = moment.astimezone(dt.UTC)
        plain[at] = utc.strftime("%Y-%m-%d %H:%M:%S.%f") if as_text else utc
    return list(plain[numbers].tolist())  # -1, the last, is not known


def rows_as_frame(session: Session, model: type[Base], ids: Sequence[int]) -> pd.DataFrame:
    """Give the rows of a table that have these ids, as a frame of plain values."""
    table = table_of(model)
    rows: list[Any] = []
    for start in range(0, len(ids), 5_000):
        part = [int(number) for number in ids[start : start + 5_000]]
        rows += session.execute(select(table).where(table.c.id.in_(part))).all()
    return pd.DataFrame(rows, columns=list(table.c.keys()), dtype=object)
