"""What is typed is kept while it is typed: for its writer alone, and not for long."""

import datetime as dt

import pytest

from tests.conftest import BEATRIZ, CAMILO, DOLORES
from tests.http.clients import ENGLISH, Member
from tests.services.records import log
from tests.web.records.forms import QUICK, House, fields_on
from tracker.db.models import FormDraft
from tracker.domain.permissions import OPERATOR
from tracker.services.form_drafts import (
    MOST_FORMS,
    list_form_drafts,
    save_form_draft,
    sweep_form_drafts,
)

TYPED = [["causes", "violence"], ["location_description", "Detrás del molino"], ["do", "open"]]


KEY = "of-one-showing"


def keep(browser: Member, form: str, fields: object = TYPED, *, key: str = KEY):
    return browser.put(f"/drafts/{form}/{key}", json=fields, headers=browser.csrf_header)


def left(house: House, form: str = "new") -> list[str]:
    """Give the keys of what Beatriz has left in a form."""
    with house.database.reading() as session:
        return [begun.key for begun in list_form_drafts(session, BEATRIZ, form)]


def test_what_was_typed_is_offered_again_and_fills_the_form(house: House) -> None:
    beatriz = house.browser()
    assert keep(beatriz, "new").json == {"kept": True}
    offered = beatriz.get("/incidents/new", headers=ENGLISH).text
    assert "you began to fill in this form" in offered
    assert "molino" not in offered
    page = fields_on(beatriz.get(f"/incidents/new?draft={KEY}"))
    assert page["causes"] == ["violence"]
    assert page["location_description"] == ["Detrás del molino"]
    assert "do" not in page


def test_it_is_gone_once_the_record_is_saved(house: House) -> None:
    beatriz = house.browser()
    keep(beatriz, "new")
    keep(beatriz, "new", key="of-another")
    house.logged(beatriz, key=KEY)
    assert left(house) == ["of-another"]


def test_what_is_wrong_with_a_form_takes_nothing_away(house: House) -> None:
    beatriz = house.browser()
    keep(beatriz, "new")
    answer = beatriz.post_form("/incidents/new", {**QUICK, "key": KEY, "number_dead": "two"})
    assert answer.status_code == 422
    assert left(house) == [KEY]
    assert f"/drafts/new/{KEY}" in answer.text


def test_it_is_thrown_away_with_one_press(house: House) -> None:
    beatriz = house.browser()
    keep(beatriz, "new")
    answer = beatriz.post_form(f"/drafts/new/{KEY}/drop", {})
    assert answer.headers["Location"].endswith("/incidents/new")
    assert left(house) == []


def test_what_arrives_after_the_record_was_saved_does_not_come_back(house: House) -> None:
    beatriz = house.browser()
    house.logged(beatriz, key=KEY)
    late = keep(beatriz, "new")
    # It was on its way when the form was saved: no error, but nothing is kept of it.
    assert (late.status_code, late.json) == (200, {"kept": False})
    assert left(house) == []


def test_typing_into_a_new_form_leaves_the_one_before_as_it_was(house: House) -> None:
    beatriz = house.browser()
    keep(beatriz, "new")
    keep(beatriz, "new", [["notes", "other"]], key="of-another")
    assert sorted(left(house)) == sorted([KEY, "of-another"])
    page = beatriz.get("/incidents/new", headers=ENGLISH).text
    assert page.count("you began to fill in this form") == 2


def test_going_on_keeps_what_is_typed_under_the_same_key(house: House) -> None:
    beatriz = house.browser()
    keep(beatriz, "new")
    page = fields_on(beatriz.get(f"/incidents/new?draft={KEY}"))
    assert page["key"] == [KEY]


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
    again = fields_on(beatriz.get(f"{address}?draft={KEY}"))
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
        save_form_draft(session, BEATRIZ, "new", key=KEY, fields=[("notes", "x")])
    house.database.tell_time(lambda: now + dt.timedelta(days=31))
    with house.database.writing() as session:
        assert list_form_drafts(session, BEATRIZ, "new") == ()
        save_form_draft(session, CAMILO, "new", key=KEY, fields=[])
        assert session.query(FormDraft).count() == 1


def test_only_the_newest_forms_of_a_writer_are_kept(house: House) -> None:
    now = dt.datetime.now(dt.UTC)
    with house.database.writing() as session:
        ids = [log(session).public_id for _ in range(MOST_FORMS + 3)]
    for number, public_id in enumerate(ids):
        house.database.tell_time(lambda number=number: now + dt.timedelta(minutes=number))
        with house.database.writing() as session:
            save_form_draft(session, BEATRIZ, public_id, key=KEY, fields=[])
    with house.database.reading() as session:
        assert session.query(FormDraft).count() == MOST_FORMS
        assert list_form_drafts(session, BEATRIZ, ids[2]) == ()


@pytest.mark.parametrize("sent", [{"a": "b"}, [["a"]], [["a", 1]], ["ab"], "x"])
def test_what_are_no_fields_is_refused(house: House, sent: object) -> None:
    assert keep(house.browser(), "new", sent).status_code == 400


def test_only_the_form_of_a_record_that_one_sees_is_kept(house: House) -> None:
    with house.database.writing() as session:
        public_id = log(session).public_id
    assert keep(house.browser(), public_id).json == {"kept": True}
    for form in ("ZZZ-ZZZ", "a%00b"):
        assert keep(house.browser(), form).status_code == 404
    assert keep(house.browser(DOLORES), public_id).status_code == 404
    assert house.browser().post_form(f"/drafts/ZZZ-ZZZ/{KEY}/drop").status_code == 404


def test_another_site_keeps_nothing_here(house: House) -> None:
    beatriz = house.browser()
    answer = beatriz.put(f"/drafts/new/{KEY}", json=TYPED)
    assert answer.status_code == 400
    assert left(house) == []


@pytest.mark.parametrize("key", ["short", "x" * 65, "with.a.point", "a%00bcdefgh"])
def test_a_key_that_no_page_of_ours_has_keeps_nothing(house: House, key: str) -> None:
    assert keep(house.browser(), "new", key=key).status_code == 404


def test_the_operator_sweeps_what_nobody_came_back_to(house: House) -> None:
    now = dt.datetime.now(dt.UTC)
    keep(house.browser(), "new")
    house.database.tell_time(lambda: now + dt.timedelta(days=400))
    with house.database.writing() as session:
        assert sweep_form_drafts(session, OPERATOR) == 1
        assert session.query(FormDraft).count() == 0
