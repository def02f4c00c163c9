"""A list of people is sent and taken in with a real browser, on a phone and at a desk."""

import contextlib
import csv
import threading
from pathlib import Path

import pytest
from watched_pages import Watch, violations
from werkzeug.serving import make_server

from tests.conftest import DOLORES, KEYS, NETWORK
from tests.http.clients import sign_in
from tests.services.people_records import agree, open_case
from tests.services.test_person_imports import SHEET
from tracker.app import create_app
from tracker.config import Settings
from tracker.db.migrations import upgrade_database
from tracker.db.session import open_database
from tracker.domain.consents import Purpose
from tracker.http.cookies import SESSION


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1600, "dark")])
def test_list_columns_result_and_file_fit_and_axe_finds_nothing(
    watch: Watch, axe: str, tmp_path: Path, *, width: int, scheme: str
) -> None:
    url = f"sqlite:///{tmp_path / 'tracker.sqlite3'}"
    file = tmp_path / "rows.csv"
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows(SHEET)
    with contextlib.closing(open_database(url, KEYS)) as database:
        upgrade_database(database)
        app = create_app(Settings(database_url=url, secret_key="tests"), database=database)
        token = sign_in(app, DOLORES).get_cookie(SESSION).value
        case = open_case(database)
        agree(database, case, Purpose.SHARE, recipient_id=NETWORK)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        home = f"http://127.0.0.1:{server.server_port}"
        viewport = {"width": width, "height": 900}
        page = watch(home, viewport=viewport, color_scheme=scheme, locale="en").page
        page.context.add_cookies([{"name": SESSION, "value": token, "url": home}])
        page.goto(f"{home}/people/imports/new")
        seen = [violations(page, axe)]
        page.check("input[value=case]")
        page.fill("#dataset", "Our list (invented)")
        page.set_input_files("#file", file)
        for words in ("Look at the columns", "Take in the rows that are right"):
            page.get_by_role("button", name=words).press("Enter")
            page.wait_for_load_state("load")
            seen.append(violations(page, axe))
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert page.get_by_role("heading", name="Taken in").is_visible()
        page.goto(f"{home}/people/{case}/export")
        seen.append(violations(page, axe))
        assert seen == [[], [], [], []]
        server.shutdown()
        thread.join()
        server.server_close()
