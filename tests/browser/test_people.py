"""Cases in a real browser: quick entry on a telephone, marks by keyboard, no outside host."""

from pathlib import Path

import pytest
from members import signed_in
from watched_pages import NewSite, Site, Watch, violations

from tests.conftest import DOLORES, NETWORK
from tests.http.clients import add_cast
from tests.services.people_records import agree, open_case
from tracker.domain.consents import Purpose
from tracker.domain.people import PersonKind
from tracker.domain.permissions import OPERATOR
from tracker.services.people import PersonFilter, list_people

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
PHONE = {"viewport": {"width": 360, "height": 740}, "locale": "en-US"}
SMALL_TARGETS = """[...document.querySelectorAll(
  'main button, main input, main select, main summary, main a.way')]
  .filter(each => each.checkVisibility({visibilityProperty: true, opacityProperty: true})
    && !each.closest('.visually-hidden') && !each.classList.contains('visually-hidden'))
  .map(each => [each.outerHTML.slice(0, 80), (each.closest('label') || each).getBoundingClientRect()])
  .filter(([, box]) => box.height > 0 && box.height < 43.9)
  .map(([html, box]) => [html, box.width, box.height])"""


@pytest.fixture
def desk(new_site: NewSite, tmp_path: Path) -> Site:
    return new_site(tmp_path)


def only_case(site: Site):
    with site.database.writing() as session:
        (case,), _ = list_people(session, OPERATOR, PersonFilter(PersonKind.CASE))
        return case


def test_a_case_is_opened_on_a_telephone_and_its_marks_are_told_by_keyboard(
    watch: Watch, desk: Site, axe: str
) -> None:
    page = signed_in(watch, desk, DOLORES, **PHONE).page
    page.goto(desk.address + "/cases/new")
    assert not page.evaluate(SIDEWAYS)
    assert page.evaluate(SMALL_TARGETS) == []
    assert violations(page, axe) == []
    page.fill("#given_names", "Lucía Invented")
    page.fill("#age_from", "24")
    page.fill("#contact_place", "Altar, Sonora")
    page.fill("#inquirer_name", "Rosa (invented)")
    page.check("[name=agrees][value=yes]")
    page.click("button[value=open]:visible")
    page.wait_for_selector("#part-who[open]")
    page.focus("#part-marks > summary")
    page.keyboard.press("Enter")
    assert not page.evaluate(SIDEWAYS)
    page.focus(".body-front .at-forearm.at-left")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "marks.0.kind"
    page.keyboard.press("T")
    page.select_option("[name='marks.0.kind']", "tattoo")
    page.fill("[name='marks.0.text']", "Mateo")
    # No empty row is left: the button is sent, and nothing typed is lost.
    page.focus(".body-back .at-back")
    page.keyboard.press("Enter")
    page.wait_for_selector("[name='marks.1.kind']")
    assert page.evaluate("document.activeElement.name") == "marks.1.kind"
    assert page.input_value("[name='marks.0.text']") == "Mateo"
    page.select_option("[name='marks.1.kind']", "scar")
    assert page.locator(".at-marked").count() == 3
    assert page.evaluate(SMALL_TARGETS) == []
    assert violations(page, axe) == []
    page.click(".record-ways button[value=save]")
    page.wait_for_selector("#standing")
    assert only_case(desk).facts["marks"] == [
        {"kind": "tattoo", "part": "forearm", "side": "left", "text": "Mateo"},
        {"kind": "scar", "part": "back"},
    ]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_a_case_are_clean_and_fit(
    watch: Watch, desk: Site, axe: str, width: int
) -> None:
    with desk.database.writing() as session:
        add_cast(session)
    case = open_case(desk.database)
    agree(desk.database, case, Purpose.MATCH)
    agree(desk.database, case, Purpose.SHARE, recipient_id=NETWORK)
    view = {"viewport": {"width": width, "height": 900}, "locale": "en-US"}
    page = signed_in(watch, desk, DOLORES, **view).page
    for path in ("/cases", f"/cases/{case}", f"/cases/{case}/history", f"/cases/{case}/erase"):
        page.goto(desk.address + path)
        page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        assert not page.evaluate(SIDEWAYS), path
        assert violations(page, axe) == [], path
        assert page.evaluate(SMALL_TARGETS) == [], path
