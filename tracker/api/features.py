"""OGC API - Features: incidents and areas for QGIS, ArcGIS, GDAL and whatever else speaks it.

Whoever asks gets what anyone at all may see: a program keeps and shares what it loads.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import shapely
from flask import Blueprint, Response, make_response, request, url_for
from shapely.geometry import shape
from werkzeug.http import generate_etag

from geodata.corridors import features as corridor_features
from geodata.subregions import subregion_features
from tracker.api.described.features import CONFORMS_TO, describe_features, queryables_of
from tracker.domain.errors import NotFound
from tracker.domain.features import FeatureCollection, FeatureFilter
from tracker.exchange.incident_json import features_of
from tracker.http.request import current_day, current_session
from tracker.schemas.arguments import refuse_unknown
from tracker.schemas.feature_queries import load_feature_filter
from tracker.services.features import get_feature, list_features

blueprint = Blueprint("features", __name__, url_prefix="/ogc")

GEOJSON = "application/geo+json"
JSON = "application/json"
SCHEMA = "application/schema+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
# The Americas and the waters around them.
_EXTENT = (-180.0, -60.0, -25.0, 84.0)
_TITLES = {
    FeatureCollection.INCIDENTS: (
        "Incidents in which migrants died or disappeared",
        "As the public sees them: places that were recorded here stand on a grid and come after a"
        " delay; places of datasets as they were published. Every figure is a minimum.",
    ),
    FeatureCollection.CORRIDORS: ("Migration corridors", "Areas by which incidents are coded."),
    FeatureCollection.SUBREGIONS: (
        "Subregions of the United Nations (M49)",
        "Countries of the Americas, put together; those at sea belong to the nearest land.",
    ),
}
_AREAS: dict[FeatureCollection, Callable[[], dict[str, Any]]] = {
    FeatureCollection.CORRIDORS: corridor_features,
    FeatureCollection.SUBREGIONS: subregion_features,
}
Link = dict[str, str]


@blueprint.get("/")
def show_landing() -> Response:
    """Say what there is, and where."""
    return _answer(
        {
            "title": "Migrants who died or disappeared in the Americas",
            "description": "Incidents as known today, corridors and subregions.",
            "links": [
                _link("self", url_for(".show_landing", _external=True)),
                _link("service-desc", url_for(".describe", _external=True), OPENAPI),
                _link("conformance", url_for(".show_conformance", _external=True)),
                _link("data", url_for(".list_collections", _external=True)),
            ],
        }
    )


@blueprint.get("/conformance")
def show_conformance() -> Response:
    """Name the classes of the standards that this follows."""
    return _answer({"conformsTo": list(CONFORMS_TO)})


@blueprint.get("/api")
def describe() -> Response:
    """Describe this interface for programs: OpenAPI 3.0."""
    return _answer(describe_features(url_for(".show_landing", _external=True)), OPENAPI)


@blueprint.get("/collections")
def list_collections() -> Response:
    """List the collections."""
    links = [_link("self", url_for(".list_collections", _external=True))]
    return _answer({"links": links, "collections": [_told(each) for each in FeatureCollection]})


@blueprint.get("/collections/<collection>")
def show_collection(collection: str) -> Response:
    """Tell of one collection."""
    return _answer(_told(_collection(collection)))


@blueprint.get("/collections/<collection>/queryables")
def show_queryables(collection: str) -> Response:
    """Say by what features of a collection can be chosen."""
    address = url_for(".show_queryables", collection=collection, _external=True)
    return _answer(queryables_of(_collection(collection), address), SCHEMA)


@blueprint.get("/collections/<collection>/items")
def list_items(collection: str) -> Response:
    """Give features of a collection, page by page."""
    chosen = _collection(collection)
    wanted = load_feature_filter(dict(request.args.lists()), chosen, today=current_day())
    links = [_link("self", request.url, GEOJSON), _up(chosen)]
    if chosen is FeatureCollection.INCIDENTS:
        page = list_features(current_session(), wanted)
        told = {"numberReturned": page.table.num_rows}
        if page.matched is not None:
            told["numberMatched"] = page.matched
        features, after = features_of([page.table]), page.after
    else:
        areas, after, matched = _areas(chosen, wanted)
        told = {"numberReturned": len(areas), "numberMatched": matched}
        features = ",\n".join(json.dumps(each, ensure_ascii=False) for each in areas)
    if after is not None:
        links.append(_link("next", _next(chosen, after), GEOJSON))
    head = json.dumps({**told, "links": links}, ensure_ascii=False)[1:-1]
    body = f'{{"type": "FeatureCollection", {head},\n"features": [\n{features}\n]}}\n'
    return _sent(body.encode(), GEOJSON)


@blueprint.get("/collections/<collection>/items/<feature_id>")
def get_item(collection: str, feature_id: str) -> Response:
    """Give one feature."""
    chosen = _collection(collection)
    refuse_unknown(dict(request.args.lists()), ())
    links = [_link("self", request.url, GEOJSON), _up(chosen)]
    if chosen is FeatureCollection.INCIDENTS:
        wanted = load_feature_filter({}, chosen, today=current_day())
        table = get_feature(current_session(), feature_id, wanted.query)
        feature = json.loads(features_of([table]))
    else:
        found = [each for each in _all_areas(chosen) if each["id"] == feature_id]
        if not found:
            raise NotFound("feature")
        feature = found[0]
    return _answer({**feature, "links": links}, GEOJSON)


def _collection(name: str) -> FeatureCollection:
    if name not in tuple(FeatureCollection):
        raise NotFound("collection")
    return FeatureCollection(name)


def _told(collection: FeatureCollection) -> dict[str, Any]:
    title, description = _TITLES[collection]
    where: dict[str, Any] = {"collection": str(collection), "_external": True}
    return {
        "id": str(collection),
        "title": title,
        "description": description,
        "itemType": "feature",
        "crs": [CRS84],
        "extent": {"spatial": {"bbox": [list(_EXTENT)], "crs": CRS84}},
        "links": [
            _link("self", url_for(".show_collection", **where)),
            _link("items", url_for(".list_items", **where), GEOJSON),
            _link(
                "http://www.opengis.net/def/rel/ogc/1.0/queryables",
                url_for(".show_queryables", **where),
                SCHEMA,
            ),
            _link("license", "https://creativecommons.org/licenses/by/4.0/", "text/html"),
        ],
    }


def _all_areas(collection: FeatureCollection) -> list[dict[str, Any]]:
    features = _AREAS[collection]()["features"]
    return [{**each, "id": each["properties"]["id"]} for each in features]


def _areas(
    collection: FeatureCollection, wanted: FeatureFilter
) -> tuple[Sequence[Mapping[str, Any]], int | None, int]:
    """Give areas that touch the box, where the next page begins, and how many there are."""
    found = _all_areas(collection)
    if wanted.box is not None:
        west, south, east, north = wanted.box
        halves = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
        box = shapely.union_all([shapely.box(one, south, other, north) for one, other in halves])
        found = [each for each in found if shape(each["geometry"]).intersects(box)]
    page = found[wanted.after : wanted.after + wanted.limit]
    end = wanted.after + len(page)
    return page, end if end < len(found) else None, len(found)


def _next(collection: FeatureCollection, after: int) -> str:
    asked: dict[str, Any] = {
        name: values for name, values in request.args.lists() if name != "after"
    }
    return url_for(
        ".list_items",
        collection=str(collection),
        _external=True,
        **asked,
        after=str(after),
    )


def _up(collection: FeatureCollection) -> Link:
    return _link(
        "collection", url_for(".show_collection", collection=str(collection), _external=True)
    )


def _link(relation: str, address: str, media_type: str = JSON) -> Link:
    return {"rel": relation, "href": address, "type": media_type}


def _answer(told: Mapping[str, Any], media_type: str = JSON) -> Response:
    return _sent((json.dumps(told, ensure_ascii=False) + "\n").encode(), media_type)


def _sent(body: bytes, media_type: str) -> Response:
    """Answer with what is the same for everybody; whoever has it already is told so."""
    response = make_response(body)
    response.headers["Content-Type"] = media_type
    response.headers["Cache-Control"] = "public, no-cache"
    response.set_etag(generate_etag(body))
    response.make_conditional(request)
    return response
