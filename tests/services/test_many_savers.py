"""A hundred people who save at the same moment lose nothing, double nothing, and see no error."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine, event, func, select

from tests.api.programs import INCIDENTS, Program
from tests.conftest import BEATRIZ, KEYS, SHELTER
from tests.http.clients import NOON, add_cast, new_app
from tests.services.records import GIVEN
from tracker.db import session as tracker_session
from tracker.db.migrations import upgrade_database
from tracker.db.models import Account, Act, Incident, IncidentVersion
from tracker.db.session import Database, open_database
from tracker.domain.permissions import OPERATOR, Actor, Role
from tracker.services.installation import check_database

PEOPLE = 100
ROUNDS = 2


def reporters(database: Database, count: int) -> list[Actor]:
    """Make accounts of invented people who log."""
    with database.writing() as session:
        add_cast(session)
        made = [
            Account(
                organisation_id=SHELTER,
                role=Role.REPORTER,
                name=f"Person {number} (invented)",
                email=f"{number}@cast.example",
                email_digest=f"person {number}",
                password_hash="!",
                created_at=NOON,
                password_changed_at=NOON,
            )
            for number in range(count)
        ]
        session.add_all(made)
        session.flush()
        return [Actor(Role.REPORTER, each.name, each.id, SHELTER) for each in made]


def at_once(acts: Sequence[Callable[[], None]]) -> None:
    """Begin all of this at the same moment, each in a thread of its own, and wait for the end."""
    gate = threading.Barrier(len(acts))

    def begin(act: Callable[[], None]) -> None:
        gate.wait(60)
        act()

    threads = [threading.Thread(target=begin, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Saver:
    """Somebody who saves and notes what was answered."""

    def __init__(self, app: Flask, actor: Actor) -> None:
        self.account_id = actor.account_id
        self.program = Program(app, actor)
        self.answers: Counter[int] = Counter()
        self.ids: dict[str, set[str]] = {}
        self.versions: dict[str, int] = {}

    def save(self, key: str, *, dead: int) -> None:
        """Log a record, correct it and hand it in."""
        logged = self.program.post(INCIDENTS, {**GIVEN, "number_dead": dead}, Idempotency_Key=key)
        self.answers[logged.status_code] += 1
        if logged.status_code not in (200, 201):
            return
        public_id, address = logged.json["public_id"], logged.headers["Location"]
        self.ids.setdefault(key, set()).add(public_id)
        if logged.status_code == 200:
            return
        self.versions[public_id] = 1
        changed = self.program.patch(
            address, {"number_dead": dead + 1}, If_Match=logged.headers["ETag"]
        )
        handed_in = self.program.post(f"{address}/submit", {})
        self.answers.update((changed.status_code, handed_in.status_code))
        self.versions[public_id] += (changed.status_code == 200) + (handed_in.status_code == 200)


def all_save(app: Flask, actors: Sequence[Actor], rounds: int) -> list[Saver]:
    """Let everybody save at once, and again.

    Every fifth one has a bad line and sends everything twice; every tenth one sends the same from
    two windows at the same moment.
    """
    savers, acts = [], []
    for number, actor in enumerate(actors):
        for _ in range(2 if number % 10 == 0 else 1):
            saver = Saver(app, actor)
            savers.append(saver)

            def act(saver: Saver = saver, number: int = number) -> None:
                for key in [f"k{at}" for at in range(rounds)]:
                    for _ in range(2 if number % 5 == 0 else 1):
                        saver.save(key, dead=number)

            acts.append(act)
    at_once(acts)
    return savers


def test_a_hundred_people_who_save_at_once_lose_nothing_and_double_nothing(
    database: Database,
) -> None:
    actors = reporters(database, PEOPLE)
    savers = all_save(new_app(database), actors, ROUNDS)

    answers = sum((saver.answers for saver in savers), Counter())
    assert set(answers) == {200, 201}
    assert answers[201] == PEOPLE * ROUNDS
    ids: dict[tuple[int | None, str], set[str]] = {}
    for saver in savers:
        for key, found in saver.ids.items():
            ids.setdefault((saver.account_id, key), set()).update(found)
    assert len(ids) == PEOPLE * ROUNDS
    assert all(len(found) == 1 for found in ids.values())
    acknowledged = {key: count for saver in savers for key, count in saver.versions.items()}
    with database.reading() as session:
        rows = session.execute(
            select(Incident.public_id, func.count(IncidentVersion.id))
            .join(IncidentVersion, IncidentVersion.incident_id == Incident.id)
            .group_by(Incident.public_id)
        )
        assert dict(rows.all()) == acknowledged == dict.fromkeys(set().union(*ids.values()), 3)
        acts_noted = select(func.count()).where(Act.thing.startswith("incident "))
        assert session.scalar(acts_noted) == 3 * PEOPLE * ROUNDS
        standing = select(IncidentVersion.number_dead).where(IncidentVersion.recorded_to.is_(None))
        dead = Counter(session.scalars(standing).all())
    assert dead == Counter({number + 1: ROUNDS for number in range(PEOPLE)})
    assert check_database(database, OPERATOR) == []


def test_ten_who_count_up_the_same_record_at_once_lose_no_count(database: Database) -> None:
    app = new_app(database)
    with database.writing() as session:
        add_cast(session)
    address = Program(app, BEATRIZ).log(number_survivors=0)
    programs = [Program(app, BEATRIZ) for _ in range(10)]

    def count_up(program: Program) -> None:
        while True:
            read = program.get(address)
            more = {"number_survivors": read.json["number_survivors"] + 1}
            answer = program.patch(address, more, If_Match=read.headers["ETag"])
            if answer.status_code == 200:
                return
            assert answer.status_code == 412

    at_once([partial(count_up, program) for program in programs])
    record = programs[0].get(address).json
    assert (record["number_survivors"], record["version_number"]) == (10, 11)


def test_the_same_with_transactions_as_sqlite_begins_them_shows_errors(tmp_path: Path) -> None:
    """The control: were this to pass, the tests above would prove nothing."""
    url = f"sqlite:///{tmp_path / 'plain.sqlite3'}"
    careful = open_database(url, KEYS)
    upgrade_database(careful)
    actors = reporters(careful, 20)
    careful.close()
    engine = create_engine(url)
    event.listen(engine, "connect", tracker_session._prepare_sqlite)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    database = Database(engine)
    database.use_keys(KEYS)
    savers = all_save(new_app(database), actors, 2)
    answers = sum((saver.answers for saver in savers), Counter())
    database.close()
    assert answers[500] > 0
