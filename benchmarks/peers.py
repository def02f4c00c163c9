"""The same tallies by other means, from tables of the same facts."""

import datetime as dt
import sqlite3
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl

from benchmarks.questions import Question
from tracker.domain.periods import day_number
from tracker.domain.strata import DIMENSIONS

PEOPLE = ("dead", "missing", "survivors", "females", "males", "other_gender", "children")
ADDED = (
    "CASE WHEN count(dead) + count(missing) = 0 THEN NULL "
    "ELSE coalesce(sum(dead), 0) + coalesce(sum(missing), 0) END AS dead_and_missing"
)
SUMS = ", ".join([f"sum({name}) AS {name}" for name in PEOPLE] + [ADDED])


def facts_of_ledger(path: Path) -> pd.DataFrame:
    """Give one row for each state of an incident that ever counted, with the days it held.

    Periods that a date does not fit are None, as are unknown codes.
    """
    with sqlite3.connect(path) as connection:
        entries = pd.read_sql("SELECT * FROM ledger_entries ORDER BY id", connection)
        strata = pd.read_sql("SELECT * FROM strata", connection).set_index("id")
    ended = entries[entries["sign"] < 0].drop_duplicates("version_id", keep="last")
    ended_day = ended.set_index("version_id")["recorded_day"]
    held = entries[entries["sign"] > 0].reset_index(drop=True)
    facts = held[list(PEOPLE)].astype("Int32")
    facts["incident_id"] = held["incident_id"]
    kinds = strata.reindex(held["stratum_id"])
    for name in DIMENSIONS:
        facts[name] = pd.Categorical(kinds[name])
    for name, days in (("date_from", held["first_day"]), ("date_to", held["last_day"])):
        facts[name] = days.to_numpy().astype("datetime64[D]").astype("datetime64[s]")
    facts["recorded_from"] = _dates(held["recorded_day"])
    facts["recorded_to"] = _dates(held["version_id"].map(ended_day))
    first, last = facts["date_from"], facts["date_to"]
    for name, kind in (("month", "M"), ("quarter", "Q"), ("year", "Y"), ("day", "D")):
        begins, ends = (_ordinals(days, kind) for days in (first, last))
        facts[name] = pd.array(np.where(begins == ends, begins, np.nan), dtype="Int32")
    return facts


def _dates(days: "pd.Series[float]") -> np.ndarray:
    known = days.to_numpy(dtype=float)
    whole = np.nan_to_num(known).astype("datetime64[D]")
    return np.where(np.isnan(known), np.datetime64("NaT"), whole).astype("datetime64[s]")


def _ordinals(days: "pd.Series", kind: str) -> np.ndarray:
    values = days.to_numpy().astype("datetime64[D]")
    months = values.astype("datetime64[M]").astype(np.int64)
    numbers = values.astype(np.int64) if kind == "D" else months // {"M": 1, "Q": 3, "Y": 12}[kind]
    return np.where(np.isnat(values), np.nan, numbers)


class DuckDb:
    """DuckDB in memory, with its own number of threads; texts as enumerations."""

    def __init__(self, facts: pd.DataFrame) -> None:
        self.connection = duckdb.connect()
        self.connection.register("facts", facts)
        days = ("date_from", "date_to", "recorded_from", "recorded_to")
        cast = ", ".join(f"{name}::DATE AS {name}" for name in days)
        self.connection.execute(f"CREATE TABLE held AS SELECT * REPLACE ({cast}) FROM facts")
        self.connection.execute("CREATE TABLE now AS SELECT * FROM held WHERE recorded_to IS NULL")
        self.connection.unregister("facts")

    def ask(self, question: Question, known_on: dt.date | None = None) -> list[tuple]:
        """Group the rows that are current, or that held at the end of a day."""
        columns = ", ".join(question.columns)
        table, where = "now", question.where
        if known_on is not None:
            table = "held"
            where += f" AND recorded_from <= '{known_on}'"
            where += f" AND (recorded_to IS NULL OR recorded_to > '{known_on}')"
        sql = f"SELECT {columns}, count(*), {SUMS} FROM {table} WHERE {where} GROUP BY ALL"
        return self.connection.execute(sql).fetchall()

    def ask_by_window(self, question: Question, known_on: dt.date) -> list[tuple]:
        """Group the last state that each incident had at the end of a day."""
        columns = ", ".join(question.columns)
        last = "row_number() OVER (PARTITION BY incident_id ORDER BY recorded_from DESC) = 1"
        sql = (
            f"SELECT {columns}, count(*), {SUMS} FROM ("
            f"SELECT * FROM held WHERE recorded_from <= '{known_on}' QUALIFY {last}"
            f") WHERE recorded_to IS NULL OR recorded_to > '{known_on}' GROUP BY ALL"
        )
        return self.connection.execute(sql).fetchall()


class Polars:
    """Polars in memory, texts as enumerations."""

    def __init__(self, facts: pd.DataFrame) -> None:
        self.frame = pl.from_pandas(facts[facts["recorded_to"].isna()])

    def ask(self, question: Question) -> list[tuple]:
        """Group the current rows."""
        sums = [
            pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name)
            for name in PEOPLE
        ]
        return self.frame.group_by(question.columns).agg(pl.len(), *sums).rows()


class Pandas:
    """pandas in memory, texts as categories."""

    def __init__(self, facts: pd.DataFrame) -> None:
        self.frame = facts[facts["recorded_to"].isna()].assign(incidents=1)

    def ask(self, question: Question) -> pd.DataFrame:
        """Group the current rows."""
        groups = self.frame.groupby(question.columns, dropna=False, observed=True)
        return groups[["incidents", *PEOPLE]].sum(min_count=1)


class Sqlite:
    """SQLite's own GROUP BY over the ledger, and over current rows with a covering index."""

    def __init__(self, path: Path, facts: pd.DataFrame, folder: Path) -> None:
        self.ledger = sqlite3.connect(path)
        self.indexed = sqlite3.connect(folder / "covering.sqlite3")
        current = facts[facts["recorded_to"].isna()]
        columns = ["review_2021", "corridor", "cause", "segment", "month", "quarter", "year"]
        current = current[[*columns, *PEOPLE]]
        current = current.astype(dict.fromkeys(columns[:4], object))
        current.to_sql("now", self.indexed, if_exists="replace", index=False)
        for groups in (
            columns[:1] + columns[4:5],
            ("corridor", "cause", "year"),
            ("segment", "quarter"),
        ):
            names = ", ".join((*groups, *PEOPLE))
            self.indexed.execute(f"CREATE INDEX by_{'_'.join(groups)} ON now ({names})")
        self.indexed.commit()

    def ask_ledger(self, question: Question, known_on: dt.date) -> list[tuple]:
        """Group the ledger's entries up to a day; dates to the month alone."""
        month = "strftime('%Y-%m', first_day * 86400, 'unixepoch')"
        names = {"month": month, "quarter": month, "year": f"substr({month}, 1, 4)"}
        columns = ", ".join(names.get(name, f"s.{name}") for name in question.columns)
        sums = ", ".join(f"sum({name})" for name in PEOPLE)
        sql = (
            f"SELECT {columns}, sum(sign), {sums} FROM ledger_entries e "
            f"JOIN strata s ON s.id = e.stratum_id WHERE recorded_day <= ? "
            f"GROUP BY {', '.join(str(at + 1) for at in range(len(question.columns)))}"
        )
        return self.ledger.execute(sql, (day_number(known_on),)).fetchall()

    def ask_index(self, question: Question) -> list[tuple]:
        """Group current rows by an index that holds all that is summed."""
        columns = ", ".join(question.columns)
        sums = ", ".join(f"sum({name})" for name in PEOPLE)
        sql = f"SELECT {columns}, count(*), {sums} FROM now GROUP BY {columns}"
        return self.indexed.execute(sql).fetchall()
