"""The description names every route of the API, and says of each what is needed."""

import re

import jsonschema_rs
import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient

from tests.api.fuzzing import DESCRIPTION
from tests.api.programs import Program
from tests.conftest import BEATRIZ, CAST, DOLORES
from tests.http.clients import new_app
from tracker.api.openapi import NotDescribed, description_of
from tracker.db.session import Database
from tracker.domain.causes import Cause
from tracker.domain.statuses import Status
from tracker.http.access import ROUTES
from tracker.schemas.tallies import PARAMETERS


def operations(described: dict) -> list[tuple[str, str, dict]]:
    return [
        (path, method, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_description_is_given_to_anybody_and_may_be_kept(visitor: FlaskClient) -> None:
    answer = visitor.get(DESCRIPTION)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.json["openapi"] == "3.1.0"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    again = visitor.get(DESCRIPTION, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_every_route_with_every_method_is_described(visitor: FlaskClient) -> None:
    described = visitor.get(DESCRIPTION).json
    told = {(path, method.upper()) for path, method, _ in operations(described)}
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method)
        for rule in visitor.application.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert told == routes


def test_a_route_without_its_description_is_found(demo_database: Database) -> None:
    stray = Blueprint("stray", __name__)
    stray.add_url_rule("/api/v1/stray", "look", lambda: "")
    app = new_app(demo_database)
    app.register_blueprint(stray)
    with pytest.raises(NotDescribed, match=r"stray\.look"):
        description_of(app)


def test_parameters_are_named_with_their_codes(visitor: FlaskClient) -> None:
    described = visitor.get(DESCRIPTION).json
    of_tallies = described["paths"]["/api/v1/tallies"]["get"]["parameters"]
    named = {parameter["name"]: parameter["schema"] for parameter in of_tallies}
    assert {*PARAMETERS, "format", "labels"} <= named.keys()
    assert set(Cause) <= set(re.findall(r"\w+", named["cause"]["items"]["pattern"]))
    of_incidents = described["paths"]["/api/v1/incidents"]["get"]["parameters"]
    status = next(each for each in of_incidents if each["name"] == "status")
    assert set(Status) <= set(status["schema"]["items"]["enum"])
    shapes = described["components"]["schemas"]
    assert shapes["NewIncident"]["properties"]["causes"]["items"]["enum"] == list(Cause)
    assert shapes["NewIncident"]["additionalProperties"] is False


def test_every_reference_leads_somewhere(visitor: FlaskClient) -> None:
    answer = visitor.get(DESCRIPTION)
    for reference in set(re.findall(r'"#/([^"]+)"', answer.text)):
        part = answer.json
        for name in reference.split("/"):
            part = part[name]


def test_what_needs_a_key_is_not_there_without_one(app: Flask) -> None:
    anyone, beatriz = Program(app, None), Program(app, BEATRIZ)
    address = beatriz.log()
    for path, method, operation in operations(anyone.get(DESCRIPTION).json):
        if {} in operation["security"] or operation["tags"] == ["people"]:
            continue
        content = operation.get("requestBody", {}).get("content", {})
        kind, body = next(iter(content.items()), ("application/json", {}))
        sent = {
            "method": method,
            "json": body.get("example"),
            "headers": {"If-Match": "*", "Content-Type": kind},
        }
        place = path.replace("/api/v1/incidents/{public_id}", address)
        assert anyone.client.open(place, **sent).status_code == 404
        sent["headers"]["Authorization"] = "Bearer mtr_no-such-key"
        assert anyone.client.open(place, **sent).status_code == 401
        sent["headers"]["Authorization"] = beatriz.headers["Authorization"]
        assert beatriz.client.open(place, **sent).status_code in (200, 201)


def test_what_is_shared_is_there_for_case_workers_alone(app: Flask) -> None:
    described = Program(app, None).get(DESCRIPTION).json
    shape = {"$ref": "#/components/schemas/SharedPage", "components": described["components"]}
    page = Program(app, DOLORES).get("/api/v1/shared-people")
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert jsonschema_rs.is_valid(shape, page.json)
    for actor in (None, *CAST[:3], *CAST[4:6]):
        assert Program(app, actor).get("/api/v1/shared-people").status_code == 404
        assert Program(app, actor).get("/api/v1/shared-people/C-ZZZZ-ZZZZ").status_code == 404


def test_every_right_that_the_table_asks_for_is_described(visitor: FlaskClient) -> None:
    described = visitor.get(DESCRIPTION).json
    secured = {
        operation["operationId"]
        for _, _, operation in operations(described)
        if {} not in operation["security"]
    }
    asked = [
        name
        for name, action in ROUTES.items()
        if (name.startswith("incidents_api.") and action == "log_incidents")
        or name.startswith("people_api.")
    ]
    assert len(secured) == len(asked)


def test_every_real_incident_is_as_described(visitor: FlaskClient) -> None:
    described = visitor.get(DESCRIPTION).json
    shape = {"$ref": "#/components/schemas/IncidentPage", "components": described["components"]}
    validator = jsonschema_rs.Draft202012Validator(shape)
    after, pages = "", 0
    while after is not None:
        page = visitor.get(f"/api/v1/incidents?limit=500&after={after}").json
        assert [str(error) for error in validator.iter_errors(page)] == []
        after, pages = page["next"], pages + 1
    assert pages > 5
