"""Build countries.geojson: Natural Earth's countries and the territories it files elsewhere."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.build import sources
from geodata.build.shapes import areas, between, common, plane, together

# Natural Earth files these under France and the Netherlands, outside the table of the Americas:
# they are the land of its coast files that no country of the table holds, told by their places.
TERRITORIES = {"GUF": "GF", "GLP": "GP", "MTQ": "MQ", "BES": "BQ"}
WEST_INDIES = between((-70.0, 1.0, -50.0, 20.0))
SUBREGIONS = {
    "Northern America": "northern_america",
    "Central America": "central_america",
    "Caribbean": "caribbean",
    "South America": "south_america",
}


@cache
def countries() -> dict[str, BaseGeometry]:
    """Give the area of every country and territory of the Americas by its iso3."""
    known = {facts["iso3"]: areas(geometry) for facts, geometry in sources.country_features()}
    taken = shapely.union_all([shapely.intersection(area, WEST_INDIES) for area in known.values()])
    islands = shapely.get_parts(_unclaimed(sources.land_10m(), taken, 0.5))
    for iso3 in ("GLP", "MTQ", "BES"):
        places = shapely.multipoints(sources.country_places(TERRITORIES[iso3]))
        known[iso3] = together(part for part in islands if part.distance(places) < 0.02)
    guiana = common(_unclaimed(sources.land_50m(), taken, 3.0), between((-55.0, 2.0, -51.0, 6.0)))
    known["GUF"] = max(shapely.get_parts(guiana), key=lambda part: part.area)
    return dict(sorted(known.items()))


def _unclaimed(land: BaseGeometry, taken: BaseGeometry, sliver_km: float) -> BaseGeometry:
    """Give the land of no country, without the slivers where two coast lines differ."""
    flat = plane(-61, 12)
    left = flat.flat(areas(shapely.difference(shapely.intersection(land, WEST_INDIES), taken)))
    opened = left.buffer(-sliver_km * 1000).buffer(sliver_km * 1000)
    return flat.globe(shapely.intersection(opened, left))


def country_rows() -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Give properties and area of every country, in the order of iso3."""
    standard = {row["iso3"]: row for row in _table(sources.DATA / "un_m49.csv")}
    words = {row["iso3"]: row for row in _table(sources.SOURCES / "country_names.csv")}
    rows = []
    for iso3, geometry in countries().items():
        group = standard[iso3]
        names = {language: words[iso3][language] for language in ("es", "en", "pt", "fr", "ht")}
        facts = {
            "iso3": iso3,
            "iso2": words[iso3]["iso2"],
            "m49": group["m49"],
            "name": names["en"],
            "names": names,
            "subregion": SUBREGIONS[group["intermediate_region"] or group["subregion"]],
        }
        rows.append((facts, geometry))
    return rows


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
