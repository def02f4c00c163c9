"""Logging an incident in a real browser: on a telephone, by keyboard, with a photo, without script."""

import io
from pathlib import Path

import pytest
from members import signed_in
from PIL import Image
from playwright.sync_api import Page
from watched_pages import NewSite, Site, Watch, violations

from tests.conftest import BEATRIZ, CAMILO
from tests.exchange.test_pictures import SECRET, photo
from tests.http.clients import add_cast
from tests.services.records import log
from tracker.domain.incidents import IncidentRecord
from tracker.domain.permissions import OPERATOR
from tracker.services.incidents import RecordFilter, list_records

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
PHONE = {"viewport": {"width": 360, "height": 740}, "locale": "es-MX"}
PARTS = ("part-what", "part-when", "part-where", "part-people", "part-who", "part-sources")


@pytest.fixture
def desk(new_site: NewSite, tmp_path: Path) -> Site:
    return new_site(tmp_path)


def only_record(site: Site) -> IncidentRecord:
    with site.database.reading() as session:
        (record,), _ = list_records(session, OPERATOR, RecordFilter())
        return record


def drafted(site: Site, *, submit: bool = False) -> str:
    with site.database.writing() as session:
        add_cast(session)
        return log(session, BEATRIZ, submit=submit).public_id


def fill_quickly(page: Page, home: str) -> None:
    page.goto(home + "/incidents/new")
    page.select_option("[name=causes]", "drowning")
    page.fill("[name=date_from]", "2026-05-02")
    page.fill("[name=location_description]", "Capurganá, la playa")
    page.fill("[name=number_dead]", "2")
    page.fill("[name='sources.0.publisher']", "Una pescadora")


def test_the_quick_entry_fits_on_one_screen_of_a_telephone(watch: Watch, desk: Site) -> None:
    page = signed_in(watch, desk, BEATRIZ, **PHONE).page
    page.goto(desk.address + "/incidents/new")
    shown = page.locator("main form").locator("input:visible, select:visible, button:visible")
    boxes = [each.bounding_box() for each in shown.all()]
    assert len(boxes) == 9
    assert all(box["y"] >= 0 and box["y"] + box["height"] <= 740 for box in boxes)
    assert all(box["height"] >= 44 for box in boxes)
    assert not page.evaluate(SIDEWAYS)
    assert page.evaluate("scrollY") == 0


def test_a_quick_entry_becomes_a_full_record_with_a_photo_that_tells_nothing_else(
    watch: Watch, desk: Site, tmp_path: Path
) -> None:
    page = signed_in(watch, desk, BEATRIZ, **PHONE).page
    fill_quickly(page, desk.address)
    page.click("button[value=open]")
    page.click("#part-where > summary")
    assert not page.is_visible("#causes")
    page.click(".found label")
    page.wait_for_selector(".public-square", state="attached")
    assert "Darién" in page.inner_text("[data-lines]")
    page.click(".record-ways button[value=save]")
    facts = only_record(desk).facts
    assert (facts["location_basis"], facts["number_dead"]) == ("place_name", 2)
    assert facts["number_missing_min"] is None
    page.click("#files summary")
    sent = {"name": "Rosa.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    page.set_input_files("#file", sent)
    page.fill("#description", "Una lancha")
    page.click("#files form button")
    picture = page.locator("#files img")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('#files img').naturalWidth === 400")
    served = page.request.get(desk.address + picture.get_attribute("src")).body()
    assert dict(Image.open(io.BytesIO(served)).getexif()) == {}
    assert SECRET not in served
    files = [path.read_bytes() for path in (tmp_path / "attachments").iterdir()]
    assert len(files) == 2
    assert not any(SECRET in held or b"Rosa" in held for held in files)


def test_a_tap_on_the_map_gives_the_place(watch: Watch, desk: Site) -> None:
    public_id = drafted(desk)
    page = signed_in(watch, desk, BEATRIZ, **PHONE).page
    page.goto(f"{desk.address}/incidents/{public_id}/edit")
    page.click("#part-where > summary")
    page.wait_for_selector(".public-square", state="attached")
    before = page.input_value("#coordinates")
    page.click(".picker-map", position={"x": 60, "y": 200})
    page.wait_for_function(
        "given => document.querySelector('#coordinates').value !== given", arg=before
    )
    assert page.input_value("#location_basis") == "map_pick"


def test_the_device_tells_where_somebody_stands(watch: Watch, desk: Site) -> None:
    public_id = drafted(desk)
    here = {"latitude": 8.638, "longitude": -77.346, "accuracy": 20}
    page = signed_in(
        watch, desk, BEATRIZ, geolocation=here, permissions=["geolocation"], **PHONE
    ).page
    page.goto(f"{desk.address}/incidents/{public_id}/edit")
    page.click("#part-where > summary")
    page.click("[data-here]")
    page.wait_for_function("document.querySelector('#coordinates').value === '8.63800, -77.34600'")
    assert page.input_value("#location_basis") == "gps"


def test_everything_can_be_logged_and_handed_in_by_keyboard(watch: Watch, desk: Site) -> None:
    page = signed_in(watch, desk, BEATRIZ, **PHONE).page
    page.goto(desk.address + "/incidents/new")
    page.focus("#causes")
    page.keyboard.type("Aho")
    page.focus("#location_description")
    page.keyboard.type("8.4527, -76.9312")
    page.keyboard.press("Tab")  # the map and the names, which stay closed
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    page.select_option("#date_precision", "unknown")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "open":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit")
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "submit":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/*")
    record = only_record(desk)
    assert (record.status, record.corridor, record.facts["number_dead"]) == (
        "submitted",
        "darien",
        2,
    )


def test_without_script_a_record_is_logged_completed_and_handed_in(
    watch: Watch, desk: Site
) -> None:
    page = signed_in(watch, desk, BEATRIZ, java_script_enabled=False, **PHONE).page
    fill_quickly(page, desk.address)
    page.click("button[value=open]")
    page.click("#part-sources > summary")
    page.click("button[value='more:sources']")
    page.fill("[name='sources.1.publisher']", "Un periódico")
    page.click("#part-where > summary")
    assert not page.is_visible(".picker")
    page.click(".found label")
    page.click(".record-ways button[value=submit]")
    record = only_record(desk)
    assert record.status == "submitted"
    assert len(record.facts["sources"]) == 2
    assert record.facts["location_basis"] == "place_name"


def test_two_people_see_each_others_change_and_lose_nothing(watch: Watch, desk: Site) -> None:
    public_id = drafted(desk, submit=True)
    beatriz = signed_in(watch, desk, BEATRIZ, **PHONE)
    camilo = signed_in(watch, desk, CAMILO, **PHONE)
    for each in (beatriz, camilo):
        each.page.goto(f"{desk.address}/incidents/{public_id}/edit")
        each.page.click("#part-people > summary")
    beatriz.page.fill("#number_dead", "3")
    beatriz.page.click(".record-ways button[value=save]")
    camilo.page.fill("#number_dead", "4")
    camilo.page.click(".record-ways button[value=save]")
    assert "ahora: 3" in camilo.page.inner_text("[role=alert]")
    camilo.page.click("#part-people > summary")
    assert camilo.page.input_value("#number_dead") == "4"
    # The browser itself tells of the refusal; that is how it should be.
    camilo.offences[:] = [told for told in camilo.offences if "409" not in told]


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1600, "dark")])
def test_axe_finds_nothing_on_the_pages_of_records(
    watch: Watch, desk: Site, axe: str, *, width: int, scheme: str
) -> None:
    public_id = drafted(desk)
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    watched = signed_in(watch, desk, BEATRIZ, **options)
    page = watched.page
    for address in ("/incidents/new", "/records", f"/records/{public_id}"):
        page.goto(desk.address + address)
        assert violations(page, axe) == [], address
        assert not page.evaluate(SIDEWAYS), address
    page.goto(f"{desk.address}/incidents/{public_id}/edit")
    for part in PARTS:
        if not page.evaluate("id => document.getElementById(id).open", part):
            page.click(f"#{part} > summary")
        assert violations(page, axe) == [], part
        assert not page.evaluate(SIDEWAYS), part
    page.goto(desk.address + "/incidents/new")
    page.click("button[value=open]")
    assert page.is_visible("#problems")
    assert violations(page, axe) == []
    watched.offences[:] = [told for told in watched.offences if "422" not in told]
