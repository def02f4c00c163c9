"""Signing in: what lets people in, what keeps others out, and what neither of them tells."""

import re
import statistics
import time
from pathlib import Path

import pytest

from tests.web.account_forms import (
    ENGLISH,
    PASSWORD,
    House,
    accept,
    give_password,
    is_in,
    secret_on,
    send,
)
from tracker.db.session import Database
from tracker.domain.accounts import NEEDS_SECOND_FACTOR
from tracker.domain.permissions import Role


@pytest.fixture
def house(database: Database) -> House:
    return House(database)


def test_a_reporter_comes_in_with_a_password_alone(house: House) -> None:
    client, _ = house.newcomer(Role.REPORTER)
    assert is_in(client)
    other = house.visitor()
    answer = give_password(other, " Nadia@CAST.example ")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert is_in(other)


@pytest.mark.parametrize("role", sorted(NEEDS_SECOND_FACTOR))
def test_without_a_second_factor_no_role_that_needs_one_gets_in(house: House, role: Role) -> None:
    client = house.visitor()
    answer = accept(client, house.invited(role))
    assert answer.headers["Location"].startswith("/sign-in/set-up")
    assert not is_in(client)
    assert send(client, "/sign-in/done").headers["Location"] == "/sign-in"
    assert send(client, "/sign-in/recovery-codes").headers["Location"] == "/sign-in"
    assert not is_in(client)


def test_password_and_code_let_in_and_neither_alone(house: House) -> None:
    _, secret = house.newcomer(Role.VERIFIER)
    house.clock.passes(minutes=2)
    client = house.visitor()
    answer = give_password(client, "nadia@cast.example")
    assert answer.headers["Location"] == "/sign-in/second-factor"
    assert not is_in(client)
    wrong = send(client, "/sign-in/second-factor", code="000000")
    assert wrong.status_code == 422
    assert "This code is not right" in wrong.text
    assert not is_in(client)
    right = send(
        client, "/sign-in/second-factor", code=house.code(secret), next="/incidents?page=2"
    )
    assert right.headers["Location"] == "/incidents?page=2"
    assert is_in(client)


def test_a_code_that_was_used_is_not_taken_again(house: House) -> None:
    _, secret = house.newcomer(Role.VERIFIER)
    house.clock.passes(minutes=2)
    code = house.code(secret)
    for expected in (303, 422):
        client = house.visitor()
        give_password(client, "nadia@cast.example")
        assert send(client, "/sign-in/second-factor", code=code).status_code == expected


@pytest.mark.parametrize(("seconds", "status"), [(-60, 422), (-30, 303), (30, 303), (60, 422)])
def test_a_clock_may_be_half_a_minute_off(house: House, seconds: int, status: int) -> None:
    _, secret = house.newcomer(Role.VERIFIER)
    house.clock.passes(minutes=5)
    client = house.visitor()
    give_password(client, "nadia@cast.example")
    house.clock.passes(seconds=seconds)
    code = house.code(secret)
    house.clock.passes(seconds=-seconds)
    assert send(client, "/sign-in/second-factor", code=code).status_code == status


def test_a_recovery_code_works_once(house: House) -> None:
    client = house.visitor()
    accept(client, house.invited(Role.MONITOR))
    secret = secret_on(client.get("/sign-in/set-up"))
    shown = send(client, "/sign-in/set-up", code=house.code(secret), name="x").text
    codes = re.findall(r"<li>((?:\w{4}-){3}\w{4})</li>", shown)
    assert len(set(codes)) == 10
    send(client, "/sign-in/done")
    for typed, status in (
        (codes[0].lower(), 303),
        (codes[0], 422),
        (codes[1].replace("-", " "), 303),
    ):
        other = house.visitor()
        give_password(other, "nadia@cast.example")
        assert send(other, "/sign-in/second-factor", code=typed).status_code == status


def test_five_wrong_codes_ask_for_the_password_again(house: House) -> None:
    _, secret = house.newcomer(Role.VERIFIER)
    house.clock.passes(minutes=2)
    client = house.visitor()
    give_password(client, "nadia@cast.example")
    for _ in range(5):
        send(client, "/sign-in/second-factor", code="000000")
    answer = send(client, "/sign-in/second-factor", code=house.code(secret))
    assert answer.headers["Location"] == "/sign-in"
    assert not is_in(client)


def test_half_a_session_ends_after_ten_minutes(house: House) -> None:
    _, secret = house.newcomer(Role.VERIFIER)
    client = house.visitor()
    give_password(client, "nadia@cast.example")
    house.clock.passes(minutes=10)
    answer = send(client, "/sign-in/second-factor", code=house.code(secret))
    assert answer.headers["Location"] == "/sign-in"


def test_the_secret_of_the_browser_changes_with_every_step(house: House) -> None:
    house.newcomer(Role.REPORTER)
    client = house.visitor()
    client.set_cookie("session", "planted")
    give_password(client, "nadia@cast.example")
    cookie = client.get_cookie("session")
    assert cookie is not None
    assert cookie.value != "planted"
    assert cookie.http_only
    assert cookie.same_site == "Lax"


def test_the_known_and_the_unknown_get_the_same_answer(house: House) -> None:
    house.newcomer(Role.REPORTER)
    answers = []
    for email in ("nadia@cast.example", "nobody@cast.example", "amina@cast.example"):
        client = house.visitor()
        answer = give_password(client, email, "not the password of anyone")
        cookies = [name.split("=")[0] for name in answer.headers.getlist("Set-Cookie")]
        body = answer.text.replace(email, "EMAIL")
        body = re.sub(r'(csrf_token" value=")\w+', r"\1WORD", body)
        headers = [(n, v) for n, v in answer.headers if n not in ("Set-Cookie", "Content-Length")]
        answers.append((answer.status_code, body, headers, cookies))
    assert answers[0][0] == 422
    assert answers[0] == answers[1] == answers[2]


@pytest.mark.alone
def test_the_known_and_the_unknown_take_the_same_time(house: House) -> None:
    house.newcomer(Role.REPORTER)
    client = house.visitor()
    times: dict[str, list[float]] = {"nadia": [], "nobody": []}
    for turn in range(12):
        for name, taken in times.items():
            house.clock.passes(days=2)
            email = f"{name}@cast.example" if name == "nadia" else f"{name}{turn}@cast.example"
            begun = time.perf_counter()
            give_password(client, email, "not the password of anyone")
            taken.append(time.perf_counter() - begun)
    known, unknown = (statistics.median(taken) for taken in times.values())
    assert abs(known - unknown) < 0.4 * max(known, unknown)


def test_after_ten_failures_one_waits_whether_or_not_there_is_an_account(house: House) -> None:
    house.newcomer(Role.REPORTER)
    for email in ("nadia@cast.example", "nobody@cast.example"):
        client = house.visitor()
        for _ in range(10):
            assert give_password(client, email, "wrong wrong wrong").status_code == 422
        waits = []
        for _ in range(3):
            answer = give_password(client, email)
            assert answer.status_code == 429
            waits.append(answer.headers["Retry-After"])
        assert waits == ["31", "31", "31"]
        house.clock.passes(seconds=31)
        assert give_password(client, email, "wrong wrong wrong").status_code == 422
        assert give_password(client, email).headers["Retry-After"] == "61"
        house.clock.passes(days=1)
    assert give_password(house.visitor(), "nadia@cast.example").status_code == 303


def test_nobody_can_lock_out_a_device_that_is_known(house: House) -> None:
    client, _ = house.newcomer(Role.REPORTER)
    send(client, "/sign-out")
    for _ in range(12):
        give_password(house.visitor(), "nadia@cast.example", "wrong wrong wrong")
    assert give_password(house.visitor(), "nadia@cast.example").status_code == 429
    assert give_password(client, "nadia@cast.example").status_code == 303


def test_many_addresses_tried_from_one_place_wait_too(house: House) -> None:
    client = house.visitor()
    answers = [
        give_password(client, f"{number}@cast.example", "wrong").status_code
        for number in range(101)
    ]
    assert answers == [422] * 100 + [429]


def test_signing_out_ends_the_session_for_good(house: House) -> None:
    client, _ = house.newcomer(Role.REPORTER)
    cookie = client.get_cookie("session")
    assert send(client, "/sign-out").headers["Location"] == "/"
    assert client.get_cookie("session") is None
    client.set_cookie("session", cookie.value)
    assert not is_in(client)


@pytest.mark.parametrize(
    "wanted",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "/sign-in",
        "",
    ],
)
def test_signing_in_leads_to_pages_of_ours_only(house: House, wanted: str) -> None:
    house.newcomer(Role.REPORTER)
    answer = give_password(house.visitor(), "nadia@cast.example", next=wanted)
    assert answer.headers["Location"] == "/"


def test_signing_in_leads_back_to_where_one_was(house: House) -> None:
    client = house.visitor()
    page = client.get("/sign-in", headers={"Referer": "http://localhost/map"})
    assert 'name="next" value="/map"' in page.text
    page = client.get("/sign-in", headers={"Referer": "https://elsewhere.example/map"})
    assert 'name="next" value=""' in page.text


def test_the_record_of_acts_names_accounts_and_never_what_was_typed(house: House) -> None:
    house.newcomer(Role.REPORTER)
    give_password(house.visitor(), "nadia@cast.example", "wrong wrong wrong")
    give_password(house.visitor(), "typed.by.mistake@cast.example", "wrong wrong wrong")
    give_password(house.visitor(), "nadia@cast.example")
    acts = house.acts()
    assert acts == [
        ("operator", "invite_to_join", "invitation 1"),
        ("account 7", "accept_invitation_to_join", "invitation 1 of organisation 1"),
        ("account 7", "sign_in", "session 1"),
        ("somebody", "sign_in_failed", "account 7"),
        ("somebody", "sign_in_failed", "no account"),
        ("account 7", "sign_in", "session 2"),
    ]


def test_a_page_of_somebody_is_kept_by_nobody(house: House) -> None:
    client, _ = house.newcomer(Role.REPORTER)
    for address in ("/", "/about", "/account", "/map", "/nothing"):
        answer = client.get(address, headers=ENGLISH)
        assert answer.headers["Cache-Control"] == "no-store", address
        assert "Nadia" in answer.text
    stranger = house.visitor()
    for address in ("/", "/about", "/map", "/nothing"):
        assert "Nadia" not in stranger.get(address, headers=ENGLISH).text


def test_the_password_is_nowhere_in_the_database(house: House) -> None:
    house.newcomer(Role.REPORTER)
    if house.database.engine.dialect.name == "sqlite":
        path = house.database.engine.url.database
        held = b"".join(Path(f"{path}{end}").read_bytes() for end in ("", "-wal"))
        assert b"$argon2id$" in held
        for secret in (PASSWORD.encode(), b"nadia@cast", b"Nadia"):
            assert secret not in held
