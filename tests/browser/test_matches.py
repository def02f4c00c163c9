"""A match in a browser: read on a phone, decided by keyboard, drawn without any other host."""

from pathlib import Path

import pytest
from members import signed_in
from playwright.sync_api import Page
from watched_pages import NewSite, Site, Watch, violations

from tests.conftest import DOLORES
from tests.http.clients import add_cast
from tests.services.match_records import opened, say, statuses
from tests.services.people_records import GABRIEL, agree, open_case, record_remains
from tracker.domain.consents import Purpose
from tracker.services.matches.register import registers_of
from tracker.services.people import withdraw_consent

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def desk(new_site: NewSite, tmp_path: Path) -> Site:
    return new_site(tmp_path)


def add_pair(desk: Site) -> tuple[str, str]:
    """Add a case and its match, about which somebody else has said something."""
    with desk.database.writing() as session:
        add_cast(session)
    case = open_case(desk.database)
    agree(desk.database, case, Purpose.MATCH)
    match = opened(desk.database, case, record_remains(desk.database, eyes="brown"))
    record_remains(desk.database, marks=[])
    say(desk.database, GABRIEL, match, "confirmed")
    return case, match


def sound(page: Page, axe: str) -> None:
    """With every part of the page open, axe finds nothing and nothing moves sideways."""
    for summary in page.locator("main summary").all():
        summary.click()
    assert violations(page, axe) == []
    assert not page.evaluate(SIDEWAYS)


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_axe_finds_nothing_on_the_pages_of_matches(
    watch: Watch, desk: Site, axe: str, *, width: int, scheme: str
) -> None:
    case, match = add_pair(desk)
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    page = signed_in(watch, desk, DOLORES, locale="en", **options).page
    lists = ("/matches", *(f"/matches?show={show}" for show in ("mine", "waiting", "settled")))
    for address in (*lists, f"/cases/{case}/matches", f"/matches/{match}"):
        page.goto(desk.address + address)
        sound(page, axe)
    assert page.locator(".pair-map .place-found").count() == 1


def test_a_second_person_says_the_same_by_keyboard_alone(watch: Watch, desk: Site) -> None:
    _, match = add_pair(desk)
    page = signed_in(watch, desk, DOLORES, locale="en").page
    page.goto(f"{desk.address}/matches/{match}")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "checkbox":
            break
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Confirmed: the same person.", exact=False).first.wait_for()
    page.get_by_text("Take my voice back").wait_for()


@pytest.mark.parametrize("width", [360, 1280])
def test_an_identification_is_undone_by_keyboard_after_the_consent_is_gone(
    watch: Watch, desk: Site, axe: str, width: int
) -> None:
    case, match = add_pair(desk)
    say(desk.database, DOLORES, match, "confirmed")
    with desk.database.writing() as session:
        withdraw_consent(session, DOLORES, case, number=1)
    options = {"viewport": {"width": width, "height": 900}, "locale": "en"}
    page = signed_in(watch, desk, DOLORES, **options).page
    page.goto(f"{desk.address}/cases/{case}")
    assert "may not be compared or shown any more" in page.inner_text("#identified")
    sound(page, axe)
    page.goto(f"{desk.address}/cases/{case}")
    page.focus("#identified summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("another chart")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#identified", state="detached")
    assert statuses(desk.database, case) == ["reported"]


def test_the_page_that_says_the_comparison_is_being_prepared_is_sound(
    watch: Watch, desk: Site, axe: str
) -> None:
    case, _ = add_pair(desk)
    registers_of(desk.database.caches).reads_ahead = True
    watched = signed_in(watch, desk, DOLORES, viewport={"width": 360, "height": 740})
    page = watched.page
    answer = page.goto(f"{desk.address}/cases/{case}/matches")
    assert answer is not None
    assert answer.status == 503
    sound(page, axe)
    # Chromium itself says in its console that the answer was 503.
    watched.offences.clear()
