"""An incident is logged without network, closed by a phrase, and arrives once, whatever breaks."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import LAUNCH, find_chromium
from offline_phone import (
    PHRASE,
    Cut,
    OfflineSite,
    Phone,
    offline_site,
    readable,
)
from playwright.sync_api import Browser, Page, expect

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
NewPhone = Callable[[], Phone]
# Words that stand nowhere in what the phone keeps for everybody.
SECRETS = ("Quelonio Azulverde", "detras del molino oxidado", "quelonio.example.org")


@pytest.fixture(scope="session")
def line_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfflineSite]:
    with offline_site(tmp_path_factory.mktemp("offline-site")) as site:
        yield site


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[OfflineSite]:
    """Give a site on which nobody else logs anything."""
    folder = tmp_path / "site"
    folder.mkdir()
    with offline_site(folder) as site:
        yield site


@pytest.fixture
def new_phone(browser: Browser, tmp_path: Path) -> Iterator[Callable[[OfflineSite], Phone]]:
    phones: list[Phone] = []

    def make(site: OfflineSite) -> Phone:
        profile = tmp_path / f"phone-{len(phones)}"
        launcher = browser.browser_type
        phones.append(Phone(launcher, find_chromium(), list(LAUNCH), profile, site.address))
        return phones[-1]

    yield make
    for phone in phones:
        phone.close()


def prepare(page: Page, phrase: str = PHRASE) -> None:
    page.locator("#set-up").wait_for()
    page.fill("#phrase", phrase)
    page.fill("#phrase-again", phrase)
    page.click("#set-up-form button")
    expect(page.locator("#status")).to_contain_text("This phone is ready", timeout=60_000)


def unlock(page: Page, phrase: str = PHRASE) -> None:
    page.fill("#open-phrase", phrase)
    page.click("#unlock-form button")


def opened(page: Page) -> None:
    unlock(page)
    page.locator("#work").wait_for(timeout=60_000)


def write(page: Page, dead: int, *, source: str = SECRETS[0]) -> None:
    page.select_option("#causes", "drowning")
    page.fill("#date_from", "2026-10-02")
    page.fill("#town", "necocl")
    page.locator("#towns button").first.click()
    page.fill("#number_dead", str(dead))
    page.fill("[id='sources.0.publisher']", source)
    page.locator(".offline-more > summary").click()
    page.fill("#location_description", SECRETS[1])
    page.fill("[id='sources.0.url']", f"https://{SECRETS[2]}/{dead}")
    page.locator(".offline-more > summary").click()
    page.get_by_role("button", name="Keep it, and send it when possible").click()
    expect(page.locator("#number_dead")).to_have_value("")


def states(page: Page) -> list[str | None]:
    return page.locator("#entries > li").evaluate_all("rows => rows.map(row => row.dataset.state)")


def test_three_incidents_written_without_network_arrive_once_each(
    own_site: OfflineSite, new_phone: Callable[[OfflineSite], Phone]
) -> None:
    phone = new_phone(own_site)
    page = phone.open(cookie=own_site.session_cookie())
    prepare(page)
    phone.context.set_offline(True)
    page.reload()
    opened(page)
    for dead in (1, 2, 3):
        write(page, dead)
    assert states(page) == ["waiting"] * 3
    assert own_site.logged() == []
    phone.close()
    assert [name for word in SECRETS for name in readable(phone.profile, word)] == []

    # The network is back, and breaks while each is sent: the first was stored, the second not.
    own_site.line.cuts = [Cut.BEFORE_THE_ANSWER, Cut.IN_THE_BODY]
    page = phone.open(cookie=own_site.session_cookie())
    opened(page)
    expect(page.locator("#network")).to_contain_text("No network", timeout=60_000)
    phone.close()
    assert len(own_site.logged()) == 1

    own_site.line.cuts = [Cut.BEFORE_THE_ANSWER, Cut.BEFORE_THE_ANSWER]
    page = phone.open(cookie=own_site.session_cookie())
    opened(page)
    expect(page.locator("#status")).to_contain_text("Everything has been sent", timeout=120_000)
    assert states(page) == ["sent"] * 3
    assert own_site.logged() == [
        ("offline_form", dead, "darien", "submitted") for dead in (1, 2, 3)
    ]
    assert own_site.line.posted >= 6
    # Of what was sent, number and time stay.
    for dead in (1, 2, 3):
        assert page.locator("#entries").get_by_text("Necocl").count() == 0, dead
    phone.close()
    assert [name for word in SECRETS for name in readable(phone.profile, word)] == []
