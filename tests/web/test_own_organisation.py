"""My organisation: an administrator looks after its people, and after no others."""

import pytest

from tests.conftest import AMINA, BEATRIZ, CAMILO, DOLORES, ESTEBAN, FERNANDA, XIMENA
from tests.http.clients import sign_in
from tests.web.account_forms import House, accept, is_in
from tracker.db.session import Database
from tracker.domain.accounts import OrganisationKind
from tracker.domain.permissions import Actor

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def house(database: Database) -> House:
    return House(database)


def test_there_is_no_kind_of_organisation_for_migration_control() -> None:
    told = " ".join(OrganisationKind)
    for word in ("migration", "border", "police", "enforcement", "customs", "authority"):
        assert word not in told


def test_an_administrator_sees_the_people_of_the_own_organisation_only(house: House) -> None:
    page = sign_in(house.app, FERNANDA).get("/organisation", headers=ENGLISH).text
    for member in (BEATRIZ, CAMILO, FERNANDA):
        assert member.name in page
    for other in (AMINA, DOLORES, ESTEBAN):
        assert other.name not in page


@pytest.mark.parametrize("actor", [AMINA, BEATRIZ, CAMILO, DOLORES, ESTEBAN, XIMENA])
def test_for_everybody_else_the_page_is_not_there(house: House, actor: Actor) -> None:
    client = sign_in(house.app, actor)
    page = client.get("/organisation", headers=ENGLISH)
    absent = client.get("/organisation-of-nobody", headers=ENGLISH)
    assert (page.status_code, page.data) == (404, absent.data)


def test_an_invitation_is_made_shown_once_listed_and_taken_back(house: House) -> None:
    client = sign_in(house.app, FERNANDA)
    made = client.post_form("/organisation/invitations", {"role": "verifier"}, headers=ENGLISH)
    address = made.text.split("<code>")[1].split("</code>")[0]
    assert address.startswith("http://localhost/invitations/")
    page = client.get("/organisation", headers=ENGLISH).text
    assert address not in page
    assert "/organisation/invitations/1/revoke" in page
    client.post_form("/organisation/invitations/1/revoke")
    assert accept(house.visitor(), address.rpartition("/")[2]).status_code == 404


@pytest.mark.parametrize("role", ["operator", "public", "chief", ""])
def test_no_link_gives_a_role_that_accounts_do_not_have(house: House, role: str) -> None:
    client = sign_in(house.app, FERNANDA)
    assert client.post_form("/organisation/invitations", {"role": role}).status_code == 400


def test_a_changed_role_signs_its_owner_out(house: House) -> None:
    beatriz, fernanda = sign_in(house.app, BEATRIZ), sign_in(house.app, FERNANDA)
    assert is_in(beatriz)
    answer = fernanda.post_form("/organisation/members/2/role", {"role": "verifier"})
    assert answer.status_code == 303
    assert not is_in(beatriz)


def test_whoever_is_kept_out_is_out_at_once_and_can_come_back(house: House) -> None:
    beatriz, fernanda = sign_in(house.app, BEATRIZ), sign_in(house.app, FERNANDA)
    fernanda.post_form("/organisation/members/2/deactivate")
    assert not is_in(beatriz)
    assert not is_in(sign_in(house.app, BEATRIZ))
    fernanda.post_form("/organisation/members/2/reactivate")
    assert is_in(sign_in(house.app, BEATRIZ))


@pytest.mark.parametrize("act", ["role", "deactivate"])
def test_nobody_locks_themselves_out(house: House, act: str) -> None:
    client = sign_in(house.app, FERNANDA)
    answer = client.post_form(f"/organisation/members/6/{act}", {"role": "reporter"})
    assert answer.status_code == 422
    assert is_in(client)


@pytest.mark.parametrize("act", ["role", "deactivate", "reactivate", "link"])
@pytest.mark.parametrize("account", [1, 4, 5, 999])
def test_people_of_other_organisations_are_not_there(house: House, act: str, account: int) -> None:
    client = sign_in(house.app, FERNANDA)
    answer = client.post_form(f"/organisation/members/{account}/{act}", {"role": "reporter"})
    assert answer.status_code == 404


def test_acts_of_an_administrator_are_in_the_record(house: House) -> None:
    client = sign_in(house.app, FERNANDA)
    client.post_form("/organisation/invitations", {"role": "verifier"})
    client.post_form("/organisation/members/2/role", {"role": "verifier"})
    client.post_form("/organisation/members/2/link")
    client.post_form("/organisation/members/2/deactivate")
    client.post_form("/organisation/members/2/reactivate")
    assert [act for act in house.acts() if act[0] == "account 6"] == [
        ("account 6", "invite_to_join", "invitation 1"),
        ("account 6", "change_role_to_verifier", "account 2"),
        ("account 6", "invite_to_recover", "invitation 2"),
        ("account 6", "deactivate_account", "account 2"),
        ("account 6", "reactivate_account", "account 2"),
    ]
