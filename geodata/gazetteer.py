"""Named places of the Americas (GeoNames): from a name to places, from a point to the nearest."""

import gzip
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geodata.countries import DATA, iso3_by_iso2
from geodata.distances import (
    MERCATOR_EDGE,
    METRES_PER_DEGREE,
    Floats,
    distance_m,
    mercator,
    unrolled,
)
from geodata.spelling import folded

FAR_M = 100_000.0


@dataclass(frozen=True)
class GazetteerPlace:
    """A populated place: EPSG:4326 degrees, iso3 country, GeoNames' code of its division."""

    geoname_id: int
    name: str
    country: str
    division: str | None
    longitude: float
    latitude: float
    population: int


class _Gazetteer:
    """The table with its two indexes: folded names in order, and points."""

    def __init__(self) -> None:
        with gzip.open(DATA / "gazetteer.csv.gz", "rt", encoding="utf-8") as lines:
            table = pd.read_csv(lines, keep_default_na=False, dtype={"admin1code": str})
        self.table = table
        self.countries = table["countrycode"].map(iso3_by_iso2()).to_numpy(dtype=object)
        self.population = table["population"].to_numpy()
        self.longitudes = table["longitude"].to_numpy(dtype=float)
        self.latitudes = table["latitude"].to_numpy(dtype=float)
        names = folded("\n".join(table["name"])).split("\n")
        self.order = sorted(range(len(names)), key=names.__getitem__)
        self.names = [names[row] for row in self.order]
        self.tree = shapely.STRtree(_spots(unrolled(self.longitudes), mercator(self.latitudes)))

    def place(self, row: int) -> GazetteerPlace:
        found = self.table.iloc[row]
        return GazetteerPlace(
            geoname_id=int(found["geonameid"]),
            name=str(found["name"]),
            country=str(self.countries[row]),
            division=str(found["admin1code"]) or None,
            longitude=float(self.longitudes[row]),
            latitude=float(self.latitudes[row]),
            population=int(self.population[row]),
        )

    def rows_beginning(self, key: str) -> tuple[list[int], int]:
        """Find rows whose folded name begins with the key; how many of them are just the key."""
        first = bisect_left(self.names, key)
        whole = bisect_right(self.names, key, lo=first)
        last = bisect_left(self.names, key + "\uffff", lo=whole)
        return self.order[first:last], whole - first


@cache
def _gazetteer() -> _Gazetteer:
    return _Gazetteer()


def all_places() -> pd.DataFrame:
    """Give every place: name, country (iso3), longitude, latitude (EPSG:4326) and population."""
    gazetteer = _gazetteer()
    columns = ["name", "longitude", "latitude", "population"]
    return gazetteer.table[columns].assign(country=gazetteer.countries)


def find_places(name: str, *, country: str | None = None, limit: int = 10) -> list[GazetteerPlace]:
    """Find places by the whole name or its beginning; accents, case and punctuation are ignored.

    Whole names come first, then beginnings, the most populous first in each. `country` is iso3.
    """
    key = folded(name)
    if not key:
        return []
    gazetteer = _gazetteer()
    rows, whole = gazetteer.rows_beginning(key)
    ranked = sorted(
        (place_rank >= whole, -int(gazetteer.population[row]), row)
        for place_rank, row in enumerate(rows)
        if country is None or gazetteer.countries[row] == country
    )
    return [gazetteer.place(row) for _, _, row in ranked[:limit]]


def nearest_place(longitude: float, latitude: float) -> tuple[GazetteerPlace, float]:
    """Find the populated place nearest to a point (EPSG:4326) and its distance in metres."""
    rows, metres = nearest_places(np.array([longitude]), np.array([latitude]))
    if rows[0] < 0:
        raise ValueError("a position must be two finite numbers")
    return _gazetteer().place(int(rows[0])), float(metres[0])


def nearest_places(
    longitudes: npt.ArrayLike, latitudes: npt.ArrayLike
) -> tuple[npt.NDArray[np.int64], Floats]:
    """Find the nearest place of many points: rows for `places_at` and metres; -1, NaN for NaN."""
    x, y = unrolled(longitudes), np.asarray(latitudes, dtype=float)
    rows = np.full(x.shape, -1, dtype=np.int64)
    metres = np.full(x.shape, np.nan)
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    if known.size:
        rows[known], metres[known] = _nearest(x[known], y[known])
    return rows, metres


def places_at(rows: npt.NDArray[np.int64]) -> list[GazetteerPlace | None]:
    """Give the places of the rows that `nearest_places` found."""
    distinct = {int(row): _gazetteer().place(int(row)) for row in np.unique(rows) if row >= 0}
    return [distinct.get(int(row)) for row in rows]


def _nearest(x: Floats, y: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    """Take the nearest on the Mercator map, and check by distance what its stretch could hide."""
    gazetteer = _gazetteer()
    spots = _spots(x, mercator(y))
    rows = np.asarray(gazetteer.tree.nearest(spots))
    metres = distance_m((x, y), (gazetteer.longitudes[rows], gazetteer.latitudes[rows]))
    far = np.flatnonzero(metres > FAR_M)
    rows[far] = _nearest_of_all(x[far], y[far])
    near = np.flatnonzero(metres <= FAR_M)
    degrees = metres[near] / METRES_PER_DEGREE
    stretch = 1 / np.cos(np.radians(np.minimum(np.abs(y[near]) + degrees, MERCATOR_EDGE)))
    point, row = gazetteer.tree.query(spots[near], "dwithin", degrees * stretch * 1.001 + 1e-9)
    point = near[point]
    apart = distance_m((x[point], y[point]), (gazetteer.longitudes[row], gazetteer.latitudes[row]))
    order = np.lexsort((row, apart, point))
    checked, leading = np.unique(point[order], return_index=True)
    rows[checked] = row[order][leading]
    return rows, distance_m((x, y), (gazetteer.longitudes[rows], gazetteer.latitudes[rows]))


def _nearest_of_all(x: Floats, y: Floats) -> npt.NDArray[np.int64]:
    """Compare with every place, for the few points so far out that the map misleads."""
    places = _directions(_gazetteer().longitudes, _gazetteer().latitudes).T
    spots = _directions(x, y)
    parts = [np.argmax(spots[at : at + 256] @ places, axis=1) for at in range(0, x.size, 256)]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def _directions(longitudes: Floats, latitudes: Floats) -> Floats:
    across, along = np.radians(longitudes), np.radians(latitudes)
    flat = np.cos(along)
    return np.column_stack((flat * np.cos(across), flat * np.sin(across), np.sin(along)))


def _spots(longitudes: Floats, latitudes: Floats) -> npt.NDArray[np.object_]:
    spots: npt.NDArray[np.object_] = np.asarray(shapely.points(longitudes, latitudes))
    return spots
