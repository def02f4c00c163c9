"""Every route stands in one table, and answers only what it is for."""

import pytest
from flask import Blueprint
from flask.testing import FlaskClient

from tests.http.clients import new_app
from tracker import app as application
from tracker.db.session import Database
from tracker.http.access import DEMO_ROUTES, ROUTES, UndeclaredRoute, guard_routes

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE")
ADDRESSES = (
    "/",
    "/map",
    "/tallies",
    "/incidents",
    "/incidents/nobody-has-this",
    "/about",
    "/healthz",
    "/api/v1/tallies",
    "/api/v1/tallies/diff?between=2021-04-01&and=2021-09-05",
    "/static/icon.svg",
    "/static/nothing",
    "/nothing",
)


def test_the_table_names_every_route_and_no_other(demo_database: Database) -> None:
    assert set(new_app(demo_database).view_functions) == set(ROUTES)
    demo = new_app(demo_database, demo=True).view_functions
    assert set(demo) == set(ROUTES) | set(DEMO_ROUTES)


def test_an_undeclared_route_keeps_the_application_from_starting(
    demo_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    stray = Blueprint("stray", __name__)
    stray.add_url_rule("/stray", "look", lambda: "open to all")

    class Part:
        blueprint = stray

    monkeypatch.setattr(application, "BLUEPRINTS", (*application.BLUEPRINTS, Part))
    with pytest.raises(UndeclaredRoute, match=r"stray\.look"):
        new_app(demo_database)


def test_a_route_added_later_is_refused_too(demo_database: Database) -> None:
    app = new_app(demo_database)
    app.add_url_rule("/late", "late", lambda: "open to all")
    with pytest.raises(UndeclaredRoute, match="late"):
        guard_routes(app)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_only_gives_and_never_takes(visitor: FlaskClient, address: str) -> None:
    for method in METHODS:
        answer = visitor.open(address, method=method)
        if address in ("/static/nothing", "/nothing", "/incidents/nobody-has-this"):
            expected = {404, 200} if method == "OPTIONS" else {404, 405}
        elif method in ("GET", "HEAD", "OPTIONS"):
            expected = {200}
        else:
            expected = {405}
        assert answer.status_code in expected, (method, address, answer.status_code)
        if answer.status_code == 405:
            assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
        if method == "HEAD":
            assert answer.data == b""
        assert "Set-Cookie" not in answer.headers
