"""The whole review in a browser, by keyboard."""

from pathlib import Path

import pytest
from members import signed_in
from playwright.sync_api import Page
from watched_pages import NewSite, Site, Watch, violations

from tests.conftest import BEATRIZ, CAMILO, FERNANDA
from tests.http.clients import add_cast
from tests.services.records import log
from tracker.db.session import Database
from tracker.services.reviews import ask_question, take_up_incident

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def desk(new_site: NewSite, tmp_path: Path) -> Site:
    return new_site(tmp_path)


def submitted(database: Database, **given) -> str:
    with database.writing() as session:
        add_cast(session)
        return log(session, BEATRIZ, submit=True, **given).public_id


def press_through(page: Page, words: str) -> None:
    """Go on by the tab key until what has the focus bears these words, then press Enter."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == words:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"the keyboard does not reach {words!r}")


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1600, "dark")])
def test_axe_finds_nothing_on_the_pages_of_reviewers(
    watch: Watch, desk: Site, axe: str, *, width: int, scheme: str
) -> None:
    first = submitted(desk.database, cause_reported="Ask 55 1234 5678")
    submitted(desk.database, number_dead=3)
    with desk.database.writing() as session:
        take_up_incident(session, CAMILO, first)
        ask_question(session, CAMILO, first, text="Which day was it?")
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    page = signed_in(watch, desk, CAMILO, **options).page
    for address in ("/review", f"/review/{first}"):
        page.goto(desk.address + address)
        for summary in page.locator("main summary").all():
            summary.click()
        assert violations(page, axe) == []
        assert not page.evaluate(SIDEWAYS)


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1600, "dark")])
def test_axe_finds_nothing_where_a_record_is_erased_and_where_it_is_listed(
    watch: Watch, desk: Site, axe: str, *, width: int, scheme: str
) -> None:
    public_id = submitted(desk.database)
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    page = signed_in(watch, desk, FERNANDA, locale="en", **options).page
    page.goto(f"{desk.address}/review/{public_id}")
    page.get_by_role("link", name="Erase this record for good").click()
    assert violations(page, axe) == []
    page.get_by_label("It should not have been recorded here").check()
    page.get_by_label(f"Type {public_id}, to be sure").fill(public_id)
    assert not page.evaluate(SIDEWAYS)
    page.get_by_role("button", name="Erase it for good").click()
    page.get_by_text("The record was erased.").wait_for()
    assert violations(page, axe) == []
    page.goto(f"{desk.address}/organisation")
    page.get_by_text(public_id).wait_for()
    assert violations(page, axe) == []


def test_a_record_is_reviewed_by_keyboard_alone(watch: Watch, desk: Site) -> None:
    public_id = submitted(desk.database)
    page = signed_in(watch, desk, CAMILO, locale="en-US").page
    page.goto(desk.address + "/review")
    press_through(page, "May 2, 2026")
    page.wait_for_url(f"**/review/{public_id}")
    press_through(page, "Take it up")
    page.get_by_role("heading", name="Verify it").wait_for()
    for box in page.get_by_role("checkbox").all():
        box.focus()
        page.keyboard.press("Space")
    page.get_by_label("Everybody, with its place only roughly and later").focus()
    page.keyboard.press("Space")
    press_through(page, "Verify")
    page.get_by_text("It may not be so: dispute it").wait_for()
    anybody = watch(desk.address).page
    assert anybody.goto(f"{desk.address}/incidents/{public_id}").status == 200
