"""Give the subregions of the UN (M49) as areas: the countries that belong to each, together."""

from functools import cache
from typing import Any

import shapely
from shapely.geometry import mapping, shape

from geodata.basemap import country_features, simple_country_features
from geodata.schemes import LANGUAGES, SCHEMES


@cache
def subregion_features() -> dict[str, Any]:
    """Give the subregions on land as a GeoJSON FeatureCollection (EPSG:4326), names by language."""
    return _joined(country_features())


@cache
def simple_subregion_features() -> dict[str, Any]:
    """Give the same areas without what is too small to be seen on a map of the whole region."""
    return _joined(simple_country_features())


def _joined(countries: dict[str, Any]) -> dict[str, Any]:
    scheme = SCHEMES["un_m49"]
    parts: dict[str, list[shapely.Geometry]] = {}
    for country in countries["features"]:
        code = country["properties"]["subregion"]
        parts.setdefault(code, []).append(shape(country["geometry"]))
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {
                    "id": code,
                    "names": {language: scheme.label(code, language) for language in LANGUAGES},
                },
                "geometry": mapping(shapely.set_precision(shapely.union_all(parts[code]), 1e-5)),
            }
            for code in scheme.codes
            if code in parts
        ],
    }
