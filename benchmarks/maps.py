"""Measures the map in a real browser and over HTTP, beside maps that folium alone makes.

    python -m benchmarks.maps [--sizes 1000,10000,100000,1000000] [--write]

`--write` puts the section "## Maps" into docs/performance.md and leaves the rest of it alone.
"""

import argparse
import contextlib
import gzip
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from playwright.sync_api import Playwright, sync_playwright

from benchmarks.map_answers import Asker, measure_acts, measure_answers, measure_pages
from benchmarks.map_lines import OURS, Measured, map_lines
from benchmarks.map_peers import Written, missing_files, places_of, served_files, write_in_time
from benchmarks.map_tabs import Look, MapPage, look_at, middle_of
from benchmarks.savers import free_port, served
from benchmarks.synthetic import build_database, real_incidents
from tracker.cli.demo import DEMO_DATA
from tracker.web.build_assets import PACKAGES

REPORT = Path(__file__).parent.parent / "docs" / "performance.md"
NEWEST = "mmp-2025-05-05.csv.gz"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
ROUNDS = 3
LIMIT_SECONDS = 120.0
# Beyond this a page is looked at once.
SLOW_SECONDS = 15.0
# folium's own name -> what writes it, and the most incidents that it is tried with.
PEERS = {"MarkerCluster": ("markers", 100_000), "FastMarkerCluster": ("fast", 1_000_000)}


def measure_maps(databases: dict[int, Path], *, packages: Path = PACKAGES) -> dict[int, Measured]:
    """Measure at each size, over a copy of its database."""
    measured = {}
    for size, database in databases.items():
        print(f"maps of {size:,} incidents, load {os.getloadavg()[0]:.1f}", flush=True)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            shutil.copy(database, folder / "tracker.sqlite3")
            measured[size] = _measure_one(folder, size, packages=packages)
    return measured


def _measure_one(folder: Path, size: int, *, packages: Path) -> Measured:
    found, places = Measured(), places_of(folder / "tracker.sqlite3")
    np.save(folder / "places.npy", places)
    for name, (kind, most) in PEERS.items():
        if size <= most:
            made = write_in_time(kind, folder / "places.npy", limit_seconds=LIMIT_SECONDS)
            if made is None:
                found.looks[name] = None
            else:
                found.written[name] = made
    with _serving(folder) as (port, bare), served_files(folder, packages) as peers:
        pages = {OURS: _our_page(port, bare)} | {
            name: _peer_page(made, peers, bare) for name, made in found.written.items()
        }
        Asker(port).ask("/map?lang=en")  # the server is warm from here on
        with sync_playwright() as playwright:
            found.looks |= _looks(playwright, pages)
        found.answers = measure_answers(port, bare, places)
        found.pages = measure_pages(port, bare)
    if size == SIZES[-1]:
        found.acts = measure_acts(folder / "tracker.sqlite3")
    return found


@contextlib.contextmanager
def _serving(folder: Path) -> Iterator[tuple[int, int]]:
    """Serve a database as people do, and a bare page beside it."""
    port = free_port()
    ours = (
        f"from tracker.cli.serve import serve_installation as s; s(host='127.0.0.1', port={port})"
    )
    with served(["-c", ours], port, folder):
        bare_port = free_port()
        bare = f"from benchmarks.map_answers import serve_bare; serve_bare({bare_port})"
        with served(["-c", bare], bare_port, folder):
            yield port, bare_port


def _our_page(port: int, bare: int) -> MapPage:
    return MapPage(
        f"http://127.0.0.1:{port}/map?lang=en",
        empty=f"http://127.0.0.1:{bare}/",
        name="map_incidents",
        mark=".mark",
        drawn="marksmoved",
        view="/map/cells",
        limit_seconds=LIMIT_SECONDS,
    )


def _peer_page(made: Written, port: int, bare: int) -> MapPage:
    return MapPage(
        f"http://127.0.0.1:{port}/{made.path.name}",
        empty=f"http://127.0.0.1:{bare}/",
        name="map_peer",
        mark=".leaflet-marker-icon",
        drawn="moveend",
        limit_seconds=LIMIT_SECONDS,
    )


def _looks(playwright: Playwright, pages: dict[str, MapPage]) -> dict[str, Look | None]:
    """Look at each page in turn, several times; at slow ones once."""
    taken: dict[str, list[Look]] = {name: [] for name in pages}
    left = dict(pages)
    for _ in range(ROUNDS):
        for name, page in list(left.items()):
            look = look_at(playwright, page)
            print(f"  {name}: {look}", flush=True)
            if look is not None:
                taken[name].append(look)
            if look is None or (name != OURS and look.ready > SLOW_SECONDS):
                del left[name]
    return {name: middle_of(looks) if looks else None for name, looks in taken.items()}


def prepared_databases(
    folder: Path, sizes: Sequence[int], *, real: pd.DataFrame, ready: Path | None = None
) -> dict[int, Path]:
    """Give databases of these sizes: those that are ready, and the others made in a folder."""
    found = {}
    for size in dict.fromkeys(sizes):
        names = [at / f"synthetic-{size}.sqlite3" for at in (ready, folder) if at is not None]
        found[size] = next((name for name in names if name.exists()), names[-1])
        if not found[size].exists():
            build_database(found[size], real, size).close()
    return found


def _real(folder: Path) -> pd.DataFrame:
    source = folder / NEWEST.removesuffix(".gz")
    source.write_bytes(gzip.decompress((DEMO_DATA / NEWEST).read_bytes()))
    return real_incidents(source)


def write_section(report: Path, lines: Sequence[str]) -> None:
    """Put a section in place of the one of the same name, or at the end."""
    text = report.read_text(encoding="utf-8")
    before, name, rest = text.partition(f"{lines[0]}\n")
    section = "\n".join(lines).rstrip("\n") + "\n"
    if not name:
        before, rest = before.rstrip("\n") + "\n\n", ""
    _, next_heading, after = rest.partition("\n## ")
    report.write_text(before + section + next_heading + after, encoding="utf-8")


def main() -> None:
    """Measure, print the section, and write it where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="so many incidents")
    parser.add_argument("--write", action="store_true", help="write it to docs/performance.md")
    parser.add_argument("--ready", type=Path, help="a folder with synthetic-SIZE.sqlite3")
    parser.add_argument("--packages", type=Path, default=PACKAGES, help="node_modules of folium's")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        sizes = [int(size) for size in options.sizes.split(",")]
        folder = Path(name)
        databases = prepared_databases(folder, sizes, real=_real(folder), ready=options.ready)
        measured = measure_maps(databases, packages=options.packages)
    lines = map_lines(measured, missing=missing_files(options.packages))
    print("\n".join(lines))
    if options.write:
        write_section(REPORT, lines)


if __name__ == "__main__":
    main()
