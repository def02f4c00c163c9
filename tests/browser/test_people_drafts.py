"""The session ends while a case is being written down: nothing that was typed is lost."""

from pathlib import Path

import pytest
from members import signed_in
from playwright.sync_api import Page, expect
from watched_pages import NewSite, Site, Watch, violations

from tests.conftest import DOLORES
from tests.http.clients import add_cast
from tests.services.people_records import GABRIEL, open_case
from tests.web.people_pages import add_case_workers
from tracker.db.models import Account, SignIn
from tracker.domain.accounts import SessionStage
from tracker.domain.permissions import OPERATOR, Actor
from tracker.http.cookies import SESSION
from tracker.services.accounts.sessions import begin_session
from tracker.services.people import get_person

KEPT, ENDED = "is kept since", "Perhaps your session has ended"
LONG = 60_000


@pytest.fixture
def desk(new_site: NewSite, tmp_path: Path) -> Site:
    started = new_site(tmp_path)
    with started.database.writing() as session:
        add_cast(session)
        add_case_workers(session)
    return started


def told(page: Page, words: str) -> None:
    expect(page.locator("[data-draft-told]")).to_contain_text(words, timeout=LONG)


def end_sessions(site: Site) -> None:
    with site.database.writing() as session:
        session.query(SignIn).delete()


def sign_in_again(site: Site, page: Page, actor: Actor = DOLORES) -> None:
    with site.database.writing() as session:
        account = session.get_one(Account, actor.account_id)
        begun = begin_session(session, account, stage=SessionStage.FULL, device="Chromium, Linux")
    cookie = {"name": SESSION, "value": begun.token, "url": site.address, "httpOnly": True}
    page.context.add_cookies([cookie])


@pytest.mark.parametrize("width", [360, 1280])
def test_after_the_session_ended_one_goes_on_where_one_was(
    watch: Watch, desk: Site, axe: str, width: int
) -> None:
    case = open_case(desk.database)
    view = {"viewport": {"width": width, "height": 740}, "locale": "en"}
    watched = signed_in(watch, desk, DOLORES, **view)
    page = watched.page
    page.goto(f"{desk.address}/cases/{case}/edit")
    page.fill("[name=nicknames]", "La Chata")
    told(page, KEPT)
    end_sessions(desk)
    # A colleague reads something else at the same browser.
    page.goto(f"{desk.address}/about")
    sign_in_again(desk, page)
    page.goto(f"{desk.address}/cases/{case}/edit")
    assert violations(page, axe) == []
    page.get_by_role("link", name="Go on with it").click()
    expect(page.locator("[name=nicknames]")).to_have_value("La Chata")
    assert violations(page, axe) == []
    page.click(".record-ways button[value=save]")
    page.wait_for_selector("#standing")
    with desk.database.writing() as session:
        assert get_person(session, OPERATOR, case).facts["nicknames"] == ["La Chata"]


def test_who_signs_in_again_beside_it_saves_from_the_page_that_was_left_open(
    watch: Watch, desk: Site
) -> None:
    case = open_case(desk.database)
    watched = signed_in(watch, desk, DOLORES, locale="en")
    page = watched.page
    page.goto(f"{desk.address}/cases/{case}/edit")
    end_sessions(desk)
    page.fill("[name=nicknames]", "La Chata")
    told(page, ENDED)
    # Somebody else at the same computer does not write under their own name what Dolores typed.
    sign_in_again(desk, page, GABRIEL)
    page.wait_for_timeout(12_000)
    told(page, ENDED)
    sign_in_again(desk, page)
    told(page, KEPT)
    page.click(".record-ways button[value=save]")
    page.wait_for_selector("#standing")
    with desk.database.writing() as session:
        assert get_person(session, OPERATOR, case).facts["nicknames"] == ["La Chata"]
    watched.offences.clear()  # the browser itself writes down the refusals
