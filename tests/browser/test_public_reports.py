"""Somebody on an old phone reports without an account, by keyboard too, and follows it by a code."""

import contextlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from watched_pages import Watch, violations
from werkzeug.serving import make_server

from tests.conftest import CAMILO, KEYS
from tracker.app import create_app
from tracker.config import Settings
from tracker.db.migrations import upgrade_database
from tracker.db.session import Database, open_database
from tracker.services.reviews import ask_question, list_queue

PHONE = {"viewport": {"width": 360, "height": 740}, "locale": "es-MX"}
DESK = {"viewport": {"width": 1600, "height": 1000}, "color_scheme": "dark", "locale": "en-US"}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Database]]:
    """Serve an empty installation with keys."""
    url = f"sqlite:///{tmp_path / 'tracker.sqlite3'}"
    with contextlib.closing(open_database(url, KEYS)) as database:
        upgrade_database(database)
        app = create_app(Settings(database_url=url, secret_key="tests"), database=database)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", database
        server.shutdown()
        thread.join()
        server.server_close()


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_one_question_at_a_time_on_a_phone_and_back_with_the_code(
    served: tuple[str, Database], watch: Watch, axe: str
) -> None:
    home, database = served
    watched = watch(home, **PHONE)
    page = watched.page
    page.goto(f"{home}/report")
    assert violations(page, axe) == []
    questions = page.locator("fieldset.question")
    assert [questions.nth(place).is_visible() for place in range(5)] == [True] + [False] * 4
    page.fill("#number_missing", "3")
    for _ in range(2):
        page.get_by_role("button", name="Siguiente").click()
        assert violations(page, axe) == []
        assert fits(page)
    page.fill("#where", "En el río, abajo del vado")
    page.get_by_role("button", name="Atrás").click()
    page.fill("#year", "1800")
    for _ in range(3):
        page.get_by_role("button", name="Siguiente").click()
    time.sleep(1.5)
    page.get_by_role("button", name="Enviar el aviso").click()
    # The question with the error is the one that stands there, and nothing is lost.
    assert page.locator("#year-wrong").is_visible()
    watched.offences.clear()  # Chromium's word on the 422 that was asked for
    assert violations(page, axe) == []
    page.fill("#year", "2026")
    for _ in range(3):
        page.get_by_role("button", name="Siguiente").click()
    page.check("#witnessed-was_told")
    time.sleep(1.5)
    page.get_by_role("button", name="Enviar el aviso").click()
    code = page.locator(".follow-up-code").inner_text()
    assert (violations(page, axe), fits(page)) == ([], True)
    with database.writing() as session:
        [entry] = list_queue(session, CAMILO)
        ask_question(session, CAMILO, entry.record.public_id, text="¿En qué orilla?")
    page.goto(f"{home}/report/status")
    assert (violations(page, axe), fits(page)) == ([], True)
    page.fill("#code", code.lower())
    page.get_by_role("button", name="Ver").click()
    assert page.get_by_text("¿En qué orilla?").is_visible()
    assert (violations(page, axe), fits(page)) == ([], True)
    assert code not in page.url
    page.get_by_label("Su respuesta").fill("En la orilla de arriba")
    page.get_by_role("button", name="Enviar la respuesta").click()
    assert page.get_by_text("Usted respondió: En la orilla de arriba").is_visible()


def test_on_a_desk_all_questions_stand_there_and_the_keyboard_is_enough(
    served: tuple[str, Database], watch: Watch, axe: str
) -> None:
    home, database = served
    page = watch(home, **DESK).page
    page.goto(f"{home}/report")
    assert violations(page, axe) == []
    assert page.locator("fieldset.question:visible").count() == 5
    page.focus("#number_dead")
    keys = ["1", "Tab", "Tab", "Tab", "Tab", "2026", "Tab", "Pan", "Tab", "By the ford"]
    for typed in keys:
        if typed == "Tab":
            page.keyboard.press("Tab")
        else:
            page.keyboard.type(typed)
    time.sleep(3)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Your code").wait_for()
    assert violations(page, axe) == []
    with database.reading() as session:
        [entry] = list_queue(session, CAMILO)
    facts = entry.record.facts
    assert (facts["number_dead"], facts["country_of_incident"]) == (1, "PAN")
    assert facts["location_description"] == "By the ford"


def test_without_script_every_question_can_be_answered(
    served: tuple[str, Database], watch: Watch
) -> None:
    home, _ = served
    page = watch(home, java_script_enabled=False, **PHONE).page
    page.goto(f"{home}/report")
    page.fill("#number_dead", "2")
    page.select_option("#country", "HND")
    time.sleep(3)
    page.get_by_role("button", name="Enviar el aviso").click()
    assert page.locator(".follow-up-code").is_visible()
