"""Columns that have grown with what people recorded are those that a fresh load would give."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.conftest import BEATRIZ, CAMILO, FERNANDA, day
from tests.services.records import GIVEN, log
from tests.services.test_imports import raw, written
from tracker.db.columns import LedgerColumns, Rows
from tracker.db.history import _WRITING
from tracker.db.ledger_cache import LedgerCache, ledger_columns
from tracker.db.metadata import METADATA
from tracker.db.queries.tallies import STANDING, boundaries_known, sum_as_known
from tracker.db.session import Database
from tracker.domain.periods import day_number
from tracker.domain.permissions import OPERATOR
from tracker.domain.statuses import Status, Visibility
from tracker.schemas.incidents import load_incident
from tracker.services.imports import ImportRequest, import_file
from tracker.services.incidents import edit_incident, restrict_incident, withdraw_incident
from tracker.services.incidents.standing import seen_incident
from tracker.services.incidents.versions import next_version
from tracker.services.merges import merge_incidents, unmerge_incident

START = dt.datetime(2026, 5, 3, 9, tzinfo=dt.UTC)
CUTS = [*STANDING, *(replace(cut, shows_all=True) for cut in STANDING)]


def facts_of(rows: Rows) -> dict[str, np.ndarray]:
    """Give rows as plain arrays, however their measures are kept."""
    plain = {each.name: getattr(rows, each.name) for each in fields(Rows) if each.name != "people"}
    return plain | {name: each.full(len(rows)) for name, each in rows.people.items()}


def sums_of(columns: LedgerColumns, known_day: int) -> list[dict[tuple[str, ...], object]]:
    """Sum every standing question as known on a day, without groups in which nothing is."""
    answers = []
    for cut in CUTS:
        sums = sum_as_known(columns, cut, known_day)
        count = len(sums.incidents)
        keys = list(zip(*sums.codes, strict=True)) if sums.codes else [()] * count
        people = [np.stack(each) for each in sums.people.values()]
        values = [
            (int(sums.incidents[at]), [each[:, at].tolist() for each in people])
            for at in range(count)
        ]
        answers.append(
            {
                key: value
                for key, value in zip(keys, values, strict=True)
                if value[0] or np.any(value[1])
            }
        )
    return answers


def assert_same(grown: LedgerColumns, fresh: LedgerColumns) -> None:
    """Compare all that columns hold, and what is summed from them."""
    assert grown.head == fresh.head
    assert grown.strata.codes == fresh.strata.codes
    assert grown.strata.boundaries == fresh.strata.boundaries
    for name, places in fresh.strata.places.items():
        np.testing.assert_array_equal(grown.strata.places[name], places)
    for name in ("recorded_day", "living_version", "hidden"):
        np.testing.assert_array_equal(getattr(grown, name), getattr(fresh, name), err_msg=name)
    for part in ("rows", "living", "cells"):
        found, expected = facts_of(getattr(grown, part)), facts_of(getattr(fresh, part))
        for name, values in expected.items():
            np.testing.assert_array_equal(found[name], values, err_msg=f"{part}.{name}")
            assert found[name].dtype == values.dtype, (part, name)
    days = np.unique(fresh.recorded_day)
    # Days on which something was recorded, days between them, before them, and after all of them.
    between = [int(days[-1]) - back for back in (1, 4, 20)] if len(days) else []
    for known_day in {*days[-3:].tolist(), *between, day_number(day("2022-01-01")), 60_000}:
        assert sums_of(grown, known_day) == sums_of(fresh, known_day)
        assert boundaries_known(grown, known_day) == boundaries_known(fresh, known_day)


class Town:
    """A database in which people act, and the acts that they can do by number."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.folder = database, folder
        self.now = START
        self.ids: list[str] = []
        self.merged: list[str] = []
        database.tell_time(lambda: self.now)

    def act(self, kind: str, number: int) -> None:
        """Do one thing; nothing where it cannot be done."""
        if kind == "wait":
            self.now += dt.timedelta(days=number % 40)
        elif kind == "import":
            self.take_in(number)
        elif kind == "log":
            with self.database.writing() as session:
                self.ids.append(log(session, submit=True, **_otherwise(number)).public_id)
        elif self.ids:
            public_id = self.ids[number % len(self.ids)]
            with self.database.writing() as session:
                status = seen_incident(session, CAMILO, public_id)[1].status
                getattr(self, kind)(session, public_id, number=number, status=status)

    def verify(self, session: Session, public_id: str, *, number: int, status: str) -> None:
        if status in (Status.SUBMITTED, Status.DISPUTED):
            _move(session, public_id, Status.VERIFIED)

    def dispute(self, session: Session, public_id: str, *, number: int, status: str) -> None:
        if status == Status.VERIFIED:
            _move(session, public_id, Status.DISPUTED)

    def edit(self, session: Session, public_id: str, *, number: int, status: str) -> None:
        if status in (Status.WITHDRAWN, Status.MERGED):
            return
        verified = status == Status.VERIFIED
        if verified:
            _move(session, public_id, Status.DISPUTED)
        facts = load_incident({**GIVEN, **_otherwise(number)})
        edit_incident(session, CAMILO, public_id, facts=facts)
        if verified:
            _move(session, public_id, Status.VERIFIED)

    def withdraw(self, session: Session, public_id: str, *, number: int, status: str) -> None:
        if status not in (Status.WITHDRAWN, Status.MERGED):
            withdraw_incident(session, CAMILO, public_id, because="x")

    def show(self, session: Session, public_id: str, *, number: int, status: str) -> None:
        shown = Visibility.PUBLIC if number % 3 else Visibility.RESTRICTED
        restrict_incident(session, FERNANDA, public_id, visibility=shown)

    def merge(self, session: Session, public_id: str, *, number: int, status: str) -> None:
        kept = self.ids[(number // 7) % len(self.ids)]
        other = seen_incident(session, CAMILO, kept)[1].status
        if kept != public_id and status == other == Status.VERIFIED:
            merge_incidents(session, CAMILO, kept, merged_public_id=public_id, because="x")

    def unmerge(self, session: Session, public_id: str, *, number: int, status: str) -> None:
        if status == Status.MERGED:
            unmerge_incident(session, CAMILO, public_id, because="x")

    def undo(self, session: Session, public_id: str, *, number: int, status: str) -> None:
        """Look at the ledger in the midst of what is then undone."""
        with session.begin_nested() as part:
            self.edit(session, public_id, number=number, status=status)
            if status == Status.SUBMITTED:
                _move(session, public_id, Status.VERIFIED)
            ledger_columns(session)
            part.rollback()
        session.expire_all()

    def take_in(self, number: int) -> None:
        """Import a few rows of a file as of today or before; perhaps the dataset shrinks."""
        rows = raw("mmp-2021-03-27").iloc[number % 5 : 20 + number % 7]
        path = written(rows, self.folder, f"{number}.csv")
        recorded = min(self.now.date(), dt.datetime.now(dt.UTC).date())
        request = ImportRequest(
            path=path, recorded_on=recorded, replaces=True, allow_withdrawals=50
        )
        import_file(self.database, OPERATOR, request)


def _otherwise(number: int) -> dict[str, object]:
    return {
        "number_dead": (None, 0, 2, 5)[number % 4],
        "causes": (["drowning"], ["violence"], ["drowning", "violence"])[number % 3],
        "longitude": -76.9312 if number % 2 else -112.5,
        "latitude": 8.4527 if number % 2 else 31.9,
        "date_to": "2026-05-02" if number % 5 else "2026-06-01",
        "date_precision": "day" if number % 5 else "range",
    }


def _move(session: Session, public_id: str, status: Status) -> None:
    standing = seen_incident(session, CAMILO, public_id)
    changes, why = {"status": str(status)}, ("reported", None)
    next_version(session, CAMILO, standing, changes=changes, why=why)


@contextmanager
def counted_loads() -> Iterator[list[int]]:
    """Count how often the whole ledger is loaded."""
    loads: list[int] = []
    load = LedgerCache._load

    def counting(self: LedgerCache, *args, **kwargs) -> LedgerColumns:
        loads.append(1)
        return load(self, *args, **kwargs)

    with patch.object(LedgerCache, "_load", counting):
        yield loads


KINDS = ("log", "log", "verify", "verify", "edit", "show", "dispute", "withdraw", "merge")
acts = st.lists(
    st.tuples(
        st.sampled_from([*KINDS, "unmerge", "undo", "wait", "import"]), st.integers(0, 1_000)
    ),
    min_size=4,
    max_size=14,
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(
    begins_with_import=True,
    story=[
        *(("show", 1), ("log", 5), ("verify", 3), ("wait", 35), ("edit", 1), ("show", 3)),
        *(("dispute", 2), ("verify", 2), ("merge", 7), ("undo", 3), ("show", 4), ("unmerge", 7)),
        *(("log", 2), ("import", 4), ("verify", 4), ("withdraw", 0), ("show", 9)),
    ],
)
@given(begins_with_import=st.booleans(), story=acts)
def test_grown_columns_are_those_of_a_fresh_load(
    database: Database, tmp_path: Path, begins_with_import: bool, story: list[tuple[str, int]]
) -> None:
    _empty(database)
    town = Town(database, tmp_path)
    if begins_with_import:
        town.act("import", 3)
    for number in range(3):
        town.act("log", number)
        town.act("verify", number)
    for kind, number in story:
        with database.reading() as session:
            grown = ledger_columns(session)
            sums_of(grown, 60_000)
            boundaries_known(grown, 60_000)
        town.act(kind, number)
        with database.reading() as session:
            assert_same(ledger_columns(session), LedgerCache().columns(session))


def _empty(database: Database) -> None:
    with database.writing() as session:
        session.info[_WRITING] = True
        for table in reversed(METADATA.sorted_tables):
            session.execute(table.delete())
        session.info.pop(_WRITING)
    database._info["caches"] = {}


def test_what_people_record_does_not_load_the_ledger_again(
    database: Database, tmp_path: Path
) -> None:
    town = Town(database, tmp_path)
    town.act("import", 3)
    with counted_loads() as loads:
        for kind in ("log", "verify", "edit", "show", "wait", "log", "verify", "withdraw", "log"):
            town.act(kind, 1)
            with database.reading() as session:
                ledger_columns(session)
        assert len(loads) == 1
        town.act("import", 4)
        with database.reading() as session:
            ledger_columns(session)
        assert len(loads) == 2


def test_who_began_to_read_before_sees_the_ledger_as_it_was(
    database: Database, tmp_path: Path
) -> None:
    town = Town(database, tmp_path)
    for act in ("log", "verify", "log"):
        town.act(act, 0)
    with database.reading() as session:
        ledger_columns(session)
    town.act("verify", 1)
    with counted_loads() as loads, database.reading() as early:
        before = LedgerCache().columns(early)
        loads.clear()
        town.act("edit", 0)
        town.act("withdraw", 1)
        with database.reading() as late:
            after = ledger_columns(late)
        assert_same(ledger_columns(early), before)
        assert loads == []
        with database.reading() as late:
            assert ledger_columns(late) is after


def test_what_was_undone_is_in_nobodys_ledger(database: Database, tmp_path: Path) -> None:
    town = Town(database, tmp_path)
    for act in ("log", "verify", "log"):
        town.act(act, 0)
    with database.reading() as session:
        ledger_columns(session)

    def verify_in_vain() -> None:
        with database.writing() as session:
            _move(session, town.ids[1], Status.VERIFIED)
            assert len(ledger_columns(session).living) == 2
            raise RuntimeError

    with pytest.raises(RuntimeError):
        verify_in_vain()
    # Others now use the same numbers for something else.
    town.act("edit", 2)
    town.act("verify", 1)
    with database.reading() as session:
        assert_same(ledger_columns(session), LedgerCache().columns(session))


def test_a_draft_costs_the_ledger_nothing(database: Database, tmp_path: Path) -> None:
    town = Town(database, tmp_path)
    for act in ("log", "verify"):
        town.act(act, 0)
    with database.reading() as session:
        before = ledger_columns(session)
    with database.writing() as session:
        log(session, BEATRIZ)
    with database.reading() as session:
        after = ledger_columns(session)
    assert after.rows is before.rows
    assert after.living is before.living
    assert len(after.hidden) == len(before.hidden) + 1


def test_an_act_that_is_seen_late_is_not_overlooked(database: Database, tmp_path: Path) -> None:
    town = Town(database, tmp_path)
    for number in range(2):
        town.act("log", number)
        town.act("verify", number)
    if database.engine.dialect.name == "sqlite":
        return  # there one writes after another
    with database.writing() as slow:
        restrict_incident(slow, FERNANDA, town.ids[0], visibility=Visibility.PUBLIC)
        slow.flush()
        with database.writing() as quick:
            restrict_incident(quick, FERNANDA, town.ids[1], visibility=Visibility.PUBLIC)
        with database.reading() as session:
            assert len(ledger_columns(session).hidden) == 1
    with database.reading() as session:
        assert_same(ledger_columns(session), LedgerCache().columns(session))
        assert len(ledger_columns(session).hidden) == 0
