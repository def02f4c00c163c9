"""Whatever another server answers is taken for no more than a stranger's form."""

import datetime as dt
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.services.following.two_servers import Follower, Keeper, rows
from tracker.domain.people import PersonKind
from tracker.domain.shared_people import ServerNotHeard, ServerProblem
from tracker.exchange import other_servers
from tracker.exchange.other_servers import ask_server
from tracker.schemas.shared_people import load_page

RECORD: dict[str, Any] = {
    "number": 1,
    "change": "changed",
    "public_id": "C-0000-0001",
    "kind": "case",
    "status": "reported",
    "version_number": 1,
    "invented": True,
    "organisation": "Familias (invented)",
    "what": "identification",
    "until": None,
    "match": True,
    "consents": [{"purpose": "share", "until": None}, {"purpose": "match", "until": None}],
    "facts": {"sex": "female"},
}


def page(*entries: Mapping[str, Any], **more: object) -> dict[str, Any]:
    return {"entries": [*entries], "last": 1, "more": False, "started_over": False, **more}


@contextmanager
def answering(
    answer: Callable[[BaseHTTPRequestHandler], None], context: ssl.SSLContext | None = None
) -> Iterator[str]:
    """Serve one answer to whatever is asked; gives host and port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def send(body: bytes, kind: str = "application/json", status: int = 200, **headers: str):
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        try:
            handler.wfile.write(body)
        except OSError:
            return  # whoever asked has read enough

    return answer


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (send(b"<h1>Hello</h1>", "text/html"), "not_readable"),
        (send(b"{"), "not_readable"),
        (send(b'{"a": NaN}'), "not_readable"),
        (send(b'{"a": 1, "a": 2}'), "not_readable"),
        (send(b"[" * 100_000), "not_readable"),
        (send(b'"\\ud800"'), "not_readable"),
        (send(b" " * 6_000_000), "answer_too_large"),
        (send(b"", status=302, Location="http://127.0.0.1:1/"), "redirected"),
        (send(b"", status=401), "key_refused"),
        (send(b"", status=404), "not_there"),
        (send(b"", status=500), "server_failed"),
        (lambda handler: handler.wfile.write(b"nonsense"), "no_answer"),
    ],
)
def test_an_answer_that_is_none_is_a_problem_with_a_name(answer, problem: str) -> None:
    with answering(answer) as place, pytest.raises(ServerNotHeard) as failed:
        ask_server(f"http://{place}", "/x", key="k", query={})
    assert failed.value.problem == problem


def test_a_server_that_drips_does_not_hold_a_follower_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(other_servers, "PATIENCE_S", 1)
    gone = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        try:
            while not gone.wait(0.2):
                handler.wfile.write(b" ")
                handler.wfile.flush()
        except OSError:
            return

    with answering(drip) as place:
        with pytest.raises(ServerNotHeard, match="no_answer"):
            ask_server(f"http://{place}", "/x", key="k", query={})
        gone.set()


def test_a_certificate_that_nobody_vouches_for_gets_no_key(tmp_path: Path) -> None:
    asked: list[str] = []
    with (
        answering(lambda handler: asked.append(handler.path), _self_signed(tmp_path)) as place,
        pytest.raises(ServerNotHeard, match="not_trusted"),
    ):
        ask_server(f"https://{place}", "/x", key="k", query={})
    assert asked == []


def _self_signed(folder: Path) -> ssl.SSLContext:
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    form = serialization.PrivateFormat.PKCS8
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(pem, form, serialization.NoEncryption()) + certificate.public_bytes(pem)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def test_a_name_that_leads_inside_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = [(2, 1, 6, "", ("169.254.169.254", 443))]
    monkeypatch.setattr(other_servers.socket, "getaddrinfo", lambda *_args, **_more: inside)
    with pytest.raises(ServerNotHeard, match="address_refused"):
        ask_server("https://tracker.example.org", "/x", key="k", query={})


def test_plain_http_is_never_asked_over_the_network() -> None:
    with pytest.raises(ServerNotHeard, match="address_refused"):
        ask_server("http://tracker.example.org", "/x", key="k", query={})


def test_facts_that_nobody_knows_are_left_out_and_counted() -> None:
    told = {
        "sex": "female",
        "migration_status": "x",
        "hair": "turquoise",
        "marks": [{"kind": "tattoo", "part": "hand"}, {"kind": "aura"}, {"kind": "scar", "x": 1}],
        "belongings": "a bag",
    }
    read = load_page(page({**RECORD, "facts": told}))
    (entry,) = read.entries
    assert entry.record is not None
    assert entry.record.facts == {
        "sex": "female",
        "marks": [{"kind": "tattoo", "part": "hand"}, {"kind": "scar"}],
    }
    assert (read.dropped, read.unread) == (1, 0)


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "ghost"},
        {"status": "deported"},
        {"public_id": "../../x"},
        {"public_id": 7},
        {"change": "arrested"},
        {"what": "everything"},
        {"number": True},
        {"facts": []},
        {"until": "tomorrow"},
        {"organisation": None},
    ],
)
def test_an_entry_that_cannot_be_read_is_left_out_alone(changed: dict[str, object]) -> None:
    read = load_page(page({**RECORD, **changed}, {**RECORD, "public_id": "C-0000-0002"}))
    assert [entry.public_id for entry in read.entries] == ["C-0000-0002"]
    assert (read.dropped, read.unread) == (1, 1)


@pytest.mark.parametrize("given", [None, [], {}, {"entries": 1}, page(last=-1), page(last="x")])
def test_what_is_no_page_is_refused(given: object) -> None:
    with pytest.raises(ValueError, match="no "):
        load_page(given)


def test_matching_needs_the_flag_and_the_consent() -> None:
    def may(**changed: object) -> bool:
        (entry,) = load_page(page({**RECORD, **changed})).entries
        assert entry.record is not None
        return entry.record.match

    assert may()
    assert not may(match=False)
    assert not may(match="true")
    assert not may(consents=[])
    assert may(kind="remains", status="unidentified", consents=[])


def test_who_does_not_say_that_people_are_real_marks_them_as_invented() -> None:
    told = {name: value for name, value in RECORD.items() if name != "invented"}
    (entry,) = load_page(page(told)).entries
    assert entry.record is not None
    assert entry.record.invented
    assert entry.record.kind is PersonKind.CASE


def test_a_stranger_never_reaches_records_of_ours_or_of_another_server(
    keeper: Keeper, follower: Follower
) -> None:
    case = keeper.shared_case()
    follower.once()
    theirs = follower.number
    follower.number = follower.follow(
        keeper, "mtr_invented", address="http://127.0.0.1:1", name="another"
    )
    own = follower.copy_id(case)
    withdrawn = [
        {"number": number, "change": "withdrawn", "public_id": public_id}
        for number, public_id in enumerate((case, own))
    ]
    taken = follower.once(ask=lambda *_: page(*withdrawn))
    assert (taken.withdrawn, rows(follower.database, "person_versions")) == (0, 1)
    follower.number = theirs
    # What has no end is left after so many pages, and what cannot be read erases nothing.
    taken = follower.once(ask=lambda *_: page({**RECORD, "kind": "ghost"}, more=True))
    assert taken.problem == ServerProblem.PARTLY_READABLE
    assert rows(follower.database, "person_versions") == 1
