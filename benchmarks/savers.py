"""Measures many people who save at once: real HTTP, `tracker serve` in a process of its own.

python -m benchmarks.savers
"""

import contextlib
import datetime as dt
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from tracker.config import settings_from_environment
from tracker.db.encryption import new_key_ring, write_key_file
from tracker.db.migrations import upgrade_database
from tracker.db.models import Account, Incident, IncidentVersion, Organisation
from tracker.db.session import Database, open_database
from tracker.domain.permissions import Actor, Role, TokenScope
from tracker.services.accounts.api_tokens import create_token

PEOPLE = 100
ROUNDS = 4
MOST_SECONDS = 60
INCIDENTS = "/api/v1/incidents"
# An invented event in the Gulf of Urabá.
EVENT: dict[str, object] = {
    "incident_type": "incident",
    "date_from": "2026-05-02",
    "date_to": "2026-05-02",
    "date_precision": "day",
    "number_dead": 2,
    "causes": ["drowning"],
    "longitude": -76.9312,
    "latitude": 8.4527,
    "location_precision": "locality",
    "location_description": "By the jetty",
    "groups": [{"kind": "sex", "code": "female", "number_from": 1, "basis": "family"}],
    "sources": [{"publisher": "Shelter", "quality": 4, "independent": True}],
}


@dataclass
class Told:
    """What the server answered: seconds a request, errors, and the records it acknowledged."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)
    keys: dict[str, set[str]] = field(default_factory=dict)


class Saver:
    """Somebody who saves: one connection, one key of the API."""

    def __init__(self, port: int, token: str, told: Told) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=MOST_SECONDS)
        self.token, self.told = token, told

    def ask(self, method: str, address: str, sent: object, **headers: str) -> tuple[dict, str]:
        """Send one request and note how long the answer took."""
        given = {name.replace("_", "-"): word for name, word in headers.items()}
        given |= {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        start = time.perf_counter()
        try:
            self.connection.request(method, address, json.dumps(sent), given)
            answer = self.connection.getresponse()
            body = answer.read()
        except OSError as error:
            self.told.errors.append(type(error).__name__)
            self.connection.close()
            return {}, ""
        self.told.seconds.append(time.perf_counter() - start)
        if answer.status >= 400:
            self.told.errors.append(f"{answer.status} {method}")
            return {}, ""
        return json.loads(body), answer.headers["ETag"]

    def save(self, key: str, *, again: bool) -> None:
        """Log a record (perhaps twice, as a bad line makes one do), correct it, hand it in."""
        for _ in range(1 + again):
            logged, tag = self.ask("POST", INCIDENTS, EVENT, Idempotency_Key=key)
            if logged:
                self.told.keys.setdefault(key, set()).add(logged["public_id"])
                self.told.versions[logged["public_id"]] = 1
        if not logged:
            return
        address = f"{INCIDENTS}/{logged['public_id']}"
        changed, tag = self.ask("PATCH", address, {"number_dead": 3}, If_Match=tag)
        if changed:
            self.told.versions[logged["public_id"]] += 1
            handed_in, _ = self.ask("POST", f"{address}/submit", {}, If_Match=tag)
            self.told.versions[logged["public_id"]] += bool(handed_in)


def save_at_once(port: int, tokens: list[str], rounds: int) -> Told:
    """Let everybody save at the same moment, so many times; gives what they were told."""
    told, gate = Told(), threading.Barrier(len(tokens))
    end = time.monotonic() + MOST_SECONDS

    def person(number: int, token: str) -> None:
        saver = Saver(port, token, told)
        for at in range(rounds):
            gate.wait(MOST_SECONDS)
            if time.monotonic() < end:
                saver.save(f"{number}-{at}", again=number % 3 == 0)
        saver.connection.close()

    threads = [threading.Thread(target=person, args=each) for each in enumerate(tokens)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def add_people(database: Database, count: int) -> list[str]:
    """Add invented people who may log, and give a key of the API for each."""
    now = dt.datetime.now(dt.UTC)
    tokens = []
    with database.writing() as session:
        group = Organisation(name="Invented", kind="shelter", country="COL", created_at=now)
        session.add(group)
        session.flush()
        for number in range(count):
            account = Account(
                organisation_id=group.id,
                role=Role.REPORTER,
                name=f"Person {number} (invented)",
                email=f"{number}@invented.example",
                email_digest=f"{number}",
                password_hash="",
                created_at=now,
                password_changed_at=now,
            )
            session.add(account)
            session.flush()
            actor = Actor(Role.REPORTER, account.name, account.id, group.id)
            tokens.append(
                create_token(session, actor, name="bench", scope=TokenScope.WRITE, days=1)
            )
    return tokens


def free_port() -> int:
    """Give a port of this machine on which nobody serves."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextlib.contextmanager
def served(command: list[str], port: int, data: Path) -> Iterator[None]:
    """Run a server in a process group of its own until it is no longer needed."""
    environment = os.environ | {"TRACKER_DATA": str(data)}
    server = subprocess.Popen(
        [sys.executable, *command],
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()


def _counted(database: Database) -> tuple[int, dict[str, int]]:
    with database.reading() as session:
        number = session.scalar(select(func.count()).select_from(Incident)) or 0
        versions = session.execute(
            select(Incident.public_id, func.count(IncidentVersion.id))
            .join(IncidentVersion, IncidentVersion.incident_id == Incident.id)
            .group_by(Incident.public_id)
        ).all()
    return number, {row[0]: row[1] for row in versions}


def measure_savers(*, careless: bool = False, people: int = PEOPLE) -> dict[str, float]:
    """Let people save at once on an empty SQLite file and compare what was told with what is there.

    `careless`: the control, whose transactions begin as SQLite's do by default.
    """
    port, load = free_port(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        settings = settings_from_environment({"TRACKER_DATA": name})
        keys = new_key_ring()
        write_key_file(keys, settings.keys_file)
        database = open_database(settings.database_url, keys)
        upgrade_database(database)
        tokens = add_people(database, people)
        ours = ["-c", "from tracker.cli import main; main()", "serve", "--port", str(port)]
        control = ["-m", "benchmarks.careless_server", str(port)]
        with served(control if careless else ours, port, data):
            start = time.perf_counter()
            told = save_at_once(port, tokens, ROUNDS)
            seconds = time.perf_counter() - start
        number, versions = _counted(database)
        database.close()
    waits = sorted(told.seconds)
    return {
        "people": people,
        "requests": len(waits),
        "errors": len(told.errors),
        "lost": sum(versions.get(each, 0) < count for each, count in told.versions.items()),
        "doubled": sum(len(ids) > 1 for ids in told.keys.values())
        + max(0, number - len(told.versions)),
        "p50": waits[len(waits) // 2],
        "p99": waits[int(len(waits) * 0.99)],
        "longest": waits[-1],
        "seconds": seconds,
        "load": load,
    }


if __name__ == "__main__":
    for way in (False, True):
        print(json.dumps({"careless": way, **measure_savers(careless=way)}, indent=1))
