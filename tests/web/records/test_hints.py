"""Hints on the page of a record: what could put somebody in danger, and what is recorded already."""

import re

from tests.conftest import BEATRIZ, DOLORES, ESTEBAN
from tests.http.clients import ENGLISH
from tests.services.records import log
from tests.web.records.forms import House


def test_a_telephone_number_in_free_text_is_pointed_out_and_not_refused(house: House) -> None:
    beatriz = house.browser()
    public_id = house.logged(beatriz, location_description="Ask at 300 123 4567 by the jetty")
    page = beatriz.get(f"/records/{public_id}", headers=ENGLISH).text
    assert "Please look at these texts again" in page
    assert "Where, in words: telephone number" in re.sub(r"\s+", " ", page)
    quiet = beatriz.get(f"/records/{house.logged(beatriz)}", headers=ENGLISH).text
    assert "Please look at these texts again" not in quiet


def test_what_one_has_logged_already_is_shown_with_its_reasons(house: House) -> None:
    with house.database.writing() as session:
        first = log(session).public_id
        second = log(session, number_dead=3).public_id
        apart = log(session, date_from="2020-01-01", date_to="2020-01-01").public_id
    beatriz = house.browser(BEATRIZ)
    page = beatriz.get(f"/records/{second}", headers=ENGLISH).text
    assert "Is it recorded already?" in page
    assert f"/incidents/{first}" in page
    assert "the same day" in page
    assert f"/incidents/{apart}" not in page


def test_nobody_learns_of_drafts_of_others_by_likeness(house: House) -> None:
    with house.database.writing() as session:
        foreign = log(session, BEATRIZ).public_id
    browser = house.browser(ESTEBAN)
    assert browser.get(f"/records/{foreign}").status_code == 404


def test_while_one_types_the_same_event_is_shown_with_its_reasons(house: House) -> None:
    with house.database.writing() as session:
        first = log(session).public_id
    typed = {
        "causes": "drowning",
        "date_from": "2026-05-02",
        "date_precision": "day",
        "coordinates": "8.4527, -76.9312",
        "number_dead": "2",
    }
    page = house.browser().post_form("/records/hints", typed, headers=ENGLISH)
    assert "Is it recorded already?" in page.text
    assert f"/incidents/{first}" in page.text
    assert "<html" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    again = house.browser().post_form(f"/records/{first}/hints", typed, headers=ENGLISH).text
    assert "Is it recorded already?" not in again
    assert house.count() == 1


def test_half_a_form_gives_no_hint_and_no_error(house: House) -> None:
    odd = {"date_from": "yesterday", "number_dead": "-", "causes": "x", "coordinates": "8,"}
    for typed in ({}, odd, {"sources.0.url": "\x00"}):
        answer = house.browser().post_form("/records/hints", typed, headers=ENGLISH)
        assert (answer.status_code, answer.text.strip()) == (200, "")


def test_while_one_types_a_telephone_number_is_pointed_out(house: House) -> None:
    typed = {"location_description": "Ask at 300 123 4567 by the jetty"}
    page = house.browser().post_form("/records/hints", typed, headers=ENGLISH).text
    assert "Where, in words: telephone number" in re.sub(r"\s+", " ", page)


def test_hints_while_typing_tell_nothing_of_drafts_of_others(house: House) -> None:
    with house.database.writing() as session:
        foreign = log(session, BEATRIZ).public_id
    typed = {"date_from": "2026-05-02", "coordinates": "8.4527, -76.9312", "number_dead": "2"}
    page = house.browser(ESTEBAN).post_form("/records/hints", typed)
    assert foreign not in page.text
    assert house.browser(DOLORES).post_form(f"/records/{foreign}/hints", typed).status_code == 404
