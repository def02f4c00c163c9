"""A form that is closed before it was saved, in a real browser: nothing typed is lost."""

import time
from pathlib import Path

import pytest
from members import signed_in
from playwright.sync_api import Page, expect
from watched_pages import NewSite, Site, Watch, violations

from tests.conftest import BEATRIZ
from tests.services.records import log
from tracker.services.form_drafts import find_form_draft

KEPT, FAILED = "is kept since", "Not kept at"
LONG = 60_000


@pytest.fixture
def desk(new_site: NewSite, tmp_path: Path) -> Site:
    return new_site(tmp_path)


def told(page: Page, words: str) -> None:
    expect(page.locator("[data-draft-told]")).to_contain_text(words, timeout=LONG)


def arrived(site: Site, form: str) -> None:
    """Wait for what a page sends as it is left: the browser tells nobody of it."""
    for _ in range(600):
        with site.database.reading() as session:
            if find_form_draft(session, BEATRIZ, form):
                return
        time.sleep(0.1)
    pytest.fail("nothing came")


@pytest.mark.parametrize("width", [360, 1600])
def test_after_a_crash_one_goes_on_where_one_was(
    watch: Watch, desk: Site, axe: str, width: int
) -> None:
    page = signed_in(
        watch, desk, BEATRIZ, viewport={"width": width, "height": 740}, locale="en"
    ).page
    page.goto(desk.address + "/incidents/new")
    page.select_option("[name=causes]", "violence")
    page.fill("[name=date_from]", "2026-05-02")
    page.fill("[name=location_description]", "Behind the old mill")
    told(page, KEPT)
    page.goto("about:blank")
    page.goto(desk.address + "/incidents/new")
    expect(page.locator("[name=location_description]")).to_have_value("")
    assert violations(page, axe) == []
    page.get_by_role("link", name="Go on with it").click()
    expect(page.locator("[name=location_description]")).to_have_value("Behind the old mill")
    expect(page.locator("[name=causes]")).to_have_value("violence")
    page.click("button[value=save]")
    page.wait_for_url("**/records/*", timeout=LONG)
    page.goto(desk.address + "/incidents/new")
    expect(page.get_by_role("link", name="Go on with it")).to_have_count(0)


def test_what_is_typed_last_is_kept_when_the_page_is_left_at_once(watch: Watch, desk: Site) -> None:
    page = signed_in(watch, desk, BEATRIZ, locale="en").page
    with desk.database.writing() as session:
        public_id = log(session).public_id
    address = f"{desk.address}/incidents/{public_id}/edit"
    page.goto(address)
    page.fill("[name=cause_reported]", "The boat capsized")
    page.goto(desk.address + "/about")
    arrived(desk, public_id)
    page.goto(address)
    page.get_by_role("link", name="Go on with it").click()
    expect(page.locator("[name=cause_reported]")).to_have_value("The boat capsized")
    page.goto(address)
    page.get_by_role("button", name="Throw it away").click()
    expect(page.get_by_role("link", name="Go on with it")).to_have_count(0)
    expect(page.locator("[name=cause_reported]")).to_have_value("")


def test_without_a_connection_the_page_says_so_and_tries_again(watch: Watch, desk: Site) -> None:
    watched = signed_in(watch, desk, BEATRIZ, locale="en")
    page = watched.page
    page.goto(desk.address + "/incidents/new")
    page.context.set_offline(True)
    page.fill("[name=location_description]", "Behind the old mill")
    told(page, FAILED)
    page.context.set_offline(False)
    told(page, KEPT)
    # The browser itself writes down that it could not send.
    assert all("ERR_INTERNET_DISCONNECTED" in each for each in watched.offences)
    watched.offences.clear()


def test_while_one_types_the_page_says_what_is_perhaps_recorded_already(
    watch: Watch, desk: Site, axe: str
) -> None:
    page = signed_in(watch, desk, BEATRIZ, viewport={"width": 360, "height": 740}, locale="en").page
    with desk.database.writing() as session:
        public_id = log(session).public_id
    page.goto(desk.address + "/incidents/new")
    page.select_option("[name=causes]", "drowning")
    page.fill("[name=date_from]", "2026-05-02")
    page.fill("[name=location_description]", "8.4527, -76.9312")
    page.fill("[name=number_dead]", "2")
    hints = page.locator("[data-hints]")
    expect(hints).to_contain_text("Is it recorded already?", timeout=LONG)
    expect(hints.locator("a")).to_have_attribute("href", f"/incidents/{public_id}")
    expect(hints.locator("a")).to_have_attribute("target", "_blank")
    assert violations(page, axe) == []
    page.fill("[name=date_from]", "2020-05-02")
    expect(hints).to_be_hidden(timeout=LONG)
