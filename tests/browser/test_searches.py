"""Searches in a real browser: planned by keyboard and by tapping, on a telephone, without script."""

from pathlib import Path

import pytest
from members import signed_in
from playwright.sync_api import Page
from watched_pages import NewSite, Site, Watch, violations

from tests.conftest import DOLORES
from tests.http.clients import add_cast
from tests.services.test_searches import EFFORT, FINDING, PLAN, TODAY
from tracker.schemas.searches import load_effort, load_finding, load_plan
from tracker.services.searches import plan_search, report_search

PHONE = {"viewport": {"width": 360, "height": 740}, "locale": "es-MX"}
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def field(new_site: NewSite, tmp_path: Path) -> Site:
    return new_site(tmp_path)


def planned(site: Site) -> str:
    with site.database.writing() as session:
        add_cast(session)
        search = plan_search(session, DOLORES, load_plan(PLAN), invented=True)
        for given in (load_effort(EFFORT, today=TODAY), load_finding(FINDING, today=TODAY)):
            report_search(session, DOLORES, search, given=given)
        return f"{site.address}/searches/{search}"


def fill_words(page: Page) -> None:
    for name in ("title", "purpose", "begins_on", "ends_on"):
        page.fill(f"[name={name}]", PLAN[name])
    page.check("[name=methods][value=foot_line]")


def test_an_area_is_tapped_on_the_map_of_a_telephone(watch: Watch, field: Site) -> None:
    page = signed_in(watch, field, DOLORES, **PHONE).page
    page.goto(field.address + "/searches/new")
    fill_words(page)
    for _ in range(6):
        page.click(".leaflet-control-zoom-in")
        page.wait_for_timeout(300)
    for x, y in ((120, 120), (220, 120), (220, 220), (120, 220)):
        page.click(".folium-map", position={"x": x, "y": y})
    assert len(page.input_value("#area").splitlines()) == 4
    page.click("[data-undo]")
    assert len(page.input_value("#area").splitlines()) == 3
    assert page.locator(".drawn-area").count() == 1
    page.click(".record-ways button")
    page.wait_for_url("**/searches/S-*")
    assert not page.evaluate(SIDEWAYS)


def test_an_area_is_drawn_by_keyboard_alone(watch: Watch, field: Site) -> None:
    page = signed_in(watch, field, DOLORES, **PHONE).page
    page.goto(field.address + "/searches/new")
    fill_words(page)
    page.focus(".folium-map")
    for _ in range(5):
        page.keyboard.press("+")
        page.wait_for_timeout(300)
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft"):
        page.keyboard.press("Enter")
        page.keyboard.press(key)
        page.wait_for_timeout(400)
    assert len({*page.input_value("#area").splitlines()}) == 3
    page.focus(".record-ways button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/searches/S-*")


def test_the_pages_of_a_search_are_sound_on_a_telephone(
    watch: Watch, field: Site, axe: str
) -> None:
    search = planned(field)
    page = signed_in(watch, field, DOLORES, **PHONE).page
    parts = ("", "/edit", "/report", "/finding", "/erase", "/sheet")
    for address in (f"{field.address}/searches", *(search + part for part in parts)):
        page.goto(address)
        assert violations(page, axe) == []
        assert not page.evaluate(SIDEWAYS)
    page.goto(search)
    assert page.locator(".search-gap").count() >= 1
    page.click(".search-mark.finding.leaflet-marker-icon")
    assert FINDING["words"] in page.inner_text(".search-popup")


def test_without_script_a_search_is_planned_and_reported(watch: Watch, field: Site) -> None:
    page = signed_in(watch, field, DOLORES, java_script_enabled=False, **PHONE).page
    page.goto(field.address + "/searches/new")
    fill_words(page)
    page.fill("[name=area]", PLAN["area"])
    page.click(".record-ways button")
    page.goto(page.url.partition("?")[0] + "/report")
    page.check("[name=kind][value=nothing_found]")
    page.select_option("[name=method]", "foot_line")
    page.check("[name=thoroughness][value='3']")
    page.check("[name=ground][value=whole]")
    page.click(".record-ways button")
    assert "100 %" in page.inner_text(".search-figures")
