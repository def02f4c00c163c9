"""An import that is killed at any moment leaves all of itself, or nothing."""

import gzip
import multiprocessing
import random
import shutil
import time
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from tests.conftest import XIMENA, day
from tracker.cli.demo import DEMO_DATA, Edition, load_editions
from tracker.db.migrations import upgrade_database
from tracker.db.queries.imports import abandoned_imports
from tracker.db.session import open_database
from tracker.domain.permissions import OPERATOR
from tracker.domain.tallies import Grouping, TallyQuery
from tracker.exchange.tally_csv import tally_csv
from tracker.services.imports import ImportRequest, import_file, stage
from tracker.services.installation import check_database
from tracker.services.tallies import period_tally

MOMENTS = 50
FIRST = Edition("mmp-2021-09-05", day("2021-09-05"))
# Nearly every row changes, so that much is written before it is seen.
SECOND = Edition("mmp-2022-05-15", day("2022-05-15"))


def take_second(path: Path, file: Path, begun: Event | None = None) -> None:
    database = open_database(f"sqlite:///{path}")
    stage.CHUNK = 250  # many transactions, so that there is much to fall between
    if begun is not None:
        begun.set()
    request = ImportRequest(path=file, recorded_on=SECOND.recorded_on, replaces=True)
    import_file(database, OPERATOR, request)
    database.close()


def figures(path: Path) -> tuple[str, list[str], bool]:
    """Give the tally, the faults, and whether something unseen was left behind."""
    database = open_database(f"sqlite:///{path}")
    with database.reading() as session:
        query = TallyQuery(day("2026-01-01"), by=(Grouping.SUBREGION, Grouping.YEAR))
        tally = tally_csv(period_tally(session, XIMENA, query))
        left = bool(abandoned_imports(session))
    faults = check_database(database, OPERATOR)
    database.close()
    return tally, [fault for fault in faults if "cut off" not in fault], left


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("base") / "tracker.sqlite3"
    database = open_database(f"sqlite:///{path}")
    upgrade_database(database)
    load_editions(database, (FIRST,))
    database.close()
    return path


def test_a_kill_at_any_of_fifty_moments_leaves_all_or_nothing(base: Path, tmp_path: Path) -> None:
    file = tmp_path / "second.csv"
    file.write_bytes(gzip.decompress((DEMO_DATA / f"{SECOND.name}.csv.gz").read_bytes()))
    whole = tmp_path / "whole.sqlite3"
    shutil.copy(base, whole)
    take_second(whole, file)
    before, after = figures(base)[0], figures(whole)[0]
    assert before != after

    # Children of a server that has everything loaded start at once and are killed for real.
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.services.test_killed_imports"])
    trial = tmp_path / "trial.sqlite3"

    def run(kill_after: float | None) -> float:
        for end in ("", "-wal", "-shm"):
            Path(f"{trial}{end}").unlink(missing_ok=True)
        shutil.copy(base, trial)
        begun = processes.Event()
        child = processes.Process(target=take_second, args=(trial, file, begun))
        child.start()
        assert begun.wait(120)
        start = time.monotonic()
        child.join(kill_after)
        child.kill()
        child.join()
        return time.monotonic() - start

    length = min(run(None) for _ in range(3))
    assert figures(trial)[0] == after
    chance = random.Random(2021)
    cut_off = 0
    for moment in range(MOMENTS):
        # One in each fiftieth of the way, so that no stretch of it is passed over.
        run(length * (moment + chance.random()) / MOMENTS)
        found, faults, left = figures(trial)
        assert found in (before, after)
        assert faults == []
        cut_off += left
        if left:
            assert found == before
    # The control: some kills must have struck while rows were being written.
    assert cut_off > 0

    take_second(trial, file)
    assert figures(trial) == (after, [], False)
