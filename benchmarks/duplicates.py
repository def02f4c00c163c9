"""Measures the search for likely duplicates of one entry.

    python -m benchmarks.duplicates tracker.sqlite3

The file is one of `python -m benchmarks.synthetic`. Each entry is one of its incidents told again.
"""

import statistics
import sys
import time
from pathlib import Path

import numpy as np
from sqlalchemy import select

from benchmarks.retold import AS_ASKED, retell
from tracker.db.models import IncidentVersion
from tracker.db.rows import rows_as_frame
from tracker.db.session import open_database
from tracker.domain.permissions import OPERATOR
from tracker.services.duplicates import find_duplicates

ENTRIES = 100
SEED = 5


def measure_search(path: Path) -> dict[str, float]:
    """Time the search for each of some entries, as the form asks while one types; seconds."""
    database = open_database(f"sqlite:///{path}")
    rng = np.random.default_rng(SEED)
    with database.reading() as session:
        standing = select(IncidentVersion.id).where(
            IncidentVersion.recorded_to.is_(None), IncidentVersion.date_from.is_not(None)
        )
        ids = list(session.scalars(standing))
        chosen = rng.choice(ids, size=ENTRIES, replace=False).tolist()
        frame = rows_as_frame(session, IncidentVersion, chosen)
    for name in ("date_from", "date_to"):
        frame[name] = frame[name].to_numpy().astype("datetime64[s]")
    entries = retell(frame, AS_ASKED, rng).to_dict("records")
    for entry in entries:
        entry["date_from"], entry["date_to"] = (
            entry[name].date() for name in ("date_from", "date_to")
        )
    taken, worked = [], []
    for nth, entry in enumerate([entries[0], *entries]):
        with database.reading() as session:
            start, start_cpu = time.perf_counter(), time.process_time()
            find_duplicates(session, OPERATOR, entry)
            if nth:  # the first one reads the background
                taken.append(time.perf_counter() - start)
                worked.append(time.process_time() - start_cpu)
    database.close()
    return {
        "incidents": float(len(ids)),
        "median": statistics.median(taken),
        "p95": float(np.percentile(taken, 95)),
        "processor_median": statistics.median(worked),
    }


def search_lines(measured: dict[str, float]) -> list[str]:
    """Tell how long the search for one entry takes."""
    return [
        "## Likely duplicates",
        "",
        f"- One entry against {measured['incidents']:,.0f} incidents: median "
        f"**{1e3 * measured['median']:.0f} ms** (reach 50), 95 of 100 within "
        f"{1e3 * measured['p95']:.0f} ms; {1e3 * measured['processor_median']:.0f} ms of "
        "processor time.",
        "",
    ]


if __name__ == "__main__":
    print("\n".join(search_lines(measure_search(Path(sys.argv[1])))))
