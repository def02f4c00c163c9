"""Places while one types: where they lie, what the public will see, and names to coordinates."""

import pytest

from tests.conftest import BEATRIZ, ESTEBAN, XIMENA
from tests.http.clients import ENGLISH
from tests.services.records import log
from tests.web.records.forms import House, fields_on
from tracker.domain.publication import place_on_grid
from tracker.services.incidents import submit_incident
from tracker.services.places import preview_place

EXACT = "8.4527, -76.9312"


def test_a_point_tells_where_it_lies_and_what_the_public_will_see(house: House) -> None:
    answer = house.browser().get(
        f"/places/preview?coordinates={EXACT}&precision=locality", headers=ENGLISH
    )
    seen = answer.get_json()
    assert seen["point"] == [8.4527, -76.9312]
    assert seen["radius_m"] == 1000
    assert seen["square"] == [pytest.approx([8.4, -77.0]), pytest.approx([8.5, -76.9])]
    assert "Gulf of Urabá" in seen["lines"][0]
    assert "14 days" in seen["lines"][1]
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_square_is_the_one_that_is_published(house: House) -> None:
    square = house.browser().get(f"/places/preview?coordinates={EXACT}").get_json()["square"]
    middle = [(square[0][axis] + square[1][axis]) / 2 for axis in (1, 0)]
    assert middle == pytest.approx(place_on_grid(-76.9312, 8.4527))
    with house.database.reading() as session:
        public = preview_place(session, BEATRIZ, (-76.9312, 8.4527)).public
    assert [public.longitude, public.latitude] == pytest.approx(middle)


def test_coordinates_that_cannot_be_read_are_explained(house: House) -> None:
    unclear = house.browser().get("/places/preview?coordinates=lejos", headers=ENGLISH).get_json()
    assert "We cannot read these coordinates" in unclear["problem"]
    assert (
        house.browser().get("/places/preview?coordinates=8.1,-76.2&precision=x").status_code == 400
    )


def test_names_of_places_are_found_without_accents(house: House) -> None:
    found = house.browser().get("/places/find?name=necocli").get_json()
    assert found[0]["words"] == "Necoclí, Colombia"
    latitude, longitude = map(float, found[0]["coordinates"].split(","))
    assert (round(latitude, 1), round(longitude, 1)) == (8.4, -76.8)
    assert house.browser().get("/places/find?name=").get_json() == []


@pytest.mark.parametrize("actor", [ESTEBAN, XIMENA], ids=lambda actor: actor.name)
def test_only_who_logs_incidents_asks_about_places(house: House, actor) -> None:
    browser = house.browser(actor)
    for address in ("/places/find?name=a", f"/places/preview?coordinates={EXACT}", "/places/land"):
        assert browser.get(address).status_code == 404


def test_a_place_is_found_and_chosen_by_name_without_script(house: House) -> None:
    beatriz = house.browser()
    public_id = house.logged(beatriz)
    address = f"/incidents/{public_id}/edit"
    page = fields_on(beatriz.get(address)) | {"place_name": "Capurgana", "do": "find_place"}
    answer = beatriz.post_form(address, page)
    assert answer.status_code == 200
    coordinates = answer.text.split('name="coordinates_chosen" value="')[1].split('"')[0]
    chosen = {**fields_on(answer), "coordinates_chosen": coordinates, "do": "save"}
    assert beatriz.post_form(address, chosen).status_code == 303
    facts = house.record(public_id).facts
    assert facts["location_basis"] == "place_name"
    assert f"{facts['latitude']:.4f}, {facts['longitude']:.4f}" == coordinates


def test_the_page_says_beside_the_place_what_the_public_will_see(house: House) -> None:
    with house.database.writing() as session:
        public_id = log(session).public_id
        submit_incident(session, BEATRIZ, public_id)
    page = house.browser().get(f"/incidents/{public_id}/edit", headers=ENGLISH)
    assert "only a square about 11 km wide" in page.text
    assert page.headers["Permissions-Policy"].count("geolocation=(self)") == 1
    elsewhere = house.browser().get(f"/records/{public_id}")
    assert "geolocation=()" in elsewhere.headers["Permissions-Policy"]
