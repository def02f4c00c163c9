"""Which addresses of other servers may be asked: none that leads into a network of our own."""

import ipaddress
import re
from typing import TypeAlias
from urllib.parse import urlsplit

from tracker.domain.errors import InvalidRecord

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*/?")
LONGEST = 300
# What lies behind these is an IPv4 address in another dress.
_DISGUISES = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "2002::/16", "2001::/32")))


def read_server_address(given: str, *, loopback: bool = False) -> str:
    """Give the address of a server as it is kept; raises `InvalidRecord` for `address`.

    It is https and leads to the open internet. With `loopback` it may also lead to this machine,
    then over http too: for the operator alone.
    """
    text = given.strip()
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _wrong("not_an_address") from None
    host = (parts.hostname or "").rstrip(".")
    shown = f"[{host}]" if ":" in host else host
    plain = not (parts.username or parts.password or parts.query or parts.fragment)
    if len(text) > LONGEST or not plain or port == 0 or not _HOST.fullmatch(shown):
        raise _wrong("not_an_address")
    if not _PATH.fullmatch(parts.path) or "/.." in parts.path:
        raise _wrong("not_an_address")
    local = is_loopback_name(host)
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise _wrong("not_https")
    if (local and not loopback) or (not local and not _may_be_public(host)):
        raise _wrong("private_address")
    return f"{parts.scheme}://{shown}{f':{port}' if port else ''}{parts.path.rstrip('/')}"


def is_loopback_name(host: str) -> bool:
    """Say whether a host is written as this very machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def may_be_asked(found: str, *, loopback: bool) -> bool:
    """Say whether a name may lead to this IP address: the open internet, or this machine alone."""
    address = ipaddress.ip_address(found.partition("%")[0])
    if loopback:
        return address.is_loopback
    return _is_public(address)


def _may_be_public(host: str) -> bool:
    try:
        return _is_public(ipaddress.ip_address(host))
    except ValueError:
        # A name; where it leads is looked at each time it is asked. One without a dot is ours.
        return "." in host and not host.rpartition(".")[2].isdigit()


def _is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return _is_public(address.ipv4_mapped)
        if any(address in network for network in _DISGUISES):
            return False
    return address.is_global and not address.is_multicast


def _wrong(code: str) -> InvalidRecord:
    return InvalidRecord({"address": (code,)})
