"""Quick entry: a few facts make a draft, once, and nothing typed is lost."""

import re

import pytest

from tests.conftest import CAMILO, DOLORES, ESTEBAN, FERNANDA, XIMENA
from tests.http.clients import ENGLISH, SPANISH
from tests.web.records.forms import QUICK, House, fields_on


def test_a_few_facts_make_a_draft_that_only_its_writer_sees(house: House) -> None:
    beatriz = house.browser()
    public_id = house.logged(beatriz)
    record = house.record(public_id)
    assert (record.status, record.visibility, record.logged_through) == (
        "draft",
        "restricted",
        "form",
    )
    assert (record.facts["number_dead"], record.facts["number_missing_min"]) == (2, None)
    assert beatriz.get(f"/records/{public_id}").status_code == 200
    for other in (CAMILO, DOLORES, ESTEBAN, FERNANDA, XIMENA):
        browser = house.browser(other)
        assert browser.get(f"/records/{public_id}").status_code == 404
        assert browser.get(f"/incidents/{public_id}/edit").status_code == 404
        assert browser.post_form(f"/incidents/{public_id}/submit").status_code in (400, 404)
    assert house.record(public_id).status == "draft"


@pytest.mark.parametrize("actor", [ESTEBAN, XIMENA], ids=lambda actor: actor.name)
def test_who_logs_nothing_finds_no_form(house: House, actor) -> None:
    browser = house.browser(actor)
    for address in ("/incidents/new", "/records"):
        assert browser.get(address).status_code == 404
    browser.post_form("/incidents/new", QUICK)
    assert house.count() == 0


def test_a_double_click_makes_one_incident(house: House) -> None:
    beatriz = house.browser()
    page = fields_on(beatriz.get("/incidents/new"))
    sent = {**QUICK, "key": page["key"][0]}
    answers = [beatriz.post_form("/incidents/new", sent) for _ in range(3)]
    assert {answer.headers["Location"] for answer in answers} == {answers[0].headers["Location"]}
    assert house.count() == 1


def test_the_same_page_with_other_facts_is_told_apart_and_keeps_them(house: House) -> None:
    beatriz = house.browser()
    beatriz.post_form("/incidents/new", {**QUICK, "key": "one"})
    answer = beatriz.post_form("/incidents/new", {**QUICK, "key": "one", "number_dead": "3"})
    assert answer.status_code == 409
    kept = fields_on(answer)
    assert kept["number_dead"] == ["3"]
    assert kept["key"] != ["one"]
    assert house.count() == 1


def test_what_is_wrong_stands_beside_its_field_and_everything_typed_is_kept(house: House) -> None:
    beatriz = house.browser()
    wrong = {**QUICK, "causes": "", "number_dead": "dos", "date_from": "2026-02-31"}
    answer = beatriz.post_form("/incidents/new", wrong, headers=ENGLISH)
    assert answer.status_code == 422
    assert house.count() == 0
    kept = fields_on(answer)
    for name in ("number_dead", "date_from", "location_description", "sources.0.publisher"):
        assert kept[name] == [wrong[name]]
    text = answer.text
    for name in ("causes", "number_dead", "date_from"):
        assert f'<a href="#{name}">' in text
        assert f'id="{name}-wrong"' in text
    assert 'aria-invalid="true"' in text
    assert "Write a number in digits" in text
    spanish = beatriz.post_form("/incidents/new", wrong, headers=SPANISH)
    assert "Escriba un número con cifras" in spanish.text


def test_a_day_that_has_not_come_is_refused(house: House) -> None:
    answer = house.browser().post_form("/incidents/new", {**QUICK, "date_from": "2026-06-02"})
    assert answer.status_code == 422
    assert 'id="date_from-wrong"' in answer.text


def test_a_month_runs_to_its_end_and_a_week_from_monday_to_sunday(house: House) -> None:
    beatriz = house.browser()
    spans = {}
    for precision in ("day", "week", "month", "year"):
        facts = house.record(house.logged(beatriz, date_precision=precision)).facts
        spans[precision] = (str(facts["date_from"]), str(facts["date_to"]))
    assert spans == {
        "day": ("2026-05-02", "2026-05-02"),
        "week": ("2026-04-27", "2026-05-03"),
        "month": ("2026-05-01", "2026-05-31"),
        "year": ("2026-01-01", "2026-12-31"),
    }


def test_coordinates_typed_as_the_place_become_the_place(house: House) -> None:
    facts = house.record(
        house.logged(house.browser(), location_description="8°25'33\"N 76°47'03\"W")
    ).facts
    assert (facts["latitude"], facts["longitude"]) == (8.425833, -76.784167)
    assert facts["location_description"] is None
    assert facts["location_precision"] == "vicinity"


def test_coordinates_with_two_readings_are_asked_about_not_guessed(house: House) -> None:
    answer = house.browser().post_form(
        "/incidents/new", {**QUICK, "location_description": "110 56.05' O 31 20.5'"}
    )
    assert answer.status_code == 422
    assert 'id="location_description-wrong"' in answer.text


def test_a_place_in_words_alone_is_enough(house: House) -> None:
    facts = house.record(house.logged(house.browser())).facts
    assert (facts["longitude"], facts["location_precision"]) == (None, "unknown")
    assert facts["location_description"] == "By the old jetty"


def test_nobody_knows_is_not_zero(house: House) -> None:
    beatriz = house.browser()
    public_id = house.logged(beatriz, number_dead="0")
    facts = house.record(public_id).facts
    assert (facts["number_dead"], facts["number_missing_min"]) == (0, None)
    page = beatriz.get(f"/records/{public_id}", headers=ENGLISH).text
    assert "Died: none (known to be 0). Disappeared: not known." in page


def test_a_place_is_found_by_its_name_also_without_script(house: House) -> None:
    beatriz = house.browser()
    asked = {**QUICK, "location_description": "", "place_name": "Necoclí", "do": "find_place"}
    page = beatriz.post_form("/incidents/new", asked, headers=ENGLISH)
    assert page.status_code == 200
    assert house.count() == 0
    assert "Necoclí, Colombia" in page.text
    found = re.search(r'name="coordinates_chosen" value="([^"]+)"', page.text)
    assert found is not None
    public_id = house.logged(beatriz, coordinates_chosen=found[1])
    facts = house.record(public_id).facts
    assert (round(facts["latitude"], 1), round(facts["longitude"], 1)) == (8.4, -76.8)
    assert (facts["location_basis"], facts["location_precision"]) == ("place_name", "locality")


def test_the_uncertainty_chosen_in_the_quick_entry_is_kept(house: House) -> None:
    public_id = house.logged(
        house.browser(), coordinates="8.4527, -76.9312", location_precision="adm2"
    )
    facts = house.record(public_id).facts
    assert facts["location_precision"] == "adm2"
    assert facts["uncertainty_m"] > 10_000


def test_what_the_public_will_see_stands_beside_the_place(house: House) -> None:
    answer = house.browser().post_form(
        "/incidents/new",
        {**QUICK, "coordinates": "8.4527, -76.9312", "number_dead": "two"},
        headers=ENGLISH,
    )
    assert answer.status_code == 422
    assert "Dari" in answer.text
