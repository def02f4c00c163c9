"""A spreadsheet is sent and confirmed in a real browser, on a phone and at a desk."""

import contextlib
import threading
from pathlib import Path

import pytest
from watched_pages import Watch, violations
from werkzeug.serving import make_server

from tests.conftest import BEATRIZ, KEYS
from tests.http.clients import sign_in
from tracker.app import create_app
from tracker.config import Settings
from tracker.db.migrations import upgrade_database
from tracker.db.session import open_database
from tracker.http.cookies import SESSION

ROWS = """Cause,Died,Disappeared,"Date, from",Coordinates,Notes
Drowning,1,unknown,2026-05-02,"8.4527, -76.9312",
Drowning,many,,03/04/2026,,A long text that goes on and on so that it has to wrap on a small phone
"""


@pytest.mark.parametrize(
    ("width", "scheme", "language"), [(360, "light", "es"), (1600, "dark", "en")]
)
def test_file_rows_and_result_fit_and_axe_finds_nothing(
    watch: Watch, axe: str, tmp_path: Path, *, width: int, scheme: str, language: str
) -> None:
    url = f"sqlite:///{tmp_path / 'tracker.sqlite3'}"
    file = tmp_path / "rows.csv"
    file.write_text(ROWS, encoding="utf-8")
    with contextlib.closing(open_database(url, KEYS)) as database:
        upgrade_database(database)
        app = create_app(Settings(database_url=url, secret_key="tests"), database=database)
        token = sign_in(app, BEATRIZ).get_cookie(SESSION).value
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        home = f"http://127.0.0.1:{server.server_port}"
        viewport = {"width": width, "height": 900}
        page = watch(home, viewport=viewport, color_scheme=scheme, locale=language).page
        page.context.add_cookies([{"name": SESSION, "value": token, "url": home}])
        page.goto(f"{home}/imports/new")
        seen = [violations(page, axe)]
        page.set_input_files("#file", file)
        for _ in range(2):
            page.locator("main form button").first.press("Enter")
            page.wait_for_load_state("load")
            seen.append(violations(page, axe))
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert seen == [[], [], []]
        assert page.get_by_role("status").is_visible()
        server.shutdown()
        thread.join()
        server.server_close()
