"""The description of this API for programs: OpenAPI 3.1, made from routes and shapes."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Blueprint, Flask, Response, current_app, make_response, request

from tracker.api.answers import body_of
from tracker.api.described import incidents, people, tallies
from tracker.api.described.parts import (
    ANYBODY,
    KEPT,
    OF_READING,
    RESPONSES,
    SECURITY_SCHEMES,
    Described,
)
from tracker.api.described.shapes import add_shapes

blueprint = Blueprint("openapi", __name__, url_prefix="/api/v1")

API = "/api/v1/"
VERSION = "1.0.0"
_INFORMATION = {
    "summary": "Deaths and disappearances of migrants in the Americas",
    "description": "Figures, and incidents as the asker may see them. `docs/api.md` tells more.",
}
_OWN: dict[str, Described] = {
    "openapi.describe": {
        "operationId": "describe",
        "summary": "This description",
        "tags": ["description"],
        "security": ANYBODY,
        "responses": {
            "200": {
                "description": "OpenAPI 3.1.",
                "headers": KEPT,
                "content": {"application/json": {"schema": {"type": "object"}}},
            },
            **OF_READING,
        },
    }
}
OPERATIONS: dict[str, Described] = {
    **tallies.OPERATIONS,
    **incidents.OPERATIONS,
    **people.OPERATIONS,
    **_OWN,
}
_IMPLIED = {"HEAD", "OPTIONS"}
# Of a route, such as `<incident_id:public_id>`: what it calls the part.
_PART = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")


class NotDescribed(Exception):
    """A route of the API has no description."""


@blueprint.get("/openapi.json")
def describe() -> Response:
    """Answer with the description of every route of the API."""
    response = make_response(body_of(description_of(current_app)))
    response.mimetype = "application/json"
    response.headers["Cache-Control"] = "public, max-age=300"
    response.add_etag()
    response.make_conditional(request)
    return response


def description_of(app: Flask) -> dict[str, Any]:
    """Describe every route of an application that lies below the API."""
    return _describe(tuple(_routes(app)))


def _routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Give path, method and name of each route."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(API):
            path = _PART.sub(r"{\1}", rule.rule)
            for method in sorted((rule.methods or set()) - _IMPLIED):
                yield path, method.lower(), rule.endpoint


@cache
def _describe(routes: tuple[tuple[str, str, str], ...]) -> dict[str, Any]:
    plugin = MarshmallowPlugin()
    spec = APISpec("Migrant tracker", VERSION, "3.1.0", plugins=[plugin], info=_INFORMATION)
    for name, scheme in SECURITY_SCHEMES.items():
        spec.components.security_scheme(name, scheme)
    add_shapes(spec, plugin)
    people.add_people_shapes(spec)
    for name, shape in tallies.tally_shapes().items():
        spec.components.schema(name, shape)
    for name, response in RESPONSES.items():
        spec.components.response(name, response)
    for path, method, endpoint in routes:
        if endpoint not in OPERATIONS:
            raise NotDescribed(endpoint)
        spec.path(path=path, operations={method: OPERATIONS[endpoint]})
    described: dict[str, Any] = spec.to_dict()
    return described
