"""My account: what people see of it and change in it."""

import re

import pytest

from tests.conftest import CAMILO
from tests.http.clients import Visitor, sign_in
from tests.web.account_forms import PASSWORD, House, give_password, is_in, secret_on, send
from tracker.db.session import Database
from tracker.domain.permissions import Role


@pytest.fixture
def house(database: Database) -> House:
    return House(database)


@pytest.fixture
def verifier(house: House) -> Visitor:
    return house.newcomer(Role.VERIFIER)[0]


def page(client: Visitor) -> str:
    return client.get("/account", headers={"Accept-Language": "en"}).text


def test_people_see_what_is_held_of_them(verifier: Visitor) -> None:
    shown = page(verifier)
    for held in ("Nadia", "nadia@cast.example", "Albergue de Necoclí (invented)", "Verifier"):
        assert held in shown
    assert "10 codes still work" in shown


def test_sessions_are_listed_and_each_can_be_ended(house: House, verifier: Visitor) -> None:
    client, _ = house.newcomer(Role.REPORTER, "rosa@cast.example")
    other = house.visitor()
    agent = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/130.0"}
    word = re.findall(r'csrf_token" value="(\w+)"', other.get("/sign-in").text)[0]
    form = {"csrf_token": word, "email": "rosa@cast.example", "password": PASSWORD}
    other.post("/sign-in", data=form, headers=agent)
    assert "Chrome, Android" in page(client)
    (number,) = re.findall(r"/account/sessions/(\d+)/end", page(client))
    assert send(client, f"/account/sessions/{number}/end").status_code == 303
    assert not is_in(other)
    assert is_in(client)
    assert is_in(verifier)


def test_all_other_sessions_end_at_once(house: House) -> None:
    client, _ = house.newcomer(Role.REPORTER)
    others = [house.visitor(), house.visitor()]
    for other in others:
        give_password(other, "nadia@cast.example")
    send(client, "/account/sessions/end-others")
    assert [is_in(each) for each in (client, *others)] == [True, False, False]


def test_a_new_password_needs_the_old_one_and_ends_other_sessions(house: House) -> None:
    client, _ = house.newcomer(Role.REPORTER)
    other = house.visitor()
    give_password(other, "nadia@cast.example")
    fresh = "nube cuchara montaña siete"
    wrong = send(client, "/account/password", password="wrong", new_password=fresh)
    assert wrong.status_code == 422
    assert "This is not your password." in wrong.text
    poor = send(client, "/account/password", password=PASSWORD, new_password="short")
    assert "at least 15 characters" in poor.text
    assert (
        send(client, "/account/password", password=PASSWORD, new_password=fresh).status_code == 303
    )
    assert is_in(client)
    assert not is_in(other)
    assert give_password(house.visitor(), "nadia@cast.example").status_code == 422
    assert give_password(house.visitor(), "nadia@cast.example", fresh).status_code == 303


def test_a_borrowed_browser_cannot_try_passwords_without_end(verifier: Visitor) -> None:
    answers = [
        send(verifier, "/account/recovery-codes", password="wrong").status_code for _ in range(11)
    ]
    assert answers == [422] * 10 + [429]


def test_a_key_is_shown_once_and_can_be_taken_back(house: House, verifier: Visitor) -> None:
    refused = send(verifier, "/account/tokens", password="wrong", scope="read", days="30", name="x")
    assert refused.status_code == 422
    made = send(
        verifier, "/account/tokens", password=PASSWORD, scope="read", days="30", name="nightly"
    )
    assert made.headers["Cache-Control"] == "no-store"
    (token,) = re.findall(r"<code>(mtr_[\w-]+)</code>", made.text)
    shown = page(verifier)
    assert token not in shown
    assert f"{token[:12]}…" in shown
    program = house.visitor()
    bearer = {"Authorization": f"Bearer {token}"}
    assert program.get("/api/v1/tallies", headers=bearer).status_code == 200
    (number,) = re.findall(r"/account/tokens/(\d+)/revoke", shown)
    send(verifier, f"/account/tokens/{number}/revoke")
    assert program.get("/api/v1/tallies", headers=bearer).status_code == 401


@pytest.mark.parametrize("days", ["0", "367", "-1", "many"])
def test_no_key_lasts_for_ever(verifier: Visitor, days: str) -> None:
    answer = send(verifier, "/account/tokens", password=PASSWORD, scope="read", days=days, name="x")
    assert answer.status_code == 422
    assert "between 1 and 366 days" in answer.text


def test_new_recovery_codes_replace_the_old(verifier: Visitor) -> None:
    shown = send(verifier, "/account/recovery-codes", password=PASSWORD)
    assert len(re.findall(r"<li>(?:\w{4}-){3}\w{4}</li>", shown.text)) == 10
    assert "10 codes still work" in page(verifier)


def test_the_last_second_factor_of_a_role_that_needs_one_stays(verifier: Visitor) -> None:
    (number,) = re.findall(r"/account/factors/(\d+)/remove", page(verifier))
    answer = send(verifier, f"/account/factors/{number}/remove", password=PASSWORD)
    assert answer.status_code == 422
    assert "Set up another one" in answer.text


def test_a_second_app_can_be_added_and_the_first_removed(house: House, verifier: Visitor) -> None:
    (first,) = re.findall(r"/account/factors/(\d+)/remove", page(verifier))
    assert verifier.get("/account/app").status_code == 404
    assert send(verifier, "/account/app", password="wrong").status_code == 422
    assert send(verifier, "/account/app", password=PASSWORD).status_code == 303
    secret = secret_on(verifier.get("/account/app"))
    wrong = send(verifier, "/account/app/code", code="000000", name="x")
    assert wrong.status_code == 422
    added = send(verifier, "/account/app/code", code=house.code(secret), name="Tablet")
    assert added.status_code == 303
    assert "Tablet" in page(verifier)
    assert send(verifier, f"/account/factors/{first}/remove", password=PASSWORD).status_code == 303
    house.clock.passes(minutes=2)
    client = house.visitor()
    give_password(client, "nadia@cast.example")
    code = house.code(secret)
    assert send(client, "/sign-in/second-factor", code=code).status_code == 303


def test_what_is_of_others_is_not_there(house: House, verifier: Visitor) -> None:
    (number,) = re.findall(r"/account/factors/(\d+)/remove", page(verifier))
    send(verifier, "/account/tokens", password=PASSWORD, scope="read", days="30", name="x")
    (token,) = re.findall(r"/account/tokens/(\d+)/revoke", page(verifier))
    other, _ = house.newcomer(Role.REPORTER, "rosa@cast.example")
    for address in (f"/account/tokens/{token}/revoke", "/account/sessions/1/end"):
        assert send(other, address).status_code == 404
    removed = send(other, f"/account/factors/{number}/remove", password=PASSWORD)
    assert removed.status_code == 404
    camilo = sign_in(house.app, CAMILO)
    assert camilo.post_form("/account/sessions/1/end").status_code == 404
    assert is_in(verifier)
