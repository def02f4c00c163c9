"""Measures the import of a file, each run in a process of its own.

python -m benchmarks.imports FILE_OF_INCIDENTS.xlsx 100000
"""

import json
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pandas as pd
from sqlalchemy import create_engine, insert
from sqlalchemy.orm import Session

from benchmarks.mmp_files import write_mmp_file
from benchmarks.synthetic import real_incidents
from geodata.places import look_up_places
from tracker.db.models import Base, IncidentVersion
from tracker.db.session import open_database
from tracker.domain.permissions import OPERATOR
from tracker.services.imports import ImportRequest, import_file

PAUSE_S = 0.05


def import_by_tracker(file: Path, database_path: Path) -> dict[str, float]:
    """Import a file with everything done, while somebody else writes every 50 ms."""
    database = open_database(f"sqlite:///{database_path}")
    with database.engine.execution_options(writing=True).begin() as connection:
        Base.metadata.create_all(connection)
    look_up_places([-77.0], [8.0])  # the boundaries are read once in a process
    done, waits = threading.Event(), [0.0]
    other = threading.Thread(target=_write_now_and_then, args=(database_path, done, waits))
    other.start()
    start = time.perf_counter()
    outcome = import_file(database, OPERATOR, ImportRequest(path=file))
    seconds = time.perf_counter() - start
    done.set()
    other.join()
    return {"seconds": seconds, "longest_wait": max(waits), "rows": outcome.counts["reported"]}


def _write_now_and_then(path: Path, done: threading.Event, waits: list[float]) -> None:
    connection = sqlite3.connect(path, timeout=60, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    while not done.wait(PAUSE_S):
        start = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT INTO acts (done_at, actor, action, thing) VALUES "
            "('2026-01-01 00:00:00.000000', 'somebody', 'import_datasets', 'beside an import')"
        )
        connection.execute("COMMIT")
        waits.append(time.perf_counter() - start)
    connection.close()


def import_by_pandas(file: Path, database_path: Path) -> dict[str, float]:
    """Read with pandas and write with to_sql: nothing checked."""
    engine = create_engine(f"sqlite:///{database_path}")
    start = time.perf_counter()
    pd.read_csv(file, low_memory=False).to_sql("incidents", engine, index=False)
    return {"seconds": time.perf_counter() - start}


def import_by_orm(file: Path, database_path: Path) -> dict[str, float]:
    """Read with pandas and insert through the ORM, thirteen columns a row: nothing checked."""
    engine = create_engine(f"sqlite:///{database_path}")
    Base.metadata.create_all(engine)
    now = pd.Timestamp("2026-01-01", tz="UTC").to_pydatetime()
    start = time.perf_counter()
    table = pd.read_csv(file, low_memory=False)
    texts = {"cause_reported": "Cause of Death", "route_reported": "Migration Route", "url": "URL"}
    rows = pd.DataFrame({name: table[header] for name, header in texts.items()}).astype(object)
    rows = rows.where(rows.notna(), None)
    rows["id"] = rows["incident_id"] = range(1, len(rows) + 1)
    fixed = {
        "version_number": 1,
        "recorded_from": now,
        "entered_at": now,
        "recorded_by": "x",
        **dict.fromkeys(("reason", "status", "scope", "incident_type", "date_precision"), "x"),
        **dict.fromkeys(("location_precision", "boundaries_version"), "x"),
    }
    records = [row | fixed for row in rows.to_dict("records")]
    with Session(engine) as session:
        session.execute(insert(IncidentVersion), records)
        session.commit()
    return {"seconds": time.perf_counter() - start}


WAYS = {"tracker": import_by_tracker, "pandas": import_by_pandas, "orm": import_by_orm}


def run_alone(way: str, file: Path) -> dict[str, float]:
    """Import a file into a new database in a new process; tells also its peak memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "benchmarks.imports",
            "alone",
            way,
            str(file),
            f"{folder}/new.sqlite3",
        ]
        told = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return result


def _peak_mb() -> float:
    """Give the most memory that this process has held; getrusage would count its parent's too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def measure_imports(source: Path, sizes: tuple[int, ...], runs: int = 3) -> list[dict[str, float]]:
    """Measure each size: the median run by seconds of each way, in turn."""
    real = real_incidents(source)
    measured = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            file = Path(folder) / f"mmp-{size}.csv"
            write_mmp_file(file, real, size)
            found: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
            for _ in range(runs if size <= 100_000 else 1):
                for way, results in found.items():
                    results.append(run_alone(way, file))
            row: dict[str, float] = {"rows": size}
            for way, results in found.items():
                middle = sorted(results, key=lambda result: result["seconds"])[len(results) // 2]
                row |= {f"{way}_{name}": number for name, number in middle.items()}
            measured.append(row)
    return measured


def _alone(way: str, file: str, database: str) -> None:
    result = WAYS[way](Path(file), Path(database))
    peak = _peak_mb()
    print(json.dumps({**result, "peak_mb": peak}))


if __name__ == "__main__":
    if sys.argv[1] == "alone":
        _alone(*sys.argv[2:5])
    else:
        for row in measure_imports(Path(sys.argv[1]), (int(sys.argv[2]),)):
            print(json.dumps(row, indent=1))
