"""Files over HTTP: the same question, the same sums, and caches that never mix who asks."""

import csv
import gzip
import io
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import BEATRIZ, CAMILO, ESTEBAN
from tests.http.clients import add_cast, new_app, sign_in
from tests.services.records import log
from tests.services.test_logging import verify
from tracker.db.session import Database
from tracker.domain.exports import IncidentForm, TallyForm

QUESTION = "corridor=darien&from=2021-01-01&as_known_on=2025-06-01"


@pytest.fixture
def app(database: Database) -> Flask:
    made = new_app(database)
    with database.writing() as session:
        add_cast(session)
    return made


@pytest.mark.parametrize("form", tuple(IncidentForm))
def test_every_form_is_given_with_its_type_name_and_question(
    visitor: FlaskClient, form: str
) -> None:
    answer = visitor.get(f"/exports/incidents.{form}?{QUESTION}")
    assert answer.status_code == 200
    assert len(answer.data) > 1_000
    assert "2025-06-01" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    described = answer.headers["Link"].partition("<")[2].partition(">")[0]
    told = visitor.get(described).json
    total = visitor.get(f"/api/v1/tallies?{QUESTION}").json["total"]
    assert told["rows"] == total["incidents"]
    assert told["people"]["dead_and_missing"] == total["dead_and_missing"]
    assert (told["as_known_on"], told["rule"]) == ("2025-06-01", "iom")


@pytest.mark.parametrize("form", tuple(TallyForm))
def test_every_form_of_a_tally_is_given(visitor: FlaskClient, form: str) -> None:
    answer = visitor.get(f"/exports/tally.{form}?by=year&{QUESTION}")
    assert answer.status_code == 200
    assert answer.headers["ETag"]


def test_csv_json_and_xlsx_of_a_tally_are_those_of_the_interface(visitor: FlaskClient) -> None:
    for form in ("csv", "json"):
        file = visitor.get(f"/exports/tally.{form}?by=year&{QUESTION}")
        assert file.data == visitor.get(f"/api/v1/tallies?format={form}&by=year&{QUESTION}").data


def test_the_table_of_the_indicator_sums_subregions_to_the_americas(visitor: FlaskClient) -> None:
    text = visitor.get("/exports/tally.sdg?as_known_on=2025-06-01").text
    rows = list(csv.DictReader(io.StringIO(text)))
    total = visitor.get("/api/v1/tallies?as_known_on=2025-06-01").json["total"]
    whole = [row for row in rows if row["geo_area"] == "americas"]
    parts = [row for row in rows if row["geo_area"] != "americas"]
    for listed in (whole, parts):
        assert sum(int(row["dead_and_missing"] or 0) for row in listed) == total["dead_and_missing"]
    assert {row["m49"] for row in whole} == {"019"}
    assert {row["estimate"] for row in rows} == {"minimum"}


def test_a_csv_can_begin_with_a_mark_and_have_tags(visitor: FlaskClient) -> None:
    plain = visitor.get(f"/exports/incidents.csv?{QUESTION}").data
    marked = visitor.get(f"/exports/incidents.csv?bom=1&hxl=1&{QUESTION}").data
    assert marked.startswith(b"\xef\xbb\xbfid,dataset")
    head, tags, *rest = marked.removeprefix(b"\xef\xbb\xbf").splitlines()
    assert tags.startswith(b"#event+id,#meta+dataset")
    assert [head, *rest] == plain.splitlines()


@pytest.mark.parametrize("form", ["csv", "ndjson", "geojson", "iom"])
def test_compressed_bytes_are_one_member_with_the_same_content(
    visitor: FlaskClient, form: str
) -> None:
    plain = visitor.get(f"/exports/incidents.{form}?{QUESTION}")
    packed = visitor.get(
        f"/exports/incidents.{form}?{QUESTION}", headers={"Accept-Encoding": "gzip"}
    )
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert {"Cookie", "Accept-Encoding"} <= {
        part.strip() for part in packed.headers["Vary"].split(",")
    }


def test_the_same_file_is_not_sent_twice_until_something_changes(demo_copy: Database) -> None:
    app = new_app(demo_copy)
    address = f"/exports/incidents.csv?{QUESTION}"
    client = app.test_client()
    first = client.get(address)
    again = {"If-None-Match": first.headers["ETag"]}
    unchanged = client.get(address, headers=again)
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    assert client.get(f"{address}&cause=drowning", headers=again).status_code == 200
    with demo_copy.writing() as session:
        verify(session, log(session, submit=True).public_id)
    assert client.get(address, headers=again).status_code == 200


@pytest.mark.parametrize("form", ["csv", "gpkg"])
def test_files_of_people_who_are_signed_in_are_kept_by_nobody(
    app: Flask, database: Database, form: str
) -> None:
    with database.writing() as session:
        verify(session, log(session, submit=True).public_id)
    anyone = app.test_client().get(f"/exports/incidents.{form}")
    assert anyone.headers["Cache-Control"] == "private, no-cache"
    for actor in (BEATRIZ, CAMILO, ESTEBAN):
        client = sign_in(app, actor)
        own = client.get(
            f"/exports/incidents.{form}", headers={"If-None-Match": anyone.headers["ETag"]}
        )
        assert own.status_code == 200
        assert own.headers["Cache-Control"] == "no-store"
        assert "ETag" not in own.headers


def test_who_is_not_signed_in_gets_no_exact_place(app: Flask, database: Database) -> None:
    with database.writing() as session:
        verify(session, log(session, submit=True).public_id)
    exact, words = "8.4527", "blue house"
    for form in ("csv", "json", "ndjson", "geojson", "iom"):
        public = app.test_client().get(f"/exports/incidents.{form}").text
        full = sign_in(app, CAMILO).get(f"/exports/incidents.{form}").text
        assert exact not in public
        assert words not in public
        assert exact in full
        assert words in full


def test_asking_for_the_headers_alone_sends_no_rows(visitor: FlaskClient) -> None:
    answer = visitor.head(f"/exports/incidents.gpkg?{QUESTION}")
    assert (answer.status_code, answer.data) == (200, b"")


def test_an_unknown_form_or_parameter_is_refused_with_those_that_are_known(
    visitor: FlaskClient,
) -> None:
    for address in ("/exports/incidents.shp", "/exports/tally.pdf", "/exports/incidents.csv?bay=1"):
        answer = visitor.get(address)
        assert answer.status_code == 400


def test_a_page_that_breaks_off_leaves_no_session_open(demo_database: Database) -> None:
    app = new_app(demo_database)
    before = demo_database.engine.pool.checkedout()
    answer = app.test_client().get(f"/exports/incidents.ndjson?{QUESTION}", buffered=False)
    assert json.loads(next(iter(answer.response)).splitlines()[0])["id"]
    answer.close()
    assert demo_database.engine.pool.checkedout() == before


@pytest.mark.parametrize("page", ["/tallies?by=year", "/incidents?corridor=darien"])
def test_pages_lead_to_their_files(visitor: FlaskClient, page: str) -> None:
    text = visitor.get(page).text
    for form in IncidentForm:
        assert f"/exports/incidents.{form}?" in text
