"""Read the named boundaries that the corridors are built from."""

import csv
import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import LineString, shape
from shapely.geometry.base import BaseGeometry

DATA = Path(__file__).resolve().parent.parent / "data"
SOURCES = DATA / "sources"


@cache
def _features(name: str) -> list[tuple[dict[str, Any], BaseGeometry]]:
    with gzip.open(SOURCES / f"{name}.geojson.gz", "rt", encoding="utf-8") as file:
        collection = json.load(file)
    return [
        (feature["properties"], shapely.make_valid(shape(feature["geometry"])))
        for feature in collection["features"]
    ]


def _one(name: str, key: str, value: str) -> BaseGeometry:
    found = [geometry for facts, geometry in _features(name) if facts[key] == value]
    if not found:
        raise KeyError(f"{name}: no {key} {value!r}")
    return shapely.union_all(found)


def country_features() -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Give every country of Natural Earth's 10 m table with its iso3, m49, name, subregion."""
    return _features("americas_admin0_10m")


def land_50m() -> BaseGeometry:
    """Give all land at the coarse scale, French Guiana included."""
    return shapely.union_all([geometry for _, geometry in _features("land_50m_americas")])


def land_10m() -> BaseGeometry:
    """Give all land between Mexico and the Amazon at the fine scale."""
    return shapely.union_all([geometry for _, geometry in _features("land_10m_americas_clip")])


def province(country: str, name: str) -> BaseGeometry:
    """Give a first-order division by its country's iso3 and its name in Natural Earth."""
    found = [
        geometry
        for facts, geometry in _features("americas_admin1")
        if facts["adm0_a3"] == country and facts["name"] == name
    ]
    if not found:
        raise KeyError(f"no division {country} {name}")
    return shapely.union_all(found)


def darien_province(name: str) -> BaseGeometry:
    """Give one of the five divisions around the Darien, the comarcas drawn apart."""
    return _one("darien_admin1", "name", name)


def border_line(pair: str) -> BaseGeometry:
    """Give the land border of two countries, as 'MEX-USA'."""
    return _one("border_lines_10m", "pair", pair)


def river(name: str) -> BaseGeometry:
    """Give the centre line of a river."""
    return _one("rivers_10m", "name", name)


def sea(name: str) -> BaseGeometry:
    """Give the area of a named sea, gulf, strait or channel."""
    return _one("marine_polys_10m", "name", name)


@cache
def _places() -> dict[str, tuple[str, float, float]]:
    with gzip.open(DATA / "gazetteer.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return {
            row["geonameid"]: (row["name"], float(row["longitude"]), float(row["latitude"]))
            for row in csv.DictReader(file)
        }


def country_places(code: str) -> list[tuple[float, float]]:
    """Give longitude and latitude of every gazetteer place of a country (ISO 3166 alpha-2)."""
    with gzip.open(DATA / "gazetteer.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return [
            (float(row["longitude"]), float(row["latitude"]))
            for row in csv.DictReader(file)
            if row["countrycode"] == code
        ]


@cache
def _road_places() -> dict[str, list[tuple[float, float]]]:
    roads: dict[str, list[tuple[float, float]]] = {}
    with (SOURCES / "roads.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name, longitude, latitude = _places()[row["geonameid"]]
            if name != row["place"]:
                raise ValueError(f"roads.csv: {row['geonameid']} is {name}, not {row['place']}")
            roads.setdefault(row["road"], []).append((longitude, latitude))
    return roads


def road(name: str) -> BaseGeometry:
    """Give the line through the towns that a road of sources/roads.csv passes, in order."""
    return LineString(_road_places()[name])


def divisions() -> dict[str, list[BaseGeometry]]:
    """Give the first-order divisions of each country by its iso3."""
    found: dict[str, list[BaseGeometry]] = {}
    for facts, geometry in _features("americas_admin1"):
        found.setdefault(facts["adm0_a3"], []).append(geometry)
    return dict(sorted(found.items()))


def land_borders() -> list[BaseGeometry]:
    """Give the lines between the countries of the Americas at the fine scale."""
    return [geometry for _, geometry in _features("land_borders_10m_americas")]


def lakes() -> list[BaseGeometry]:
    """Give the lakes of the Americas at the fine scale."""
    return [geometry for _, geometry in _features("lakes_10m_americas")]


def fine_rivers() -> list[BaseGeometry]:
    """Give the rivers that the fine scale has: those that corridors follow."""
    return [geometry for _, geometry in _features("rivers_10m")]


def coarse_rivers() -> list[BaseGeometry]:
    """Give the rivers of the Americas at the coarse scale."""
    return [geometry for _, geometry in _features("rivers_50m_americas")]
