"""One's own records, with where each stands; as many questions for thirty as for one."""

from tests.conftest import BEATRIZ, CAMILO, FERNANDA
from tests.http.clients import ENGLISH, counted_queries
from tests.services.records import log
from tests.web.records.forms import House


def test_the_list_holds_ones_own_records_with_their_status(house: House) -> None:
    with house.database.writing() as session:
        draft = log(session).public_id
        handed_in = log(session, submit=True).public_id
        foreign = log(session, CAMILO).public_id
    beatriz = house.browser()
    page = beatriz.get("/records", headers=ENGLISH).text
    assert draft in page
    assert handed_in in page
    assert foreign not in page
    assert ">Draft</span>" in page
    assert ">Submitted</span>" in page
    only = beatriz.get("/records?status=submitted").text
    assert handed_in in only
    assert draft not in only


def test_the_list_goes_on_where_the_page_ends(house: House) -> None:
    with house.database.writing() as session:
        ids = [log(session).public_id for _ in range(31)]
    beatriz = house.browser()
    first = beatriz.get("/records").text
    assert ids[0] not in first
    assert ids[-1] in first
    after = first.split("/records?after=")[1].split('"')[0]
    assert ids[0] in beatriz.get(f"/records?after={after}").text
    assert beatriz.get("/records?after=x").status_code == 404
    assert beatriz.get("/records?status=x").status_code == 400


def test_a_long_list_asks_the_database_no_more_than_a_short_one(house: House) -> None:
    with house.database.writing() as session:
        log(session)
    beatriz = house.browser()
    beatriz.get("/records")
    with counted_queries(house.database) as few:
        beatriz.get("/records")
    with house.database.writing() as session:
        for _ in range(20):
            log(session)
    with counted_queries(house.database) as many:
        beatriz.get("/records")
    assert len(many) == len(few) <= 5


def test_words_of_a_record_never_become_markup(house: House) -> None:
    bad = "<script>alert(1)</script>"
    with house.database.writing() as session:
        given = {"location_description": bad, "notes": bad, "cause_reported": bad}
        public_id = log(session, submit=True, **given).public_id
    for actor in (BEATRIZ, FERNANDA):
        browser = house.browser(actor)
        for address in ("/records", f"/records/{public_id}", f"/incidents/{public_id}/edit"):
            assert bad not in browser.get(address).text


def test_the_menu_leads_to_ones_records_and_to_the_form(house: House) -> None:
    page = house.browser().get("/about").text
    assert 'href="/records"' in page
    assert 'href="/incidents/new"' in page
    assert 'href="/records"' not in house.app.test_client().get("/about").text
