"""Pages of published figures."""

import hashlib
import json
import re

import pytest

from tests.conftest import BEATRIZ, ESTEBAN
from tests.http.clients import Visitor, add_cast, new_app, sign_in
from tracker.cli.demo_figures import publish_demo_figures
from tracker.db.session import Database


@pytest.fixture
def published(demo_copy: Database) -> Visitor:
    with demo_copy.writing() as session:
        publish_demo_figures(session)
    return new_app(demo_copy).test_client()


def address(visitor: Visitor) -> str:
    return re.search(r"/figures/\d{4}-\d{4}", visitor.get("/figures").text).group()


def test_the_page_of_a_figure_tells_its_steps_in_both_languages(published: Visitor) -> None:
    for language, words in (("es", "Lo que se supo entre"), ("en", "What was learnt between")):
        page = published.get(address(published), headers={"Accept-Language": language})
        assert page.status_code == 200
        assert page.text.count(words) == 3
        for number in ("174", "318", "356", "380"):
            assert number in page.text


def test_the_files_of_a_figure_are_frozen_and_bear_its_checksum(published: Visitor) -> None:
    at = address(published)
    answer = published.get(f"{at}.csv")
    assert answer.text.splitlines()[-1].startswith("total,71,143,31,174,")
    checksum = hashlib.sha256(answer.data).hexdigest()
    assert checksum in published.get(at).text
    for form in ("bib", "cff"):
        told = published.get(f"{at}.{form}")
        assert checksum in told.text
        assert at in told.text
    assert json.loads(published.get(f"{at}.json").text)["total"]["dead_and_missing"] == 174
    again = published.get(f"{at}.csv", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert published.get(f"{at}.pdf").status_code == 400
    assert published.get("/figures/1999-0001").status_code == 404


def test_a_monitor_publishes_what_the_page_of_figures_shows(demo_copy: Database) -> None:
    with demo_copy.writing() as session:
        add_cast(session)
    app = new_app(demo_copy)
    member = sign_in(app, ESTEBAN)
    asked = {"by": "corridor", "from": "2020-01-01", "as_known_on": "2025-05-05"}
    assert "/figures" in member.get("/tallies", query_string=asked).text
    titles = {"title_es": "Por corredor", "title_en": "By corridor"}
    answer = member.post_form("/figures", asked | titles)
    assert answer.status_code == 303
    page = app.test_client().get(answer.headers["Location"], headers={"Accept-Language": "en"})
    assert "By corridor" in page.text
    assert member.post_form("/figures", asked | {"title_es": "Sin título"}).status_code == 422
    assert sign_in(app, BEATRIZ).post_form("/figures", asked | titles).status_code == 404
