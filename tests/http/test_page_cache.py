"""A kept page is right for whoever gets it, or it is not given."""

import datetime as dt

import pytest
from flask.testing import FlaskClient

from tests.http.clients import ENGLISH, NOON, SPANISH, counted_queries, new_app
from tracker.db.session import Database
from tracker.domain.permissions import ANYONE, Actor, Role
from tracker.http import page_cache
from tracker.http.page_cache import Page, Pages


def test_the_second_visit_counts_nothing_again(
    visitor: FlaskClient, demo_database: Database
) -> None:
    first = visitor.get("/", headers=SPANISH)
    with counted_queries(demo_database) as statements:
        second = visitor.get("/", headers=SPANISH)
    assert second.data == first.data
    assert len(statements) <= 4  # begin, and what tells whether anything has changed


def test_languages_are_never_mixed(visitor: FlaskClient) -> None:
    for headers, word in ((SPANISH, "Cifras"), (ENGLISH, "Figures"), (SPANISH, "Cifras")):
        assert f"<h1>{word}</h1>" in visitor.get("/tallies", headers=headers).text


@pytest.mark.parametrize("part", ["role", "day", "ledger"])
def test_a_page_is_made_anew_for(
    part: str, visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    @page_cache.cached_page
    def page() -> str:
        made.append(part)
        return "page"

    with visitor.application.test_request_context("/"):
        page()
        page()
    assert len(made) == 1
    changed = {
        "role": ("current_actor", lambda: Actor(Role.MONITOR, "Esteban")),
        "day": ("current_day", lambda: NOON.date() + dt.timedelta(days=1)),
        "ledger": ("ledger_head", lambda _session: -1),
    }
    monkeypatch.setattr(page_cache, *changed[part])
    with visitor.application.test_request_context("/"):
        page()
    assert len(made) == 2


def test_an_unchanged_page_is_not_sent_twice(visitor: FlaskClient) -> None:
    first = visitor.get("/about", headers=ENGLISH)
    again = visitor.get("/about", headers=ENGLISH | {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Cache-Control"] == "private, no-cache"


def test_old_pages_make_room() -> None:
    pages = Pages()
    for number in range(70):
        pages.keep((number,), Page(b"x" * 1_000_000, None, ""))
    assert pages.find((0,)) is None
    assert pages.find((69,)) is not None


def test_nobody_is_signed_in_yet(demo_database: Database) -> None:
    app = new_app(demo_database)
    with app.test_request_context("/"):
        assert page_cache.current_actor() == ANYONE


def test_a_made_up_language_does_not_make_another_page(visitor: FlaskClient) -> None:
    first = visitor.get("/about?lang=en").data
    assert visitor.get("/about?lang=__proto__", headers={"Accept-Language": "en"}).data == first
    assert visitor.get("/about?lang=es").data != first
