"""Measures tallies at one size, each beside its peers.

python -m benchmarks.tallies tracker.sqlite3
"""

import datetime as dt
import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers import PEOPLE, DuckDb, Pandas, Polars, Sqlite, facts_of_ledger
from benchmarks.questions import NAMED, NOW, OTHERS, PAST, Question
from tracker.db.models import Incident
from tracker.db.session import Database, open_database
from tracker.domain.permissions import OPERATOR
from tracker.domain.tallies import Tally
from tracker.services.incidents import revise_incident
from tracker.services.tallies import period_tally

REVISIONS = 7
RUNS = 15


@dataclass(frozen=True)
class Row:
    """One question at one size: seconds of the tracker, and of each peer."""

    question: str
    known_on: str
    tracker: float
    peers: dict[str, float]

    def ratio(self, peer: str) -> float:
        """Say how many times the peer's time the tracker takes."""
        return self.tracker / self.peers[peer]


def medians(works: Sequence[Callable[[], object]], runs: int = RUNS) -> list[float]:
    """Time works in turn, so that a busy machine slows all of them; seconds."""
    times: list[list[float]] = [[] for _ in works]
    gc.collect()
    for _ in range(runs):
        for work, taken in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in times]


class Tracker:
    """The tracker's own tallies, by the call that everything uses."""

    def __init__(self, path: Path) -> None:
        self.database: Database = open_database(f"sqlite:///{path}")

    def ask(self, question: Question, known_on: dt.date) -> Tally:
        """Ask with a new session, as a request does."""
        with self.database.reading() as session:
            return period_tally(session, OPERATOR, question.query(known_on))


def check_same(tally: Tally, rows: list[tuple], width: int) -> None:
    """Refuse to compare two answers that differ."""
    counted = [sum(row[width + at] or 0 for row in rows) for at in range(1 + len(PEOPLE))]
    ours = [tally.total[name] or 0 for name in ("incidents", *PEOPLE)]
    if counted != ours:
        raise AssertionError(f"different sums: {ours} {counted}")
    mine = sorted(_numbers(row.counts) for row in tally.rows)
    theirs = sorted(tuple(number or 0 for number in row[width : width + 8]) for row in rows)
    if tally.query.period_from is None and mine != theirs:
        raise AssertionError(f"different rows: {len(mine)} {len(theirs)}")


def _numbers(counts) -> tuple[int, ...]:  # noqa: ANN001
    return tuple(counts[name] or 0 for name in ("incidents", *PEOPLE))


def measure_first_call(path: Path) -> dict[str, float]:
    """Time the first tally of a process, which reads the ledger into memory, and the second."""
    start = time.perf_counter()
    tracker = Tracker(path)
    tracker.ask(NAMED[0], NOW)
    first = time.perf_counter() - start
    start = time.perf_counter()
    tracker.ask(NAMED[1], NOW)
    return {"first": first, "first of another standing question": time.perf_counter() - start}


def measure_after_revisions(path: Path) -> dict[str, float]:
    """Time the first tally after somebody has revised one incident; the median of a few."""
    tracker = Tracker(path)
    for question in NAMED:
        tracker.ask(question, NOW)
    taken = []
    for number in range(1, REVISIONS + 1):
        with tracker.database.writing() as session:
            incident = session.get_one(Incident, number).public_id
            changes = {"number_survivors": number}
            revise_incident(session, OPERATOR, incident, changes=changes, because="a benchmark")
        start = time.perf_counter()
        tracker.ask(NAMED[0], NOW)
        taken.append(time.perf_counter() - start)
    return {"first-after-a-revision": statistics.median(taken)}


def measure_tallies(path: Path, *, all_peers: bool = True) -> list[Row]:
    """Measure every question, now and as known on a past day."""
    tracker = Tracker(path)
    facts = facts_of_ledger(path)
    duck = DuckDb(facts)
    rows = []
    for question in (*NAMED, *OTHERS):
        for known_on in (NOW, PAST):
            asked = None if known_on == NOW else known_on
            check_same(tracker.ask(question, known_on), duck.ask(question, asked), len(question.by))
            mine, peer = medians(
                [lambda: tracker.ask(question, known_on), lambda: duck.ask(question, asked)]  # noqa: B023
            )
            name = "DuckDB" if asked is None else "DuckDB, interval"
            rows.append(
                Row(question.name, "now" if asked is None else str(PAST), mine, {name: peer})
            )
    if all_peers:
        with tempfile.TemporaryDirectory() as folder:
            _add_other_peers(rows, duck, (path, facts, Path(folder)))
    return rows


def _add_other_peers(rows: list[Row], duck: DuckDb, made_of) -> None:  # noqa: ANN001
    path, facts, folder = made_of
    polars, pandas, sqlite = Polars(facts), Pandas(facts), Sqlite(path, facts, folder)
    for row in rows:
        question = next((named for named in NAMED if named.name == row.question), None)
        if question is None:
            continue
        works = (
            {
                "polars": lambda: polars.ask(question),  # noqa: B023
                "pandas": lambda: pandas.ask(question),  # noqa: B023
                "SQLite, covering index": lambda: sqlite.ask_index(question),  # noqa: B023
                "SQLite, ledger": lambda: sqlite.ask_ledger(question, NOW),  # noqa: B023
            }
            if row.known_on == "now"
            else {
                "DuckDB, window": lambda: duck.ask_by_window(question, PAST),  # noqa: B023
                "SQLite, ledger": lambda: sqlite.ask_ledger(question, PAST),  # noqa: B023
            }
        )
        row.peers.update(zip(works, medians(list(works.values()), runs=3), strict=True))


if __name__ == "__main__":
    print(measure_first_call(Path(sys.argv[1])))
    for row in measure_tallies(Path(sys.argv[1])):
        peers = {
            name: f"{row.tracker / time:.2f} ({1e3 * time:.1f} ms)"
            for name, time in row.peers.items()
        }
        print(f"{row.question:45} {row.known_on:10} {1e3 * row.tracker:8.2f} ms", peers)
