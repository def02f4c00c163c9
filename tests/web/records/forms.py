"""What the tests of records share: browsers of the cast, and forms as a browser sends them."""

from html.parser import HTMLParser

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.conftest import BEATRIZ
from tests.http.clients import Member, add_cast, new_app, sign_in
from tracker.db.models import Incident
from tracker.db.session import Database
from tracker.domain.incidents import IncidentRecord
from tracker.domain.permissions import OPERATOR, Actor
from tracker.services.incidents import get_record

QUICK = {
    "causes": "drowning",
    "date_precision": "day",
    "date_from": "2026-05-02",
    "location_description": "By the old jetty",
    "coordinates": "",
    "number_dead": "2",
    "number_missing_min": "",
    "sources.0.publisher": "A fisherman",
    "do": "open",
}


class House:
    """An application, its database, and browsers of its people."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.app = new_app(database)
        with database.writing() as session:
            add_cast(session)

    def browser(self, actor: Actor = BEATRIZ) -> Member:
        return sign_in(self.app, actor)

    def count(self) -> int:
        with self.database.reading() as session:
            return session.scalar(select(func.count()).select_from(Incident)) or 0

    def record(self, public_id: str, actor: Actor = OPERATOR) -> IncidentRecord:
        with self.database.reading() as session:
            return get_record(session, actor, public_id)

    def logged(self, browser: Member, **otherwise: str) -> str:
        """Log an incident through the quick entry and give its public id."""
        answer = browser.post_form("/incidents/new", {**QUICK, **otherwise})
        assert answer.status_code == 303
        return answer.headers["Location"].split("/")[2]


class _Fields(HTMLParser):
    """Collects what a browser would send of the form that keeps a draft."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.area, self.select = False, "", ""
        self.first = True
        self.sent: dict[str, list[str]] = {}

    def handle_starttag(self, tag, attrs) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = "data-draft" in given
        if not self.inside:
            return
        name = given.get("name") or ""
        if tag == "input" and name and (given.get("type") != "checkbox" or "checked" in given):
            self.sent.setdefault(name, []).append(given.get("value") or "")
        elif tag == "textarea":
            self.area = name
            self.sent[name] = [""]
        elif tag == "select":
            self.select, self.first = name, True
        elif tag == "option" and self.select and (self.first or "selected" in given):
            self.first = False
            self.sent[self.select] = [given.get("value") or ""]

    def handle_endtag(self, tag) -> None:
        if tag == "form":
            self.inside = False
        self.area = "" if tag == "textarea" else self.area
        self.select = "" if tag == "select" else self.select

    def handle_data(self, data) -> None:
        if self.area:
            self.sent[self.area][0] += data


def fields_on(answer: TestResponse) -> dict[str, list[str]]:
    """Read what a browser would send of the main form of a page."""
    parser = _Fields()
    parser.feed(answer.text)
    assert parser.sent
    return parser.sent
