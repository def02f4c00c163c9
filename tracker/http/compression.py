"""Sends text answers compressed."""

import gzip
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
    # A page with a nonce never comes again, and a large one takes too much room.
    once = nonce_of_page() is not None or len(body) > _MOST_KEPT
    response.set_data(_gzip(body) if once else _gzip_once(body))
    response.headers["Content-Encoding"] = "gzip"
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)
    return response


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, 6, mtime=0)


# What comes out depends on the body alone, so that nobody gets another's page from here.
_gzip_once = lru_cache(maxsize=128)(_gzip)
