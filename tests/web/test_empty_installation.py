"""Where nothing is recorded nothing is measured: no page shows a zero, and none is rude."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from tests.http.clients import ENGLISH, SPANISH, new_app
from tests.web.test_pages import words
from tracker.db.migrations import upgrade_database
from tracker.db.models import Incident
from tracker.db.session import Database, open_database

PAGES = (
    "/", "/map", "/tallies", "/tallies?by=", "/tallies?by=month,cause", "/incidents",
    "/tallies?between=2021-04-01&and=2021-09-05&by=corridor", "/about",
)  # fmt: skip


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[FlaskClient]:
    """Give a visitor of an installation that holds nothing yet."""
    database = open_database(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    upgrade_database(database)
    yield new_app(database).test_client()
    database.close()


@pytest.mark.parametrize("address", PAGES)
def test_no_page_of_an_empty_installation_shows_a_figure(
    newcomer: FlaskClient, address: str
) -> None:
    for headers in (ENGLISH, SPANISH):
        answer = newcomer.get(address, headers=headers)
        assert answer.status_code == 200
        assert "figure-number" not in answer.text
        assert not re.search(r"\b0 (incident|people|person|recorded)", words(answer.text))
        assert "<td" not in answer.text


@pytest.mark.parametrize("address", ["/", "/map", "/tallies", "/incidents"])
def test_an_empty_page_says_that_this_does_not_mean_that_nothing_happened(
    newcomer: FlaskClient, address: str
) -> None:
    assert "does not mean that nothing happened" in words(
        newcomer.get(address, headers=ENGLISH).text
    )


def test_nothing_known_is_empty_in_files_too(newcomer: FlaskClient) -> None:
    total = newcomer.get("/api/v1/tallies").json["total"]
    assert {name for name, people in total.items() if people is not None} == {"incidents"}


def test_a_question_without_an_answer_is_answered_kindly(visitor: FlaskClient) -> None:
    for address in ("/tallies", "/map", "/incidents"):
        page = visitor.get(f"{address}?corridor=darien&to=2014-01-02", headers=ENGLISH).text
        assert "does not mean that nothing happened" in words(page)
        assert "figure-number" not in page


def test_incidents_that_may_not_be_shown_stay_out_of_every_page(demo_copy: Database) -> None:
    with demo_copy.writing() as session:
        public_id = session.query(Incident.public_id).limit(1).scalar()
        session.execute(update(Incident).values(visibility="restricted"))
    visitor = new_app(demo_copy).test_client()
    absent = visitor.get("/incidents/ZZZ-ZZZ", headers=ENGLISH)
    refused = visitor.get(f"/incidents/{public_id}", headers=ENGLISH)
    assert refused.status_code == absent.status_code == 404
    assert refused.data == absent.data
    assert dict(refused.headers) == dict(absent.headers)
    for address in ("/", "/map", "/incidents", "/tallies?by=subregion"):
        assert public_id not in visitor.get(address, headers=ENGLISH).text
