"""What another site sends in somebody's name changes nothing."""

import pytest
from flask import Flask

from tests.conftest import BEATRIZ, CAMILO
from tests.http.clients import new_app, sign_in
from tracker.db.session import Database
from tracker.http.access import ROUTES
from tracker.http.csrf import FIELD, HEADER, csrf_field


@pytest.fixture
def app(database: Database, monkeypatch: pytest.MonkeyPatch) -> Flask:
    made = new_app(database)
    for endpoint in ("form", "send", "send_api"):
        monkeypatch.setitem(ROUTES, endpoint, None)
    made.add_url_rule("/form", "form", lambda: str(csrf_field()))
    made.add_url_rule("/send", "send", lambda: "sent", methods=["POST", "PUT", "PATCH", "DELETE"])
    made.add_url_rule("/api/send", "send_api", lambda: "sent", methods=["POST"])
    return made


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_without_the_word_nothing_is_taken(app: Flask, method: str) -> None:
    client = sign_in(app, BEATRIZ)
    assert client.open("/send", method=method).status_code == 400
    assert client.open("/send", method=method, headers=client.csrf_header).status_code == 200


def test_the_word_of_somebody_else_is_not_taken(app: Flask) -> None:
    client, other = sign_in(app, BEATRIZ), sign_in(app, CAMILO)
    assert client.post("/send", data={FIELD: other.csrf}).status_code == 400
    assert client.post("/send", data={FIELD: client.csrf}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_another_site_is_refused_even_with_the_word(app: Flask, headers: dict[str, str]) -> None:
    client = sign_in(app, BEATRIZ)
    assert client.post_form("/send", headers=headers).status_code == 400
    own = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
    assert client.post_form("/send", headers=own).status_code == 200


def test_a_form_can_be_sent_before_signing_in(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/form")
    word = page.text.split('value="')[1].split('"')[0]
    cookie = page.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Domain" not in cookie
    assert page.headers["Cache-Control"] == "no-store"
    assert client.post("/send", data={FIELD: word}).status_code == 200
    assert "Set-Cookie" not in client.get("/form").headers
    assert app.test_client().post("/send", data={FIELD: word}).status_code == 400


def test_over_tls_the_cookie_is_secure_and_bound_to_the_host(app: Flask) -> None:
    cookie = app.test_client().get("/form", base_url="https://localhost").headers["Set-Cookie"]
    assert cookie.startswith("__Host-visit=")
    assert "Secure" in cookie
    assert "Path=/" in cookie


def test_a_browser_that_is_signed_in_needs_the_word_below_api_too(app: Flask) -> None:
    client = sign_in(app, BEATRIZ)
    assert client.post("/api/send").status_code == 400
    assert client.post("/api/send", headers={HEADER: client.csrf}).status_code == 200


def test_refusals_come_after_rights_so_that_they_tell_nothing(app: Flask) -> None:
    client = app.test_client()
    assert client.post("/nothing-here").status_code == 404
