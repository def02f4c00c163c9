"""The map in a real Chromium: what records say stays text, nobody else is asked, all can use it."""

import csv
import datetime as dt
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from watched_pages import NewSite, Site, Watch, Watched, violations

from tracker.domain.permissions import ANYONE, OPERATOR
from tracker.domain.tallies import TallyQuery
from tracker.services.imports import ImportRequest, import_file
from tracker.services.maps import draw_incidents_file

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
HOSTILE = (
    "</script><img src=x onerror=alert(1)>",
    "${alert(2)}",
    "`+alert(3)+`",
    "{{ 7 * 7 }}{% raw %}",
    "<!--<script>alert(4)",
    "'\"><svg onload=alert(5)>",
)
HEADER = (
    "Main ID", "Incident ID", "Incident Type", "Region of Incident", "Incident Date",
    "Incident Year", "Month", "Number of Dead", "Minimum Estimated Number of Missing",
    "Total Number of Dead and Missing", "Number of Survivors", "Number of Females",
    "Number of Males", "Number of Children", "Country of Origin", "Region of Origin",
    "Cause of Death", "Country of Incident", "Migration Route", "Location of Incident",
    "Coordinates", "UNSD Geographical Grouping", "Information Source", "URL", "Source Quality",
)  # fmt: skip


def hostile_csv() -> str:
    """Write a file of the Missing Migrants Project whose every free text is hostile."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(HEADER)
    for number, text in enumerate(HOSTILE):
        main_id = f"2021.MMP0{number:04d}"
        writer.writerow(
            (
                *(main_id, main_id, "Incident", "Central America", f"2021-03-{number + 1:02d}"),
                *("2021", "March", "1", "2", "3", "", "", "", "", text, text, "Drowning", text),
                *(text, text, f"{14.5 + 2 * number}, -90.5", "Central America", text, text, "3"),
            )
        )
    return written.getvalue()


@pytest.fixture(scope="module")
def hostile_site(new_site: NewSite, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Serve hostile records that came in through the importer."""
    folder = tmp_path_factory.mktemp("hostile")
    started = new_site(folder)
    (folder / "hostile.csv").write_text(hostile_csv(), encoding="utf-8")
    request = ImportRequest(path=folder / "hostile.csv", recorded_on=dt.date(2021, 5, 1))
    import_file(started.database, OPERATOR, request)
    return started


def map_file(site: Site, folder: Path, language: str = "en") -> str:
    """Write the map of a site to a file, as `tracker map` does, and give its address."""
    with site.database.reading() as session:
        query = TallyQuery(dt.datetime.now(dt.UTC).date())
        page = draw_incidents_file(session, ANYONE, query, language=language)
    (folder / "map.html").write_text(page, encoding="utf-8")
    return (folder / "map.html").as_uri()


def opened(watched: Watched, address: str) -> Page:
    """Open a page with a map and wait until it is drawn."""
    watched.page.goto(address)
    watched.page.locator(".mark").first.wait_for(state="attached")
    return watched.page


PLACED = """tracker.source.rows({}).then(found =>
    found.rows.filter(row => row.longitude !== null))"""


def show_first(page: Page, choice: str = "true") -> dict[str, object]:
    """Open the first incident with a place of which something is true, as the list does."""
    row = page.evaluate(f"{PLACED}.then(rows => rows.find(row => {choice}))")
    page.evaluate("row => tracker.show(row)", row)
    page.locator(".facts-title").wait_for()
    return row


def open_every_incident(page: Page) -> list[str]:
    """Show each incident in turn and give the words of its popup."""
    said = []
    for row in page.evaluate(PLACED):
        page.evaluate("row => tracker.show(row)", row)
        said.append(page.locator(".leaflet-popup-content").inner_text())
    return said


def assert_hostile_words_are_text(page: Page) -> None:
    listed = page.locator("#map-table")
    for text in HOSTILE:
        expect(listed).to_contain_text(text, timeout=60_000)
    shown = "\n".join(open_every_incident(page))
    assert all(text in shown for text in HOSTILE)
    assert page.locator("img, svg[onload], [onerror]").count() == 0


def test_hostile_words_of_records_stay_text_on_the_page(watch: Watch, hostile_site: Site) -> None:
    watched = watch(hostile_site.address)
    assert_hostile_words_are_text(opened(watched, f"{hostile_site.address}/map?lang=en"))


def test_hostile_words_of_records_stay_text_in_the_file(
    watch: Watch, hostile_site: Site, tmp_path: Path
) -> None:
    address = map_file(hostile_site, tmp_path)
    assert_hostile_words_are_text(opened(watch(address), address))


def test_the_watch_sees_a_page_that_asks_another_host(browser: Browser, hostile_site: Site) -> None:
    page = browser.new_page()
    watched = Watched(page, hostile_site.address)
    page.on("console", watched.on_console)
    page.goto(f"{hostile_site.address}/map")
    page.evaluate("new Image().src = 'http://192.0.2.1/pixel.png'")
    page.evaluate("document.body.setAttribute('onclick', 'alert(1)')")
    page.wait_for_timeout(200)
    assert len([offence for offence in watched.offences if "Content Security" in offence]) == 2
    page.close()


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_map_asks_no_other_host_and_says_the_figures_of_the_tally(
    watch: Watch, site: Site, language: str
) -> None:
    page = opened(watch(site.address), f"{site.address}/map?lang={language}")
    table = page.request.get(f"{site.address}/api/v1/tallies?format=json").json()
    figures = page.locator(".map-figures .figure-number").all_inner_texts()
    said = [int(words.replace(",", "").replace(".", "")) for words in figures]
    assert said == [table["total"][name] for name in ("dead", "missing", "incidents")]
    assert page.evaluate("tracker.source.rows({})")["incidents"] == table["total"]["incidents"]


def test_the_marks_hold_all_people_whose_place_is_known(watch: Watch, site: Site) -> None:
    watched = watch(site.address, reduced_motion="reduce", viewport={"width": 1900, "height": 1000})
    page = opened(watched, f"{site.address}/map?lang=en")
    page.evaluate("void map_incidents.setView([10, -80], 2, {animate: false})")
    expect(page.locator(".mark")).not_to_have_count(0, timeout=60_000)
    page.wait_for_timeout(500)
    names = page.locator(".mark").evaluate_all("marks => marks.map(mark => mark.ariaLabel)")
    people = sum(
        int(found[1].replace(",", ""))
        for name in names
        if (found := re.match(r"([\d,]+) (?:person|people)\b", name))
    )
    table = page.request.get(f"{site.address}/api/v1/tallies?format=json").json()
    assert 0.98 * table["total"]["dead_and_missing"] < people
    assert people <= table["total"]["dead_and_missing"] + 60


def test_the_area_of_a_circle_is_people(watch: Watch, site: Site) -> None:
    page = opened(watch(site.address), f"{site.address}/map?lang=en")
    radii = page.evaluate(
        """[100, 400, 1600].map(dead => Number(tracker.marks.disc({dead, missing: 0}, 1)
             .drawing.querySelector(".mark-dead").getAttribute("r")))"""
    )
    assert radii == [10, 20, 40]
    inner, outer = page.evaluate(
        """[...tracker.marks.disc({dead: 25, missing: 75}, 4).drawing.querySelectorAll("circle")]
             .map(circle => Number(circle.getAttribute("r"))).sort((a, b) => a - b)"""
    )
    assert (inner / outer) ** 2 == pytest.approx(0.25)


def test_the_area_of_uncertainty_is_drawn_in_metres_and_stronger_when_selected(
    watch: Watch, site: Site
) -> None:
    page = opened(watch(site.address), f"{site.address}/map?lang=en")
    assert page.locator(".selected-area").count() == 0
    row = show_first(page, "row.uncertainty_m >= 1000")
    assert page.locator(".selected-area").count() == 1
    place = f"[{row['latitude']} / 10000, {row['longitude']} / 10000]"
    page.evaluate(f"void map_incidents.setView({place}, 12, {{animate: false}})")
    radii = """() => { const found = []; data_layer_uncertainty.eachLayer(
        layer => found.push(layer.getRadius())); return found; }"""
    for _ in range(200):
        if row["uncertainty_m"] in page.evaluate(radii):
            return
        page.wait_for_timeout(50)
    raise AssertionError("the area is not drawn")


def test_the_table_holds_its_first_rows_without_any_script(watch: Watch, site: Site) -> None:
    watched = watch(site.address, java_script_enabled=False)
    watched.page.goto(f"{site.address}/map?lang=en")
    assert watched.page.locator("#map-table tbody tr").count() == 50
    link = watched.page.locator("#map-table tbody a").first.get_attribute("href")
    assert watched.page.goto(site.address + link).status == 200


def test_the_table_turns_its_pages_and_sorts_with_the_unknown_last(
    watch: Watch, site: Site
) -> None:
    page = opened(watch(site.address), f"{site.address}/map?lang=en")
    count = page.locator("#map-count")
    expect(count).to_contain_text("incidents in view", timeout=60_000)
    where = page.locator("#map-pager [data-where]")
    expect(where).to_contain_text("Rows 1 to 50")
    page.get_by_role("button", name="Next").click()
    expect(where).to_contain_text("Rows 51 to 100", timeout=60_000)
    page.locator("th[data-column=missing] button").click()
    expect(where).to_contain_text("Rows 1 to 50", timeout=60_000)
    page.wait_for_timeout(300)
    # Their text, not what is drawn of it: rows out of sight are laid out when looked at.
    numbers = page.locator("#map-table tbody td.missing").all_text_contents()
    assert numbers[0].isdigit()
    assert [int(text) for text in numbers] == sorted(map(int, numbers), reverse=True)
    last = page.evaluate(
        """tracker.source.rows({box: map_incidents.getBounds()}).then(first =>
             tracker.source.rows({box: map_incidents.getBounds(), sort: "missing",
                                  page: Math.ceil(first.incidents / 50)}))"""
    )
    assert last["rows"][-1]["missing"] in (None, -1)


def test_an_incident_can_be_opened_read_and_left_by_keyboard(watch: Watch, site: Site) -> None:
    page = opened(watch(site.address), f"{site.address}/map?lang=en&from=2025-04-01")
    expect(page.locator("#map-count")).to_contain_text("in view", timeout=60_000)
    show = page.locator("#map-table .show").first
    show.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "facts-one"
    page.keyboard.press("Tab")
    assert "/incidents/" in page.evaluate("document.activeElement.href ?? ''")
    page.keyboard.press("Escape")
    page.locator(".leaflet-popup").wait_for(state="detached")
    assert page.evaluate("document.activeElement.className") == "show"


def test_the_facts_of_an_incident_name_its_source_and_how_good_it_is(
    watch: Watch, site: Site
) -> None:
    page = opened(watch(site.address), f"{site.address}/map?lang=en")
    row = show_first(page, "row.source !== null && row.source_quality !== null")
    facts = page.locator(".facts-one")
    expect(facts).to_contain_text(str(row["source"]))
    expect(facts).to_contain_text(f"{row['source_quality']} of 5")


def test_the_marks_of_the_map_can_be_passed_over_by_keyboard(watch: Watch, site: Site) -> None:
    page = opened(watch(site.address, locale="en-US"), site.address + "/map")
    skip = page.get_by_role("link", name="Skip the map")
    skip.focus()
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "map-rows"


def test_a_cluster_opens_by_keyboard(watch: Watch, site: Site) -> None:
    watched = watch(site.address, reduced_motion="reduce")
    page = opened(watched, f"{site.address}/map?lang=en")
    before = page.evaluate("map_incidents.getZoom()")
    page.locator(".mark[aria-label*=' incidents']").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("map_incidents.getZoom()") > before
    place = page.evaluate("map_incidents.getContainer().contains(document.activeElement)")
    assert place, "whoever goes nearer by keyboard stays in the map"


def test_nothing_moves_for_those_who_asked_for_no_motion(watch: Watch, site: Site) -> None:
    watched = watch(site.address, reduced_motion="reduce")
    page = opened(watched, f"{site.address}/map?lang=en")
    for name in ("zoomAnimation", "fadeAnimation", "markerZoomAnimation", "inertia"):
        assert page.evaluate("name => map_incidents.options[name]", name) is False


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1600])
def test_axe_finds_nothing(watch: Watch, site: Site, axe: str, *, width: int, scheme: str) -> None:
    watched = watch(site.address, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = opened(watched, f"{site.address}/map?lang=es")
    show_first(page)
    assert violations(page, axe) == []


def test_a_phone_shows_map_and_table_without_scrolling_sideways(watch: Watch, site: Site) -> None:
    page = opened(watch(site.address, **PHONE), f"{site.address}/map?lang=es")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.locator("#map_incidents").bounding_box()["width"] > 300
    assert not page.get_by_label("Causa").is_visible()
    page.locator(".drawer > summary").click()
    assert page.get_by_label("Causa").is_visible()


def test_the_map_begins_on_the_first_screen_of_a_phone(watch: Watch, site: Site) -> None:
    for language in ("es-MX", "en-US"):
        watched = watch(site.address, locale=language, **PHONE)
        page = opened(watched, site.address + "/map")
        top = page.locator(".map-frame").bounding_box()["y"]
        assert top < 640
        assert page.locator(".figures-known").bounding_box()["y"] < top


def test_the_file_works_without_any_network(
    watch: Watch, site: Site, axe: str, tmp_path: Path
) -> None:
    address = map_file(site, tmp_path, "es")
    watched = watch(address)
    watched.page.context.set_offline(True)
    page = opened(watched, address)
    assert "personas que murieron" in page.inner_text(".map-figures")
    show_first(page)
    assert violations(page, axe) == []


def test_the_page_with_all_its_files_stays_under_500_kilobytes(watch: Watch, site: Site) -> None:
    watched = watch(site.address)
    session = watched.page.context.new_cdp_session(watched.page)
    session.send("Network.enable")
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    opened(watched, f"{site.address}/map?lang=es")
    watched.page.wait_for_load_state("networkidle")
    assert 200_000 < sum(received) < 500_000
