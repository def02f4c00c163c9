"""The addresses that a source names, one by one, as links that can be read and trusted."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_LONGEST_PATH = 32
# Between two addresses stand commas and spaces, or nothing at all; an address of an archive
# holds another address behind a slash or an equals sign.
_BETWEEN = re.compile(r"[\s,;]+(?=https?://)|(?<=[^\s/=?&])(?=https?://)|\s+", re.IGNORECASE)
_TWICE = re.compile(r"^(?:https?://)+(?=https?://)", re.IGNORECASE)


@dataclass(frozen=True)
class SourceLink:
    """Where a source can be read, and what the link is called; words alone have no address."""

    words: str
    address: str | None


def source_links(reported: str) -> list[SourceLink]:
    """Split a cell of addresses; only addresses of the web become links."""
    parts = (part.strip(" ,;!") for part in _BETWEEN.split(reported))
    return [_link(part) for part in dict.fromkeys(parts) if part]


def _link(part: str) -> SourceLink:
    address = _TWICE.sub("", part)
    try:
        parsed = urlsplit(address)
        host = (parsed.hostname or "").encode("idna").decode().removeprefix("www.")
    except ValueError:
        return SourceLink(part, None)
    if parsed.scheme not in ("http", "https") or not host or not address.isprintable():
        return SourceLink(part, None)
    path = parsed.path.rstrip("/")
    shown = path if len(path) <= _LONGEST_PATH else path[: _LONGEST_PATH - 1] + "…"
    return SourceLink(host + shown, address)
