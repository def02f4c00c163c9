"""Errors are told kindly to people and exactly to programs."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.http.clients import ENGLISH, SPANISH, new_app
from tracker.db.session import Database
from tracker.domain.errors import NotAllowed
from tracker.http import errors
from tracker.http.access import ROUTES


def test_an_absent_page_says_so_in_the_language_of_the_reader(visitor: FlaskClient) -> None:
    spanish = visitor.get("/nada", headers=SPANISH)
    english = visitor.get("/nada", headers=ENGLISH)
    assert (spanish.status_code, english.status_code) == (404, 404)
    assert "Aquí no hay nada" in spanish.text
    assert "There is nothing here" in english.text
    assert spanish.headers["Cache-Control"] == "no-store"


def test_a_program_gets_problem_details(visitor: FlaskClient) -> None:
    answer = visitor.get("/api/v1/tallies?by=banana", headers=ENGLISH)
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    problem = json.loads(answer.text)
    known = problem.pop("known")
    assert problem.pop("detail").startswith("banana is not a known value of by. Known are:")
    assert problem == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "code": "unknown_code",
        "field": "by",
        "given": "banana",
    }
    assert known[:3] == ["subregion", "corridor", "segment"]


@pytest.mark.parametrize(("path", "status"), [("/api/v1/nothing", 404), ("/api/nothing", 404)])
def test_below_api_even_the_absent_is_a_problem(
    visitor: FlaskClient, path: str, status: int
) -> None:
    answer = visitor.get(path)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_a_wrong_method_under_api_says_which_are_right(visitor: FlaskClient) -> None:
    answer = visitor.post("/api/v1/tallies")
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert "GET" in answer.headers["Allow"]


@pytest.fixture
def faulty(demo_database: Database, monkeypatch: pytest.MonkeyPatch) -> Flask:
    app = new_app(demo_database)

    def fail() -> str:
        raise RuntimeError("a secret of the inside")

    def refuse() -> str:
        raise NotAllowed("see_all_incidents")

    monkeypatch.setitem(ROUTES, "fail", None)
    monkeypatch.setitem(ROUTES, "refuse", None)
    app.add_url_rule("/fail", "fail", fail)
    app.add_url_rule("/api/v1/fail", "fail")
    app.add_url_rule("/refuse", "refuse", refuse)
    return app


def test_a_fault_of_ours_tells_nothing_of_the_inside(faulty: Flask) -> None:
    visitor = faulty.test_client()
    for path in ("/fail", "/api/v1/fail"):
        answer = visitor.get(path, headers=ENGLISH)
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert "not your fault" in answer.text


def test_the_forbidden_looks_like_the_absent(faulty: Flask) -> None:
    visitor = faulty.test_client()
    forbidden = visitor.get("/refuse", headers=ENGLISH)
    absent = visitor.get("/absent", headers=ENGLISH)
    assert forbidden.status_code == absent.status_code == 404
    assert forbidden.data == absent.data
    assert forbidden.headers == absent.headers


def test_every_code_of_a_bad_question_has_a_sentence() -> None:
    assert {"unknown_code", "too_many_groupings", "known_dates_in_wrong_order"} <= set(
        errors.SENTENCES
    )
