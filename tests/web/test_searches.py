"""The pages of searches: planned, reported and taken along, by those who take part alone."""

import io
import re

import pytest
from sqlalchemy import text

from tests.conftest import BEATRIZ, DOLORES, FERNANDA, XIMENA
from tests.http.clients import ENGLISH, Member, new_app, sign_in
from tests.services.test_searches import EFFORT, FINDING, PLAN
from tracker.db.session import Database

GPX = (
    b'<gpx><trk><name>Rosa</name><trkseg><trkpt lat="31.55" lon="-111.38"/>'
    b'<trkpt lat="31.55" lon="-111.32"/></trkseg></trk></gpx>'
)


@pytest.fixture
def dolores(database: Database) -> Member:
    return sign_in(new_app(database), DOLORES)


def plan(member: Member, **changed: object) -> str:
    answer = member.post_form("/searches/new", {**PLAN, **changed}, headers=ENGLISH)
    assert answer.status_code == 303, answer.text
    return answer.location.partition("?")[0]


def test_a_planned_search_stands_in_the_list_and_on_its_page_and_nothing_keeps_it(
    dolores: Member,
) -> None:
    search = plan(dolores)
    for address in ("/searches", search, f"{search}/edit", f"{search}/sheet", "/searches/new"):
        answer = dolores.get(address, headers=ENGLISH)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
    assert PLAN["title"] in dolores.get("/searches", headers=ENGLISH).text
    assert "0 %" in dolores.get(search, headers=ENGLISH).text


@pytest.mark.parametrize("actor", [BEATRIZ, FERNANDA, XIMENA], ids=lambda actor: actor.name)
def test_for_others_it_is_not_there(dolores: Member, actor: object) -> None:
    search = plan(dolores)
    other = sign_in(dolores.application, actor)
    for address in ("/searches", search, f"{search}/sheet", f"{search}/report"):
        assert other.get(address).status_code == 404
    assert other.post_form(f"{search}/files", {"form": "gpx"}).status_code == 404


def test_nothing_typed_is_lost_where_something_is_wrong(dolores: Member) -> None:
    wrong = {**PLAN, "area": "31.5, -111.4\n31.5, -111.3", "ends_on": "2026-04-01"}
    answer = dolores.post_form("/searches/new", wrong, headers=ENGLISH)
    assert answer.status_code == 422
    assert "at least three corners" in answer.text
    assert "The last day lies before the first." in answer.text
    assert "31.5, -111.4" in answer.text
    assert PLAN["purpose"] in answer.text


def test_a_circle_is_an_area_too(dolores: Member) -> None:
    search = plan(dolores, area="", circle_centre="31.55, -111.35", circle_km="2")
    assert "12.5 km²" in dolores.get(search, headers=ENGLISH).text


def test_nothing_found_closes_a_gap_and_a_track_brings_no_names(dolores: Member) -> None:
    search = plan(dolores)
    sent = {**EFFORT, "ground": "file", "track": (io.BytesIO(GPX), "Rosa.gpx")}
    answer = dolores.post_form(
        f"{search}/report", sent, headers=ENGLISH, content_type="multipart/form-data"
    )
    assert answer.status_code == 303, answer.text
    page = dolores.get(search, headers=ENGLISH).text
    assert "Nothing was found" in page
    assert "one track, 30 m wide" in page
    assert "Rosa" not in page


def test_a_bomb_is_refused_beside_its_field(dolores: Member) -> None:
    search = plan(dolores)
    bomb = b'<!DOCTYPE gpx [<!ENTITY a "a">]><gpx/>'
    sent = {**EFFORT, "track": (io.BytesIO(bomb), "x.gpx")}
    answer = dolores.post_form(
        f"{search}/report", sent, headers=ENGLISH, content_type="multipart/form-data"
    )
    assert answer.status_code == 422
    assert "It was not opened" in answer.text


def test_a_finding_says_that_it_locates_nobody_and_its_words_enter_no_script(
    dolores: Member,
) -> None:
    search = plan(dolores)
    words = "</script><script>alert(1)</script>"
    answer = dolores.post_form(f"{search}/finding", {**FINDING, "words": words}, headers=ENGLISH)
    assert answer.status_code == 303
    page = dolores.get(answer.location.partition("#")[0], headers=ENGLISH).text
    assert "Marks nobody as located." in page
    assert "<script>alert" not in page
    folium = page[page.rindex("<script nonce") :]
    assert "alert" not in folium
    assert "mesquite" not in folium


def test_files_for_devices_hold_the_ground_and_no_finding_and_no_word(dolores: Member) -> None:
    search = plan(dolores)
    dolores.post_form(f"{search}/report", EFFORT)
    dolores.post_form(f"{search}/finding", FINDING)
    for form, kind in (
        ("gpx", "application/gpx+xml"),
        ("kml", "application/vnd.google-earth.kml+xml"),
        ("geojson", "application/geo+json"),
    ):
        answer = dolores.post_form(f"{search}/files", {"form": form})
        assert (answer.status_code, answer.mimetype) == (200, kind)
        assert answer.headers["Cache-Control"] == "no-store"
        assert re.search(r'filename="S-....-....\.\w+"', answer.headers["Content-Disposition"])
        for word in ("Arroyo", "mesquite", "seen last", "-111.32"):
            assert word not in answer.text
        assert "-111.4" in answer.text


def test_a_report_that_was_taken_back_stays_in_the_list(dolores: Member) -> None:
    search = plan(dolores)
    dolores.post_form(f"{search}/report", EFFORT)
    [address] = re.findall(r'action="([^"]+/take-back)"', dolores.get(search).text)
    assert dolores.post_form(address).status_code == 303
    page = dolores.get(search, headers=ENGLISH).text
    assert "taken back on" in page
    assert "0 %" in page


def test_a_plan_that_somebody_else_changed_is_not_overwritten(dolores: Member) -> None:
    search = plan(dolores)
    first = dolores.post_form(f"{search}/edit", {**PLAN, "version": "1"})
    assert first.status_code == 303
    second = dolores.post_form(f"{search}/edit", {**PLAN, "version": "1"}, headers=ENGLISH)
    assert second.status_code == 409
    assert "Somebody else has changed this search" in second.text


def test_no_public_page_tells_of_a_search(dolores: Member) -> None:
    plan(dolores)
    anyone = sign_in(dolores.application, XIMENA)
    for address in ("/", "/map", "/map/cells", "/map/incidents", "/incidents", "/tallies"):
        assert "Arroyo" not in anyone.get(address).text


def test_a_search_is_erased_once_its_number_was_typed_and_that_it_was_opened_is_in_the_log(
    dolores: Member, database: Database
) -> None:
    search = plan(dolores)
    page = dolores.get(search, headers=ENGLISH).text
    assert f"{search}/erase" in page
    number = search.rpartition("/")[2]
    wrong = dolores.post_form(f"{search}/erase", {"number": "S-1"}, headers=ENGLISH)
    assert wrong.status_code == 422
    assert "This is not the number of the search." in wrong.text
    given = {"number": number.lower(), "ground": "danger"}
    answer = dolores.post_form(f"{search}/erase", given, headers=ENGLISH)
    assert answer.status_code == 303
    assert "The search was erased." in dolores.get(answer.location, headers=ENGLISH).text
    for address in (search, f"{search}/erase", f"{search}/sheet"):
        assert dolores.get(address).status_code == 404
    with database.reading() as session:
        opened = text(
            "SELECT count(*) FROM acts WHERE action = 'see_search' AND thing = 'search 1'"
        )
        assert session.scalar(opened) == 1
