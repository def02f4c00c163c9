"""One session for each request, and one commit at its end, or none."""

import pytest
from flask import Flask, abort
from sqlalchemy import func, select

from tests.http.clients import NOON
from tracker.db.models import Act
from tracker.db.session import Database
from tracker.http.request import current_session, prepare_requests


@pytest.fixture
def app(database: Database) -> Flask:
    app = Flask(__name__)
    prepare_requests(app, database, lambda: NOON)

    def note_act() -> None:
        act = Act(done_at=NOON, actor="Beatriz", action="note", thing="1")
        current_session().add(act)

    @app.post("/good")
    def good() -> str:
        note_act()
        return "noted"

    @app.post("/refused")
    def refused() -> str:
        note_act()
        abort(400)

    @app.post("/broken")
    def broken() -> str:
        note_act()
        raise RuntimeError("half-way")

    return app


def acts(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Act)) or 0


def test_a_good_answer_commits_once(app: Flask, database: Database) -> None:
    assert app.test_client().post("/good").status_code == 200
    assert acts(database) == 1


@pytest.mark.parametrize(("address", "status"), [("/refused", 400), ("/broken", 500)])
def test_an_error_leaves_nothing_behind(
    app: Flask, database: Database, address: str, status: int
) -> None:
    assert app.test_client().post(address).status_code == status
    assert acts(database) == 0


def test_writing_goes_on_after_an_error(app: Flask, database: Database) -> None:
    client = app.test_client()
    client.post("/broken")
    client.post("/good")
    assert acts(database) == 1
