"""The whole way of a record: invited, logged on a phone, checked by a second person, counted."""

import datetime as dt
import io
import re
from pathlib import Path

import pyotp
import pytest
from members import signed_in
from PIL import Image
from playwright.sync_api import Page
from watched_pages import NewSite, Site, Watch

from tests.conftest import CAMILO, SHELTER, XIMENA
from tests.exchange.test_pictures import SECRET, photo
from tests.http.clients import add_cast
from tracker.domain.permissions import OPERATOR, Role
from tracker.domain.publication import place_on_grid
from tracker.domain.tallies import TallyQuery
from tracker.services.accounts.invitations import invite
from tracker.services.tallies import period_tally

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "locale": "en-US"}
PASSWORD = "tortuga lluvia mesa violeta"
TODAY = dt.datetime.now(dt.UTC)


@pytest.fixture
def house(new_site: NewSite, tmp_path: Path) -> Site:
    return new_site(tmp_path)


def counted(site: Site) -> int | None:
    with site.database.reading() as session:
        query = TallyQuery(as_known_on=dt.date(2099, 1, 1))
        return period_tally(session, XIMENA, query).total["dead_and_missing"]


def join_as_case_worker(site: Site, page: Page) -> None:
    """Accept an invitation, choose a password and set up the second step."""
    with site.database.writing() as session:
        add_cast(session)
        token = invite(session, OPERATOR, organisation_id=SHELTER, role=Role.CASE_WORKER)
    page.goto(f"{site.address}/invitations/{token}")
    page.get_by_label("What should we call you?").fill("Nadia")
    page.get_by_label("E-mail address").fill("nadia@cast.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    secret = re.sub(r"\s", "", page.locator(".app-secret .secret").inner_text())
    page.get_by_label("The six digits that the app shows now").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Go on").click()
    page.locator(".codes").wait_for()
    page.locator("main form button").last.click()


def log_on_one_screen(site: Site, page: Page) -> str:
    """Log the incident on one screen of the phone and give its public id."""
    page.goto(f"{site.address}/incidents/new")
    bottom = page.get_by_role("button", name="Save and go on").bounding_box()
    assert bottom["y"] + bottom["height"] <= 740
    page.get_by_label("What happened?").select_option("drowning")
    page.get_by_label("Day", exact=True).fill(TODAY.date().isoformat())
    page.get_by_label("Where?").fill("8.4527, -76.9312")
    page.get_by_label("People who died").fill("2")
    page.get_by_label("People who disappeared").fill("1")
    page.get_by_label("Who says so?").fill("A survivor at the shelter")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("heading", name="Full record").wait_for()
    return page.url.split("/incidents/")[1].split("/")[0]


def test_from_an_invitation_to_a_figure_and_a_place_on_the_public_map(
    watch: Watch, house: Site, tmp_path: Path
) -> None:
    page = watch(house.address, **PHONE).page
    join_as_case_worker(house, page)
    public_id = log_on_one_screen(house, page)
    page.locator("summary", has_text="Where").first.click()
    page.get_by_label("Where, in words").fill("By the jetty behind the blue house")
    page.locator(".record-ways").get_by_role("button", name="Save", exact=True).click()
    add_a_photo(house, page, tmp_path)
    page.get_by_role("button", name="Hand it in as it is").click()
    page.get_by_text("Submitted").first.wait_for()
    assert counted(house) is None

    watched = watch(house.address, locale="en-US")
    anybody = watched.page
    assert anybody.goto(f"{house.address}/api/v1/incidents/{public_id}").status == 404
    verify_by_a_second_person(watch, house, public_id)
    assert counted(house) == 3

    map_of = f"{house.address}/map?lang=en"
    anybody.goto(map_of)
    rows = "tracker.source.rows({}).then(found => found.rows.map(row => tracker.position(row)))"
    assert [place for place in anybody.evaluate(rows) if place] == []
    house.move_clock(TODAY + dt.timedelta(days=15))
    anybody.goto(map_of)
    places = [place[::-1] for place in anybody.evaluate(rows) if place]
    assert places == [list(place_on_grid(-76.9312, 8.4527))]
    assert "blue house" not in anybody.content()
    # Chromium notes the addresses that were not there yet.
    watched.offences[:] = [each for each in watched.offences if "status of 404" not in each]


def add_a_photo(site: Site, page: Page, folder: Path) -> None:
    """Add a photo that holds where it was taken; what is served and kept holds it no more."""
    page.click("#files summary")
    page.set_input_files("#file", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    page.fill("#description", "A boat")
    page.click("#files form button")
    picture = page.locator("#files img")
    picture.wait_for(state="attached")
    served = page.request.get(site.address + picture.get_attribute("src")).body()
    assert dict(Image.open(io.BytesIO(served)).getexif()) == {}
    kept = [path.read_bytes() for path in (folder / "attachments").iterdir()]
    assert kept
    assert not any(SECRET in each for each in (served, *kept))


def verify_by_a_second_person(watch: Watch, house: Site, public_id: str) -> None:
    page = signed_in(watch, house, CAMILO, locale="en-US").page
    page.goto(f"{house.address}/review/{public_id}")
    page.get_by_role("button", name="Take it up").click()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("Everybody, with its place only roughly and later").check()
    page.get_by_role("button", name="Verify").click()
    page.get_by_text("It may not be so: dispute it").wait_for()
