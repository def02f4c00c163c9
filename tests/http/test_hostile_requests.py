"""Whatever is asked, the answer is a page or an error in words, never a failure."""

from urllib.parse import quote_plus

import pytest
from flask.testing import FlaskClient

from tests.http.clients import ENGLISH, new_app
from tracker.app import create_app
from tracker.config import Settings, settings_from_environment
from tracker.db.session import Database
from tracker.schemas.tallies import PARAMETERS

JUNK = (
    "x" * 20_000, "\u202eabc", "a\x00b", "__proto__", "9999-12-31", "0001-01-01", "0000-00-00",
    "2021-13-45", "20210101", "２０２１-01-01", "2021-W05-1", "0000", "0000-Q1", "0000-01", "9999",
    "9999-12", "-1", "1e9", "%00", "%(given)s", "{{7*7}}", "\r\nSet-Cookie: a=b", ";;;", ",,,",
    "<script>alert(1)</script>", "drowning;drowning;", "not_shown", "total", "none",
)  # fmt: skip
OTHERS = ("page", "sort", "lang", "between", "and", "format", "labels", "__proto__")


@pytest.mark.parametrize("address", ["/tallies", "/incidents", "/api/v1/tallies"])
@pytest.mark.parametrize("parameter", [*PARAMETERS, *OTHERS])
def test_no_value_of_a_parameter_breaks_an_answer(
    visitor: FlaskClient, address: str, parameter: str
) -> None:
    for junk in JUNK:
        answer = visitor.get(f"{address}?{parameter}={quote_plus(junk)}", headers=ENGLISH)
        assert answer.status_code in (200, 400, 404), junk
        assert "<script>alert" not in answer.text or answer.mimetype != "text/html"
        assert "a=b" not in answer.headers.get("Set-Cookie", "")
        assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "question", ["day=2021-13-45", "month=0000-01", "year=0000", "from=20210101", "to=2021-W05-1"]
)
def test_a_day_that_no_calendar_has_is_told_in_words(visitor: FlaskClient, question: str) -> None:
    answer = visitor.get(f"/api/v1/tallies?{question}")
    assert answer.status_code == 400
    assert answer.json["code"] in ("not_a_date", "not_a_period")


@pytest.mark.parametrize("question", ["sex=banana", "age_group=banana", "sex=female;banana"])
def test_an_unknown_sex_or_age_group_is_refused_with_those_that_are_known(
    visitor: FlaskClient, question: str
) -> None:
    answer = visitor.get(f"/api/v1/tallies?{question}")
    assert answer.status_code == 400
    assert {"female", "child"} & set(answer.json["known"])


@pytest.mark.parametrize("host", ["evil.example", "x" * 300, "a b", '"><script>', "[", "x:y:z"])
@pytest.mark.parametrize("address", ["/about", "/static//css/base.css", "/nix"])
def test_the_host_that_was_sent_is_never_repeated(
    visitor: FlaskClient, host: str, address: str
) -> None:
    answer = visitor.get(address, headers={"Host": host}, base_url=None)
    assert answer.status_code in (200, 400, 404)
    assert "Location" not in answer.headers
    assert "evil" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/..%2f..%2fapp.py", "/static/%2e%2e/%2e%2e/app.py",
     "/static/%00", "/static/", "/static/css", "/incidents/..%2f..", "/incidents/%ff%fe"],
)  # fmt: skip
def test_no_path_leads_out_of_the_folder(visitor: FlaskClient, path: str) -> None:
    assert visitor.get(path).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("address", ["/", "/map", "/tallies", "/incidents/ABC", "/api/v1/tallies"])
def test_pages_that_are_read_take_no_other_call(
    visitor: FlaskClient, method: str, address: str
) -> None:
    answer = visitor.open(address, method=method)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("address", ["/about", "/tallies", "/api/v1/tallies?format=csv"])
def test_the_head_of_an_answer_is_that_of_the_answer(visitor: FlaskClient, address: str) -> None:
    whole, head = visitor.get(address), visitor.head(address)
    assert head.data == b""
    told = [dict(answer.headers) for answer in (whole, head)]
    for headers in told:
        headers.pop("Date", None)  # a second may end between the two
    assert told[1] == told[0]


@pytest.mark.parametrize("given", ["%00", "A%00B", "%F0%9F%95%AF", "A" * 20_000, "%ff%fe", "%27--"])
def test_a_number_that_no_incident_can_have_is_not_found(database: Database, given: str) -> None:
    visitor = new_app(database).test_client()
    assert visitor.get(f"/incidents/{given}").status_code == 404


def test_only_the_named_hosts_are_answered(database: Database) -> None:
    settings = Settings(database_url="sqlite://", secret_key="x", hosts=("tracker.example.org",))
    client = create_app(settings, database=database).test_client()
    assert client.get("/about", base_url="https://tracker.example.org").status_code == 200
    for address in ("/about", "/api/v1/tallies", "/sign-in", "/static/icon.svg"):
        answer = client.get(address, base_url="https://elsewhere.example.net")
        assert answer.status_code == 400
        assert b"elsewhere" not in answer.data


def test_hosts_are_read_from_the_environment() -> None:
    given = {"TRACKER_HOSTS": "tracker.example.org, www.tracker.example.org"}
    hosts = ("tracker.example.org", "www.tracker.example.org")
    assert settings_from_environment(given).hosts == hosts
    assert settings_from_environment({}).hosts == ()
