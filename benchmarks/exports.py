"""Measures files of incidents, each beside a peer that writes the same rows in the same run.

python -m benchmarks.exports tracker.sqlite3

The CSV goes over HTTP, with the public view applied. The peer of CSV is the sqlite3 command line
with the same joins, without names, view and guard; that of GeoParquet is ADBC to Arrow to
Parquet; that of GeoPackage is geopandas, once, since it takes gigabytes. Memory is what the file
adds to a process that holds the ledger already.
"""

import datetime as dt
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import geopandas
import numpy as np
import pyarrow as pa
from adbc_driver_sqlite import dbapi
from pyarrow import parquet
from sqlalchemy.dialects import sqlite

from tracker.app import create_app
from tracker.config import Settings
from tracker.db.queries.exports import all_known
from tracker.db.session import Database, open_database
from tracker.domain.exports import IncidentForm
from tracker.domain.permissions import ANYONE
from tracker.domain.tallies import TallyQuery
from tracker.services.exports import FileRequest, export_incidents, write_incidents

FORMS = (IncidentForm.PARQUET, IncidentForm.GPKG, IncidentForm.GEOJSON)


def statement(known_until: dt.datetime) -> str:
    """Give the SQL that the peers run: every incident as known at a moment."""
    chosen = all_known(ANYONE, known_until)
    return str(chosen.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))


def by_command_line(path: Path, sql: str, out: Path) -> None:
    """Write CSV by the sqlite3 command line."""
    script = f".headers on\n.mode csv\n.output {out}\n{sql};\n"
    subprocess.run(["sqlite3", str(path)], input=script.encode(), check=True)


def by_adbc(path: Path, sql: str, out: Path) -> None:
    """Write Parquet by ADBC and Arrow."""
    with dbapi.connect(str(path)) as connection, connection.cursor() as cursor:
        cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": 2_000_000})
        cursor.execute(sql)
        parquet.write_table(pa.table(cursor.fetch_arrow_table()), out, compression="zstd")


def by_geopandas(path: Path, sql: str, out: Path) -> None:
    """Write a GeoPackage by ADBC, pandas and pyogrio, all at once."""
    with dbapi.connect(str(path)) as connection, connection.cursor() as cursor:
        cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": 2_000_000})
        cursor.execute(sql)
        rows = cursor.fetch_arrow_table().to_pandas()
    points = geopandas.points_from_xy(rows["longitude"], rows["latitude"])
    geopandas.GeoDataFrame(rows, geometry=points, crs=4326).to_file(out, driver="GPKG")


def over_http(database: Database, out: Path) -> None:
    """Take the CSV from the application as a visitor does."""
    app = create_app(Settings(database_url="sqlite://", secret_key="x"), database=database)
    answer = app.test_client().get("/exports/incidents.csv", buffered=False)
    with out.open("wb") as file:
        for piece in answer.response:
            file.write(piece)
    answer.close()


def to_file(database: Database, form: IncidentForm, out: Path) -> None:
    """Write another form, as the public may see it."""
    with database.reading() as session:
        today = dt.datetime.now(dt.UTC).date()
        export = export_incidents(session, ANYONE, TallyQuery(today))
        write_incidents(session, ANYONE, FileRequest(export, form), path=out)


def peak_mb() -> float:
    """Give the most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(work: Callable[[], object]) -> float:
    """Time one run; seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def memory_of_csv(path: Path) -> float:
    """Write the CSV once; MB that it adds to this process, which holds the ledger before."""
    database = open_database(f"sqlite:///{path}")
    with tempfile.TemporaryDirectory() as folder, database.reading() as session:
        export_incidents(session, ANYONE, TallyQuery(dt.datetime.now(dt.UTC).date()))
        before = peak_mb()
        over_http(database, Path(folder) / "ours.csv")
        return peak_mb() - before


def measure_exports(path: Path, *, runs: int = 3) -> dict[str, float]:
    """Time each file and each peer in turn; medians in seconds, and the memory added in MB."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as of_its_own:
        added = of_its_own.submit(memory_of_csv, path).result()
    database = open_database(f"sqlite:///{path}")
    sql = statement(dt.datetime.now(dt.UTC) + dt.timedelta(days=1))
    with tempfile.TemporaryDirectory() as made, database.reading() as session:
        folder = Path(made)
        export_incidents(session, ANYONE, TallyQuery(dt.datetime.now(dt.UTC).date()))
        works: dict[str, Callable[[], object]] = {
            "csv": lambda: over_http(database, folder / "ours.csv"),
            "sqlite3 command line": lambda: by_command_line(path, sql, folder / "theirs.csv"),
            **{
                str(form): lambda form=form: to_file(database, form, folder / f"x.{form}")
                for form in FORMS
            },
        }
        taken: dict[str, list[float]] = {name: [] for name in works}
        for _ in range(runs):
            for name, work in works.items():
                for old in folder.iterdir():
                    old.unlink()
                taken[name].append(timed(work))
        once = timed(lambda: by_geopandas(path, sql, folder / "theirs.gpkg"))
        adbc = [timed(lambda: by_adbc(path, sql, folder / "theirs.parquet")) for _ in range(runs)]
    told = {name: float(np.median(seconds)) for name, seconds in (taken | {"adbc": adbc}).items()}
    return {**told, "geopandas": once, "csv_added_mb": added}


if __name__ == "__main__":
    for measured, number in measure_exports(Path(sys.argv[1])).items():
        print(f"{measured:24} {number:8.1f}")
