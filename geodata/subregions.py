"""Give the subregions of the UN (M49) as areas: the countries that belong to each, together."""

from functools import cache
from typing import Any

import shapely
from shapely.geometry import mapping, shape

from geodata.basemap import country_features
from geodata.schemes import LANGUAGES, SCHEMES


@cache
def subregion_features() -> dict[str, Any]:
    """Give the subregions on land as a GeoJSON FeatureCollection (EPSG:4326), names by language."""
    scheme = SCHEMES["un_m49"]
    parts: dict[str, list[shapely.Geometry]] = {}
    for country in country_features()["features"]:
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
