"""Asks another server for what it shares: a safe way out, and no more than JSON back.

Only to the open internet or to this very machine, over TLS that is checked, never where an answer
redirects to, through no proxy, and never more than a few megabytes.
"""

import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from tracker.domain.server_addresses import is_loopback_name, may_be_asked
from tracker.domain.shared_people import ServerNotHeard, ServerProblem
from tracker.schemas.json_text import read_json_text

MOST_BYTES = 5_000_000
# Beside the wait that was asked for.
PATIENCE_S = 20
_PIECE = 65_536
_PROBLEMS = {
    401: ServerProblem.KEY_REFUSED,
    403: ServerProblem.KEY_REFUSED,
    404: ServerProblem.NOT_THERE,
}


def ask_server(
    address: str, path: str, *, key: str, query: Mapping[str, int], wait: int = 0
) -> object:
    """Give the JSON that a server answers; raises `ServerNotHeard`.

    The answer of somebody else's server gets into no message and no log.
    """
    patience = wait + PATIENCE_S
    connection = _connection(address, patience)
    try:
        place = urlsplit(address).path + path + "?" + urlencode(query)
        headers = {
            "Authorization": f"Bearer {key}",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": "migrant-tracker",
        }
        connection.request("GET", place, headers=headers)
        with connection.getresponse() as answer:
            return _read(answer, time.monotonic() + patience)
    except ssl.SSLError:
        raise ServerNotHeard(ServerProblem.NOT_TRUSTED) from None
    except (OSError, http.client.HTTPException):
        raise ServerNotHeard(ServerProblem.NO_ANSWER) from None
    finally:
        connection.close()


def _read(answer: http.client.HTTPResponse, until: float) -> object:
    if 300 <= answer.status < 400:
        # The key goes where somebody entered it, and nowhere else.
        raise ServerNotHeard(ServerProblem.REDIRECTED)
    if answer.status != 200:
        raise ServerNotHeard(_PROBLEMS.get(answer.status, ServerProblem.SERVER_FAILED))
    if answer.headers.get_content_type() != "application/json":
        raise ServerNotHeard(ServerProblem.NOT_READABLE)
    read = bytearray()
    while piece := answer.read1(_PIECE):
        read += piece
        if len(read) > MOST_BYTES:
            raise ServerNotHeard(ServerProblem.ANSWER_TOO_LARGE)
        if time.monotonic() > until:
            raise ServerNotHeard(ServerProblem.NO_ANSWER)
    try:
        return read_json_text(bytes(read))
    except ValueError:
        raise ServerNotHeard(ServerProblem.NOT_READABLE) from None


def _connection(address: str, patience: float) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme == "https":
        return _Sealed(host, parts.port, timeout=patience)
    if parts.scheme == "http" and is_loopback_name(host):
        return _Local(host, parts.port, timeout=patience)
    raise ServerNotHeard(ServerProblem.ADDRESS_REFUSED)


class _Local(http.client.HTTPConnection):
    """A connection within this machine."""

    def connect(self) -> None:
        """Connect to this machine and to nothing else."""
        self.sock = _connected(self.host, self.port, self.timeout)


class _Sealed(http.client.HTTPSConnection):
    """A connection over TLS to an address that was looked at."""

    def connect(self) -> None:
        """Connect to the very address that was looked at, and check whose it is by its name."""
        plain = _connected(self.host, self.port, self.timeout)
        try:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(plain, server_hostname=self.host)
        except OSError:
            plain.close()
            raise


def _connected(host: str, port: int, patience: float | None) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    loopback = is_loopback_name(host)
    # Looked at here, and not before: a name could lead elsewhere a moment later.
    allowed = [each for each in found if may_be_asked(str(each[4][0]), loopback=loopback)]
    if not allowed:
        raise ServerNotHeard(ServerProblem.ADDRESS_REFUSED)
    for at, (family, kind, protocol, _, place) in enumerate(allowed):
        opened = socket.socket(family, kind, protocol)
        opened.settimeout(min(patience or PATIENCE_S, PATIENCE_S))
        try:
            opened.connect(place)
        except OSError:
            opened.close()
            if at == len(allowed) - 1:
                raise
        else:
            opened.settimeout(patience)
            return opened
    raise ServerNotHeard(ServerProblem.NO_ANSWER)
