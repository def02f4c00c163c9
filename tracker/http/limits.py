"""Keeps one sender from flooding what anyone may send; nothing of it is written down."""

import datetime as dt
import ipaddress
import secrets
import threading
from collections import OrderedDict
from hashlib import blake2b

from flask import current_app, request

from tracker.http.request import current_moment

# So many senders are remembered; whoever was quiet longest is forgotten first.
MOST_SENDERS = 50_000


class Allowance:
    """So many acts at once from one sender, and a new one every so often.

    It lies in the memory of this process alone, under a key that ends with it.
    """

    def __init__(self, at_once: int, every: dt.timedelta) -> None:
        self.at_once = at_once
        self.every = every
        self._spent: OrderedDict[bytes, tuple[float, dt.datetime]] = OrderedDict()
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()

    def wait(self, sender: str, now: dt.datetime) -> dt.timedelta:
        """Say how long this sender has to wait; zero where they need not."""
        with self._lock:
            spent = self._spent_now(self._name(sender), now)
        return max((spent + 1 - self.at_once) * self.every, dt.timedelta())

    def spend(self, sender: str, now: dt.datetime) -> None:
        """Count an act of this sender."""
        with self._lock:
            name = self._name(sender)
            self._spent[name] = (self._spent_now(name, now) + 1, now)
            self._spent.move_to_end(name)
            if len(self._spent) > MOST_SENDERS:
                self._spent.popitem(last=False)

    def _spent_now(self, name: bytes, now: dt.datetime) -> float:
        spent, at = self._spent.get(name, (0.0, now))
        return max(spent - max(now - at, dt.timedelta()) / self.every, 0.0)

    def _name(self, sender: str) -> bytes:
        return blake2b(network_of(sender).encode(), key=self._key, digest_size=16).digest()


def network_of(address: str) -> str:
    """Give what one household can hold of an address: all of IPv4, the first half of IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        mapped = parsed.ipv4_mapped
        return str(mapped or ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


# What anyone may do without an account, from one address: so many at once, then one every so often.
ALLOWANCES: dict[str, tuple[int, dt.timedelta]] = {
    "reports": (10, dt.timedelta(minutes=3)),
    "wrong_codes": (10, dt.timedelta(minutes=2)),
    "families": (10, dt.timedelta(minutes=2)),
    # From all addresses together: tries with codes of families that the log takes.
    "noted_tries": (120, dt.timedelta(minutes=1)),
}


def seconds_to_wait(kind: str) -> int:
    """Say how long whoever asks has to wait before they do this; 0 where they need not."""
    wait = _allowance(kind).wait(_sender(), current_moment())
    return int(wait.total_seconds()) + 1 if wait else 0


def spend(kind: str) -> None:
    """Count that whoever asks has done this."""
    _allowance(kind).spend(_sender(), current_moment())


def spend_together(kind: str) -> bool:
    """Count an act of everybody together, if there is still room for it; says whether there was."""
    room = not _allowance(kind).wait("", current_moment())
    if room:
        _allowance(kind).spend("", current_moment())
    return room


def _sender() -> str:
    # What proxies of ours say is in it already; what the visitor says of itself is not.
    return request.remote_addr or ""


def _allowance(kind: str) -> Allowance:
    kept: dict[str, Allowance] = current_app.extensions.setdefault("tracker.allowances", {})
    return kept.setdefault(kind, Allowance(*ALLOWANCES[kind]))
