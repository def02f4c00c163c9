"""A site with accounts, a line to it that can be cut, and a phone whose browser is closed."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

import pyarrow as pa
from flask import Flask
from playwright.sync_api import BrowserContext, BrowserType, Page, expect
from sqlalchemy import select
from werkzeug.serving import make_server

from tests.conftest import BEATRIZ, KEYS
from tests.http.clients import sign_in
from tracker.app import create_app
from tracker.config import Settings
from tracker.db.migrations import upgrade_database
from tracker.db.models import Incident, IncidentVersion
from tracker.db.session import Database, open_database
from tracker.domain.permissions import Actor
from tracker.http.cookies import SESSION

PHRASE = "tortuga lluvia mesa violeta"
# Words that stand nowhere in what the phone keeps for everybody.
SECRETS = ("Quelonio Azulverde", "detras del molino oxidado", "quelonio.example.org")
# A browser keeps plain letters one byte each, and others two.
CODINGS = ("utf-8", "latin-1", "utf-16-le", "utf-16-be")
POST = b"POST /offline/entries"


class Cut(StrEnum):
    """Where the line breaks when an entry is sent."""

    BEFORE_THE_ANSWER = "before_the_answer"
    IN_THE_BODY = "in_the_body"


@dataclass
class Line:
    """A line between browser and server; `cuts` are used up by the entries that are sent."""

    server: tuple[str, int]
    cuts: list[Cut] = field(default_factory=list)
    posted: int = 0

    def serve(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        """Carry one request and its answer; the connection is not used again."""
        with client, contextlib.suppress(OSError):
            request = _whole_message(client)
            if not request:
                return
            cut = None
            if request.startswith(POST):
                self.posted += 1
                cut = self.cuts.pop(0) if self.cuts else None
            with socket.create_connection(self.server) as server:
                if cut is Cut.IN_THE_BODY:
                    server.sendall(request[: -len(request) // 8])
                    _reset(client)
                    return
                server.sendall(_closing(request))
                answer = _until_closed(server)
            # The server has finished: what it stored, it has stored.
            if cut is Cut.BEFORE_THE_ANSWER:
                _reset(client)
            else:
                client.sendall(answer)


def _whole_message(source: socket.socket) -> bytes:
    held = b""
    while b"\r\n\r\n" not in held:
        part = source.recv(65536)
        if not part:
            return b""
        held += part
    head, _, body = held.partition(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            while len(body) < int(value):
                body += source.recv(65536)
    return head + b"\r\n\r\n" + body


def _closing(request: bytes) -> bytes:
    return request.replace(b"Connection: keep-alive", b"Connection: close", 1)


def _until_closed(source: socket.socket) -> bytes:
    held = b""
    while part := source.recv(65536):
        held += part
    return held


def _reset(client: socket.socket) -> None:
    """Let the browser see that the line broke, not that it was closed in good order."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@dataclass
class OfflineSite:
    """The real application with people in it, at the far end of a line."""

    address: str
    app: Flask
    database: Database
    line: Line

    def session_cookie(self, actor: Actor = BEATRIZ) -> dict[str, object]:
        client = sign_in(self.app, actor)
        token = client.get_cookie(SESSION).value
        host = urlsplit(self.address).hostname
        return {"name": SESSION, "value": token, "domain": host, "path": "/", "httpOnly": True}

    def logged(self) -> list[tuple[str, int | None, str | None, str]]:
        """Give what was logged: door, dead, corridor, words of the place."""
        with self.database.reading() as session:
            rows = session.execute(
                select(Incident, IncidentVersion)
                .join(IncidentVersion, IncidentVersion.incident_id == Incident.id)
                .order_by(Incident.id)
            )
            return [
                (one.logged_through, version.number_dead, version.corridor, version.status)
                for one, version in rows
            ]


@contextlib.contextmanager
def offline_site(folder: Path) -> Iterator[OfflineSite]:
    """Serve the application with accounts, and lay a line to it."""
    url = f"sqlite:///{folder / 'tracker.sqlite3'}"
    database = open_database(url, KEYS)
    upgrade_database(database)
    app = create_app(Settings(database_url=url, secret_key="tests"), database=database)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    listener = socket.create_server(("127.0.0.1", 0))
    line = Line(("127.0.0.1", server.server_port))
    threads = [
        threading.Thread(target=server.serve_forever, daemon=True),
        threading.Thread(target=line.serve, args=(listener,), daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        port = listener.getsockname()[1]
        yield OfflineSite(f"http://127.0.0.1:{port}", app, database, line)
    finally:
        listener.close()
        server.shutdown()
        server.server_close()
        database.close()


@dataclass
class Phone:
    """A browser with a profile of its own; closed and opened again it is the same phone."""

    launcher: BrowserType
    browser_path: str
    arguments: list[str]
    profile: Path
    home: str
    options: dict[str, object] = field(default_factory=dict)
    context: BrowserContext | None = None

    def open(self, path: str = "/offline/en", *, cookie: dict[str, object] | None = None) -> Page:
        if self.context is None:
            self.context = self.launcher.launch_persistent_context(
                str(self.profile),
                executable_path=self.browser_path,
                args=self.arguments,
                viewport={"width": 360, "height": 740},
                locale="en",
                **self.options,
            )
        if cookie:
            self.context.add_cookies([cookie])
        page = self.context.pages[0] if self.context.pages else self.context.new_page()
        page.goto(self.home + path)
        return page

    def close(self) -> None:
        if self.context is not None:
            self.context.close()
            self.context = None


NewPhone: TypeAlias = Callable[[OfflineSite], Phone]


def prepare(page: Page, phrase: str = PHRASE) -> None:
    page.locator("#set-up").wait_for()
    page.fill("#phrase", phrase)
    page.fill("#phrase-again", phrase)
    page.click("#set-up-form button")
    expect(page.locator("#status")).to_contain_text("This phone is ready", timeout=60_000)


def unlock(page: Page, phrase: str = PHRASE) -> None:
    page.fill("#open-phrase", phrase)
    page.click("#unlock-form button")


def opened(page: Page) -> None:
    unlock(page)
    page.locator("#work").wait_for(timeout=60_000)


def write(page: Page, dead: int, *, source: str = SECRETS[0]) -> None:
    page.select_option("#causes", "drowning")
    page.fill("#date_from", "2026-10-02")
    page.fill("#town", "necocl")
    page.locator("#towns button").first.click()
    page.fill("#number_dead", str(dead))
    page.fill("[id='sources.0.publisher']", source)
    page.locator(".offline-more > summary").click()
    page.fill("#location_description", SECRETS[1])
    page.fill("[id='sources.0.url']", f"https://{SECRETS[2]}/{dead}")
    page.locator(".offline-more > summary").click()
    page.get_by_role("button", name="Keep it, and send it when possible").click()
    expect(page.locator("#number_dead")).to_have_value("")


def stand(page: Page, *states: str) -> None:
    """Wait until the entries of the list stand like this, the oldest first."""
    rows = page.locator("#entries > li")
    expect(rows).to_have_count(len(states))
    for at, state in enumerate(states):
        expect(rows.nth(at)).to_have_attribute("data-state", state)


def readable(profile: Path, word: str) -> list[str]:
    """Give the files of a profile that hold a word, also in the packed blocks of a database."""
    needles = [word.encode(coding) for coding in CODINGS]
    found = []
    for path in sorted(profile.rglob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        held = path.read_bytes()
        parts = [held]
        if path.suffix == ".log":
            parts.append(_joined_log(held))
        if path.suffix == ".ldb":
            parts += _unpacked_blocks(held)
        if any(needle in part for needle in needles for part in parts):
            found.append(str(path.relative_to(profile)))
    return found


def _joined_log(held: bytes) -> bytes:
    """Take out the heads of the pieces in which a log of LevelDB holds long records."""
    joined, at = b"", 0
    while at + 7 <= len(held):
        left = 32_768 - at % 32_768
        length = int.from_bytes(held[at + 4 : at + 6], "little")
        if left < 7 or (length == 0 and held[at + 6] == 0):
            at += left
            continue
        joined += held[at + 7 : at + 7 + length]
        at += 7 + length
    return joined


def _number(held: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        number |= (held[at] & 0x7F) << shift
        shift, at = shift + 7, at + 1
        if held[at - 1] < 0x80:
            return number, at


def _block(held: bytes, at: int, size: int) -> bytes:
    body, kind = held[at : at + size], held[at + size]
    if kind != 1:
        return body
    length, _ = _number(body, 0)
    return pa.Codec("snappy").decompress(body, decompressed_size=length, asbytes=True)


def _unpacked_blocks(held: bytes) -> list[bytes]:
    """Unpack every block of a table of LevelDB, found by the index at its end."""
    foot = held[-48:]
    at = _number(foot, _number(foot, 0)[1])[1]  # past the handle of what is not the index
    begin, at = _number(foot, at)
    size, _ = _number(foot, at)
    index = _block(held, begin, size)
    blocks, at = [index], 0
    end = len(index) - 4 - 4 * int.from_bytes(index[-4:], "little")
    while at < end:
        _, at = _number(index, at)
        unshared, at = _number(index, at)
        length, at = _number(index, at)
        start, after = _number(index, at + unshared)
        blocks.append(_block(held, start, _number(index, after)[0]))
        at += unshared + length
    return blocks
