"""Sends text answers compressed."""

import gzip
import struct
import zlib
from functools import lru_cache

from flask import Flask, Response, request

from tracker.http.headers import nonce_of_page

_TEXTS = (
    "text/",
    "application/json",
    "application/javascript",
    "application/problem+json",
    "application/geo+json",
    "image/svg+xml",
)
_LEAST = 1_000
_MOST = 8_000_000
_MOST_KEPT = 300_000
# Of a page with a nonce the parts around it are kept, if they are worth it.
_LEAST_PART, _MOST_PART = 20_000, 1_000_000
_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"  # gzip: deflated, no name, no time, any system
_LAST_BLOCK = b"\x03\0"


def compress_answers(app: Flask) -> None:
    """Compress texts for whoever accepts gzip."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not (response.mimetype or "").startswith(_TEXTS):
        return response
    response.vary.add("Accept-Encoding")
    if (
        response.status_code == 206
        or "Content-Encoding" in response.headers
        or not request.accept_encodings.quality("gzip")
        or not _LEAST <= (response.content_length or 0) <= _MOST
    ):
        return response
    response.direct_passthrough = False
    body = response.get_data()
    nonce = nonce_of_page()
    if nonce is not None:
        keep = not response.cache_control.no_store
        response.set_data(_gzip_around(body, nonce.encode(), keep=keep))
    else:
        response.set_data(_gzip(body) if len(body) > _MOST_KEPT else _gzip_once(body))
    response.headers["Content-Encoding"] = "gzip"
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)
    return response


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, 6, mtime=0)


# What comes out depends on the body alone, so that nobody gets another's page from here.
_gzip_once = lru_cache(maxsize=128)(_gzip)


def _gzip_around(body: bytes, nonce: bytes, *, keep: bool) -> bytes:
    """Compress a page that differs from the one before by its nonce alone."""
    parts = (
        _deflate_once(part) if keep and _LEAST_PART <= len(part) <= _MOST_PART else _deflate(part)
        for part in body.split(nonce)
    )
    end = struct.pack("<LL", zlib.crc32(body), len(body))
    return b"".join((_HEAD, _deflate(nonce).join(parts), _LAST_BLOCK, end))


def _deflate(part: bytes) -> bytes:
    """Compress a part so that it may stand anywhere between others."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH)


_deflate_once = lru_cache(maxsize=16)(_deflate)
