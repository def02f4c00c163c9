"""The servers that an organisation follows, on a telephone and by keyboard."""

from pathlib import Path

import pytest
from members import signed_in
from watched_pages import NewSite, Watch, violations

from tests.conftest import FERNANDA
from tests.http.clients import add_cast

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_the_page_of_followed_servers_is_sound_also_when_something_is_wrong(
    watch: Watch, new_site: NewSite, tmp_path: Path, axe: str, *, width: int, scheme: str
) -> None:
    site = new_site(tmp_path)
    with site.database.writing() as session:
        add_cast(session)
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    watched = signed_in(watch, site, FERNANDA, locale="es-MX", **options)
    page = watched.page
    page.goto(f"{site.address}/organisation/servers")
    for _ in range(2):
        for summary in page.locator("main details:not([open]) summary").all():
            summary.click()
        assert violations(page, axe) == []
        assert not page.evaluate(SIDEWAYS)
        page.locator("main form button").first.focus()
        page.locator("main form").first.evaluate("form => { form.noValidate = true }")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    # Chromium itself says in its console that the answer was 422.
    watched.offences.clear()
