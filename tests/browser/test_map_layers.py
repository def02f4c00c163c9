"""Layers, time, tools and the address of the map, by mouse and by keyboard, in a real Chromium."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from watched_pages import NewSite, Site, Watch, violations

SLOW = 60_000


@pytest.fixture(scope="module")
def demo_site(new_site: NewSite, demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Serve the whole demonstration, with all that became known on many days."""
    folder = tmp_path_factory.mktemp("demo-site")
    shutil.copy(demo_file, folder / "tracker.sqlite3")
    return new_site(folder)


def opened(watch: Watch, site: Site, more: str = "", **options: object) -> Page:
    """Open the map and wait until its list has come."""
    page = watch(site.address, **options).page
    page.goto(f"{site.address}/map?lang=en{more}")
    expect(page.locator("#map-count")).to_contain_text("in view", timeout=SLOW)
    return page


def whole_world(page: Page) -> None:
    """Look at everything, so that what is in view is all that has a place."""
    page.evaluate("void map_incidents.setView([5, -80], 2, {animate: false})")


def turn_on(page: Page, name: str) -> None:
    """Turn a layer on in the map's own control, by keyboard."""
    page.locator(".leaflet-control-layers-toggle").focus()
    page.keyboard.press("Enter")
    page.get_by_label(name, exact=True).focus()
    page.keyboard.press("Space")


def total(site: Site, page: Page, question: str) -> int:
    """Ask the tally how many incidents there are."""
    answer = page.request.get(f"{site.address}/api/v1/tallies?format=json&{question}")
    return int(answer.json()["total"]["incidents"])


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("Density: hexagons", "path.hexagon"),
        ("Density: heat", "canvas.heat"),
        ("Figures by subregion", "path.area"),
        ("Figures by corridor", "path.area"),
    ],
)
def test_a_layer_is_turned_on_by_keyboard_and_stands_in_the_address(
    watch: Watch, site: Site, axe: str, *, name: str, drawn: str
) -> None:
    page = opened(watch, site, "&from=2022-01-01&to=2022-12-31")
    turn_on(page, name)
    expect(page.locator(drawn).first).to_be_attached(timeout=SLOW)
    expect(page).to_have_url(re.compile("#.*(heat|hexagons|subregion|corridor)"))
    assert violations(page, axe) == []


def test_areas_are_told_as_a_table_too_with_the_change_since_the_period_before(
    watch: Watch, site: Site
) -> None:
    page = opened(watch, site, "&from=2022-01-01&to=2022-12-31#4/10/-85/subregion")
    table = page.locator("#map-areas table")
    expect(table).to_contain_text("than in the period before", timeout=SLOW)
    rows = {
        row.locator("th").inner_text(): int(row.locator("td").first.inner_text().replace(",", ""))
        for row in table.locator("tbody tr").all()
    }
    answer = page.request.get(
        f"{site.address}/api/v1/tallies?by=subregion&scheme=un_m49&from=2022-01-01&to=2022-12-31"
    ).json()
    told = {row["subregion"]: row["dead_and_missing"] for row in answer["rows"]}
    assert rows["Caribbean"] == told["caribbean"]
    assert rows["South America"] == told["south_america"]


def test_where_nobody_has_reported_is_hatched_and_said(watch: Watch, site: Site) -> None:
    page = opened(watch, site)
    expect(page.locator("path.silent").first).to_be_attached(timeout=SLOW)
    expect(page.locator("#map-silence")).to_contain_text("Greenland")
    expect(page.locator("#map-silence")).to_contain_text("does not mean that nobody died there")


def test_time_moves_by_keyboard_and_the_list_counts_what_the_tally_counts(
    watch: Watch, site: Site
) -> None:
    page = opened(watch, site, reduced_motion="reduce")
    whole_world(page)
    slider = page.get_by_role("slider", name="Move through time")
    slider.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    said = page.locator("#map-time output")
    expect(said).to_have_text(re.compile(r"^20\d\d$"))
    year = said.inner_text()
    counted = total(site, page, f"from={year}-01-01&to={year}-12-31")
    expect(page.locator("#map-count")).to_contain_text(f"{counted:,} incident", timeout=SLOW)
    page.get_by_role("button", name="The whole time").click()
    expect(page.locator("#map-count")).not_to_contain_text(f"{counted:,} incident", timeout=SLOW)


def test_time_plays_and_can_be_paused(watch: Watch, site: Site) -> None:
    page = opened(watch, site)
    play = page.get_by_role("button", name="Play")
    play.click()
    pause = page.get_by_role("button", name="Pause")
    expect(pause).to_be_visible()
    first = page.locator("#map-time output").inner_text()
    expect(page.locator("#map-time output")).not_to_have_text(first, timeout=SLOW)
    pause.click()
    expect(play).to_be_visible()


def test_the_map_shows_what_became_known_between_two_days(watch: Watch, demo_site: Site) -> None:
    page = opened(watch, demo_site)
    whole_world(page)
    page.get_by_label("When it became known").check()
    slider = page.get_by_role("slider", name="Move through time")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    since = page.locator("#map-time select")
    days = since.locator("option").evaluate_all("all => all.map(each => each.value)")[1:]
    assert len(days) > 2
    before, after = days[-3], days[-2]
    since.select_option(before)
    asked = {"box": "-180,-90,180,90", "as_known_on": after, "new_since": before}
    told = page.request.get(f"{demo_site.address}/map/incidents", params=asked).json()
    words = f"{told['incidents']:,} incident"
    expect(page.locator("#map-count")).to_contain_text(words, timeout=SLOW)
    assert told["incidents"] > 0


@pytest.mark.parametrize("asked", ["Necoclí", "necocli", "8.4259, -76.7847", "8° 25' N 76° 47' O"])
def test_a_place_is_found_by_its_name_or_its_coordinates(
    watch: Watch, site: Site, asked: str
) -> None:
    page = opened(watch, site)
    page.get_by_label("Find a place or coordinates").fill(asked)
    page.keyboard.press("Enter")
    expect(page.locator("#map-found button").first).to_be_focused(timeout=SLOW)
    page.keyboard.press("Enter")
    latitude, longitude = page.evaluate(
        "(() => { const at = map_incidents.getCenter(); return [at.lat, at.lng]; })()"
    )
    assert (latitude, longitude) == pytest.approx((8.42, -76.78), abs=0.05)
    expect(page.locator("#map-centre")).to_contain_text("8.4")


def test_a_place_that_nobody_knows_is_said_to_be_unknown(watch: Watch, site: Site) -> None:
    page = opened(watch, site)
    page.get_by_label("Find a place or coordinates").fill("Xyzzyx")
    page.keyboard.press("Enter")
    expect(page.locator("#map-found")).to_contain_text("Try another spelling", timeout=SLOW)


def test_a_distance_is_measured_by_keyboard(watch: Watch, site: Site) -> None:
    page = opened(watch, site, "#6/0/-80/incidents", reduced_motion="reduce")
    measure = page.get_by_role("button", name="Measure a distance")
    measure.focus()
    page.keyboard.press("Enter")
    status = page.locator("#map-status")
    expect(status).to_contain_text("Click where the distance begins")
    page.keyboard.press("Enter")
    page.evaluate("void map_incidents.setView([0, -79], 6, {animate: false})")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("112 km")
    page.keyboard.press("Escape")
    assert measure.get_attribute("aria-pressed") == "false"


def test_the_address_holds_the_view_and_no_server_hears_of_it(watch: Watch, site: Site) -> None:
    watched = watch(site.address)
    page, heard = watched.page, []
    page.on("request", lambda request: heard.append(request.url))
    page.goto(f"{site.address}/map?lang=en#7.5/8.1000/-77.2000/hexagons")
    expect(page.locator("path.hexagon").first).to_be_attached(timeout=SLOW)
    assert page.evaluate("map_incidents.getZoom()") == 7.5
    assert page.locator(".mark").count() == 0
    page.evaluate("void map_incidents.setView([10, -84], 6, {animate: false})")
    expect(page).to_have_url(re.compile(r"#6/10\.0000/-84\.0000/hexagons$"))
    assert not [address for address in heard if "%23" in address or "77.2000/" in address]


def test_a_map_that_cannot_be_loaded_says_so_and_what_to_do(watch: Watch, site: Site) -> None:
    watched = watch(site.address)
    page = watched.page
    page.goto(f"{site.address}/map?lang=en")
    expect(page.locator("#map-count")).to_contain_text("in view", timeout=SLOW)
    page.route("**/map/cells*", lambda route: route.fulfill(status=503, body=""))
    page.evaluate("void map_incidents.setView([40, -100], 7, {animate: false})")
    expect(page.locator("#map-status")).to_contain_text("Check the network", timeout=SLOW)
    watched.offences.clear()  # the browser's own words about the answer that failed


def test_on_paper_the_map_is_a_page_of_a_report(watch: Watch, site: Site) -> None:
    page = opened(watch, site, "&from=2022-01-01&to=2022-12-31")
    page.emulate_media(media="print")
    for control in ("#map-search", "#map-time", ".drawer", ".leaflet-control-container"):
        expect(page.locator(control)).to_be_hidden()
    text = page.locator("main").inner_text()
    for words in (
        "Between January 1, 2022",
        "minimum, as known on",
        "IOM's rule",
        "people who died",
    ):
        assert words in text
    assert "Natural Earth" in page.inner_text("body")
