"""Writes the maps that people make with folium, and serves them from this machine.

    python -m benchmarks.map_peers fast|markers places.npy map.html

Scripts and styles that folium takes from other hosts come from npm packages. Those that are not
there are empty; of awesome-markers, which a fast cluster calls, there is then a line in its place.
"""

import contextlib
import gzip
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import folium
import numpy as np
import numpy.typing as npt
from folium.plugins import FastMarkerCluster, MarkerCluster

from tracker.web.build_assets import PACKAGES

Places = npt.NDArray[np.float64]
NAME = "peer"
# As large as our own map on the same screen.
WIDTH, HEIGHT = 1000, 700
_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".png": "image/png",
}
_IN_ITS_PLACE = {
    "leaflet.awesome-markers.js": b"L.AwesomeMarkers = {icon: () => new L.Icon.Default()};",
}
# What folium names -> where npm puts it.
_FILES = {
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "leaflet.markercluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
    "MarkerCluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
    "MarkerCluster.Default.css": "leaflet.markercluster/dist/MarkerCluster.Default.css",
    "jquery-3.7.1.min.js": "jquery/dist/jquery.min.js",
    "bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "all.min.css": "@fortawesome/fontawesome-free/css/all.min.css",
    "leaflet.awesome-markers.js": "leaflet.awesome-markers/dist/leaflet.awesome-markers.js",
    "leaflet.awesome-markers.css": "leaflet.awesome-markers/dist/leaflet.awesome-markers.css",
}
# No package holds these two.
_NOWHERE = ("bootstrap-glyphicons.css", "leaflet.awesome.rotate.min.css")
_IMAGES = ("leaflet/dist/images", "leaflet.awesome-markers/dist/images")
_OF_OTHER_HOSTS = re.compile(r"""(?<=["'])https://[^"']+/(?P<file>[^"'/]+\.(?:js|css))(?=["'])""")


@dataclass(frozen=True)
class Written:
    """A map as a file: the seconds that it took to write, and its bytes."""

    path: Path
    seconds: float
    raw: int
    compressed: int


def places_of(database: Path) -> Places:
    """Give latitude and longitude of what stands today in a database."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(
            "SELECT latitude, longitude FROM incident_versions"
            " WHERE recorded_to IS NULL AND longitude IS NOT NULL AND status = 'verified'"
        ).fetchall()
    return np.array(rows, dtype=float).reshape(-1, 2)


def write_in_time(kind: str, places: Path, *, limit_seconds: float) -> Written | None:
    """Write a map in a process of its own; None where it takes too long."""
    path = places.with_name(f"{kind}.html")
    command = [sys.executable, "-m", "benchmarks.map_peers", kind, str(places), str(path)]
    try:
        done = subprocess.run(
            command, timeout=limit_seconds, check=True, capture_output=True, text=True
        )
    except subprocess.TimeoutExpired:
        return None
    body = path.read_bytes()
    return Written(path, float(done.stdout), len(body), len(gzip.compress(body, 6)))


def write_map(kind: str, places: Places, path: Path) -> float:
    """Write a map without a background, its scripts asked of its own host; gives seconds."""
    pairs = np.round(places, 5).tolist()
    start = time.perf_counter()
    drawing = folium.Map(
        location=(17.0, -90.0), zoom_start=4, tiles=None, width=WIDTH, height=HEIGHT
    )
    drawing._id = NAME
    drawing.options.update(max_zoom=18)  # else it comes with the background; clusters need it
    if kind == "fast":
        FastMarkerCluster(pairs).add_to(drawing)
    else:
        cluster = MarkerCluster().add_to(drawing)
        for pair in pairs:
            folium.Marker(pair).add_to(cluster)
    text = drawing.get_root().render()
    path.write_text(text, encoding="utf-8")
    seconds = time.perf_counter() - start
    path.write_text(_OF_OTHER_HOSTS.sub(r"/\g<file>", text), encoding="utf-8")
    return seconds


@contextlib.contextmanager
def served_files(folder: Path, packages: Path = PACKAGES) -> Iterator[int]:
    """Serve the maps of a folder and what they name, compressed; gives the port."""
    handler = type("Handler", (_Handler,), {"folder": folder, "packages": packages, "kept": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def missing_files(packages: Path = PACKAGES) -> list[str]:
    """Name the files of other hosts that are answered empty."""
    folders = (packages, PACKAGES)
    missing = [
        name
        for name, path in _FILES.items()
        if not any((folder / path).is_file() for folder in folders)
    ]
    return [*missing, *_NOWHERE]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folder: Path
    packages: Path
    kept: dict[str, bytes]

    def do_GET(self) -> None:
        """Answer with a file."""
        name = self.path.partition("?")[0].lstrip("/")
        kind = _TYPES.get(Path(name).suffix, "text/html")
        if name not in self.kept:
            self.kept[name] = gzip.compress(self._body(name), 6)
        body = self.kept[name]
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _body(self, name: str) -> bytes:
        own = self.folder / name
        if own.suffix == ".html" and own.is_file():
            return own.read_bytes()
        folders = [self.packages, PACKAGES]
        paths = [_FILES[name]] if name in _FILES else []
        paths += [f"{images}/{Path(name).name}" for images in _IMAGES if name.endswith(".png")]
        found = (each / path for each in folders for path in paths)
        file = next((path for path in found if path.is_file()), None)
        return file.read_bytes() if file else _IN_ITS_PLACE.get(name, b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    print(write_map(sys.argv[1], np.load(sys.argv[2]), Path(sys.argv[3])))
