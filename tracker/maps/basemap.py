"""Land, borders and names drawn from our own data: no tile of anybody is asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import pandas as pd

from tracker.maps.page_data import json_for_page
from tracker.maps.shapes import (
    GeoJson,
    area_in_degrees,
    box_area,
    name_point,
    outer_rings,
    snapped_area,
    snapped_ring,
    steps_of,
)

Name: TypeAlias = tuple[str, str, float, float, float]
"""Kind (`country`, `corridor`, `segment`, `city`), words, longitude, latitude, and the weight by
which names give way to one another: square degrees of an area, people of a city."""

SMALLEST_ISLAND = 6
EASTERN_EDGE = -1_000  # hundredths of a degree; beyond lie the Aleutians of the other hemisphere
MOST_CITIES = 500
CORRIDOR_GRID = 5  # hundredths of a degree; soft bands need no sharper edge


@dataclass(frozen=True)
class NamedArea:
    """What is needed to write an area's name upon it."""

    kind: str
    properties: GeoJson
    longitude: float
    latitude: float
    square_degrees: float


@dataclass(frozen=True)
class Land:
    """The land as JSON for the page, and the countries to be named upon it."""

    json: str
    named: tuple[NamedArea, ...]


@dataclass(frozen=True)
class Corridors:
    """The corridors as shapes without words, and what is to be named upon them."""

    shapes: GeoJson
    named: tuple[NamedArea, ...]


class _Same:
    """Stands for one loaded GeoJSON object, so that what is made of it is made once."""

    def __init__(self, geojson: GeoJson) -> None:
        self.geojson = geojson

    def __hash__(self) -> int:
        return id(self.geojson)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.geojson is self.geojson


def prepared_land(basemap: GeoJson) -> Land:
    """Make a GeoJSON collection of countries fit for the page, once for each loaded object."""
    return _land(_Same(basemap))


def prepared_corridors(corridors: GeoJson) -> Corridors:
    """Make a GeoJSON collection of corridors fit for the page, once for each loaded object.

    A feature without a shape (a corridor assigned by hand only) is left out.
    """
    return _corridors(_Same(corridors))


@lru_cache(maxsize=2)
def _land(same: _Same) -> Land:
    features = same.geojson["features"]
    rings = [ring for feature in features for ring in _rings(feature["geometry"])]
    return Land(
        json_for_page(rings),
        tuple(
            _named("country", feature["properties"], feature["geometry"]) for feature in features
        ),
    )


@lru_cache(maxsize=2)
def _corridors(same: _Same) -> Corridors:
    shapes = []
    named = []
    for feature in same.geojson["features"]:
        if feature["geometry"] is None:
            continue
        shape = snapped_area(feature["geometry"], CORRIDOR_GRID)
        properties = feature["properties"]
        kind = "segment" if properties.get("corridor") else "corridor"
        # No words here: folium writes these properties into a script.
        marks = {"id": str(properties["id"]), "kind": kind}
        shapes.append({"type": "Feature", "properties": marks, "geometry": shape})
        named.append(_named(kind, properties, shape))
    return Corridors({"type": "FeatureCollection", "features": shapes}, tuple(named))


def _named(kind: str, properties: GeoJson, geometry: GeoJson) -> NamedArea:
    size = round(area_in_degrees(geometry), 2)
    return NamedArea(kind, properties, *name_point(geometry), square_degrees=size)


def _rings(geometry: GeoJson) -> list[list[int]]:
    snapped = (snapped_ring(ring, _grid) for ring in outer_rings(geometry))
    return [
        steps_of(ring)
        for ring in snapped
        if len(ring) > 3 and ring[0][0] < EASTERN_EDGE and box_area(ring) >= _smallest(ring[0])
    ]


def _grid(longitude: float, latitude: float) -> int:
    """Give the grid's width in hundredths of a degree: fine where the routes run."""
    if 5 < latitude < 34 and -120 < longitude < -60:
        return 1
    return 20 if latitude > 50 or latitude < -42 else 2


def _smallest(point: tuple[int, int]) -> int:
    return SMALLEST_ISLAND * _grid(point[0] / 100, point[1] / 100) ** 2


def area_names(areas: Iterable[NamedArea], language: str) -> list[Name]:
    """Name areas in the reader's language, else in English, else by their `name`."""
    return [
        (
            area.kind,
            _name(area.properties, language),
            area.longitude,
            area.latitude,
            area.square_degrees,
        )
        for area in areas
    ]


def _name(properties: GeoJson, language: str) -> str:
    names: dict[str, Any] = properties.get("names") or {}
    return str(names.get(language) or names.get("en") or properties.get("name") or "")


def cities_called(cities: pd.DataFrame, language: str) -> pd.DataFrame:
    """Give cities (`name`, and columns of languages where theirs differ) by what readers call them.

    `name` is changed where the column of the language holds another one.
    """
    if language not in cities:
        return cities
    return cities.assign(name=cities[language].fillna(cities["name"]))


def city_names(cities: pd.DataFrame | None, language: str) -> list[Name]:
    """Name the largest of these cities (columns name, longitude, latitude, population).

    A column of the language holds the names that differ there.
    """
    if cities is None:
        return []
    largest = cities_called(cities.nlargest(MOST_CITIES, "population"), language)
    columns = zip(
        largest["name"],
        largest["longitude"],
        largest["latitude"],
        largest["population"],
        strict=True,
    )
    return [
        ("city", str(name), round(float(x), 2), round(float(y), 2), float(people))
        for name, x, y, people in columns
    ]
