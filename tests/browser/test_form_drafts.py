"""A form that is closed before it was saved, in a real browser: nothing typed is lost."""

import time
from pathlib import Path

import pytest
from members import signed_in
from playwright.sync_api import Page, expect
from watched_pages import NewSite, Site, Watch, violations

from tests.conftest import BEATRIZ
from tests.services.records import log
from tracker.services.form_drafts import list_form_drafts

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
            if list_form_drafts(session, BEATRIZ, form):
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


def test_who_types_without_a_pause_is_kept_all_the_same(watch: Watch, desk: Site) -> None:
    page = signed_in(watch, desk, BEATRIZ, locale="en").page
    page.goto(desk.address + "/incidents/new")
    # A key every 300 ms for as long as the page lives: never two quiet seconds.
    page.evaluate(
        """() => setInterval(() => {
          const field = document.querySelector("[name=location_description]");
          field.value += "a";
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }, 300)"""
    )
    told(page, KEPT)


def test_what_is_shown_again_as_wrong_is_kept_without_another_key(watch: Watch, desk: Site) -> None:
    watched = signed_in(watch, desk, BEATRIZ, locale="en")
    page = watched.page
    page.goto(desk.address + "/incidents/new")
    page.fill("[name=number_dead]", "two")
    page.click("button[value=save]")
    expect(page.locator("[name=number_dead]")).to_have_attribute(
        "aria-invalid", "true", timeout=LONG
    )
    told(page, KEPT)
    page.goto(desk.address + "/incidents/new")
    page.get_by_role("link", name="Go on with it").click()
    expect(page.locator("[name=number_dead]")).to_have_value("two")
    # The browser itself writes down that the form was refused.
    assert all("422" in each for each in watched.offences)
    watched.offences.clear()


def test_an_old_draft_on_offer_is_not_written_over(watch: Watch, desk: Site) -> None:
    page = signed_in(watch, desk, BEATRIZ, locale="en").page
    for words in ("The first story", "Another one"):
        page.goto(desk.address + "/incidents/new")
        page.fill("[name=location_description]", words)
        told(page, KEPT)
    page.goto(desk.address + "/incidents/new")
    expect(page.get_by_role("link", name="Go on with it")).to_have_count(2)
    page.get_by_role("link", name="Go on with it").last.click()
    expect(page.locator("[name=location_description]")).to_have_value("The first story")


def test_what_the_server_does_not_take_is_called_so(watch: Watch, desk: Site) -> None:
    watched = signed_in(watch, desk, BEATRIZ, locale="en")
    page = watched.page
    page.goto(desk.address + "/incidents/new")
    page.context.clear_cookies()
    page.fill("[name=location_description]", "Behind the old mill")
    told(page, "Perhaps your session has ended")
    watched.offences.clear()  # the browser itself writes down the refusal


def test_a_long_text_with_accents_is_kept(watch: Watch, desk: Site) -> None:
    page = signed_in(watch, desk, BEATRIZ, locale="en").page
    with desk.database.writing() as session:
        public_id = log(session).public_id
    page.goto(f"{desk.address}/incidents/{public_id}/edit")
    page.locator("[name=notes]").evaluate(
        """(field) => {
          field.value = "\u00f1".repeat(40000);
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    told(page, KEPT)


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
