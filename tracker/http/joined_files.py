"""Styles and scripts that a page needs together, given as one file: asked for once, not one by one.

The files themselves stay apart, and are where people read and change them.
"""

import posixpath
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from flask import Flask, Response, current_app, make_response, request

from tracker.domain.errors import NotFound
from tracker.http.static_files import ASK_AGAIN, FOR_GOOD, digest_of, serve_static_files

# The name of a joined file -> the files in it, below static/, in order.
JOINED: dict[str, tuple[str, ...]] = {
    "page.css": tuple(
        f"css/{name}.css"
        for name in ("tokens", "base", "layout", "parts", "tables", "charts", "accounts", "print")
    ),
    "map.css": ("vendor/leaflet/leaflet.css", "map/drawing.css", "map/map.css"),
    "map.js": tuple(
        f"map/{name}.js"
        for name in (
            *("data", "source", "layers", "view", "marks", "facts", "names", "map", "list"),
            *("density", "tools", "time", "address", "incidents", "ground", "picture"),
        )
    ),
    # What paints tiles: for whoever looks at a part of the region.
    "tiles.js": ("vendor/protomaps-leaflet/protomaps-leaflet.js", "map/base.js"),
}
_TYPES = {".css": "text/css", ".js": "text/javascript"}
_ADDRESS = re.compile(r"""url\((["']?)(?![a-z]+:|[/#"'])(?P<path>[^"'()]+)\1\)""")
_FOLDER = "joined"


def serve_own_files(app: Flask) -> None:
    """Serve files one by one and joined, each at an address that changes with its content."""
    serve_static_files(app)
    app.add_url_rule(f"/static/{_FOLDER}/<name>", _FOLDER, _give)

    @app.url_defaults
    def add_digest(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == _FOLDER:
            values.setdefault("v", digest_of(_body(_static(), str(values["name"]))))


def _give(name: str) -> Response:
    if name not in JOINED:
        raise NotFound("route")
    answer = make_response(_body(_static(), name))
    answer.mimetype = _TYPES[Path(name).suffix]
    answer.headers["Cache-Control"] = FOR_GOOD if request.args.get("v") else ASK_AGAIN
    return answer


def _static() -> Path:
    return Path(current_app.static_folder or "")


@cache
def _body(folder: Path, name: str) -> bytes:
    return joined_text(folder, JOINED[name]).encode()


def joined_text(folder: Path, paths: Sequence[str]) -> str:
    """Join files below a folder; what their styles name is found from the joined file too."""
    return "\n".join(_text(folder, path) for path in paths)


def _text(folder: Path, path: str) -> str:
    text = (folder / path).read_text(encoding="utf-8")
    text = re.sub(r"^//[#@] sourceMappingURL=.*$", "", text, flags=re.MULTILINE)
    if not path.endswith(".css"):
        return text
    return _ADDRESS.sub(lambda found: f'url("{_seen_from_here(path, found["path"])}")', text)


def _seen_from_here(path: str, named: str) -> str:
    return posixpath.relpath(posixpath.join(posixpath.dirname(path), named), _FOLDER)
