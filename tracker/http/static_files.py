"""Addresses of our own files that change with their content, so that they may be kept for good."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request

FOR_GOOD = "public, max-age=31536000, immutable"
_A_WEEK = "public, max-age=604800"
ASK_AGAIN = "public, no-cache"


def serve_static_files(app: Flask) -> None:
    """Put a digest of each file into its address, and say how long it may be kept."""
    folder = Path(app.static_folder or "")

    @app.url_defaults
    def add_digest(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static" and "v" not in values:
            values["v"] = digest(folder / str(values["filename"]))

    @app.after_request
    def say_how_long(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code in (200, 206, 304):
            response.headers["Cache-Control"] = _keep(request.path, bool(request.args.get("v")))
        return response


def _keep(path: str, has_digest: bool) -> str:
    if has_digest:
        return FOR_GOOD
    return _A_WEEK if path.endswith(".woff2") else ASK_AGAIN


@cache
def digest(path: Path) -> str:
    """Name the content of a file that stays as it is while the program runs."""
    return digest_of(path.read_bytes())


def digest_of(content: bytes) -> str:
    """Name a content that has no file of its own."""
    return hashlib.sha256(content).hexdigest()[:12]
