"""Where a point lies: country, subregion in each scheme, corridor, segment; a million at a time."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.areas import Codes, layer, reaches
from geodata.distances import Floats
from geodata.grid import EDGE_STEP_M, HALF_DIAGONAL_M, LAYERS, Grid, GridStale, load_grid, save_grid
from geodata.grid_building import NAMED_REACH_M, build_grid
from geodata.schemes import (
    REVIEW_2021,
    UN_M49,
    review_2021_subregion,
    un_m49_subregion,
)

RELATIONS = ("inside", "straddles")
COLUMNS = ("country", "un_m49", "review_2021", "corridor", "segment", "relation")


@dataclass(frozen=True)
class Place:
    """What is known of one point; None where it belongs to none."""

    country: str | None
    un_m49: str | None
    review_2021: str | None
    corridor: str | None
    segment: str | None
    relation: str | None


@dataclass(frozen=True)
class Places:
    """What is known of many points: an int16 code for each, -1 for none, with the words behind."""

    country: Codes
    un_m49: Codes
    review_2021: Codes
    corridor: Codes
    segment: Codes
    relation: Codes
    vocabularies: dict[str, tuple[str, ...]]
    boundaries_version: str

    def decoded(self, name: str) -> npt.NDArray[np.object_]:
        """Give the words of one column as an array of str | None."""
        words = np.array([*self.vocabularies[name], None], dtype=object)
        codes: Codes = getattr(self, name)
        return words[codes]

    def frame(self) -> pd.DataFrame:
        """Give all columns as words."""
        return pd.DataFrame({name: self.decoded(name) for name in COLUMNS}, dtype=object)


@cache
def _grid() -> Grid:
    try:
        return load_grid()
    except (FileNotFoundError, GridStale):
        grid = build_grid()
        with suppress(OSError):  # a read-only installation builds it anew each time
            save_grid(grid)
        return grid


def boundaries_version() -> str:
    """Name the boundaries by which places are looked up."""
    return _grid().version


def look_up_place(
    longitude: float,
    latitude: float,
    *,
    uncertainty_m: float | None = None,
    named_country: str | None = None,
) -> Place:
    """Look up one point (EPSG:4326); see `look_up_places`."""
    places = look_up_places(
        np.array([longitude], dtype=float),
        np.array([latitude], dtype=float),
        uncertainty_m=None if uncertainty_m is None else np.array([uncertainty_m]),
        named_countries=[named_country],
    )
    return Place(**{name: places.decoded(name)[0] for name in COLUMNS})


def look_up_places(
    longitudes: npt.ArrayLike,
    latitudes: npt.ArrayLike,
    *,
    uncertainty_m: npt.ArrayLike | None = None,
    named_countries: Sequence[str | None] | npt.NDArray[np.object_] | None = None,
) -> Places:
    """Look up points in EPSG:4326 degrees; all arrays of one length, NaN where not known.

    A named country (iso3) wins where the point lies within 5 km of it. At sea the subregion is
    that of the nearest shore within 200 nautical miles of the middle of the point's cell. A point
    in a corridor is `inside`, or `straddles` where its uncertainty reaches over an edge.
    """
    x = np.asarray(longitudes, dtype=float)
    y = np.asarray(latitudes, dtype=float)
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError("positions_unequal")
    grid = _grid()
    cell, zone = grid.cell_of(x, y)
    country, corridor, segment = (_codes(number, (grid, zone), (x, y)) for number in range(3))
    segment = _within_corridor(segment, corridor)
    if named_countries is not None:
        country = _with_named((country, _country_codes(named_countries)), (grid, cell), (x, y))
    subregions = _subregions(zone, country, corridor)
    relation = np.where(corridor >= 0, 0, -1).astype(np.int16)
    if uncertainty_m is not None:
        radius = np.asarray(uncertainty_m, dtype=float)
        relation[_straddling((corridor, radius), (grid, cell), (x, y))] = 1
    return Places(
        country=country,
        un_m49=subregions[0],
        review_2021=subregions[1],
        corridor=corridor,
        segment=segment,
        relation=relation,
        vocabularies=_vocabularies(),
        boundaries_version=grid.version,
    )


def _codes(number: int, table: tuple[Grid, Codes], points: tuple[Floats, Floats]) -> Codes:
    """Take a layer's certain answers from the table and test what is left against the shapes."""
    grid, zone = table
    codes: Codes = grid.codes[number][zone]
    open_ = np.flatnonzero(grid.mixed[number][zone])
    x, y = points[0][open_], points[1][open_]
    codes[open_] = layer(LAYERS[number]).covering(x, y, grid.masks[number][zone[open_]])
    return codes


def _within_corridor(segment: Codes, corridor: Codes) -> Codes:
    """Drop a segment whose corridor is another, where rounded edges overlap by a hair."""
    owners = layer("corridors").ids
    owner = [owners.index(str(facts["corridor"])) for facts in layer("segments").facts]
    owner_of = np.array([*owner, -1], dtype=np.int16)
    return np.where(owner_of[segment] == corridor, segment, -1).astype(np.int16)


def _country_codes(named: Sequence[str | None] | npt.NDArray[np.object_]) -> Codes:
    codes, distinct = pd.factorize(np.asarray(named, dtype=object))
    order = {iso3: code for code, iso3 in enumerate(layer("countries").ids)}
    known = np.array([*(order.get(iso3, -1) for iso3 in distinct), -1], dtype=np.int16)
    return known[codes]


def _with_named(
    areas: tuple[Codes, Codes],
    table: tuple[Grid, npt.NDArray[np.int64]],
    points: tuple[Floats, Floats],
) -> Codes:
    """Prefer the named country where it comes within 5 km of the point."""
    (country, named), (grid, cell), (x, y) = areas, table, points
    at = np.flatnonzero((named >= 0) & (named != country) & (cell >= 0))
    sets = grid.near_sets[grid.near[cell[at]]]
    at = at[(sets >> named[at].astype(np.uint64) & np.uint64(1)).astype(bool)]
    metres = np.full(at.size, NAMED_REACH_M)
    at = at[reaches((layer("countries"), named[at]), (x[at], y[at]), metres)]
    preferred = country.copy()
    preferred[at] = named[at]
    return preferred


def _straddling(
    circles: tuple[Codes, Floats],
    table: tuple[Grid, npt.NDArray[np.int64]],
    points: tuple[Floats, Floats],
) -> npt.NDArray[np.int64]:
    """Find the points whose circle crosses their corridor's edge; only doubtful ones are tested."""
    (corridor, radius), (grid, cell), (x, y) = circles, table, points
    within = np.flatnonzero((corridor >= 0) & (radius > 0))
    middle = grid.edges[cell[within]] * EDGE_STEP_M
    wide = radius[within]
    # The table measures from the middle of the cell, to points along the edges.
    crossing = (middle > 0) & (wide > middle + HALF_DIAGONAL_M + EDGE_STEP_M)
    doubtful = ~crossing & (wide > middle * 0.97 - HALF_DIAGONAL_M - 10 * EDGE_STEP_M)
    at = within[doubtful]
    corridors = layer("corridors")
    crossing[doubtful] = reaches((corridors, corridor[at]), (x[at], y[at]), wide[doubtful])
    return within[crossing]


def _subregions(zone: Codes, country: Codes, corridor: Codes) -> tuple[Codes, Codes]:
    """Put points into the subregions of both schemes: on land by country, at sea by the shore."""
    un_land, review_land, review_corridor = _land_subregions()
    un_sea, review_sea = _sea_subregions()
    ashore = country >= 0
    un_m49 = np.where(ashore, un_land[country], un_sea[zone])
    review = np.where(ashore, review_land[country], review_sea[zone])
    decided = review_corridor[corridor]
    return un_m49, np.where(decided >= 0, decided, review)


@cache
def _land_subregions() -> tuple[Codes, Codes, Codes]:
    """Give the subregion of each country in both schemes, and of each corridor that is one."""
    countries, corridors = layer("countries").ids, layer("corridors").ids
    return (
        _coded([un_m49_subregion(iso3) for iso3 in countries], UN_M49.codes),
        _coded([review_2021_subregion(iso3, None) for iso3 in countries], REVIEW_2021.codes),
        _coded([review_2021_subregion(None, name) for name in corridors], REVIEW_2021.codes),
    )


@cache
def _sea_subregions() -> tuple[Codes, Codes]:
    """Give the subregion at sea of each zone of the table in both schemes."""
    countries = layer("countries").ids
    shores = [
        (countries[shore], float(reach)) if shore >= 0 else None
        for shore, reach in zip(_grid().shores, _grid().shores_km, strict=True)
    ]
    un_m49 = [at and un_m49_subregion(at[0], distance_km=at[1]) for at in shores]
    review = [at and review_2021_subregion(at[0], None, distance_km=at[1]) for at in shores]
    return _coded(un_m49, UN_M49.codes), _coded(review, REVIEW_2021.codes)


def _coded(words: Sequence[str | None], vocabulary: Sequence[str]) -> Codes:
    """Turn words into codes, with -1 at the end so that code -1 stays -1."""
    codes = [-1 if word is None else vocabulary.index(word) for word in words]
    return np.array([*codes, -1], dtype=np.int16)


@cache
def _vocabularies() -> dict[str, tuple[str, ...]]:
    return {
        "country": layer("countries").ids,
        "un_m49": UN_M49.codes,
        "review_2021": REVIEW_2021.codes,
        "corridor": layer("corridors").ids,
        "segment": layer("segments").ids,
        "relation": RELATIONS,
    }
