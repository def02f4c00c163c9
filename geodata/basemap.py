"""What a map needs beneath its own layers: countries with their names, and the larger cities."""

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

_FAR_NORTH = 55.0
_DATA = Path(__file__).resolve().parent / "data"


@cache
def country_features() -> dict[str, Any]:
    """Give the countries of the Americas as GeoJSON (EPSG:4326), with `names` by language."""
    features: dict[str, Any] = json.loads((_DATA / "countries.geojson").read_text("utf-8"))
    return features


@cache
def simple_country_features(detail_degrees: float = 0.05) -> dict[str, Any]:
    """Give the countries without what is too small to be seen, the largest first.

    Neighbours keep one common edge.
    """
    given = country_features()["features"]
    areas = np.array([shape(feature["geometry"]) for feature in given], dtype=object)
    simple = shapely.coverage_simplify(areas, detail_degrees)
    # In the far north a degree is short, and the coast of Greenland longer than all the rest.
    far = shapely.bounds(simple)[:, 1] > _FAR_NORTH
    simple[far] = shapely.simplify(simple[far], 8 * detail_degrees)
    least = (4 * detail_degrees) ** 2
    drawn = [_without_islets(area, least) for area in shapely.set_precision(simple, 1e-2)]
    return {
        "type": "FeatureCollection",
        "features": [
            {**feature, "geometry": mapping(area)}
            for feature, area in sorted(
                zip(given, drawn, strict=True), key=lambda pair: -float(pair[1].area)
            )
            if not area.is_empty
        ],
    }


def _without_islets(area: BaseGeometry, least: float) -> BaseGeometry:
    """Leave out parts of fewer square degrees; the largest stays in any case."""
    parts = shapely.get_parts(area)
    sizes = shapely.area(parts)
    kept = parts[(sizes >= least) | (sizes == sizes.max(initial=0.0))]
    return shapely.multipolygons(kept) if len(kept) else area


@cache
def large_cities(smallest: int = 200_000) -> pd.DataFrame:
    """Give the cities of at least so many people: name, longitude, latitude, population.

    Where a language has another name for one, it stands in the column of that language.
    """
    with gzip.open(_DATA / "gazetteer.csv.gz", "rt", encoding="utf-8") as lines:
        columns = ["name", "countrycode", "longitude", "latitude", "population"]
        places = pd.read_csv(lines, usecols=columns, keep_default_na=False)
    large = places[places["population"] >= smallest]
    named = pd.read_csv(_DATA / "city_names.csv", keep_default_na=False)
    large = large.merge(named, how="left", on=["name", "countrycode"]).drop(columns="countrycode")
    return large.sort_values("population", ascending=False, ignore_index=True)


def land_drawing_file() -> Path:
    """Say where land, lakes, rivers and borders lie as one drawing, for maps of a continent."""
    return _DATA / "land.svg"


def base_map_file() -> Path:
    """Say where land, lakes, rivers and borders lie as vector tiles (one PMTiles archive)."""
    return _DATA / "base_map.pmtiles"
