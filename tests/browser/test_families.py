"""A family on an old phone, with the keyboard alone and without script; a case worker at a desk."""

import datetime as dt
from pathlib import Path

import pytest
from members import signed_in
from playwright.sync_api import Error
from watched_pages import NewSite, Site, Watch, Watched, violations

from tests.conftest import DOLORES, NETWORK
from tests.http.clients import add_cast
from tests.services.family_records import REACH, confirm, give_access
from tests.services.people_records import agree, open_case, record_remains
from tracker.db.models.families import FamilyNotification, FamilyWord
from tracker.domain.consents import Purpose
from tracker.domain.people import ShareKind
from tracker.services.people import share_person

PHONE = {"viewport": {"width": 360, "height": 640}, "locale": "es-MX"}
OPEN_ALL = "document.querySelectorAll('main details').forEach(each => each.open = true)"


@pytest.fixture
def home(new_site: NewSite, tmp_path: Path) -> Site:
    started = new_site(tmp_path)
    with started.database.writing() as session:
        add_cast(session)
    return started


@pytest.fixture
def case(home: Site) -> str:
    case = open_case(home.database)
    agree(home.database, case, Purpose.MATCH)
    agree(home.database, case, Purpose.SHARE, recipient_id=NETWORK)
    with home.database.writing() as session:
        what = ShareKind.IDENTIFICATION
        share_person(session, DOLORES, case, organisation_id=NETWORK, what=what)
    return case


def sound(watched: Watched, axe: str) -> None:
    page = watched.page
    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    small = page.evaluate(
        "[...document.querySelectorAll('main button, main summary, main select, main input')]"
        ".filter(each => each.type !== 'hidden' && each.type !== 'checkbox')"
        ".filter(each => each.offsetHeight && each.offsetHeight < 44)"
        ".map(each => each.outerHTML)"
    )
    assert small == []


def test_a_family_follows_its_case_by_keyboard_and_leaves_nothing(
    home: Site, case: str, watch: Watch, axe: str
) -> None:
    made = give_access(home.database, case)
    watched = watch(home.address, **PHONE)
    page = watched.page
    page.goto(f"{home.address}/family")
    sound(watched, axe)
    page.focus("#code")
    page.keyboard.type(made.code.lower())
    page.keyboard.press("Tab")
    page.keyboard.type("four wrong words here")
    page.keyboard.press("Enter")
    page.wait_for_selector("#problem")
    watched.offences.clear()  # Chromium's word on the 422 that was asked for
    sound(watched, axe)
    page.focus("#secret")
    page.keyboard.type(made.secret)
    page.keyboard.press("Enter")
    page.wait_for_selector(".own-case")
    assert page.get_by_text(REACH).is_visible()
    sound(watched, axe)
    page.evaluate(OPEN_ALL)
    sound(watched, axe)
    page.focus("#told-addition")
    page.keyboard.type("Llevaba una gorra roja")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".done")
    sound(watched, axe)
    assert page.url == f"{home.address}/family"
    page.goto(f"{home.address}/family?lang=en")
    page.locator("summary", has_text="To share").click()
    page.locator("button", has_text="To share").click()
    page.wait_for_selector(".done")
    page.locator(".leaving button").last.click()
    sound(watched, axe)
    assert [each["name"] for each in page.context.cookies()] == ["language"]
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        page.go_back()  # the browser has kept none of it
    watched.offences.clear()
    with home.database.reading() as session:
        assert [word.told for word in session.query(FamilyWord)] == ["Llevaba una gorra roja"]


def test_the_page_of_a_phone_left_behind_goes_off_the_screen(
    home: Site, case: str, watch: Watch
) -> None:
    made = give_access(home.database, case)
    page = watch(home.address, **PHONE).page
    page.clock.install()
    page.goto(f"{home.address}/family")
    page.fill("#code", made.code)
    page.fill("#secret", made.secret)
    page.keyboard.press("Enter")
    page.wait_for_selector(".own-case")
    page.clock.run_for(14 * 60_000)
    page.locator("summary").first.click()
    page.clock.run_for(14 * 60_000)
    assert page.locator(".own-case").is_visible(), "whoever uses it is not thrown out"
    home.move_clock(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=31))
    page.clock.run_for(2 * 60_000)
    page.wait_for_selector("#code")
    assert page.locator(".own-case").count() == 0


def test_without_script_a_person_says_that_they_are_not_missing(
    home: Site, case: str, watch: Watch
) -> None:
    made = give_access(home.database, case)
    watched = watch(home.address, java_script_enabled=False, **PHONE)
    page = watched.page
    page.goto(f"{home.address}/family")
    page.fill("#code", made.code)
    page.fill("#secret", made.secret)
    page.locator("main form button").first.click()
    page.locator("details:has(#told-not_missing) > summary").click()
    page.check("#sure-not_missing")
    page.locator("form:has(#told-not_missing) button").click()
    assert page.locator(".own-case .preview").is_visible()
    with home.database.reading() as session:
        assert [word.kind for word in session.query(FamilyWord)] == ["not_missing"]


def test_a_case_worker_gives_a_code_and_records_how_the_family_was_told(
    home: Site, case: str, watch: Watch, axe: str
) -> None:
    watched = signed_in(watch, home, DOLORES, viewport={"width": 1280, "height": 900})
    page = watched.page
    page.goto(f"{home.address}/families")
    sound(watched, axe)
    page.goto(f"{home.address}/cases/{case}/family?lang=en")
    sound(watched, axe)
    page.fill("#reach", REACH)
    page.get_by_role("button", name="Make the code").click()
    assert page.locator(".follow-up-code").count() == 2
    sound(watched, axe)
    page.goto(f"{home.address}/cases/{case}/notification")
    assert page.locator("main form").count() == 0
    sound(watched, axe)
    confirm(home.database, case, record_remains(home.database))
    page.reload()
    page.fill("#who", "Dolores and Alma (invented)")
    page.fill("#support", "Alma (invented), +504 2200 0002")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    sound(watched, axe)
    page.get_by_role("button", name="The family was told").click()
    page.wait_for_selector("dl.facts")
    sound(watched, axe)
    with home.database.reading() as session:
        assert session.query(FamilyNotification).count() == 1
