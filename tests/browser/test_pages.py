"""Every page in a real Chromium: it keeps to itself, can be used by all, and fits a phone."""

import datetime as dt

import pytest
from playwright.sync_api import Response
from watched_pages import Site, Watch, Watched, violations

PAGES = {
    "home": "/",
    "tallies": "/tallies?by=subregion,year&between=2021-04-01&and=2025-06-01",
    "two periods": "/tallies?by=corridor&from=2020-01-01&to=2020-12-31&compare_from=2019-01-01&compare_to=2019-12-31",
    "months": "/tallies?by=month",
    "bad question": "/tallies?from=2022-01-01&to=2021-01-01",
    "published figures": "/figures",
    "a published figure": f"/figures/{dt.datetime.now(dt.UTC).year}-0001",
    "incidents": "/incidents?corridor=darien",
    "about": "/about",
    "absent": "/nothing-here",
}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def opened(watch: Watch, site: Site, address: str, **options: object) -> Watched:
    watched = watch(site.address, **options)
    watched.page.goto(site.address + address)
    return watched


def forgive_expected_status(watched: Watched) -> None:
    """Take away what Chromium says of a page that is meant to be an error."""
    watched.offences[:] = [
        offence for offence in watched.offences if "the server responded with" not in offence
    ]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("width", "scheme", "language"), [(360, "light", "es"), (1600, "dark", "en")]
)
def test_axe_finds_nothing_and_the_page_fits(
    watch: Watch, site: Site, axe: str, *, name: str, width: int, scheme: str, language: str
) -> None:
    viewport = {"width": width, "height": 900}
    watched = opened(
        watch, site, PAGES[name], viewport=viewport, color_scheme=scheme, locale=language
    )
    page = watched.page
    assert page.locator("html").get_attribute("lang") == language
    for summary in page.locator("main details > summary").all():
        summary.click()
    assert not page.evaluate(SIDEWAYS)
    assert violations(page, axe) == []
    forgive_expected_status(watched)


def test_an_incident_can_be_read_on_a_phone(watch: Watch, site: Site, axe: str) -> None:
    page = opened(watch, site, "/incidents", **PHONE).page
    page.locator(".incidents a").first.click()
    page.locator("#history").wait_for()
    assert not page.evaluate(SIDEWAYS)
    assert violations(page, axe) == []


def test_a_table_is_sorted_with_the_unknown_last(watch: Watch, site: Site) -> None:
    page = opened(watch, site, "/tallies?by=corridor", locale="en").page
    header = page.locator("th", has_text="Survivors")
    for expected, sign in (("descending", -1), ("ascending", 1)):
        header.locator("button").click()
        assert header.get_attribute("aria-sort") == expected
        column = page.evaluate("header => header.cellIndex", header.element_handle())
        keys = page.locator(f"tbody tr > :nth-child({column + 1})").evaluate_all(
            "cells => cells.map(cell => cell.dataset.sort)"
        )
        known = [int(key) for key in keys if key]
        assert known == sorted(known, key=lambda people, sign=sign: sign * people)
        if expected == "descending":
            assert all(not key for key in keys[len(known) :])


def test_the_table_is_whole_without_any_script(watch: Watch, site: Site) -> None:
    page = opened(watch, site, "/tallies?by=year", java_script_enabled=False).page
    assert page.locator("tbody tr").count() > 10
    assert page.locator("tfoot tr").count() == 1


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(watch: Watch, site: Site) -> None:
    page = opened(watch, site, "/").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_a_question_is_asked_by_form_and_stays_in_the_address(watch: Watch, site: Site) -> None:
    page = opened(watch, site, "/tallies", locale="en").page
    page.get_by_label("Corridor").select_option("darien")
    page.get_by_label("One row for each").select_option("year")
    page.get_by_role("button", name="Show the figures").click()
    page.wait_for_url("**corridor=darien**")
    assert page.get_by_label("Corridor").input_value() == "darien"
    assert "Corridor: Dari" in page.locator(".quote").inner_text()


def test_the_language_is_switched_by_a_visible_link_and_kept(watch: Watch, site: Site) -> None:
    page = opened(watch, site, "/tallies?by=year", locale="es-MX").page
    page.get_by_role("link", name="English").click()
    assert page.locator("h1").inner_text() == "Figures"
    page.get_by_role("link", name="Incidents", exact=True).click()
    assert page.locator("h1").inner_text() == "Incidents"


def test_every_page_prints_without_menus_and_controls(watch: Watch, site: Site) -> None:
    for address in ("/", "/tallies?by=year", "/incidents", "/about"):
        page = opened(watch, site, address, locale="en").page
        page.emulate_media(media="print")
        assert page.locator("h1").is_visible()
        for hidden in (".doors", ".languages", ".filters", ".ways"):
            assert page.locator(f"{hidden}:visible").count() == 0, (address, hidden)
        assert "IOM's Missing Migrants Project" in page.locator("footer").inner_text()


def test_fonts_are_ours_and_used(watch: Watch, site: Site) -> None:
    page = opened(watch, site, "/").page
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate(
        "[...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)"
    )
    assert {family.strip('"') for family in loaded} == {
        "Atkinson Hyperlegible Next",
        "Source Serif 4",
    }


def test_the_first_view_stays_under_100_kilobytes_of_style_and_script(
    watch: Watch, site: Site
) -> None:
    watched = watch(site.address)
    answers: list[Response] = []
    watched.page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 -- builtins are refused
    watched.page.goto(site.address + "/", wait_until="networkidle")
    sizes = [
        len(answer.body())
        for answer in answers
        if answer.url.split("?")[0].endswith((".css", ".js"))
    ]
    assert 0 < sum(sizes) < 100_000
