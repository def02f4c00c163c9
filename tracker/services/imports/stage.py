"""Writes what a file changes, in short transactions that nobody sees, then publishes it."""

import contextlib
import datetime as dt
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy.orm import Session

from tracker.db.history import add_block, add_versions, end_versions
from tracker.db.models import ExternalId, Import, ImportFinding, Incident, IncidentVersion
from tracker.db.packing import pack_columns
from tracker.db.queries.imports import abandoned_imports, remove_some_of_import
from tracker.db.rows import add_rows, reserve_numbers, rows_as_frame
from tracker.db.session import Database
from tracker.domain.errors import ImportRefused
from tracker.domain.permissions import Action, Actor
from tracker.domain.public_ids import public_id
from tracker.domain.statuses import ImportState, Reason, Status, Visibility
from tracker.services.acts import note_act
from tracker.services.imports.changes import Changes

# So many rows that a transaction stays well under a second.
CHUNK = 5_000
# Who waits to write to SQLite looks again every tenth of a second: a shorter gap may be missed.
GAP_S = 0.1
MOST_HELD_S = 1.0
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Recording:
    """Who records what, for which import, and since when it is known."""

    dataset: str
    import_id: int
    actor: Actor
    recorded_from: dt.datetime
    entered_at: dt.datetime


class ShortTransactions:
    """Writes in short transactions, and lets others write after every second of them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held_s = 0.0

    @contextlib.contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that writes, as `Database.writing` does."""
        start = time.perf_counter()
        with self._database.writing() as session:
            yield session
        self._held_s += time.perf_counter() - start
        if self._held_s > MOST_HELD_S and self._database.engine.dialect.name == "sqlite":
            time.sleep(GAP_S)
            self._held_s = 0.0


def remove_abandoned(database: Database) -> None:
    """Remove what an import left that was cut off; call only while holding the import lock."""
    transactions = ShortTransactions(database)
    with database.reading() as session:
        abandoned = abandoned_imports(session)
    for import_id in abandoned:
        more = True
        while more:
            with transactions.writing() as session:
                more = remove_some_of_import(session, import_id)


def stage_changes(
    database: Database, changes: Changes, recording: Recording, *, progress: Progress
) -> "tuple[list[int], pd.Series[float]]":
    """Write the versions of an import.

    Gives the ids of the versions that it will end, and the incident of each row of the file.
    """
    transactions = ShortTransactions(database)
    withdrawn = _withdrawals(database, changes.withdrawn)
    versions = changes.versions
    total = len(versions) + len(withdrawn)
    incident_ids = changes.incident_ids.copy()
    blocks = []
    done = 0
    for frame, is_file in ((versions, True), (withdrawn, False)):
        for part in _parts(frame):
            with transactions.writing() as session:
                numbered = _numbered(session, part, recording) if is_file else part
                entries = add_versions(
                    session, _complete(numbered, recording), import_id=recording.import_id
                )
            if is_file:
                incident_ids[part.index] = numbered["incident_id"]
            blocks.append(pack_columns(entries))
            done += len(part)
            progress(done, total)
    if blocks:
        with transactions.writing() as session:
            add_block(session, recording.import_id, blocks)
    ended = versions["supersedes"].dropna().astype(int).tolist()
    return [*ended, *changes.withdrawn], incident_ids


def _parts(versions: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Cut versions into the rows of one transaction each, their words as plain objects."""
    for start in range(0, len(versions), 5 * CHUNK):
        # Turned for several transactions at once: the cost is in the calls, not in the rows.
        some = versions.iloc[start : start + 5 * CHUNK].copy()
        for name in some.columns:
            if isinstance(some[name].dtype, pd.StringDtype):
                words = some[name].astype(object)
                some[name] = words.where(words.notna(), None)
        for first in range(0, len(some), CHUNK):
            yield some.iloc[first : first + CHUNK]


def _withdrawals(database: Database, version_ids: list[int]) -> pd.DataFrame:
    with database.reading() as session:
        old = rows_as_frame(session, IncidentVersion, version_ids)
    return old.assign(
        supersedes=old["id"],
        version_number=old["version_number"].astype(int) + 1,
        reason=str(Reason.WITHDRAWN),
        status=str(Status.WITHDRAWN),
    )


def _numbered(session: Session, versions: pd.DataFrame, recording: Recording) -> pd.DataFrame:
    """Give new incidents their numbers and public ids."""
    new = versions["incident_id"].isna()
    count = int(new.sum())
    first = reserve_numbers(session, "incidents", count)
    numbers = np.arange(first, first + count)
    add_rows(
        session,
        Incident,
        {
            "id": numbers,
            "public_id": [public_id(number) for number in numbers.tolist()],
            "dataset": [recording.dataset] * count,
            "visibility": [str(Visibility.PUBLIC)] * count,
            "import_id": [recording.import_id] * count,
        },
    )
    incident_ids = versions["incident_id"].to_numpy(dtype=float).copy()
    incident_ids[new] = numbers
    return versions.assign(incident_id=incident_ids.astype(np.int64))


def add_names(database: Database, names: pd.DataFrame, recording: Recording) -> None:
    """Add names that a dataset gives to its incidents (`incident_id`, `kind`, `value`, `leads`)."""
    transactions = ShortTransactions(database)
    for start in range(0, len(names), 2 * CHUNK):
        part = names.iloc[start : start + 2 * CHUNK]
        with transactions.writing() as session:
            add_rows(
                session,
                ExternalId,
                {
                    "incident_id": part["incident_id"],
                    "kind": part["kind"],
                    "value": part["value"],
                    "leads": part["leads"],
                    "dataset": np.array([recording.dataset], object),
                    "import_id": np.array([recording.import_id]),
                },
            )


def _complete(versions: pd.DataFrame, recording: Recording) -> pd.DataFrame:
    return versions.assign(
        dataset=recording.dataset,
        recorded_from=recording.recorded_from,
        recorded_to=None,
        recorded_by=recording.actor.handle,
        entered_at=recording.entered_at,
        reason_note=None,
    )


def add_findings(database: Database, findings: pd.DataFrame, import_id: int) -> None:
    """Keep what was found in a file, row by row."""
    named = {
        "row_number": findings["row"],
        "identity": findings["identity"],
        "code": findings["code"],
        "column_name": findings["column"],
        "original": findings["original"],
        "value": findings["value"],
        "action": findings["action"],
    }
    transactions = ShortTransactions(database)
    for start in range(0, len(findings), 2 * CHUNK):
        part = {name: values.iloc[start : start + 2 * CHUNK] for name, values in named.items()}
        with transactions.writing() as session:
            add_rows(session, ImportFinding, {**part, "import_id": np.array([import_id])})


def publish_import(
    session: Session, recording: Recording, *, ends: list[int], counts: dict[str, int]
) -> None:
    """Let everybody see an import at once.

    Raises `ImportRefused` (`changed_meanwhile`) when somebody has revised one of its incidents
    since it was compared; nothing of it is seen then.
    """
    if end_versions(session, ends, recording.recorded_from) != len(ends):
        raise ImportRefused("changed_meanwhile")
    record = session.get_one(Import, recording.import_id)
    for name, number in counts.items():
        setattr(record, name, number)
    record.state = ImportState.PUBLISHED
    record.published_at = dt.datetime.now(dt.UTC)
    thing = f"import {recording.import_id}"
    note_act(session, recording.actor, action=Action.IMPORT_DATASETS, thing=thing)
