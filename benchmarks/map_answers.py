"""Measures the answers of a map over HTTP beside a bare page, and acts while it is looked at."""

import datetime as dt
import http.client
import itertools
import math
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from sqlalchemy import select

from benchmarks.map_peers import Places
from benchmarks.savers import EVENT, add_people
from geodata.places import look_up_place
from tracker.db.encryption import new_key_ring
from tracker.db.models import Account
from tracker.db.session import Database, open_database
from tracker.domain.maps import MapQuery, MapWindow
from tracker.domain.permissions import ANYONE, Actor
from tracker.domain.tallies import TallyQuery
from tracker.schemas.incidents import load_incident
from tracker.services.incidents import log_incident
from tracker.services.maps import view_map

SEED = 7
MOVES = 10
ACTS = 40
WORST = 150
# Pixels of the map with what is asked for beyond its edges.
SCREEN = (1500.0, 1050.0)
Filter = dict[str, str]
Times = dict[str, float]

FILTERS: tuple[Filter, ...] = (
    {},
    *({"corridor": code} for code in ("darien", "us_mexico_border", "caribbean", "andean_route")),
    *({"cause": code} for code in ("drowning", "violence", "harsh_environment")),
    *({"sex": code} for code in ("female", "male", "not_known")),
    *({"source_quality": code} for code in ("5", "3")),
    {"children": "only"},
    *({"from": f"{year}-01-01", "to": f"{year}-12-31"} for year in (2016, 2019, 2022, 2024)),
    *({"as_known_on": day} for day in ("2019-03-31", "2021-06-17", "2023-12-31")),
    {"from": "2020-05-10", "to": "2024-02-17"},
    {"corridor": "darien", "cause": "drowning"},
    {"corridor": "us_mexico_border", "sex": "female"},
    {"corridor": "us_mexico_border", "children": "only"},
    {"cause": "drowning", "from": "2018-01-01"},
    {"cause": "violence", "to": "2021-12-31"},
    {"children": "only", "from": "2021-01-01"},
    {"source_quality": "5", "corridor": "caribbean"},
    {"as_known_on": "2022-08-31", "corridor": "mexico_transit"},
    {"as_known_on": "2020-11-15", "cause": "drowning", "sex": "male"},
)


def bare_application() -> Flask:
    """Make the page that says one word."""
    app = Flask("bare")
    app.add_url_rule("/", "word", lambda: "ok")
    return app


def serve_bare(port: int) -> None:
    """Serve the page that says one word as `tracker serve` serves its pages."""
    Granian(
        "benchmarks.map_answers:bare_application",
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        log_enabled=False,
        blocking_threads=4,
    ).serve()


class Asker:
    """Somebody with one connection that stays open."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(self, address: str) -> float:
        """Ask for a page and give the seconds until all of it was there."""
        start = time.perf_counter()
        self._connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = self._connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{address} answers {answer.status}")
        return time.perf_counter() - start


def percentiles(seconds: Sequence[float]) -> Times:
    """Give the median and what 95 of 100 stay below."""
    p50, p95 = np.percentile(seconds, (50, 95)).tolist()
    return {"p50": p50, "p95": p95}


def measure_answers(port: int, bare_port: int, places: Places) -> dict[str, Times]:
    """Ask for views as people do, and each with a new question, beside the bare page; seconds."""
    ours, bare = Asker(port), Asker(bare_port)
    windows = _windows(places, random.Random(SEED))
    for asker, address in ((ours, _view({}, next(windows))), (bare, "/")):
        for _ in range(20):
            asker.ask(address)
    word: list[float] = []

    def timed(address: str) -> float:
        word.append(bare.ask("/"))
        return ours.ask(address)

    chosen, moved, past = [], [], []
    for asked in FILTERS:
        chosen.append(timed(_view(asked, next(windows))))
        if "as_known_on" in asked:
            past.append(chosen[-1])
        moved += [timed(_view(asked, next(windows))) for _ in range(MOVES)]
    worst = [timed(_view(asked, next(windows))) for asked in _always_new(WORST)]
    return {
        "bare": percentiles(word),
        "people": percentiles(chosen + moved),
        "moves": percentiles(moved),
        "choices": percentiles(chosen),
        "past days": percentiles(past),
        "always new": percentiles(worst),
    }


def measure_pages(port: int, bare_port: int) -> dict[str, Times]:
    """Ask for the page of the map that is kept, and for pages that nobody has asked for yet."""
    ours, bare = Asker(port), Asker(bare_port)
    ours.ask("/map?lang=en")
    kept, word = [], []
    for _ in range(41):
        kept.append(ours.ask("/map?lang=en"))
        word.append(bare.ask("/"))
    new = [ours.ask(f"/map?{urlencode({**asked, 'lang': 'en'})}") for asked in _always_new(40)]
    return {"kept": percentiles(kept), "new": percentiles(new), "bare": percentiles(word)}


def _always_new(count: int) -> Iterator[Filter]:
    for number, asked in zip(range(count), itertools.cycle(FILTERS), strict=False):
        yield {"from": f"2014-{1 + number // 28:02d}-{1 + number % 28:02d}", **asked} | (
            {"to": f"2025-{1 + number // 28:02d}-{1 + number % 28:02d}"}
        )


def _windows(places: Places, rng: random.Random) -> Iterator[tuple[str, int]]:
    """Give boxes a screen wide around incidents, at any zoom."""
    while True:
        latitude, longitude = places[rng.randrange(len(places))].tolist()
        zoom = rng.randint(1, 13)
        wide, high = (360.0 / 2**zoom * pixels / 256.0 / 2 for pixels in SCREEN)
        high *= math.cos(math.radians(latitude))
        west, east = max(longitude - wide, -180.0), min(longitude + wide, 180.0)
        south, north = max(latitude - high, -85.0), min(latitude + high, 85.0)
        yield f"{west:.6f},{south:.6f},{east:.6f},{north:.6f}", zoom


def _view(asked: Filter, window: tuple[str, int]) -> str:
    box, zoom = window
    return "/map/cells?" + urlencode({**asked, "box": box, "zoom": zoom, "lang": "en"})


def measure_acts(path: Path) -> dict[str, Times]:
    """Log incidents while the map is looked at before and after each; seconds."""
    database = open_database(f"sqlite:///{path}", new_key_ring())
    add_people(database, 1)
    with database.reading() as session:
        account = session.scalars(select(Account)).one()
        actor = Actor(account.role, account.name, account.id, account.organisation_id)
    facts = load_incident(EVENT)
    look_up_place(
        -77.0, 8.0, uncertainty_m=25_000.0, named_country="PAN"
    )  # as `tracker serve` does
    _look(database)
    logged, looked, again = [], [], []
    for _ in range(ACTS):
        again.append(_look(database))
        start = time.perf_counter()
        with database.writing() as session:
            log_incident(session, actor, facts)
        logged.append(time.perf_counter() - start)
        looked.append(_look(database))
    database.close()
    return {
        "log": percentiles(logged),
        "first view": percentiles(looked),
        "view": percentiles(again),
    }


def _look(database: Database) -> float:
    window = MapWindow((-118.0, 8.0, -82.0, 33.0), 5)
    start = time.perf_counter()
    with database.reading() as session:
        today = TallyQuery(dt.datetime.now(dt.UTC).date())
        view_map(session, ANYONE, MapQuery(today), window=window)
    return time.perf_counter() - start
