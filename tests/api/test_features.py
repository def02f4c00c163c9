"""OGC API - Features: what is claimed holds, and GDAL reads it as any program would."""

import datetime as dt
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator

import pyogrio
import pytest
import shapely
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from tests.conftest import BEATRIZ, CAMILO
from tests.http.clients import add_cast, new_app, sign_in
from tests.services.records import log
from tracker.api.described.features import CONFORMS_TO
from tracker.db.session import Database
from tracker.domain.reviews import Check
from tracker.domain.statuses import Visibility
from tracker.services.reviews import take_up_incident, verify_incident

ITEMS = "/ogc/collections/incidents/items"
DARIEN = "-79.5,7,-76,9.5"


def all_items(client: FlaskClient, address: str) -> list[dict]:
    """Follow the links to the end."""
    found: list[dict] = []
    while address:
        page = client.get(address).json
        assert page["numberReturned"] == len(page["features"])
        found += page["features"]
        links = {link["rel"]: link["href"] for link in page["links"]}
        address = links.get("next", "").replace("http://localhost", "")
    return found


def exported(client: FlaskClient, question: str = "") -> dict[str, dict]:
    told = client.get(f"/exports/incidents.geojson?{question}").json
    return {feature["id"]: feature for feature in told["features"]}


def test_the_landing_page_leads_to_everything(visitor: FlaskClient) -> None:
    links = {link["rel"]: link["href"] for link in visitor.get("/ogc/").json["links"]}
    assert set(links) == {"self", "service-desc", "conformance", "data"}
    for address in links.values():
        assert visitor.get(address.replace("http://localhost", "")).status_code == 200
    assert visitor.get("/ogc/conformance").json == {"conformsTo": list(CONFORMS_TO)}


def test_collections_tell_what_they_hold_and_where(visitor: FlaskClient) -> None:
    told = visitor.get("/ogc/collections").json["collections"]
    assert [each["id"] for each in told] == ["incidents", "corridors", "subregions"]
    for each in told:
        assert visitor.get(f"/ogc/collections/{each['id']}").json == each
        west, south, east, north = each["extent"]["spatial"]["bbox"][0]
        assert (west, south) < (east, north)
        for link in each["links"][:3]:
            assert visitor.get(link["href"].replace("http://localhost", "")).status_code == 200


def test_the_description_names_every_route_and_parameter(visitor: FlaskClient) -> None:
    described = visitor.get("/ogc/api").json
    assert described["openapi"].startswith("3.0")
    for path, operation in described["paths"].items():
        filled = re.sub(r"\{feature_id\}", "caribbean", path)
        if "{" not in path:
            assert visitor.get(f"/ogc{filled}").status_code == 200, path
        assert operation["get"]["responses"]["200"]["content"]
    parameters = described["paths"]["/collections/incidents/items"]["get"]["parameters"]
    names = {parameter["name"] for parameter in parameters}
    assert {"bbox", "datetime", "limit", "after", "corridor"} <= names


def test_all_pages_together_are_the_public_export(visitor: FlaskClient) -> None:
    items = all_items(visitor, f"{ITEMS}?limit=2500")
    expected = exported(visitor)
    assert len(items) == len(expected) > 6_000
    assert {item["id"]: item for item in items} == expected
    assert visitor.get(f"{ITEMS}?limit=1").json["numberMatched"] == len(expected)


def test_a_box_holds_what_lies_in_it_and_nothing_else(visitor: FlaskClient) -> None:
    west, south, east, north = map(float, DARIEN.split(","))
    expected = {
        name
        for name, each in exported(visitor).items()
        if each["geometry"]
        and west <= each["geometry"]["coordinates"][0] <= east
        and south <= each["geometry"]["coordinates"][1] <= north
    }
    items = all_items(visitor, f"{ITEMS}?bbox={DARIEN}&limit=37")
    assert len(items) > 100
    assert {item["id"] for item in items} == expected
    assert len({item["id"] for item in items}) == len(items)
    around = all_items(visitor, f"{ITEMS}?bbox=170,-60,-25,84&limit=10000")
    assert len(around) >= len(items)
    with_heights = visitor.get(f"{ITEMS}?bbox=-79.5,7,0,-76,9.5,10&limit=10000").json
    assert {item["id"] for item in with_heights["features"]} == expected


@pytest.mark.parametrize(
    ("given", "question"),
    [
        ("2021-03-01", "from=2021-03-01&to=2021-03-01"),
        ("2021-03-01T00:00:00Z/2021-03-31T23:59:59Z", "from=2021-03-01&to=2021-03-31"),
        ("2024-01-01/..", "from=2024-01-01"),
        ("../2015-12-31", "to=2015-12-31"),
        ("../..", ""),
    ],
)
def test_a_time_chooses_what_a_tally_of_the_period_counts(
    visitor: FlaskClient, given: str, question: str
) -> None:
    items = all_items(visitor, f"{ITEMS}?datetime={given}&limit=10000")
    assert {item["id"] for item in items} == set(exported(visitor, question))


def test_queryables_choose_as_the_filters_of_a_tally(visitor: FlaskClient) -> None:
    told = visitor.get("/ogc/collections/incidents/queryables").json["properties"]
    assert "darien" in told["corridor"]["enum"]
    for name, value in {"corridor": "darien", "country": "COL", "cause": "drowning"}.items():
        assert name in told
        items = all_items(visitor, f"{ITEMS}?{name}={value}&limit=10000")
        assert {item["id"] for item in items} == set(exported(visitor, f"{name}={value}"))
        assert items
    assert visitor.get("/ogc/collections/corridors/queryables").json["properties"] == {}


def test_incidents_are_given_as_known_on_a_day(visitor: FlaskClient) -> None:
    asked = "as_known_on=2021-09-05"
    items = all_items(visitor, f"{ITEMS}?{asked}&limit=10000&bbox=-118,25,-93,33")
    expected = exported(visitor, asked)
    assert 0 < len(items) < len(expected)
    assert all(expected[item["id"]] == item for item in items)


def test_one_feature_is_the_one_of_the_list(visitor: FlaskClient) -> None:
    (item,) = visitor.get(f"{ITEMS}?limit=1").json["features"]
    one = visitor.get(f"{ITEMS}/{item['id']}").json
    assert {link["rel"] for link in one.pop("links")} == {"self", "collection"}
    assert one == item
    assert visitor.get(f"{ITEMS}/{item['id']}?x=1").status_code == 400
    area = visitor.get("/ogc/collections/corridors/items/darien").json
    assert area["id"] == "darien"
    for missing in (f"{ITEMS}/ZZZ-ZZZ", "/ogc/collections/corridors/items/x", "/ogc/collections/x"):
        answer = visitor.get(missing)
        assert answer.status_code == 404
        assert answer.mimetype == "application/problem+json"


def test_areas_are_given_by_box_and_page(visitor: FlaskClient) -> None:
    corridors = visitor.get("/ogc/collections/corridors/items?limit=2").json
    assert corridors["numberReturned"] == 2
    assert (
        len(all_items(visitor, "/ogc/collections/corridors/items?limit=2"))
        == (corridors["numberMatched"])
    )
    near = visitor.get(f"/ogc/collections/corridors/items?bbox={DARIEN}").json["features"]
    assert "darien" in {each["id"] for each in near}
    assert len(near) < corridors["numberMatched"]
    regions = visitor.get("/ogc/collections/subregions/items").json["features"]
    assert {each["id"] for each in regions} == {
        *("northern_america", "central_america", "caribbean", "south_america")
    }
    shapes = [shapely.geometry.shape(each["geometry"]) for each in regions]
    assert all(each.is_valid for each in shapes)


@pytest.mark.parametrize(
    "asked",
    [
        *("bbox=1,2,3", "bbox=a,b,c,d", "bbox=1,9,2,3", "bbox=nan,1,2,3", "bbox=1,2,3,4,5"),
        *("bbox=0,0,1,1&bbox=2,2,3,3", "limit=0", "limit=-1", "limit=x", "after=x"),
        *("datetime=yesterday", "datetime=2021-01-01/2020-01-01", "datetime=..", "colour=red"),
        *("corridor=nowhere", "as_known_on=3000-01-01", "datetime=2021-02-30"),
    ],
)
def test_what_is_no_question_is_refused_with_a_problem(visitor: FlaskClient, asked: str) -> None:
    answer = visitor.get(f"{ITEMS}?{asked}")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.json["detail"]


def test_more_than_the_most_is_the_most_and_what_is_known_is_not_sent_again(
    visitor: FlaskClient,
) -> None:
    answer = visitor.get(f"{ITEMS}?limit=99999&bbox={DARIEN}")
    assert answer.status_code == 200
    known = {"If-None-Match": answer.headers["ETag"]}
    again = visitor.get(f"{ITEMS}?limit=99999&bbox={DARIEN}", headers=known)
    assert (again.status_code, again.data) == (304, b"")


def test_a_record_of_ours_lies_only_in_boxes_of_its_public_place(database: Database) -> None:
    now = dt.datetime(2026, 5, 3, 9, tzinfo=dt.UTC)
    database.tell_time(lambda: now)
    with database.writing() as session:
        add_cast(session)
        public_id = log(session, submit=True).public_id
        take_up_incident(session, CAMILO, public_id)
        verify_incident(
            session, CAMILO, public_id, checked=tuple(Check), visibility=Visibility.PUBLIC
        )
    client = new_app(database).test_client()
    exact = "-76.94,8.44,-76.92,8.46"
    for app_day in (dt.datetime(2026, 5, 4, tzinfo=dt.UTC), dt.datetime(2026, 6, 1, tzinfo=dt.UTC)):
        database.tell_time(lambda app_day=app_day: app_day)
        around = client.get(f"{ITEMS}?bbox={exact}").json
        assert around["features"] == [], "the exact place tells itself by its box"
    items = client.get(ITEMS).json["features"]
    assert [item["id"] for item in items] == [public_id]
    x, y = items[0]["geometry"]["coordinates"]
    assert (x, y) == (-76.95, 8.45)
    found = client.get(f"{ITEMS}?bbox={x},{y},{x},{y}").json["features"]
    assert [item["id"] for item in found] == [public_id]
    assert "blue house" not in json.dumps(items)


def test_whoever_signs_in_gets_no_more_than_anyone(database: Database) -> None:
    with database.writing() as session:
        add_cast(session)
        log(session)
    app = new_app(database)
    assert sign_in(app, BEATRIZ).get(ITEMS).data == app.test_client().get(ITEMS).data


@pytest.fixture
def served(demo_database: Database) -> Iterator[str]:
    """Serve the demonstration on this machine."""
    server = make_server("127.0.0.1", 0, new_app(demo_database), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/ogc/"
    server.shutdown()
    server.server_close()
    thread.join()


# In a process of its own: GDAL waits for the server without letting go of Python.
READ = """
import json, sys
import pyogrio
source, box = "OAPIF:" + sys.argv[1], tuple(map(float, sys.argv[2].split(",")))
march = "date_from >= '2021/03/01' AND date_from <= '2021/03/31'"
in_box = pyogrio.read_dataframe(source, layer="incidents", bbox=box)
in_march = pyogrio.read_dataframe(source, layer="incidents", where=march)
json.dump({
    "layers": [name for name, _ in pyogrio.list_layers(source)],
    "crs": str(in_box.crs),
    "box": {name: [at.x, at.y] for name, at in zip(in_box["id"], in_box.geometry)},
    "march": sorted(in_march["id"]),
}, sys.stdout)
"""


def test_gdal_lists_the_collections_and_reads_incidents_by_box_and_time(
    served: str, visitor: FlaskClient
) -> None:
    assert pyogrio.list_drivers().get("OAPIF"), "this GDAL has no client of OGC API - Features"
    command = [sys.executable, "-c", READ, served, DARIEN]
    read = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=300).stdout)
    assert sorted(read["layers"]) == ["corridors", "incidents", "subregions"]
    assert read["crs"] in ("EPSG:4326", "OGC:CRS84")
    expected = all_items(visitor, f"{ITEMS}?bbox={DARIEN}&limit=10000")
    assert read["box"].keys() == {item["id"] for item in expected}
    for item in expected:
        assert read["box"][item["id"]] == pytest.approx(item["geometry"]["coordinates"])
    items = all_items(visitor, f"{ITEMS}?datetime=2021-03-01/2021-03-31&limit=10000")
    days = {item["id"]: item["properties"]["date_from"] for item in items}
    in_march = sorted(name for name, day in days.items() if "2021-03-01" <= day <= "2021-03-31")
    assert read["march"] == in_march != []
