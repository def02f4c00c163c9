"""The report of a period is one press away from its figures."""

import re

from flask.testing import FlaskClient

from tests.http.clients import ENGLISH
from tests.services.test_reports import text_of


def test_a_button_beside_a_period_gives_the_report(visitor: FlaskClient) -> None:
    page = visitor.get("/tallies?from=2021-01-01&to=2021-03-31", headers=ENGLISH).text
    address = re.search(r'href="(/reports/[^"]+)"', page)
    assert address is not None
    answer = visitor.get(address[1].replace("&amp;", "&"), headers=ENGLISH)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert "March 31, 2021" in text_of(answer.data)
    assert visitor.get("/reports/nothing.pdf").status_code == 400
    assert visitor.get("/reports/2021.pdf?since=3000-01-01").status_code == 400
    assert visitor.get("/reports/2021.pdf?corridor=darien").status_code == 400
    filtered = visitor.get("/tallies?from=2021-01-01&to=2021-03-31&corridor=darien").text
    assert "/reports/" not in filtered, "the report would be of all corridors"
