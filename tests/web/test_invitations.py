"""Links that work once, for whom and as long as they were meant."""

import pytest

from tests.conftest import FAMILIES, FERNANDA
from tests.http.clients import sign_in
from tests.web.account_forms import PASSWORD, House, accept, give_password, is_in, send
from tracker.db.session import Database
from tracker.domain.permissions import OPERATOR, Role
from tracker.services.accounts.api_tokens import list_tokens
from tracker.services.accounts.invitations import invite_back


@pytest.fixture
def house(database: Database) -> House:
    return House(database)


def test_a_link_says_who_invites_and_works_once(house: House) -> None:
    token = house.invited(Role.REPORTER, FAMILIES)
    page = house.visitor().get(f"/invitations/{token}", headers={"Accept-Language": "es"})
    assert "Familias de Tegucigalpa (invented) le invita a trabajar aquí como" in page.text
    assert accept(house.visitor(), token).status_code == 303
    assert house.visitor().get(f"/invitations/{token}").status_code == 404
    assert accept(house.visitor(), token, email="other@cast.example").status_code == 404


def test_a_link_dies_after_a_week(house: House) -> None:
    token = house.invited()
    house.clock.passes(days=7, seconds=-1)
    assert house.visitor().get(f"/invitations/{token}").status_code == 200
    house.clock.passes(seconds=1)
    assert house.visitor().get(f"/invitations/{token}").status_code == 404


def test_a_dead_link_looks_like_one_that_never_was(house: House) -> None:
    token = house.invited()
    accept(house.visitor(), token)
    dead = house.visitor().get(f"/invitations/{token}")
    never = house.visitor().get(f"/invitations/{'x' * len(token)}")
    assert (dead.data, dead.headers) == (never.data, never.headers)


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("a b c d e f g", "at least 15 characters"),
        ("passwordpassword", "easily guessed"),
        ("aaaaaaaaaaaaaaaaaaaa", "easily guessed"),
        ("123456789012345678", "easily guessed"),
        ("qwertyuiopasdfghjkl", "easily guessed"),
        ("nadianadianadianadia", "easily guessed"),
        ("migrantesmigrantes", "easily guessed"),
        ("x" * 257, "at most 256 characters"),
    ],
)
def test_a_poor_password_is_refused_beside_its_field_and_nothing_typed_is_lost(
    house: House, password: str, told: str
) -> None:
    answer = accept(house.visitor(), house.invited(), password=password)
    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="Nadia"' in answer.text
    assert 'value="nadia@cast.example"' in answer.text
    assert password not in answer.text


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "🐢🌧️🪑💜 tortuga y la lluvia",
        "ñandú Ñandú çedilla ğüş",
        " ".join(map(str, range(3, 90, 7))),
    ],
)
def test_a_long_password_of_any_letters_is_taken(house: House, password: str) -> None:
    assert accept(house.visitor(), house.invited(), password=password).status_code == 303
    assert give_password(house.visitor(), "nadia@cast.example", password).status_code == 303


def test_a_password_is_the_same_whatever_keyboard_wrote_its_accents(house: House) -> None:
    accept(house.visitor(), house.invited(), password="corazón lápiz jardín")
    answer = give_password(house.visitor(), "nadia@cast.example", "corazón lápiz jardín")
    assert answer.status_code == 303


def test_an_invitation_is_no_way_to_ask_who_has_an_account(house: House) -> None:
    token = house.invited()
    client = house.visitor()
    taken = accept(client, token, email="beatriz@cast.example")
    odd = accept(client, token, email="no address")
    assert taken.status_code == odd.status_code == 422
    assert taken.text.replace("beatriz@cast.example", "") == odd.text.replace("no address", "")
    for _ in range(3):
        accept(client, token, email="beatriz@cast.example")
    assert accept(client, token, email="free@cast.example").status_code == 404


def test_a_link_to_come_back_takes_away_what_others_may_hold(house: House) -> None:
    client, _ = house.newcomer(Role.REPORTER)
    with house.database.writing() as session:
        token = invite_back(session, OPERATOR, 7)
    back = house.visitor()
    answer = send(back, f"/invitations/{token}", password="otra frase muy distinta")
    assert answer.status_code == 303
    assert not is_in(client)
    assert is_in(back)
    assert give_password(house.visitor(), "nadia@cast.example").status_code == 422
    with house.database.reading() as session:
        assert list_tokens(session, FERNANDA) == ()


def test_a_lost_telephone_is_replaced_by_a_link(house: House) -> None:
    house.newcomer(Role.VERIFIER)
    administrator = sign_in(house.app, FERNANDA)
    page = administrator.post_form("/organisation/members/7/link")
    address = page.text.split("<code>")[1].split("</code>")[0]
    back = house.visitor()
    answer = send(
        back, address.removeprefix("http://localhost"), password="otra frase muy distinta"
    )
    assert answer.headers["Location"].startswith("/sign-in/set-up")
