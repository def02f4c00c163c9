"""Measures the first page, warm, beside a bare Flask page."""

from pathlib import Path

from flask import Flask

from benchmarks.tallies import medians
from tracker.app import create_app
from tracker.config import Settings
from tracker.db.session import open_database

RUNS = 41


def measure_first_page(database_path: Path) -> dict[str, float]:
    """Ask for `/` of a database and for a page that says one word; seconds at p50."""
    url = f"sqlite:///{database_path}"
    app = create_app(
        Settings(database_url=url, secret_key="benchmark"), database=open_database(url)
    )
    bare = Flask("bare")
    bare.add_url_rule("/", "word", lambda: "word")
    ours, theirs = app.test_client(), bare.test_client()
    answer = ours.get("/")
    if answer.status_code != 200:
        raise RuntimeError(f"the first page answers {answer.status_code}")
    mine, peer = medians([lambda: ours.get("/"), lambda: theirs.get("/")], runs=RUNS)
    return {"tracker": mine, "bare": peer, "bytes": float(len(answer.data))}
