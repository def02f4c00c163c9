"""What a map needs beneath its own layers: countries with their names, and the larger cities."""

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

_DATA = Path(__file__).resolve().parent / "data"


@cache
def country_features() -> dict[str, Any]:
    """Give the countries of the Americas as GeoJSON (EPSG:4326), with `names` by language."""
    features: dict[str, Any] = json.loads((_DATA / "countries.geojson").read_text("utf-8"))
    return features


@cache
def large_cities(smallest: int = 200_000) -> pd.DataFrame:
    """Give the cities of at least so many people: name, longitude, latitude, population."""
    with gzip.open(_DATA / "gazetteer.csv.gz", "rt", encoding="utf-8") as lines:
        places = pd.read_csv(lines, usecols=["name", "longitude", "latitude", "population"])
    large = places[places["population"] >= smallest]
    return large.sort_values("population", ascending=False, ignore_index=True)


def base_map_file() -> Path:
    """Say where land, lakes, rivers and borders lie as vector tiles (one PMTiles archive)."""
    return _DATA / "base_map.pmtiles"
