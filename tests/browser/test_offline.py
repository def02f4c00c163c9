"""An incident is logged without network, closed by a phrase, and arrives once, whatever breaks."""

import re

from offline_phone import (
    SECRETS,
    Cut,
    NewPhone,
    OfflineSite,
    opened,
    prepare,
    readable,
    stand,
    unlock,
    write,
)
from playwright.sync_api import expect

from tests.conftest import BEATRIZ, CAMILO, ESTEBAN


def test_three_incidents_written_without_network_arrive_once_each(
    own_site: OfflineSite, new_phone: NewPhone
) -> None:
    phone = new_phone(own_site)
    page = phone.open(cookie=own_site.session_cookie())
    prepare(page)
    phone.context.set_offline(True)
    page.reload()
    opened(page)
    for dead in (1, 2, 3):
        write(page, dead)
    stand(page, "waiting", "waiting", "waiting")
    assert own_site.logged() == []
    phone.close()
    assert [name for word in SECRETS for name in readable(phone.profile, word)] == []

    # The network is back, and breaks while each is sent: the first was stored, the second not.
    own_site.line.cuts = [Cut.BEFORE_THE_ANSWER, Cut.IN_THE_BODY]
    page = phone.open(cookie=own_site.session_cookie())
    opened(page)
    expect(page.locator("#network")).to_contain_text("No network", timeout=60_000)
    phone.close()
    assert len(own_site.logged()) == 1

    own_site.line.cuts = [Cut.BEFORE_THE_ANSWER, Cut.BEFORE_THE_ANSWER]
    page = phone.open(cookie=own_site.session_cookie())
    opened(page)
    expect(page.locator("#status")).to_contain_text("Everything has been sent", timeout=120_000)
    stand(page, "sent", "sent", "sent")
    assert own_site.logged() == [
        ("offline_form", dead, "darien", "submitted") for dead in (1, 2, 3)
    ]
    assert own_site.line.posted >= 6
    # Of what was sent, number and time stay.
    for dead in (1, 2, 3):
        assert page.locator("#entries").get_by_text("Necocl").count() == 0, dead
    phone.close()
    assert [name for word in SECRETS for name in readable(phone.profile, word)] == []


def test_what_is_refused_says_why_and_is_mended(own_site: OfflineSite, new_phone: NewPhone) -> None:
    phone = new_phone(own_site)
    page = phone.open(cookie=own_site.session_cookie())
    prepare(page)
    # What a phone with older rules lets through, the server does not.
    page.evaluate("() => { offline.checks.check = () => ({}); }")
    write(page, -4)
    expect(page.locator("#status")).to_contain_text("not accepted", timeout=30_000)
    row = page.locator("#entries > li[data-state=refused]")
    expect(row).to_contain_text("cannot be less than 0")
    assert own_site.logged() == []
    row.get_by_role("button", name="Open").click()
    number = page.locator("#number_dead")
    expect(number).to_be_focused()
    assert number.get_attribute("aria-invalid") == "true"
    described = number.get_attribute("aria-describedby")
    expect(page.locator(f"#{described}")).to_contain_text("cannot be less than 0")
    number.fill("4")
    assert page.locator("#location_description").input_value() == SECRETS[1]
    page.get_by_role("button", name="Keep it, and send it when possible").click()
    expect(page.locator("#status")).to_contain_text("Everything has been sent", timeout=30_000)
    stand(page, "sent")
    assert own_site.logged() == [("offline_form", 4, "darien", "submitted")]


def test_an_ended_session_keeps_everything_and_asks_to_sign_in(
    own_site: OfflineSite, new_phone: NewPhone
) -> None:
    phone = new_phone(own_site)
    page = phone.open()
    prepare(page)
    write(page, 5)
    expect(page.locator("#status")).to_contain_text("Your session has ended", timeout=30_000)
    way = page.locator("#sign-in")
    expect(way).to_be_visible()
    way.click()
    page.wait_for_url("**/sign-in?next=**")
    page = phone.open(cookie=own_site.session_cookie())
    opened(page)
    expect(page.locator("#status")).to_contain_text("Everything has been sent", timeout=30_000)
    (link,) = page.locator("#entries a").all()
    assert re.fullmatch(r"[0-9A-Z]{3}-[0-9A-Z]{3}", link.inner_text())
    assert own_site.logged() == [("offline_form", 5, "darien", "submitted")]


def test_who_may_not_log_is_told_and_nothing_is_lost(
    own_site: OfflineSite, new_phone: NewPhone
) -> None:
    phone = new_phone(own_site)
    page = phone.open(cookie=own_site.session_cookie(ESTEBAN))
    prepare(page)
    write(page, 5)
    expect(page.locator("#status")).to_contain_text("may not log incidents", timeout=30_000)
    stand(page, "waiting")


def test_what_one_account_began_to_send_is_not_sent_again_by_another(
    own_site: OfflineSite, new_phone: NewPhone
) -> None:
    phone = new_phone(own_site)
    own_site.line.cuts = [Cut.BEFORE_THE_ANSWER] * 2  # a browser tries once more by itself
    page = phone.open(cookie=own_site.session_cookie(BEATRIZ))
    prepare(page)
    write(page, 6)
    expect(page.locator("#network")).to_contain_text("No network", timeout=60_000)
    assert len(own_site.logged()) == 1
    phone.context.add_cookies([own_site.session_cookie(CAMILO)])
    own_site.line.cuts = []
    page.get_by_role("button", name="Send now").click()
    expect(page.locator("#status")).to_contain_text("another account", timeout=30_000)
    stand(page, "waiting")
    assert page.locator("#entries").get_by_role("button", name="Open").count() == 0
    phone.context.add_cookies([own_site.session_cookie(BEATRIZ)])
    page.get_by_role("button", name="Send now").click()
    expect(page.locator("#status")).to_contain_text("Everything has been sent", timeout=30_000)
    assert len(own_site.logged()) == 1


def test_another_page_without_network_leads_to_the_one_that_needs_none(
    own_site: OfflineSite, new_phone: NewPhone
) -> None:
    phone = new_phone(own_site)
    page = phone.open("/offline/es")
    page.fill("#phrase", "tortuga lluvia mesa")
    page.fill("#phrase-again", "tortuga lluvia mesa")
    page.click("#set-up-form button")
    expect(page.locator("#status")).to_contain_text("Este teléfono está listo", timeout=60_000)
    phone.context.set_offline(True)
    for address in ("/", "/incidents?corridor=darien", "/offline"):
        page.goto(own_site.address + address)
        assert page.url == own_site.address + "/offline/en"
    page.get_by_role("link", name="Español").click()
    page.locator("#unlock").wait_for()
    assert page.locator("html").get_attribute("lang") == "es"
    unlock(page, "tortuga lluvia mesa")
    page.locator("#work").wait_for()
    page.fill("#town", "Cd. Juarez")
    expect(page.locator("#towns button").first).to_contain_text("Ciudad Juárez, México")
    page.locator("#towns button").first.click()
    expect(page.locator("#place")).to_contain_text("Tramo: El Paso")


def test_a_phone_offers_to_install_it(own_site: OfflineSite, new_phone: NewPhone) -> None:
    phone = new_phone(own_site)
    page = phone.open()
    prepare(page)
    page.reload()
    asked = phone.context.new_cdp_session(page)
    assert asked.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    manifest = asked.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"].endswith("/manifest.webmanifest?lang=en")
