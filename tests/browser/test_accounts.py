"""People sign in, look after their accounts and their organisation, in a real Chromium."""

from dataclasses import dataclass
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page
from watched_pages import NewSite, Site, Watch, Watched, violations

from tests.conftest import CAMILO, FERNANDA, SHELTER
from tests.http.clients import add_cast
from tracker.cli.demo_people import invent_sought_people
from tracker.db.models import Account
from tracker.domain.accounts import SessionStage
from tracker.domain.permissions import OPERATOR, Actor, Role, TokenScope
from tracker.services.accounts.api_tokens import create_token
from tracker.services.accounts.demonstration import invent_people
from tracker.services.accounts.invitations import invite
from tracker.services.accounts.passwords import hash_password
from tracker.services.accounts.sessions import begin_session

PASSWORD = "tortuga lluvia mesa violeta"
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
VIEWS = [
    (width, scheme, language)
    for width, language in ((360, "es"), (1600, "en"))
    for scheme in ("light", "dark")
]


@dataclass(frozen=True)
class House:
    """A site with the cast in it, and ways in."""

    site: Site

    def invited(self, role: Role) -> str:
        with self.site.database.writing() as session:
            token = invite(session, OPERATOR, organisation_id=SHELTER, role=role)
        return f"/invitations/{token}"

    def enter(self, watched: Watched, actor: Actor) -> None:
        """Put a session of somebody into a browser."""
        with self.site.database.writing() as session:
            account = session.get_one(Account, actor.account_id)
            begun = begin_session(
                session, account, stage=SessionStage.FULL, device="Firefox, Linux"
            )
        watched.page.context.add_cookies(
            [{"name": "session", "value": begun.token, "url": self.site.address}]
        )


@pytest.fixture(scope="module")
def house(new_site: NewSite, tmp_path_factory: pytest.TempPathFactory) -> House:
    made = House(new_site(tmp_path_factory.mktemp("people")))
    with made.site.database.writing() as session:
        add_cast(session)
        for actor in (CAMILO, FERNANDA):
            session.get_one(Account, actor.account_id).password_hash = hash_password(PASSWORD)
        create_token(session, CAMILO, name="nightly", scope=TokenScope.READ, days=30)
    return made


def open_(watch: Watch, house: House, address: str, **options: object) -> Watched:
    watched = watch(house.site.address, **options)
    watched.page.goto(house.site.address + address)
    return watched


def forgive_expected_status(watched: Watched) -> None:
    watched.offences[:] = [
        offence for offence in watched.offences if "the server responded with" not in offence
    ]


def accept(page: Page, email: str) -> None:
    page.get_by_label("What should we call you?").fill("Nadia")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def secret_of(page: Page) -> str:
    return page.locator(".app-secret .secret").inner_text().replace(" ", "").replace("\n", "")


def good(page: Page, axe: str) -> None:
    assert not page.evaluate(SIDEWAYS)
    assert violations(page, axe) == []


@pytest.mark.parametrize(("width", "scheme", "language"), VIEWS)
def test_axe_finds_nothing_on_the_way_in(
    watch: Watch, house: House, axe: str, *, width: int, scheme: str, language: str
) -> None:
    options = {
        "viewport": {"width": width, "height": 900},
        "color_scheme": scheme,
        "locale": language,
    }
    watched = open_(watch, house, "/sign-in", **options)
    page = watched.page
    good(page, axe)
    page.locator("#email").fill("nobody@cast.example")
    page.locator("#password").fill("wrong wrong wrong")
    page.locator("main form button").click()
    page.locator(".problem").wait_for()
    good(page, axe)
    page.goto(house.site.address + house.invited(Role.VERIFIER))
    good(page, axe)
    page.locator("#name").fill("Nadia")
    page.locator("#email").fill(f"axe-{width}-{scheme}@cast.example")
    page.locator("#password").fill("short")
    page.locator("main form button").click()
    page.locator(".wrong").wait_for()
    good(page, axe)
    page.locator("#password").fill(PASSWORD)
    page.locator("main form button").click()
    page.locator(".qr svg").wait_for()
    good(page, axe)
    page.locator("#code").fill(pyotp.TOTP(secret_of(page)).now())
    page.locator("main form").first.locator("button").click()
    page.locator(".codes").wait_for()
    good(page, axe)
    page.locator("main form button").click()
    page.locator(".account-menu").wait_for()
    page.locator(".account-menu summary").click()
    good(page, axe)
    forgive_expected_status(watched)


@pytest.mark.parametrize(("width", "scheme", "language"), VIEWS)
def test_axe_finds_nothing_on_account_and_organisation(
    watch: Watch, house: House, axe: str, *, width: int, scheme: str, language: str
) -> None:
    options = {
        "viewport": {"width": width, "height": 900},
        "color_scheme": scheme,
        "locale": language,
    }
    for actor, address in ((CAMILO, "/account"), (FERNANDA, "/organisation")):
        watched = watch(house.site.address, **options)
        house.enter(watched, actor)
        page = watched.page
        page.goto(house.site.address + address)
        page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true; })")
        good(page, axe)
    page.locator("form.filters button").click()
    page.locator(".shown-once").wait_for()
    good(page, axe)
    page.goto(house.site.address + "/demo")
    good(page, axe)
    forgive_expected_status(watched)


def test_somebody_comes_in_by_invitation_and_again_with_a_code(watch: Watch, house: House) -> None:
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "locale": "en"}
    page = open_(watch, house, house.invited(Role.VERIFIER), **phone).page
    page.get_by_label("Show the password").check()
    assert page.get_by_label("Password", exact=True).get_attribute("type") == "text"
    accept(page, "walk@cast.example")
    secret = secret_of(page)
    page.get_by_label("The six digits that the app shows now").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Go on").click()
    codes = page.locator(".codes li").all_inner_texts()
    page.get_by_role("button", name="I have kept them: sign in").click()
    page.locator(".account-menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("E-mail address").fill("walk@cast.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Code").fill(codes[0].lower())
    page.get_by_role("button", name="Go on").click()
    assert page.locator(".account-menu summary").inner_text() == "Nadia"


def test_a_passkey_is_made_and_lets_in(watch: Watch, house: House) -> None:
    # A passkey belongs to a name of a host; a number is none.
    home = house.site.address.replace("127.0.0.1", "localhost")
    page = watch(home, locale="en").page
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.goto(home + house.invited(Role.MONITOR))
    accept(page, "key@cast.example")
    page.get_by_role("button", name="Make a passkey").click()
    page.locator(".codes").wait_for()
    page.get_by_role("button", name="I have kept them: sign in").click()
    page.locator(".account-menu summary").click()
    page.get_by_role("link", name="My account").click()
    assert page.get_by_text("passkey, set up on").is_visible()
    page.locator(".account-menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(home + "/sign-in")
    page.get_by_label("E-mail address").fill("key@cast.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Use the passkey").click()
    page.locator(".account-menu summary").wait_for()
    assert page.locator(".account-menu summary").inner_text() == "Nadia"


def test_the_menu_of_the_account_works_by_keyboard(watch: Watch, house: House) -> None:
    watched = watch(house.site.address, locale="en")
    house.enter(watched, FERNANDA)
    page = watched.page
    page.goto(house.site.address + "/about")
    page.locator(".account-menu summary").focus()
    page.keyboard.press("Enter")
    for _ in range(page.locator(".account-menu a").count()):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == "My organisation":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/organisation")
    assert page.locator("h1").inner_text() == "Albergue de Necoclí (invented)"


def test_a_newcomer_is_somebody_of_each_role_with_one_click(
    watch: Watch, new_site: NewSite, tmp_path: Path
) -> None:
    site = new_site(tmp_path, demo=True)
    with site.database.writing() as session:
        assert invent_people(session, OPERATOR)
        assert not invent_people(session, OPERATOR)
    page = watch(site.address, locale="en").page
    page.goto(site.address + "/")
    page.get_by_role("link", name="See it as an invented person of each role").click()
    people = page.locator(".people button").all_inner_texts()
    assert people.pop() == "See the family's page"
    assert len(people) == 8
    for name in people:
        page.goto(site.address + "/demo")
        page.get_by_role("button", name=name).click()
        shown = page.locator(".account-menu summary").inner_text()
        assert name == f"Be {shown}"
        assert shown.endswith("(invented)")


def test_a_newcomer_sees_the_page_of_an_invented_family_and_who_may_be_one_person(
    watch: Watch, new_site: NewSite, tmp_path: Path
) -> None:
    site = new_site(tmp_path, demo=True)
    with site.database.writing() as session:
        invent_people(session, OPERATOR)
        invent_sought_people(session)
    page = watch(site.address, locale="en").page
    page.goto(site.address + "/demo")
    page.get_by_role("button", name="See the family's page").click()
    page.get_by_role("heading", name="Lucía Marisol Zelaya Quijada").wait_for()
    assert page.get_by_text("Invented, for demonstration").first.is_visible()
    page.goto(site.address + "/demo")
    page.get_by_role("button", name="Be Dolores (invented)").click()
    page.goto(site.address + "/matches")
    shown = page.locator("main").inner_text()
    for words in ("likeness: strong", "likeness: weak"):
        assert words in shown
    page.goto(site.address + "/matches?show=settled")
    assert "Excluded: not the same person" in page.locator("main").inner_text()
    page.goto(site.address + "/searches")
    assert page.locator("main a[href*='/searches/S-']").count() == 2


def test_outside_a_demonstration_nobody_is_somebody_else(watch: Watch, house: House) -> None:
    watched = watch(house.site.address, locale="en")
    answer = watched.page.goto(house.site.address + "/demo")
    assert answer is not None
    assert answer.status == 404
    forgive_expected_status(watched)
