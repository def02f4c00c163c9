"""The first look comes with the page; what is only needed nearer by comes when it is wanted."""

from playwright.sync_api import expect
from watched_pages import Site, Watch


def test_marks_come_with_the_page_and_tiles_when_somebody_looks_nearer(
    watch: Watch, site: Site
) -> None:
    page = watch(site.address).page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site.address}/map?lang=en")
    page.locator(".mark").first.wait_for(state="attached")
    page.locator(".ground .land").wait_for(state="attached")
    expect(page.locator("#map-count")).to_contain_text("in view", timeout=60_000)
    assert not [address for address in asked if "/map/cells" in address]
    assert not [address for address in asked if "tiles.js" in address or "pmtiles" in address]
    page.evaluate("map_incidents.setView([8.4, -77.2], 7, {animate: false})")
    page.locator(".ground").wait_for(state="detached", timeout=60_000)
    assert page.locator(".leaflet-land-pane canvas").count() > 0
    assert any("/map/cells" in address for address in asked)
    page.evaluate("map_incidents.setView([8.4, -77.2], 4, {animate: false})")
    page.locator(".ground .land").wait_for(state="attached")
    expect(page.locator(".leaflet-land-pane canvas")).to_have_count(0)
