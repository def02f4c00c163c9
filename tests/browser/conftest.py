"""A real Chromium, and pages that report every step outside of what a page of ours may do."""

import contextlib
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from offline_phone import NewPhone, OfflineSite, Phone, offline_site
from playwright.sync_api import Browser, sync_playwright
from watched_pages import Clock, NewSite, Site, Watch, Watched
from werkzeug.serving import make_server

from tests.conftest import KEYS
from tracker.app import create_app
from tracker.cli.demo import EDITIONS, load_editions
from tracker.config import Settings
from tracker.db.migrations import upgrade_database
from tracker.db.session import open_database
from tracker.domain.permissions import OPERATOR
from tracker.domain.tallies import Grouping, TallyQuery
from tracker.services.figures import publish_figure
from tracker.web.build_assets import PACKAGES, assets_are_built, build_assets

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LAUNCH = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """Find the browser that CHROMIUM names, or one that is installed."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        pytest.fail(
            "The browser tests need Chromium: install it, or name it in CHROMIUM.", pytrace=False
        )
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(LAUNCH))
        yield started
        started.close()


@pytest.fixture
def watch(browser: Browser) -> Iterator[Watch]:
    """Open watched pages; after the test none of them may have done what it may not."""
    opened: list[Watched] = []

    def open_page(home: str, **options: object) -> Watched:
        options.setdefault("viewport", {"width": 1600, "height": 1000})
        page = browser.new_context(**options).new_page()
        watched = Watched(page, home)
        page.on("request", watched.on_request)
        page.on("console", watched.on_console)
        page.on("pageerror", lambda error: watched.offences.append(f"failed: {error}"))
        page.on("dialog", watched.on_dialog)
        opened.append(watched)
        return watched

    yield open_page
    for watched in opened:
        watched.page.context.close()
    assert [watched.offences for watched in opened if watched.offences] == []


@pytest.fixture(scope="session", autouse=True)
def _assets() -> None:
    if not assets_are_built():
        build_assets()


@pytest.fixture(scope="session")
def axe() -> str:
    """Give the source of axe-core, the accessibility checker."""
    return (PACKAGES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def new_site() -> Iterator[NewSite]:
    """Serve the real application over a new database in a folder."""
    with contextlib.ExitStack() as served:

        def start(folder: Path, *, demo: bool = False) -> Site:
            url = f"sqlite:///{folder / 'tracker.sqlite3'}"
            database = open_database(url, KEYS)
            served.callback(database.close)
            upgrade_database(database)
            clock = Clock()
            settings = Settings(
                database_url=url,
                secret_key="tests",
                demo=demo,
                attachments=folder / "attachments",
            )
            app = create_app(settings, database=database, clock=clock)
            server = make_server("127.0.0.1", 0, app, threaded=True)
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            served.callback(server.server_close)
            served.callback(thread.join)
            served.callback(server.shutdown)
            return Site(f"http://127.0.0.1:{server.server_port}", database, clock)

        yield start


@pytest.fixture(scope="session")
def site(new_site: NewSite, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Serve real data: the newest complete file of the demonstration, and a published figure."""
    started = new_site(tmp_path_factory.mktemp("site"))
    load_editions(started.database, ([edition for edition in EDITIONS if edition.replaces][-1],))
    with started.database.writing() as session:
        query = TallyQuery(started.clock().date(), by=(Grouping.CORRIDOR,))
        titles = {"es": "Por corredor", "en": "By corridor"}
        publish_figure(session, OPERATOR, query, titles=titles)
    return started


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[OfflineSite]:
    """Give a site with people, at the far end of a line, on which nobody else logs anything."""
    folder = tmp_path / "site"
    folder.mkdir()
    with offline_site(folder) as started:
        yield started


@pytest.fixture
def new_phone(browser: Browser, tmp_path: Path) -> Iterator[NewPhone]:
    """Give phones: browsers with a profile of their own, closed and opened again at will."""
    phones: list[Phone] = []

    def make(site: OfflineSite) -> Phone:
        profile = tmp_path / f"phone-{len(phones)}"
        path = find_chromium() or ""
        phones.append(Phone(browser.browser_type, path, list(LAUNCH), profile, site.address))
        return phones[-1]

    yield make
    for phone in phones:
        phone.close()
