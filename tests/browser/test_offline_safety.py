"""Without its phrase a phone tells nothing of what was written on it, and a wipe leaves nothing."""

import json
from pathlib import Path

from offline_phone import (
    PHRASE,
    SECRETS,
    NewPhone,
    OfflineSite,
    opened,
    prepare,
    readable,
    stand,
    unlock,
    write,
)
from playwright.sync_api import Page, expect
from watched_pages import Watch, violations

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
CONTROL = "Manatí Platanero"
KEEP_READABLE = """word => new Promise((resolve, reject) => {
  const asked = indexedDB.open("control", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("words");
  asked.onsuccess = () => {
    const transaction = asked.result.transaction("words", "readwrite", { durability: "strict" });
    // Often, so that blocks are packed.
    for (let at = 0; at < 3000; at += 1) {
      transaction.objectStore("words").put({ word, at }, at);
    }
    transaction.oncomplete = () => { asked.result.close(); resolve(true); };
    transaction.onabort = reject;
  };
})"""
KEPT = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    found[name] = (await (await caches.open(name)).keys()).map(each => each.url);
  }
  return {
    caches: found,
    databases: (await indexedDB.databases()).map(each => each.name),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    local: localStorage.length,
    session: sessionStorage.length,
  };
}"""
ROWS = """() => new Promise(resolve => {
  const asked = indexedDB.open("offline");
  asked.onsuccess = () => {
    const rows = asked.result.transaction("entries").objectStore("entries").getAll();
    rows.onsuccess = () => {
      asked.result.close();
      resolve(rows.result.map(row => ({
        names: Object.keys(row).sort(), size: row.data.byteLength, iv: Array.from(row.iv).join(),
      })));
    };
  };
})"""


def leaks(profile: Path) -> list[tuple[str, str]]:
    return [(word, name) for word in (*SECRETS, PHRASE) for name in readable(profile, word)]


def test_nothing_can_be_read_in_the_profile_without_the_phrase(
    own_site: OfflineSite, new_phone: NewPhone
) -> None:
    phone = new_phone(own_site)
    page = phone.open(cookie=own_site.session_cookie())
    prepare(page)
    phone.context.set_offline(True)
    write(page, 1)
    # One that was begun, and is on the screen when the browser is closed.
    page.locator(".offline-more > summary").click()
    page.fill("#notes", SECRETS[1])
    page.fill("[id='sources.0.publisher']", SECRETS[0])
    expect(page.locator("#entries > li[data-state=draft]")).to_be_visible()
    page.evaluate(KEEP_READABLE, CONTROL)
    page.wait_for_timeout(3_000)  # longer than a browser takes to note its session down
    assert leaks(phone.profile) == []
    phone.close()
    assert leaks(phone.profile) == []
    # The same search finds what was not closed by a phrase.
    assert readable(phone.profile, CONTROL)


def test_entries_look_alike_and_no_nonce_comes_twice(
    own_site: OfflineSite, new_phone: NewPhone
) -> None:
    phone = new_phone(own_site)
    page = phone.open()
    prepare(page)
    write(page, 1)
    write(page, 2, source="x" * 290)
    rows = page.evaluate(ROWS)
    assert [row["names"] for row in rows] == [["data", "id", "iv"]] * 2
    assert {row["size"] for row in rows} == {8192 + 16}
    page.locator("#lock").click()
    opened(page)
    page.locator("#entries > li").nth(1).get_by_role("button", name="Open").click()
    expect(page.locator("#entries > li[data-state=draft]")).to_be_visible()
    later = page.evaluate(ROWS)
    assert len({row["iv"] for row in rows + later}) >= 3


def test_another_phrase_opens_nothing_and_is_told_calmly(
    own_site: OfflineSite, new_phone: NewPhone
) -> None:
    page = new_phone(own_site).open()
    page.fill("#phrase", "short")
    page.click("#set-up-form button")
    expect(page.locator("#status")).to_contain_text("at least 12 characters")
    page.fill("#phrase", PHRASE)
    page.fill("#phrase-again", PHRASE + "x")
    page.click("#set-up-form button")
    expect(page.locator("#status")).to_contain_text("not the same")
    prepare(page)
    write(page, 1)
    page.reload()
    unlock(page, "tortuga lluvia mesa violenta")
    expect(page.locator("#status")).to_contain_text("not the phrase of this phone", timeout=30_000)
    expect(page.locator("#open-phrase")).to_have_value("")
    expect(page.locator("#open-phrase")).to_be_focused()
    assert not page.locator("#work").is_visible()
    assert SECRETS[0] not in page.content()
    opened(page)
    stand(page, "waiting")


def test_it_closes_after_ten_minutes_and_keeps_what_was_begun(
    own_site: OfflineSite, new_phone: NewPhone
) -> None:
    phone = new_phone(own_site)
    page = phone.open()
    prepare(page)
    page.reload()
    page.clock.install()
    page.reload()
    opened(page)
    page.fill("[id='sources.0.publisher']", SECRETS[0])
    page.clock.fast_forward("09:30")
    expect(page.locator("#work")).to_be_visible()
    page.clock.fast_forward("00:45")
    expect(page.locator("#unlock")).to_be_visible()
    expect(page.locator("#status")).to_contain_text("Closed")
    assert page.evaluate("() => offline.store.isOpen()") is False
    held = "() => Array.from(document.querySelectorAll('input, textarea'), each => each.value)"
    assert not any(SECRETS[0] in value for value in page.evaluate(held))
    assert SECRETS[0] not in page.content()
    opened(page)
    page.get_by_role("button", name="Open", exact=True).last.click()
    expect(page.locator("[id='sources.0.publisher']")).to_have_value(SECRETS[0])


def test_going_back_to_the_page_finds_it_closed(own_site: OfflineSite, new_phone: NewPhone) -> None:
    page = new_phone(own_site).open()
    prepare(page)
    write(page, 1)
    page.goto(own_site.address + "/about")
    page.go_back()
    expect(page.locator("#unlock")).to_be_visible()
    assert SECRETS[0] not in page.content()


def test_only_what_is_for_everybody_is_kept_in_the_cache(
    own_site: OfflineSite, new_phone: NewPhone
) -> None:
    phone = new_phone(own_site)
    page = phone.open(cookie=own_site.session_cookie())
    prepare(page)
    for address in ("/", "/account", "/incidents", "/offline/session", "/offline/fr"):
        page.goto(own_site.address + address)
    kept = page.evaluate(KEPT)
    assert (kept["databases"], kept["local"], kept["session"]) == (["offline"], 0, 0)
    ((name, addresses),) = kept["caches"].items()
    assert name.startswith("offline-")
    paths = [address.removeprefix(own_site.address) for address in addresses]
    data = {path for path in paths if path.startswith("/offline/data/")}
    assert {path for path in paths if not path.startswith("/static/")} - data == {
        "/manifest.webmanifest?lang=en",
        "/manifest.webmanifest?lang=es",
        "/offline/en",
        "/offline/es",
    }
    assert len(data) == 2


def test_an_older_version_is_removed_when_a_new_one_is_kept(
    own_site: OfflineSite, new_phone: NewPhone
) -> None:
    phone = new_phone(own_site)
    page = phone.open()
    page.evaluate(
        "async () => { await caches.open('offline-of-last-year'); await caches.open('other'); }"
    )
    prepare(page)
    names = set(page.evaluate(KEPT)["caches"])
    assert "offline-of-last-year" not in names
    assert "other" in names


def test_the_wipe_needs_no_phrase_and_leaves_nothing(
    own_site: OfflineSite, new_phone: NewPhone
) -> None:
    phone = new_phone(own_site)
    page = phone.open()
    prepare(page)
    write(page, 1)
    page.reload()
    expect(page.locator("#unlock")).to_be_visible()
    page.get_by_role("button", name="Wipe everything").click()
    page.get_by_role("button", name="No, keep it").click()
    assert page.evaluate(KEPT)["databases"] == ["offline"]
    page.get_by_role("button", name="Wipe everything").click()
    page.get_by_role("button", name="Yes, wipe everything").click()
    expect(page.locator("#status")).to_contain_text("Everything was removed")
    nothing = {"caches": {}, "databases": [], "workers": 0, "local": 0, "session": 0}
    assert page.evaluate(KEPT) == nothing
    page.reload()
    expect(page.locator("#set-up")).to_be_visible()
    assert page.evaluate(KEPT) == nothing
    phone.close()
    assert leaks(phone.profile) == []


def looked_at(page: Page, axe: str) -> None:
    assert not page.evaluate(SIDEWAYS)
    assert violations(page, axe) == []


def test_axe_finds_nothing_in_any_state(
    watch: Watch, own_site: OfflineSite, axe: str, tmp_path: Path
) -> None:
    for width, scheme, language in ((360, "light", "es"), (1600, "dark", "en")):
        viewport = {"width": width, "height": 800}
        watched = watch(own_site.address, viewport=viewport, color_scheme=scheme)
        page = watched.page
        page.goto(f"{own_site.address}/offline/{language}")
        page.locator("#set-up").wait_for()
        looked_at(page, axe)
        page.fill("#phrase", PHRASE)
        page.fill("#phrase-again", PHRASE)
        page.click("#set-up-form button")
        page.locator("#work").wait_for(timeout=60_000)
        page.locator(".offline-more > summary").click()
        page.fill("#number_dead", "many")
        page.locator("#entry button:not([type])").click()
        page.fill("#town", "santa")
        page.locator("#towns button").first.wait_for()
        page.select_option("#origin", "HTI")
        expect(page.locator("#entries > li")).to_be_visible()
        looked_at(page, axe)
        page.locator("#wipe").click()
        looked_at(page, axe)
        page.locator("#wipe-no").click()
        page.locator("#lock").click()
        page.locator("#unlock").wait_for()
        looked_at(page, axe)


def test_it_is_all_done_by_keyboard(own_site: OfflineSite, new_phone: NewPhone) -> None:
    page = new_phone(own_site).open()
    keys = page.keyboard

    def tab_to(selector: str) -> None:
        for _ in range(60):
            keys.press("Tab")
            if page.locator(selector).evaluate("each => each === document.activeElement"):
                return
        raise AssertionError(selector)

    tab_to("#phrase")
    keys.type(PHRASE)
    tab_to("#phrase-again")
    keys.type(PHRASE)
    keys.press("Enter")
    page.locator("#work").wait_for(timeout=60_000)
    expect(page.locator("#entry-title")).to_be_focused()
    tab_to("#causes")
    keys.type("Drow")
    tab_to("#date_precision")
    keys.type("date not")
    tab_to("#town")
    keys.type("Acandi")
    page.locator("#towns button").first.wait_for()
    tab_to("#towns button >> nth=0")
    keys.press("Enter")
    expect(page.locator("#location_precision")).to_be_focused()
    tab_to("#number_missing_min")
    keys.type("3")
    keys.press("Enter")
    stand(page, "waiting")
    row = page.locator("#entries > li")
    expect(row).to_contain_text("disappeared: 3")
    expect(row).to_contain_text("Acandí")


def test_the_wipe_is_not_undone_by_what_was_kept_for_everybody(
    own_site: OfflineSite, new_phone: NewPhone
) -> None:
    """A page that is only looked at keeps nothing on a phone."""
    page = new_phone(own_site).open()
    page.locator("#set-up").wait_for()
    kept = page.evaluate(KEPT)
    assert json.dumps(kept["caches"]) == "{}"
    assert (kept["databases"], kept["workers"]) == ([], 0)
