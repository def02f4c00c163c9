"""A match in a browser: read on a phone, decided by keyboard, drawn without any other host."""

from pathlib import Path

import pytest
from members import signed_in
from watched_pages import NewSite, Site, Watch, violations

from tests.conftest import DOLORES
from tests.http.clients import add_cast
from tests.services.match_records import opened, say
from tests.services.people_records import GABRIEL, agree, open_case, record_remains
from tracker.domain.consents import Purpose

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


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_axe_finds_nothing_on_the_pages_of_matches(
    watch: Watch, desk: Site, axe: str, *, width: int, scheme: str
) -> None:
    case, match = add_pair(desk)
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    page = signed_in(watch, desk, DOLORES, locale="en", **options).page
    for address in ("/matches", f"/cases/{case}/matches", f"/matches/{match}"):
        page.goto(desk.address + address)
        for summary in page.locator("main summary").all():
            summary.click()
        assert violations(page, axe) == []
        assert not page.evaluate(SIDEWAYS)
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
