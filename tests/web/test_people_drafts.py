"""What is typed of a person waits for whoever typed it: sealed, for a week, and for nobody else."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.conftest import BEATRIZ, CAMILO, DOLORES
from tests.http.clients import ENGLISH, Member
from tests.services.people_records import GABRIEL, open_case, record_remains
from tests.web.people_pages import QUICK_CASE, Desk, opened
from tests.web.test_people import typed_on
from tracker.db.models import FormDraft
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database
from tracker.domain.erasures import Ground
from tracker.domain.errors import NotFound
from tracker.domain.permissions import OPERATOR, Actor
from tracker.services.form_drafts import list_form_drafts, sweep_form_drafts
from tracker.services.people import erase_person

KEY = "of-one-showing"
TYPED = [
    *(["given_names", "Lucía"], ["marks.0.kind", "tattoo"], ["marks.0.text", "Halcón"]),
    *(["inquirer_telephones", "+504 9911 0043"], ["expected_version", "1"], ["do", "save"]),
]


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, tmp_path)


def keep(browser: Member, form: str, *, key: str = KEY):
    return browser.put(f"/drafts/{form}/{key}", json=TYPED, headers=browser.csrf_header)


def left(desk: Desk, form: str, actor: Actor = DOLORES) -> list[str]:
    with desk.database.reading() as session:
        return [begun.key for begun in list_form_drafts(session, actor, form)]


@pytest.mark.parametrize("form", ["new-case", "new-remains", "case", "remains"])
def test_what_was_typed_is_offered_again_and_thrown_away_with_one_press(
    desk: Desk, form: str
) -> None:
    dolores = desk.browser(DOLORES)
    pages = {"new-case": "/cases/new", "new-remains": "/remains/new"}
    if form == "case":
        form = open_case(desk.database)
        pages[form] = f"/cases/{form}/edit"
    if form == "remains":
        form = record_remains(desk.database, DOLORES)
        pages[form] = f"/remains/{form}/edit"
    assert keep(dolores, form).json == {"kept": True}
    offered = dolores.get(pages[form], headers=ENGLISH).text
    assert "you began to fill in this form" in offered
    assert f'data-draft="/drafts/{form}/' in offered
    assert "Halcón" not in offered
    page = dolores.get(f"{pages[form]}?draft={KEY}").text
    assert f'data-draft="/drafts/{form}/{KEY}"' in page
    answer = dolores.post_form(f"/drafts/{form}/{KEY}/drop", {})
    assert answer.headers["Location"].endswith(pages[form])
    assert left(desk, form) == []


def test_a_draft_of_a_case_fills_its_rows_and_goes_when_the_case_is_saved(desk: Desk) -> None:
    dolores, case = desk.browser(DOLORES), open_case(desk.database)
    keep(dolores, case)
    typed = typed_on(dolores.get(f"/cases/{case}/edit?draft={KEY}"))
    assert (typed["marks.0.text"], typed["key"]) == ("Halcón", KEY)
    assert typed["expected_version"] == "1"
    assert dolores.post_form(f"/cases/{case}/edit", {**typed, "do": "save"}).status_code == 303
    assert left(desk, case) == []
    assert keep(dolores, case).json == {"kept": False}


def test_a_draft_goes_when_the_case_is_opened(desk: Desk) -> None:
    dolores = desk.browser(DOLORES)
    keep(dolores, "new-case")
    opened(dolores.post_form("/cases/new", {**QUICK_CASE, "key": KEY}))
    assert left(desk, "new-case") == []


def test_nobody_else_finds_it_or_keeps_anything_there(desk: Desk) -> None:
    dolores, case = desk.browser(DOLORES), open_case(desk.database)
    keep(dolores, case)
    for actor in (GABRIEL, BEATRIZ, CAMILO):
        with pytest.raises(Exception, match=r"."):
            left(desk, case, actor)
        stranger = desk.browser(actor)
        unseen, absent = keep(stranger, case), keep(stranger, "C-ZZZZ-ZZZZ")
        assert unseen.status_code in (403, 404)
        assert (unseen.status_code, unseen.data) == (absent.status_code, absent.data)
    with desk.database.reading() as session:
        [row] = session.query(FormDraft)
        assert row.account_id == DOLORES.account_id
        stored = session.scalar(text("SELECT fields FROM form_drafts"))
    for words in ("Halcón", "Luc", "9911"):
        assert words not in str(stored)


def test_it_waits_for_seven_days_and_then_goes(desk: Desk) -> None:
    dolores, case = desk.browser(DOLORES), open_case(desk.database)
    for form in (case, "new-case", "new"):
        keep(dolores, form)
    desk.clock.now += dt.timedelta(days=6, hours=23)
    assert left(desk, case) == [KEY]
    desk.clock.now += dt.timedelta(hours=2)
    assert left(desk, case) == left(desk, "new-case") == []
    with desk.database.writing() as session:
        assert sweep_form_drafts(session, OPERATOR) == 2
    assert left(desk, "new") == [KEY]


def test_an_erased_case_leaves_no_draft(desk: Desk, tmp_path: Path) -> None:
    dolores, case = desk.browser(DOLORES), open_case(desk.database)
    keep(dolores, case)
    with desk.database.writing() as session:
        files = SealedFiles(tmp_path / "files")
        erase_person(session, DOLORES, files, public_id=case, ground=Ground.PERSON_ASKED)
    with desk.database.reading() as session:
        assert session.query(FormDraft).count() == 0
    with pytest.raises(NotFound):
        left(desk, case)
