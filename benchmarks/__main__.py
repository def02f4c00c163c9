"""Measures everything side by side in one run and writes docs/performance.md.

python -m benchmarks [--quick] [--import-rows N] [--source FILE]
"""

import argparse
import datetime as dt
import gzip
import os
import platform
import tempfile
from pathlib import Path

from benchmarks import bench_places
from benchmarks.duplicates import measure_search, search_lines
from benchmarks.exports import measure_exports
from benchmarks.imports import measure_imports
from benchmarks.map_lines import map_lines
from benchmarks.map_peers import missing_files
from benchmarks.maps import measure_maps, prepared_databases
from benchmarks.pages import measure_first_page, measure_tables
from benchmarks.person_matches import measure_person_matches, person_match_lines
from benchmarks.questions import NAMED
from benchmarks.savers import measure_savers
from benchmarks.synthetic import build_database, real_incidents
from benchmarks.tallies import Row, measure_after_revisions, measure_first_call, measure_tallies
from tracker.cli.demo import DEMO_DATA, load_editions
from tracker.db.migrations import upgrade_database
from tracker.db.session import open_database

REPORT = Path(__file__).parent.parent / "docs" / "performance.md"
NEWEST = "mmp-2025-05-05.csv"
NAMES = frozenset(question.name for question in NAMED)


def tally_lines(tallies: dict[int, list[Row]], first: dict[str, float]) -> list[str]:
    """Tell the ratios of tallies at each size, and how they grow."""
    lines = ["## Tallies", ""]
    for size, rows in tallies.items():
        lines += [
            f"{size:,} incidents, a fifth with one to three later versions:",
            "",
            "| tally | as known | reach | to DuckDB | to others | ms |",
            "|---|---|---|---|---|---|",
        ]
        for row in rows:
            peer, *others = row.peers
            reach = "0.5" if row.question in NAMES else "2" if row.known_on == "now" else ""
            told = ", ".join(f"{name} {row.ratio(name):.2f}" for name in others)
            lines.append(
                f"| {row.question} | {row.known_on} | {reach} | **{row.ratio(peer):.2f}** "
                f"| {told} | {1e3 * row.tracker:.1f} |"
            )
        lines.append("")
    small, large = min(tallies), max(tallies)
    for one, other in zip(tallies[small], tallies[large], strict=True):
        if one.question in NAMES and one.known_on != "now":
            growth = other.tracker / one.tracker
            lines.append(
                f"- {one.question}, as known on {one.known_on}: from {small:,} to {large:,} it "
                f"grows {growth:.2f}-fold (reach: less than 3)."
            )
    lines += [f"- The {name} call: {seconds:.2f} s." for name, seconds in first.items()]
    return [*lines, ""]


def import_lines(measured: list[dict[str, float]]) -> list[str]:
    """Tell the ratios of imports at each size."""
    lines = [
        "## Imports",
        "",
        "| rows | to pandas + to_sql (reach 3) | to ORM bulk insert | peak MB (reach 700) "
        "| longest wait of another writer (reach 2 s) | seconds |",
        "|---|---|---|---|---|---|",
    ]
    for row in measured:
        seconds = row["tracker_seconds"]
        lines.append(
            f"| {row['rows']:,} | **{seconds / row['pandas_seconds']:.2f}** "
            f"| {seconds / row['orm_seconds']:.2f} | {row['tracker_peak_mb']:.0f} "
            f"| {row['tracker_longest_wait']:.2f} s | {seconds:.1f} |"
        )
    return [*lines, ""]


def export_lines(size: int, seconds: dict[str, float]) -> list[str]:
    """Tell how files of incidents compare with what others write of the same rows."""
    csv, parquet = seconds["csv"], seconds["parquet"]
    return [
        "## Files",
        "",
        f"{size:,} incidents, each as the public may see it:",
        "",
        f"- CSV over HTTP beside the sqlite3 command line: "
        f"**{csv / seconds['sqlite3 command line']:.2f}** (reach 1.5); {csv:.1f} s; "
        f"{seconds['csv_added_mb']:.0f} MB more than the ledger in memory (reach 200).",
        f"- GeoParquet beside ADBC to Parquet: **{parquet / seconds['adbc']:.2f}** (reach 1.5); "
        f"{parquet:.1f} s.",
        f"- GeoPackage beside geopandas: **{seconds['gpkg'] / seconds['geopandas']:.2f}** (reach "
        f"1.5); {seconds['gpkg']:.1f} s.",
        f"- GeoJSON {seconds['geojson']:.1f} s.",
        "",
    ]


def table_lines(size: int, measured: dict[str, tuple[float, float]]) -> list[str]:
    """Tell how pages with tables compare with the query of DuckDB alone."""
    lines = [
        "## Tables as pages",
        "",
        f"{size:,} incidents, two dimensions, chart included, nobody has asked before; beside "
        "DuckDB doing only the query (reach 5):",
        "",
    ]
    lines += [
        f"- {name}: **{mine / peer:.2f}**; {1e3 * mine:.0f} ms."
        for name, (mine, peer) in measured.items()
    ]
    return [*lines, ""]


def other_lines(places: dict[str, float], page: dict[str, float]) -> list[str]:
    """Tell the ratios of places and of the first page."""
    ratio = page["tracker"] / page["bare"]
    return [
        "## Places",
        "",
        f"- Points per second beside geopandas.sjoin: **{places['ratio']:.1f}** (reach 8); ready "
        f"in {places['ready_seconds']:.2f} s (reach 1).",
        "",
        "## Pages",
        "",
        f"- The first page of the demonstration, warm, beside a bare Flask page at p50: "
        f"**{ratio:.2f}** (reach 5); {1e3 * page['tracker']:.2f} ms.",
        "",
    ]


def saver_lines(measured: dict[str, float], control: dict[str, float]) -> list[str]:
    """Tell how long many people waited who saved at once, and what the control shows."""
    return [
        "## Many who save at once",
        "",
        f"{measured['people']} people on one SQLite file, each through a connection of their own "
        "to `tracker serve`: log (every third one twice, with one key), correct, hand in, all at "
        "the same moment and again.",
        "",
        "| requests | lost | doubled | errors | p50 | p99 (reach 2 s) | longest | a second |",
        "|---|---|---|---|---|---|---|---|",
        f"| {measured['requests']:,} | {measured['lost']} | {measured['doubled']} "
        f"| {measured['errors']} | {measured['p50']:.2f} s | **{measured['p99']:.2f} s** "
        f"| {measured['longest']:.2f} s | {measured['requests'] / measured['seconds']:.0f} |",
        "",
        f"- Measured at a load of {measured['load']:.1f} before it began; a server alone on the "
        "machine is quicker.",
        "- The control, transactions as SQLite begins them by default: "
        f"{control['errors']} errors in {control['requests']:,} requests.",
        "",
    ]


def head_lines() -> list[str]:
    """Say on what machine and when, and how busy it was."""
    load = os.getloadavg()[0]
    return [
        "# Performance",
        "",
        "Written by `make bench`. Ratios are the tracker's time divided by the peer's in the same "
        "run, in turn; below 1 the tracker is quicker. Answers are compared before they are "
        "timed. Seconds depend on the machine.",
        "",
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, load {load:.1f} at the start.",
        "",
    ]


def main() -> None:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="at most 100,000 incidents")
    parser.add_argument("--import-rows", type=int, default=1_000_000, help="the largest import")
    parser.add_argument("--source", type=Path, help="a file of incidents to draw from")
    options = parser.parse_args()
    lines = head_lines()
    sizes = (10_000, 100_000) if options.quick else (10_000, 1_000_000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = options.source or folder / NEWEST
        if options.source is None:
            source.write_bytes(gzip.decompress((DEMO_DATA / f"{NEWEST}.gz").read_bytes()))
        real = real_incidents(source)
        tallies, first = {}, {}
        for size in sizes:
            path = folder / f"synthetic-{size}.sqlite3"
            build_database(path, real, size).close()
            first = measure_first_call(path)
            tallies[size] = measure_tallies(path)
            first |= measure_after_revisions(path)
        lines += tally_lines(tallies, first)
        largest = folder / f"synthetic-{sizes[-1]}.sqlite3"
        lines += table_lines(sizes[-1], measure_tables(largest))
        lines += export_lines(sizes[-1], measure_exports(largest))
        lines += import_lines(
            measure_imports(
                source,
                (100_000,)
                if options.quick or options.import_rows <= 100_000
                else (100_000, options.import_rows),
            )
        )
        path = folder / "synthetic-100000.sqlite3"
        if not path.exists():
            build_database(path, real, 100_000).close()
        lines += search_lines(measure_search(path))
        demo = open_database(f"sqlite:///{folder / 'demo.sqlite3'}")
        upgrade_database(demo)
        load_editions(demo)
        lines += other_lines(bench_places.run(), measure_first_page(folder / "demo.sqlite3"))
        databases = prepared_databases(folder, (1_000, *sizes[:1], 100_000, *sizes[1:]), real=real)
        lines += map_lines(measure_maps(databases), missing=missing_files())
    size = 10_000 if options.quick else 100_000
    lines += person_match_lines(measure_person_matches(cases=size // 50, remains=size))
    lines += saver_lines(measure_savers(), measure_savers(careless=True))
    REPORT.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
