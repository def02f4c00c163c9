"""The map in a frame of another site, in a real Chromium: two loopback ports are two origins."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask, request
from markupsafe import Markup
from playwright.sync_api import Browser, Frame, Page, expect
from watched_pages import violations
from werkzeug.serving import make_server

from tests.conftest import CAMILO, KEYS
from tests.http.clients import add_cast
from tests.services.test_merges import verified
from tracker.app import create_app
from tracker.config import Settings
from tracker.db.migrations import upgrade_database
from tracker.db.models import Account
from tracker.db.session import Database, open_database
from tracker.domain.accounts import SessionStage
from tracker.http.cookies import SESSION
from tracker.services.accounts.sessions import begin_session

SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"
OTHER_PAGES = ("/", "/map", "/tallies", "/incidents", "/sign-in", "/about", "/map/picture.svg")


@dataclass
class Neighbours:
    """A tracker with a public record that its writer alone sees placed, and two other sites."""

    tracker: str
    partner: str
    stranger: str
    database: Database
    cookies: list[tuple[str, bool]] = field(default_factory=list)

    def page_of(self, site: str, address: str, sandbox: str = "") -> str:
        """Give the address of a page of a site that shows one of the tracker's in a frame."""
        return f"{site}/?sandbox={sandbox.replace(' ', '+')}&frame={self.tracker}{address}"


def other_site() -> Flask:
    """Make a site of somebody else: a page with a frame."""
    app = Flask("partner")

    @app.get("/")
    def page() -> str:
        given, frame = request.args.get("sandbox"), request.args["frame"]
        sandbox = Markup(' sandbox="{}"').format(given) if given else ""
        frame = Markup('<iframe src="{}" width="900" height="700" title="Map"').format(frame)
        return f"<!doctype html><title>Partner</title>{frame}{sandbox}></iframe>"

    @app.get("/favicon.ico")
    def icon() -> tuple[str, int]:
        return "", 204

    return app


@pytest.fixture(scope="module")
def neighbours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neighbours]:
    with contextlib.ExitStack() as served:

        def serve(app: Flask) -> str:
            server = make_server("127.0.0.1", 0, app, threaded=True)
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            served.callback(server.server_close)
            served.callback(thread.join)
            served.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}"

        folder: Path = tmp_path_factory.mktemp("embed")
        database = open_database(f"sqlite:///{folder / 'tracker.sqlite3'}", KEYS)
        served.callback(database.close)
        upgrade_database(database)
        with database.writing() as session:
            add_cast(session)
            verified(session)
        partner, stranger = serve(other_site()), serve(other_site())
        by_name = partner.replace("127.0.0.1", "localhost")
        settings = Settings(
            database_url="sqlite://",
            secret_key="tests",
            attachments=folder / "attachments",
            frames=(partner, by_name),
        )
        app = create_app(settings, database=database)
        made = Neighbours(serve(app), partner, stranger, database)
        app.before_request(lambda: made.cookies.append((request.path, SESSION in request.cookies)))
        yield made


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_context(locale="en-US").new_page()
    yield opened
    opened.context.close()


def framed(page: Page) -> Frame:
    """Give what stands in the frame of a page."""
    page.wait_for_load_state("networkidle")
    return page.frames[1]


def sign_in(page: Page, neighbours: Neighbours) -> None:
    """Put the session of somebody who sees the place of the record into the browser."""
    with neighbours.database.writing() as session:
        account = session.get_one(Account, CAMILO.account_id)
        begun = begin_session(session, account, stage=SessionStage.FULL, device="Chromium, Linux")
    cookie = {"name": SESSION, "value": begun.token, "url": neighbours.tracker}
    page.context.add_cookies([{**cookie, "httpOnly": True, "sameSite": "Lax"}])


@pytest.mark.parametrize("sandbox", ["", SANDBOX])
def test_a_partner_shows_the_map_and_its_links_open_beside_it(
    page: Page, neighbours: Neighbours, sandbox: str
) -> None:
    errors: list[str] = []
    page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    page.goto(neighbours.page_of(neighbours.partner, "/map/embed?lang=en", sandbox))
    frame = framed(page)
    expect(frame.locator("h1")).to_have_text("Where people died or disappeared")
    expect(frame.locator(".map-figures")).to_contain_text("minimum, as known on")
    expect(frame.locator("#map-legend")).to_contain_text("people who died", timeout=30_000)
    expect(frame.locator("#map-table")).to_be_hidden()
    frame.locator(".embed-list > summary").click()
    expect(frame.locator("#map-count")).to_contain_text("in view", timeout=30_000)
    with page.context.expect_page() as opened:
        frame.get_by_role("link", name="Open in the tracker").click()
    opened.value.wait_for_load_state()
    assert opened.value.url.startswith(f"{neighbours.tracker}/map?")
    assert opened.value.evaluate("window.opener") is None
    assert errors == []


def test_a_link_to_a_record_leaves_the_frame(page: Page, neighbours: Neighbours) -> None:
    page.goto(neighbours.page_of(neighbours.partner, "/map/embed?lang=en", SANDBOX))
    frame = framed(page)
    frame.locator(".embed-list > summary").click()
    frame.evaluate(
        """() => { const link = document.createElement("a"); link.href = "/about";
             link.textContent = "made by a script"; document.querySelector("main").append(link); }"""
    )
    with page.context.expect_page() as opened:
        frame.get_by_text("made by a script").click()
    assert opened.value.url.endswith("/about")
    assert frame.url.startswith(f"{neighbours.tracker}/map/embed")


def test_another_site_is_refused(page: Page, neighbours: Neighbours) -> None:
    page.goto(neighbours.page_of(neighbours.stranger, "/map/embed?lang=en"))
    assert framed(page).locator("h1", has_text="Where people died").count() == 0
    assert framed(page).url.startswith("chrome-error:")


@pytest.mark.parametrize("address", OTHER_PAGES)
def test_no_other_page_stands_in_a_frame_not_even_of_a_partner(
    page: Page, neighbours: Neighbours, address: str
) -> None:
    page.goto(neighbours.page_of(neighbours.partner, address))
    assert framed(page).url.startswith("chrome-error:")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_frame_shows_what_anyone_would_see_whether_or_not_the_cookie_comes(
    page: Page, neighbours: Neighbours, host: str
) -> None:
    sign_in(page, neighbours)
    page.goto(f"{neighbours.tracker}/map?lang=en")
    page.locator(".mark").first.wait_for(state="attached", timeout=30_000)
    neighbours.cookies.clear()
    partner = neighbours.partner.replace("127.0.0.1", host)
    page.goto(neighbours.page_of(partner, "/map/embed?lang=en"))
    frame = framed(page)
    expect(frame.locator("#map-legend")).to_contain_text("people who died", timeout=30_000)
    assert frame.locator(".mark").count() == 0, "the place is not public yet"
    assert CAMILO.name not in frame.content()
    asked = {path: came for path, came in neighbours.cookies if path.startswith("/map")}
    assert "/map/embed/cells" in asked
    assert "/map/cells" not in asked
    # The same name is the same site for a cookie, whatever the port; another name is not.
    assert asked["/map/embed"] is (host == "127.0.0.1")


def test_axe_finds_nothing_in_the_frame(page: Page, neighbours: Neighbours, axe: str) -> None:
    page.goto(f"{neighbours.tracker}/map/embed?lang=es")
    page.wait_for_load_state("networkidle")
    assert violations(page, axe) == []
