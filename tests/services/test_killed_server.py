"""A server that is killed while people save has kept all that it acknowledged, each once."""

import http.client
import json
import multiprocessing
import random
import socket
import threading
import time
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from sqlalchemy import func, select
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.conftest import BEATRIZ, KEYS
from tests.http.clients import add_cast, new_app
from tests.services.records import GIVEN
from tracker.db.encryption import read_keys, written_keys
from tracker.db.migrations import upgrade_database
from tracker.db.models import Incident
from tracker.db.session import open_database
from tracker.domain.permissions import OPERATOR, TokenScope
from tracker.services.accounts.api_tokens import create_token
from tracker.services.installation import check_database

KILLS = 10
SAVERS = 8


class Quiet(WSGIRequestHandler):
    """Answers without a line for each answer."""

    def log_request(self, *_: object) -> None:
        """Say nothing."""


def serve(path: Path, keys: str, port: int, ready: Event) -> None:
    """Serve the application until somebody kills this process."""
    app = new_app(open_database(f"sqlite:///{path}", read_keys(keys)))
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Quiet)
    ready.set()
    server.serve_forever()


class Client(threading.Thread):
    """Somebody who sends record after record, and each again until it is acknowledged."""

    def __init__(self, port: int, number: int, token: str, done: threading.Event) -> None:
        super().__init__()
        self.address, self.number, self.done = ("127.0.0.1", port), number, done
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.acknowledged: dict[str, str] = {}
        self.sent_again = 0

    def run(self) -> None:
        while not self.done.is_set():
            key = f"{self.number}-{len(self.acknowledged)}"
            while (public_id := self.send(key)) is None:
                self.sent_again += 1
                time.sleep(0.02)
            self.acknowledged[key] = public_id

    def send(self, key: str) -> str | None:
        """Send a record and give its public id; None where no answer has come."""
        connection = http.client.HTTPConnection(*self.address, timeout=30)
        try:
            headers = {**self.headers, "Idempotency-Key": key}
            connection.request("POST", "/api/v1/incidents", json.dumps(GIVEN), headers)
            answer = connection.getresponse()
            told = json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            return None
        finally:
            connection.close()
        assert answer.status in (200, 201), told
        return str(told["public_id"])


def wait_for_more(clients: list[Client]) -> None:
    """Wait until this server has acknowledged something too, however busy the machine is."""
    known = sum(len(client.acknowledged) for client in clients)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if sum(len(client.acknowledged) for client in clients) >= known + 2:
            return
        time.sleep(0.02)


@pytest.mark.alone
def test_a_kill_at_ten_moments_loses_nothing_acknowledged_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    path = tmp_path / "tracker.sqlite3"
    database = open_database(f"sqlite:///{path}", KEYS)
    upgrade_database(database)
    with database.writing() as session:
        add_cast(session)
        token = create_token(session, BEATRIZ, name="a", scope=TokenScope.WRITE, days=30)
    database.close()
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = int(asked.getsockname()[1])
    # Children of a server that has everything loaded start at once and are killed for real.
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.services.test_killed_server"])
    done, chance = threading.Event(), random.Random(2026)
    clients = [Client(port, number, token, done) for number in range(SAVERS)]
    for kill in range(KILLS + 1):
        ready = processes.Event()
        server = processes.Process(target=serve, args=(path, written_keys(KEYS), port, ready))
        server.start()
        assert ready.wait(120)
        if kill == 0:
            for client in clients:
                client.start()
        wait_for_more(clients)
        time.sleep(chance.random())
        if kill < KILLS:
            server.kill()
            server.join()
    done.set()
    for client in clients:
        client.join(120)
    acknowledged = {key: name for client in clients for key, name in client.acknowledged.items()}
    sent_once_more = {key: clients[0].send(key) for key in acknowledged}
    server.kill()
    server.join()

    assert sum(client.sent_again for client in clients) > 0
    assert len(acknowledged) > KILLS
    assert sent_once_more == acknowledged
    assert len(set(acknowledged.values())) == len(acknowledged)
    database = open_database(f"sqlite:///{path}", KEYS)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Incident)) == len(acknowledged)
    assert check_database(database, OPERATOR) == []
    database.close()
