"""Describes OGC API - Features for programs: what it follows, and OpenAPI 3.0 of its routes."""

from typing import Any

from tracker.domain.features import FeatureCollection
from tracker.domain.tallies import Grouping, Scheme
from tracker.schemas.feature_queries import MOST_OF_A_PAGE, PAGE_SIZE, QUERYABLES
from tracker.schemas.tallies import known_codes
from tracker.translations.labels import labels_in

_FEATURES = "http://www.opengis.net/spec/ogcapi-features-"
CONFORMS_TO = (
    f"{_FEATURES}1/1.0/conf/core",
    f"{_FEATURES}1/1.0/conf/oas30",
    f"{_FEATURES}1/1.0/conf/geojson",
    f"{_FEATURES}3/1.0/conf/queryables",
    f"{_FEATURES}3/1.0/conf/queryables-query-parameters",
)


def queryables_of(collection: FeatureCollection, address: str) -> dict[str, Any]:
    """Give the queryables of a collection as JSON Schema."""
    properties: dict[str, Any] = {}
    if collection is FeatureCollection.INCIDENTS:
        properties = {str(name): _schema(name) for name in QUERYABLES}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "type": "object",
        "title": str(collection),
        "properties": properties,
        "additionalProperties": False,
    }


def _schema(grouping: Grouping) -> dict[str, Any]:
    codes = known_codes(grouping, Scheme.REVIEW_2021)
    listed = {"enum": list(codes)} if codes else {}
    return {"title": labels_in("en")("grouping", grouping), "type": "string", **listed}


def describe_features(home: str) -> dict[str, Any]:
    """Give the description of every route beneath `home`."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "Migrants who died or disappeared in the Americas", "version": "1.0.0"},
        "servers": [{"url": home.rstrip("/")}],
        "paths": {
            "/": _get("Landing page"),
            "/conformance": _get("Conformance classes"),
            "/api": _get("This description"),
            "/collections": _get("Collections"),
            **{
                f"/collections/{each}{path}": operation
                for each in FeatureCollection
                for path, operation in _of_collection(each).items()
            },
        },
    }


def _of_collection(collection: FeatureCollection) -> dict[str, Any]:
    identifier = _parameter("feature_id", {"type": "string"}, place="path")
    return {
        "": _get(f"Collection {collection}"),
        "/queryables": _get("Queryables", media_type="application/schema+json"),
        "/items": _get("Features", *_filters(collection), media_type="application/geo+json"),
        "/items/{feature_id}": _get("One feature", identifier, media_type="application/geo+json"),
    }


def _filters(collection: FeatureCollection) -> list[dict[str, Any]]:
    numbers = {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}}
    limit = {"type": "integer", "minimum": 1, "maximum": MOST_OF_A_PAGE, "default": PAGE_SIZE}
    found = [
        _parameter("limit", limit),
        _parameter("after", {"type": "integer", "minimum": 1}),
        {**_parameter("bbox", numbers), "style": "form", "explode": False},
    ]
    if collection is FeatureCollection.INCIDENTS:
        found.append(_parameter("datetime", {"type": "string"}))
        found.append(_parameter("as_known_on", {"type": "string", "format": "date"}))
        found += [_parameter(str(name), _schema(name)) for name in QUERYABLES]
    return found


def _parameter(name: str, schema: dict[str, Any], *, place: str = "query") -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "schema": schema}


def _get(
    summary: str, *parameters: dict[str, Any], media_type: str = "application/json"
) -> dict[str, Any]:
    content = {media_type: {"schema": {"type": "object"}}}
    return {
        "get": {
            "summary": summary,
            "parameters": list(parameters),
            "responses": {
                "200": {"description": summary, "content": content},
                "400": {"description": "A parameter is not right."},
                "404": {"description": "There is no such thing."},
            },
        }
    }
