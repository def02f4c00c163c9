"""Measures the first page beside a bare Flask page, and tables beside DuckDB's query alone."""

from functools import partial
from pathlib import Path

from flask import Flask

from benchmarks.peers import DuckDb, facts_of_ledger
from benchmarks.questions import Question
from benchmarks.tallies import medians
from tracker.app import create_app
from tracker.config import Settings
from tracker.db.session import open_database
from tracker.domain.tallies import Grouping
from tracker.http.page_cache import keep_pages

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


# Tables with two dimensions, as somebody asks for them who is the first to ask.
TABLES = (
    Question("country, year", (Grouping.COUNTRY, Grouping.YEAR)),
    Question("corridor, cause", (Grouping.CORRIDOR, Grouping.CAUSE)),
    Question("country, sex", (Grouping.COUNTRY, Grouping.SEX)),
)


def measure_tables(database_path: Path) -> dict[str, tuple[float, float]]:
    """Ask for pages of two dimensions, chart included, kept by nobody; seconds, and DuckDB's."""
    url = f"sqlite:///{database_path}"
    app = create_app(
        Settings(database_url=url, secret_key="benchmark"), database=open_database(url)
    )
    client, duck = app.test_client(), DuckDb(facts_of_ledger(database_path))
    client.get("/tallies")  # the ledger is in memory from here on

    def page(question: Question) -> None:
        keep_pages(app)
        answer = client.get("/tallies", query_string={"by": ",".join(question.by)})
        if answer.status_code != 200:
            raise RuntimeError(f"the table of {question.name} answers {answer.status_code}")

    measured = {}
    for question in TABLES:
        mine, peer = medians([partial(page, question), partial(duck.ask, question)], runs=RUNS)
        measured[question.name] = (mine, peer)
    return measured
