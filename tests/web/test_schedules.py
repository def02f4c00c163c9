"""Feeds that follow a question or a published figure, from the address alone."""

import datetime as dt
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from tests.conftest import ESTEBAN, FERNANDA, day
from tests.http.clients import ENGLISH, Visitor, new_app, sign_in
from tracker.cli.demo_figures import publish_demo_figures
from tracker.db.session import Database
from tracker.domain.statuses import Visibility
from tracker.domain.tallies import TallyQuery
from tracker.services.incidents import list_incidents, restrict_incident

ATOM = "{http://www.w3.org/2005/Atom}"
QUESTION = "from=2021-01-01&to=2021-04-30&by=subregion"


def entries(answer) -> list[dict[str, str]]:
    """Read a feed: id, title, day and the addresses of each entry."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.text)
    base = feed.attrib["{http://www.w3.org/XML/1998/namespace}base"]
    return [
        {
            "id": entry.findtext(f"{ATOM}id"),
            "title": entry.findtext(f"{ATOM}title"),
            "updated": entry.findtext(f"{ATOM}updated"),
            **{
                link.get("rel", "page"): urljoin(base, link.attrib["href"])
                for link in entry.iter(f"{ATOM}link")
            },
        }
        for entry in feed.iter(f"{ATOM}entry")
    ]


def test_a_question_is_told_as_known_at_the_end_of_each_month(visitor: FlaskClient) -> None:
    told = entries(visitor.get(f"/tallies.atom?{QUESTION}&every=month", headers=ENGLISH))
    assert len(told) == 60
    assert len({each["id"] for each in told}) == 60
    assert [each["updated"] for each in told[:2]] == [
        "2026-06-01T00:00:00Z",
        "2026-05-01T00:00:00Z",
    ]
    for each in (told[0], told[-1]):
        known_on = dt.date.fromisoformat(each["updated"][:10]) - dt.timedelta(days=1)
        total = visitor.get(f"/api/v1/tallies?{QUESTION}&as_known_on={known_on}").json["total"]
        assert each["title"].startswith(f"{total['dead_and_missing']} people (")
        table = visitor.get(each["enclosure"])
        assert table.mimetype == "text/csv"
        assert f",{total['dead_and_missing']}," in table.text.splitlines()[-1]
        assert visitor.get(each["page"]).status_code == 200
        assert visitor.get(each["related"]).status_code == 200


def test_with_a_number_only_what_moved_by_so_many_people_is_told(visitor: FlaskClient) -> None:
    told = entries(visitor.get(f"/tallies.atom?{QUESTION}&at_least=10", headers=ENGLISH))
    # At the ends of the weeks of three files and, before them, of the review: its three were few.
    assert [(each["title"], each["updated"][:10]) for each in told] == [
        ("380 people (+24), as known on May 11, 2025", "2025-05-12"),
        ("356 people (+38), as known on May 15, 2022", "2022-05-16"),
        ("318 people (+146), as known on September 5, 2021", "2021-09-06"),
        ("172 people (+172), as known on March 28, 2021", "2021-03-29"),
    ]


@pytest.fixture
def published(demo_copy: Database) -> Visitor:
    with demo_copy.writing() as session:
        publish_demo_figures(session)
    return new_app(demo_copy).test_client()


def test_a_published_figure_says_when_it_would_move_by_so_many_people(published: Visitor) -> None:
    feed = "/figures/2026-0001.atom"
    told = entries(published.get(f"{feed}?at_least=30", headers=ENGLISH))
    assert [each["title"].partition(",")[0] for each in told] == [
        "356 people (+38)",
        "318 people (+144)",
    ]
    assert entries(published.get(f"{feed}?at_least=1000")) == []
    page = published.get("/figures/2026-0001", headers=ENGLISH).text
    assert f'action="{feed}"' in page
    assert "The incidents behind this change" in page
    assert published.get("/figures/2026-9999.atom").status_code == 404


def test_a_feed_is_the_same_for_everybody_and_knows_that_it_is_known(demo_copy: Database) -> None:
    app = new_app(demo_copy)
    visitor, monitor = app.test_client(), sign_in(app, ESTEBAN)
    feed = f"/tallies.atom?{QUESTION}"
    with demo_copy.writing() as session:
        query = TallyQuery(as_known_on=day("2026-05-31"), period_from=day("2021-01-01"))
        hidden = list_incidents(session, ESTEBAN, query).incidents[0]
        restrict_incident(session, FERNANDA, hidden.public_id, visibility=Visibility.RESTRICTED)
    answer = visitor.get(feed)
    assert monitor.get(feed).data == answer.data
    again = visitor.get(feed, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("every=day", "every"),
        ("at_least=0", "at_least"),
        ("at_least=many", "at_least"),
        ("x=1", "x"),
        ("as_known_on=2021-04-01", "as_known_on"),
    ],
)
def test_a_wrong_parameter_is_named(visitor: FlaskClient, wrong: str, told: str) -> None:
    answer = visitor.get(f"/tallies.atom?{wrong}", headers=ENGLISH)
    assert (answer.status_code, told in answer.text) == (400, True)


def test_a_feed_of_a_figure_takes_no_question(published: Visitor) -> None:
    assert published.get("/figures/2026-0001.atom?corridor=darien").status_code == 400


def test_a_question_that_nobody_can_answer_is_told_as_not_known(visitor: FlaskClient) -> None:
    answer = visitor.get("/tallies.atom?from=1999-01-01&to=1999-12-31", headers=ENGLISH)
    told = entries(answer)
    assert told[0]["title"].startswith("Number of people not known (0)")
    assert "no incident that we know of. That does not mean that nothing happened" in answer.text


def test_the_page_of_figures_offers_its_question_as_feeds(visitor: FlaskClient) -> None:
    page = visitor.get(f"/tallies?{QUESTION}&as_known_on=2025-05-05", headers=ENGLISH).text
    assert "Follow this question" in page
    address = "/tallies.atom?every=week&amp;lang=en&amp;from=2021-01-01&amp;to=2021-04-30&amp;by=subregion"
    assert address in page
    assert (
        "as_known_on=2025-05-05"
        not in page[page.index("Follow this question") :].partition("</details>")[0]
    )
