"""What is typed is kept while it is typed: for its writer alone, and not for long."""

import datetime as dt

import pytest

from tests.conftest import BEATRIZ, CAMILO, DOLORES
from tests.http.clients import ENGLISH, Member
from tests.services.records import log
from tests.web.records.forms import QUICK, House, fields_on
from tracker.db.models import FormDraft
from tracker.services.form_drafts import MOST_FORMS, find_form_draft, save_form_draft

TYPED = [["causes", "violence"], ["location_description", "Detrás del molino"], ["do", "open"]]


def keep(browser: Member, form: str, fields: object = TYPED):
    return browser.put(f"/drafts/{form}", json=fields, headers=browser.csrf_header)


def test_what_was_typed_is_offered_again_and_fills_the_form(house: House) -> None:
    beatriz = house.browser()
    assert keep(beatriz, "new").status_code == 204
    offered = beatriz.get("/incidents/new", headers=ENGLISH).text
    assert "you began to fill in this form" in offered
    assert "molino" not in offered
    page = fields_on(beatriz.get("/incidents/new?draft=1"))
    assert page["causes"] == ["violence"]
    assert page["location_description"] == ["Detrás del molino"]
    assert "do" not in page


def test_it_is_gone_once_the_record_is_saved(house: House) -> None:
    beatriz = house.browser()
    keep(beatriz, "new")
    house.logged(beatriz)
    with house.database.reading() as session:
        assert find_form_draft(session, BEATRIZ, "new") is None


def test_what_is_wrong_with_a_form_takes_nothing_away(house: House) -> None:
    beatriz = house.browser()
    keep(beatriz, "new")
    answer = beatriz.post_form("/incidents/new", {**QUICK, "number_dead": "two"})
    assert answer.status_code == 422
    with house.database.reading() as session:
        assert find_form_draft(session, BEATRIZ, "new") is not None


def test_it_is_thrown_away_with_one_press(house: House) -> None:
    beatriz = house.browser()
    keep(beatriz, "new")
    answer = beatriz.post_form("/drafts/new/drop", {})
    assert answer.headers["Location"].endswith("/incidents/new")
    with house.database.reading() as session:
        assert find_form_draft(session, BEATRIZ, "new") is None


def test_what_others_changed_meanwhile_is_still_found(house: House) -> None:
    with house.database.writing() as session:
        logged = log(session)
    beatriz = house.browser()
    address = f"/incidents/{logged.public_id}/edit"
    before = fields_on(beatriz.get(address))
    typed = [[name, text] for name, texts in before.items() for text in texts]
    keep(beatriz, logged.public_id, [*typed, ["notes", "x"]])
    assert beatriz.post_form(address, {**before, "number_survivors": ["3"]}).status_code == 303
    keep(beatriz, logged.public_id, [*typed, ["notes", "x"]])
    again = fields_on(beatriz.get(f"{address}?draft=1"))
    assert again["expected_version"] == ["1"]
    assert beatriz.post_form(address, again).status_code == 409


def test_nobody_else_sees_it_and_the_database_holds_it_sealed(house: House) -> None:
    keep(house.browser(), "new")
    assert (
        "began to fill in" not in house.browser(CAMILO).get("/incidents/new", headers=ENGLISH).text
    )
    with house.database.reading() as session:
        raw = session.connection().exec_driver_sql("select fields from form_drafts").scalar_one()
    assert b"molino" not in bytes(raw)


def test_after_thirty_days_it_is_gone(house: House) -> None:
    now = dt.datetime.now(dt.UTC)
    with house.database.writing() as session:
        save_form_draft(session, BEATRIZ, "new", fields=[("notes", "x")])
    house.database.tell_time(lambda: now + dt.timedelta(days=31))
    with house.database.writing() as session:
        assert find_form_draft(session, BEATRIZ, "new") is None
        save_form_draft(session, CAMILO, "new", fields=[])
        assert session.query(FormDraft).count() == 1


def test_only_the_newest_forms_of_a_writer_are_kept(house: House) -> None:
    now = dt.datetime.now(dt.UTC)
    with house.database.writing() as session:
        ids = [log(session).public_id for _ in range(MOST_FORMS + 3)]
    for number, public_id in enumerate(ids):
        house.database.tell_time(lambda number=number: now + dt.timedelta(minutes=number))
        with house.database.writing() as session:
            save_form_draft(session, BEATRIZ, public_id, fields=[])
    with house.database.reading() as session:
        assert session.query(FormDraft).count() == MOST_FORMS
        assert find_form_draft(session, BEATRIZ, ids[2]) is None


@pytest.mark.parametrize("sent", [{"a": "b"}, [["a"]], [["a", 1]], ["ab"], "x"])
def test_what_are_no_fields_is_refused(house: House, sent: object) -> None:
    assert keep(house.browser(), "new", sent).status_code == 400


def test_only_the_form_of_a_record_that_one_sees_is_kept(house: House) -> None:
    with house.database.writing() as session:
        public_id = log(session).public_id
    assert keep(house.browser(), public_id).status_code == 204
    for form in ("ZZZ-ZZZ", "a%00b"):
        assert keep(house.browser(), form).status_code == 404
    assert keep(house.browser(DOLORES), public_id).status_code == 404
    assert house.browser().post_form("/drafts/ZZZ-ZZZ/drop").status_code == 404


def test_another_site_keeps_nothing_here(house: House) -> None:
    beatriz = house.browser()
    answer = beatriz.put("/drafts/new", json=TYPED)
    assert answer.status_code == 400
    with house.database.reading() as session:
        assert find_form_draft(session, BEATRIZ, "new") is None
