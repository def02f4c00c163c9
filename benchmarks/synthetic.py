"""Makes synthetic incidents: real ones resampled, spread over years, with a history.

    python -m benchmarks.synthetic FILE_OF_INCIDENTS.xlsx 1000000 tracker.sqlite3

The same seed makes the same incidents.
"""

import datetime as dt
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracker.db.history import add_block, add_versions
from tracker.db.models import Base, ExternalId, Import, Incident
from tracker.db.packing import pack_columns
from tracker.db.rows import add_rows, reserve_numbers
from tracker.db.session import Database, open_database
from tracker.domain.public_ids import public_id
from tracker.domain.statuses import ImportState, Reason, Status, Visibility
from tracker.exchange.mmp import read_mmp
from tracker.services.imports.facts import as_verified, facts_of_rows, with_places

SEED = 20_260_101
FIRST_DAY, LAST_DAY = np.datetime64("2014-01-01", "D"), np.datetime64("2026-05-31", "D")
LAST_MONTH = np.datetime64("2026-07", "M")
LATER_VERSIONS = 0.2
WITHDRAWN = 0.02
DATASET = "synthetic"
BATCH = 20_000

Longs = npt.NDArray[np.int64]


def real_incidents(path: Path) -> pd.DataFrame:
    """Read the incidents of a file, with their places: what the synthetic ones are drawn from."""
    table = read_mmp(path)
    facts = as_verified(with_places(facts_of_rows(table.frame, table.findings)))
    return facts.reset_index(drop=True)


@dataclass(frozen=True)
class Plan:
    """Which real incident each version is drawn from, and when it was recorded.

    Arrays of one entry a version, in the order of recording; months count from 1970-01.
    """

    incident: Longs
    number: Longs
    drawn: Longs
    shift: Longs
    recorded_month: Longs
    recorded_day: Longs
    supersedes: npt.NDArray[np.float64]
    ended_by: npt.NDArray[np.float64]
    withdrawn: npt.NDArray[np.bool_]


def plan_versions(real: pd.DataFrame, count: int, seed: int = SEED) -> Plan:
    """Draw the incidents, and up to three later versions for a fifth of them."""
    rng = np.random.default_rng(seed)
    drawn = rng.integers(0, len(real), count)
    day = rng.integers(FIRST_DAY.astype(int), LAST_DAY.astype(int) + 1, count)
    known = real["date_from"].to_numpy().astype("datetime64[D]")
    shift = np.where(np.isnat(known[drawn]), 0, day - known.astype(np.int64)[drawn])
    lag = np.minimum(rng.geometric(1 / 30, count), 55)
    months = (day + lag).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    order = np.argsort(months, kind="stable")
    drawn, shift, months = drawn[order], shift[order], months[order]
    parts = [(np.arange(count), np.zeros(count, dtype=np.int64), months)]
    again = np.flatnonzero(rng.random(count) < LATER_VERSIONS)
    number_of_later = rng.integers(1, 4, len(again))
    last = months[again]
    for number in (1, 2, 3):
        goes_on = number_of_later >= number
        again, number_of_later, last = again[goes_on], number_of_later[goes_on], last[goes_on]
        last = np.minimum(last + rng.integers(1, 15, len(again)), LAST_MONTH.astype(int) + number)
        parts.append((again, np.full(len(again), number), last))
    incident, number, month = (np.concatenate(part) for part in zip(*parts, strict=True))
    order = np.lexsort((incident, month))
    incident, number, month = incident[order], number[order], month[order]
    supersedes, ended_by = _chained(incident, number)
    is_last = np.isnan(ended_by) & (number > 0)
    return Plan(
        incident=incident,
        number=number,
        drawn=drawn[incident],
        shift=shift[incident],
        recorded_month=month,
        recorded_day=_days_of_month(month, rng),
        supersedes=supersedes,
        ended_by=ended_by,
        withdrawn=is_last & (rng.random(len(incident)) < WITHDRAWN),
    )


def _days_of_month(months: Longs, rng: np.random.Generator) -> Longs:
    """Give each month one day on which its file is recorded."""
    unique, at = np.unique(months, return_inverse=True)
    firsts = unique.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    days: Longs = (firsts + rng.integers(20, 28, len(unique)))[at]
    return days


def _chained(
    incident: Longs, number: Longs
) -> "tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]":
    """Tell for each version which one (by position) it ends, and which one ends it (NaN: none)."""
    by_incident = np.lexsort((number, incident))
    supersedes = np.full(len(incident), np.nan)
    ended = np.full(len(incident), np.nan)
    before, after = by_incident[:-1], by_incident[1:]
    follows = incident[before] == incident[after]
    supersedes[after[follows]] = before[follows]
    ended[before[follows]] = after[follows]
    return supersedes, ended


def build_database(path: Path, real: pd.DataFrame, count: int, *, seed: int = SEED) -> Database:
    """Make a tracker database with so many synthetic incidents: one import for each month."""
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    database = open_database(f"sqlite:///{path}")
    with database.engine.execution_options(writing=True).begin() as connection:
        Base.metadata.create_all(connection)
    plan = plan_versions(real, count, seed)
    rng = np.random.default_rng(seed + 1)
    bounds = np.flatnonzero(np.diff(plan.recorded_month)) + 1
    for start, stop in zip([0, *bounds], [*bounds, len(plan.incident)], strict=True):
        _add_month(database, real, plan, span=(int(start), int(stop)), rng=rng)
    return database


def _add_month(
    database: Database,
    real: pd.DataFrame,
    plan: Plan,
    *,
    span: tuple[int, int],
    rng: np.random.Generator,
) -> None:
    start, stop = span
    day = dt.date(1970, 1, 1) + dt.timedelta(days=int(plan.recorded_day[start]))
    with database.writing() as session:
        record = _import_of(day, stop - start)
        session.add(record)
        session.flush()
        blocks = []
        for first in range(start, stop, BATCH):
            at = np.arange(first, min(first + BATCH, stop))
            new = plan.incident[at[plan.number[at] == 0]] + 1
            if len(new):
                reserve_numbers(session, "incidents", len(new))
                _add_incidents(session, new, record.id)
            entries = add_versions(session, _versions(real, plan, at, rng=rng), import_id=record.id)
            blocks.append(pack_columns(entries))
        add_block(session, record.id, blocks)


def _import_of(day: dt.date, rows: int) -> Import:
    at = dt.datetime.combine(day, dt.time(), dt.UTC)
    numbers = ("rows_out_of_scope", "revised", "reclassified", "withdrawn", "unchanged")
    return Import(
        dataset=DATASET,
        file_name=f"synthetic-{day}.csv",
        sha256=f"{day}",
        layout="synthetic",
        recorded_on=day,
        replaces=False,
        state=ImportState.PUBLISHED,
        imported_by="benchmark",
        started_at=at,
        published_at=at,
        rows_read=rows,
        reported=rows,
        **dict.fromkeys((*numbers, "continued", "gone"), 0),
    )


def _add_incidents(session, ids: Longs, import_id: int) -> None:  # noqa: ANN001
    import_ids = np.array([import_id])
    dataset = np.array([DATASET], dtype=object)
    add_rows(
        session,
        Incident,
        {
            "id": ids,
            "public_id": [public_id(number) for number in ids.tolist()],
            "dataset": dataset,
            "visibility": np.array([str(Visibility.PUBLIC)], dtype=object),
            "import_id": import_ids,
        },
    )
    add_rows(
        session,
        ExternalId,
        {
            "incident_id": ids,
            "kind": np.array(["incident_id"], dtype=object),
            "value": [f"S{number:08d}" for number in ids.tolist()],
            "leads": np.array([True]),
            "dataset": dataset,
            "import_id": import_ids,
        },
    )


def _versions(
    real: pd.DataFrame, plan: Plan, at: Longs, *, rng: np.random.Generator
) -> pd.DataFrame:
    facts = real.iloc[plan.drawn[at]].reset_index(drop=True)
    for name in ("date_from", "date_to"):
        days = facts[name].to_numpy().astype("datetime64[D]") + plan.shift[at]
        facts[name] = days.astype("datetime64[s]")
    later = np.flatnonzero(plan.number[at] > 0)
    facts = _revised(facts, real, later, rng=rng)
    recorded = plan.recorded_day[at]
    ended = plan.ended_by[at]
    ended_day = np.where(
        np.isnan(ended), np.nan, plan.recorded_day[np.nan_to_num(ended).astype(np.int64)]
    )
    withdrawn = plan.withdrawn[at]
    reasons = np.where(plan.number[at] > 0, str(Reason.REVISED), str(Reason.REPORTED))
    return facts.assign(
        incident_id=plan.incident[at] + 1,
        version_number=plan.number[at] + 1,
        supersedes=plan.supersedes[at] + 1,
        reason=np.where(withdrawn, str(Reason.WITHDRAWN), reasons).astype(object),
        status=np.where(withdrawn, str(Status.WITHDRAWN), str(Status.VERIFIED)).astype(object),
        recorded_from=_moments(recorded),
        recorded_to=_moments(ended_day),
        entered_at=_moments(recorded),
        recorded_by="benchmark",
        reason_note=None,
        fingerprint=np.nan,
        dataset=DATASET,
    )


def _moments(days: "npt.NDArray[np.float64] | Longs") -> npt.NDArray[np.object_]:
    unique, at = np.unique(days, return_inverse=True)
    epoch = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    moments = [None if day != day else epoch + dt.timedelta(days=int(day)) for day in unique]  # noqa: PLR0124
    found = np.empty(len(moments), dtype=object)
    found[:] = moments
    return found[at]


def _revised(
    facts: pd.DataFrame, real: pd.DataFrame, later: Longs, *, rng: np.random.Generator
) -> pd.DataFrame:
    """Change the numbers of the dead and missing of these rows, and the causes of some."""
    facts = facts.copy()
    for name in ("number_dead", "number_missing_min"):
        values = facts[name].to_numpy(dtype=float, copy=True)
        values[later] = np.maximum(values[later] + rng.integers(-1, 3, len(later)), 0)
        facts[name] = values
    other = later[rng.random(len(later)) < 0.3]
    causes = facts["causes"].to_numpy(dtype=object, copy=True)
    causes[other] = real["causes"].to_numpy(dtype=object)[rng.integers(0, len(real), len(other))]
    facts["causes"] = causes
    return facts


if __name__ == "__main__":
    build_database(Path(sys.argv[3]), real_incidents(Path(sys.argv[1])), int(sys.argv[2]))
