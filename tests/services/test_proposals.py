"""Matches are proposed by themselves, soon after a save, once, whoever of many processes does it."""

import datetime as dt
import threading
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import text, update

from tests.conftest import DOLORES, KEYS
from tests.http.clients import NOON, add_cast
from tests.services.match_records import matching_pair, propose
from tests.services.people_records import GABRIEL, agree, facts, open_case, record_remains
from tracker.cli.proposing import Proposer
from tracker.db.models.families import FamilyWord
from tracker.db.queries.people import find_person
from tracker.db.session import Database, open_database
from tracker.domain.consents import Purpose
from tracker.domain.errors import NotAllowed, NotReady
from tracker.domain.people import PersonKind
from tracker.domain.permissions import OPERATOR
from tracker.services.matches import (
    end_reading_ahead,
    find_matches,
    propose_all,
    propose_changed,
    read_ahead,
)
from tracker.services.matches.register import registers_of
from tracker.services.people import revise_person

PATIENCE_S = 60.0


@pytest.fixture
def people(database: Database) -> Database:
    """Give a database in which the cast has accounts."""
    with database.writing() as session:
        add_cast(session)
    return database


class Processes:
    """Servers of one database, as processes of their own would be: nothing in memory is shared."""

    def __init__(self, database: Database) -> None:
        self.url = database.engine.url.render_as_string(hide_password=False)
        self.stop, self.threads = threading.Event(), list[threading.Thread]()
        self.databases = list[Database]()

    def start(self) -> Database:
        opened = open_database(self.url, KEYS)
        self.databases.append(opened)
        self.threads.append(Proposer(opened, self.stop, looks_s=0.05).start())
        return opened

    def end(self) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join(PATIENCE_S)
            assert not thread.is_alive()
        for opened in self.databases:
            opened.close()


@pytest.fixture
def processes(people: Database) -> Iterator[Processes]:
    started = Processes(people)
    yield started
    started.end()


def pairs(database: Database) -> list[tuple[int, int]]:
    with database.reading() as session:
        wanted = text("SELECT one_id, other_id FROM matches ORDER BY one_id, other_id")
        return [(one, other) for one, other in session.execute(wanted)]


def rounds(database: Database) -> int:
    with database.reading() as session:
        counted = text("SELECT count(*) FROM acts WHERE action = 'propose_matches'")
        return int(session.scalar(counted) or 0)


def soon(database: Database, wanted: list[tuple[int, int]]) -> None:
    until = time.monotonic() + PATIENCE_S
    while pairs(database) != wanted and time.monotonic() < until:
        time.sleep(0.02)
    assert pairs(database) == wanted


def test_a_new_pair_is_proposed_by_itself_soon_after_the_save(
    people: Database, processes: Processes
) -> None:
    processes.start()
    matching_pair(people)
    soon(people, [(1, 2)])
    record_remains(people)
    soon(people, [(1, 2), (1, 3), (2, 3)])


def test_a_consent_that_comes_later_brings_the_proposal(
    people: Database, processes: Processes
) -> None:
    processes.start()
    case, _ = open_case(people), record_remains(people)
    time.sleep(0.5)
    assert pairs(people) == []
    agree(people, case, Purpose.MATCH)
    soon(people, [(1, 2)])


def test_a_dispute_that_somebody_looked_into_brings_the_proposal(people: Database) -> None:
    first = propose_changed(people, OPERATOR)
    case, _ = matching_pair(people)
    with people.writing() as session:
        record = find_person(session, case)
        session.add(
            FamilyWord(record_id=record.id, kind="not_missing", told="It is me", written_at=NOON)
        )
    second = propose_changed(people, OPERATOR, since=first)
    assert second.kept.new == 0
    with people.writing() as session:
        session.execute(
            update(FamilyWord).values(taken_up_at=dt.datetime.now(dt.UTC), taken_up_by="x")
        )
    assert propose_changed(people, OPERATOR, since=second).kept.new == 1


def test_of_many_processes_one_proposes_and_another_goes_on_after_it(
    people: Database, processes: Processes
) -> None:
    matching_pair(people)
    for _ in range(3):
        processes.start()
    soon(people, [(1, 2)])
    until = time.monotonic() + PATIENCE_S
    while rounds(people) == 0 and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(0.5)
    assert rounds(people) == 1
    others = Processes(people)
    others.start()
    processes.end()
    record_remains(people)
    soon(people, [(1, 2), (1, 3), (2, 3)])
    others.end()


def test_what_two_propose_at_once_is_kept_once(people: Database) -> None:
    for _ in range(3):
        matching_pair(people)
    together = threading.Barrier(2)
    failed = []

    def at_once() -> None:
        together.wait()
        try:
            propose_changed(people, OPERATOR)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=at_once) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(pairs(people)) == len({*pairs(people)}) > 3


def test_what_changed_finds_what_comparing_everything_finds(people: Database) -> None:
    for number in range(4):
        matching_pair(people, age_from=20 + number, age_to=24 + number)
        record_remains(people, eyes="brown", height_from_cm=150 + number)
    propose(people)
    found = pairs(people)
    with people.writing() as session:
        session.execute(text("DELETE FROM matches"))
    propose_all(people, OPERATOR)
    assert pairs(people) == found != []


def test_a_round_looks_only_at_what_changed_since_the_one_before(people: Database) -> None:
    case, _ = matching_pair(people)
    first = propose_changed(people, OPERATOR)
    assert (first.kept.new, rounds(people)) == (1, 1)
    assert propose_changed(people, OPERATOR, since=first).marks == first.marks
    assert rounds(people) == 1
    with people.writing() as session:
        told = facts(PersonKind.CASE, eyes="brown", age_from=23)
        revise_person(session, DOLORES, case, facts=told)
    second = propose_changed(people, OPERATOR, since=first)
    assert (second.kept.new, second.kept.weighed_anew, rounds(people)) == (0, 1, 2)


def test_a_round_that_is_ended_early_is_none_to_build_upon(
    people: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    matching_pair(people)
    monkeypatch.setattr("tracker.services.matches.rounds.AT_ONCE", 1)
    ended = propose_changed(people, OPERATOR, goes_on=lambda: False)
    assert (ended.marks, rounds(people)) == (None, 0)


def test_only_the_program_itself_proposes(people: Database) -> None:
    for act in (propose_all, propose_changed, read_ahead, end_reading_ahead):
        with pytest.raises(NotAllowed):
            act(people, DOLORES)


def asked(database: Database, remains: str):
    with database.reading() as session:
        return find_matches(session, GABRIEL, remains, kind=PersonKind.REMAINS)


def test_nobody_waits_while_all_records_are_read(people: Database) -> None:
    _, remains = matching_pair(people)
    registers_of(people.caches).reads_ahead = True
    with pytest.raises(NotReady):
        asked(people, remains)
    read_ahead(people, OPERATOR)
    assert len(asked(people, remains)) == 1
    record_remains(people)
    assert len(asked(people, remains)) == 2


def test_on_another_day_all_is_read_ahead_again(people: Database) -> None:
    _, remains = matching_pair(people)
    read_ahead(people, OPERATOR)
    assert len(asked(people, remains)) == 1
    people.tell_time(lambda: dt.datetime.now(dt.UTC) + dt.timedelta(days=1))
    with pytest.raises(NotReady):
        asked(people, remains)
    read_ahead(people, OPERATOR)
    assert len(asked(people, remains)) == 1


def test_where_nobody_reads_ahead_any_more_whoever_asks_reads(people: Database) -> None:
    _, remains = matching_pair(people)
    stop = threading.Event()
    stop.set()
    Proposer(people, stop).run()
    assert len(asked(people, remains)) == 1
