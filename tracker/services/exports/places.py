"""Decides for whole columns where incidents may be shown: what `published_place` says of each."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tracker.domain.publication import (
    PRECISION_RADIUS_M,
    PublicationRule,
    grid_radius_m,
    place_on_grid,
)

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
# A product this near to the middle between two roundings is rounded by Python, which sees it exact.
_CLOSE = 1e-4


@dataclass(frozen=True)
class PublishedPlaces:
    """Places of many incidents as the asker may see them; NaN where there is none to be seen.

    `described` tells where the words of the place may be given too, `exact` which places are given
    as they stand, if they are given at all.
    """

    longitude: Floats
    latitude: Floats
    uncertainty_m: Floats
    described: Mask
    exact: Mask


def published_places(known: pa.Table, rule: PublicationRule, today: dt.date) -> PublishedPlaces:
    """Give the places of a stretch of known versions (`tracker.db.queries.exports`)."""
    longitude, latitude = (_floats(known[name]) for name in ("longitude", "latitude"))
    exact = _exact(known)
    placed = ~(np.isnan(longitude) | np.isnan(latitude))
    radius = _radius(known)
    shown = placed & (exact | ~_delayed(known, rule, today))
    x, y = round_degrees(longitude), round_degrees(latitude)
    coarse = np.flatnonzero(shown & ~exact)
    if len(coarse):
        grid = _grids(known["corridor"].take(pa.array(coarse)), rule)
        x[coarse] = grid_centres(longitude[coarse], grid)
        y[coarse] = grid_centres(latitude[coarse], grid)
        radius[coarse] = np.maximum(radius[coarse], [grid_radius_m(width) for width in grid])
    for values in (x, y, radius):
        values[~shown] = np.nan
    return PublishedPlaces(x, y, radius, described=shown & exact, exact=exact)


def _exact(known: pa.Table) -> Mask:
    """Tell places that are given as they stand: a publisher's own, or seen in full."""
    of_dataset = pc.is_valid(known["dataset"])
    # Null where nobody in particular logged it: then it is not theirs.
    in_full = pc.fill_null(known["in_full"], False)
    seen: Mask = pc.or_(of_dataset, in_full).to_numpy().astype(bool)
    return seen


def _radius(known: pa.Table) -> Floats:
    steps = pc.dictionary_encode(known["location_precision"]).combine_chunks()
    least = np.array([PRECISION_RADIUS_M[step] for step in steps.dictionary.to_pylist()])
    told = np.nan_to_num(_floats(known["uncertainty_m"]))
    return np.maximum(told, least[steps.indices.to_numpy()] if len(least) else 0.0)


def _delayed(known: pa.Table, rule: PublicationRule, today: dt.date) -> Mask:
    recorded = pc.cast(pc.floor_temporal(known["recorded_from"], unit="day"), pa.date32())
    logged = pc.coalesce(known["logged_on"], recorded).to_numpy().astype("datetime64[D]")
    days = (np.datetime64(today, "D") - logged).astype(np.int64)
    delayed: Mask = days < rule.delay_days
    return delayed


def _grids(corridors: pa.ChunkedArray, rule: PublicationRule) -> Floats:
    return np.array([rule.grid(corridor) for corridor in corridors.to_pylist()], dtype=float)


def grid_centres(degrees: Floats, grid: Floats) -> Floats:
    """Give the centres of the cells that hold these degrees: `place_on_grid`, many at once."""
    cells = degrees / grid
    near = np.rint(cells)
    raised = np.where(np.abs(cells - near) < 1e-6, near, np.floor(cells))
    centres = (raised + 0.5) * grid
    scaled = centres * 1e6
    rounded: Floats = np.rint(scaled) / 1e6
    # Where a digit more or less decides, the rule itself decides.
    unsure = (np.abs(cells - near) < 1e-6) | (_to_the_middle(scaled) < _CLOSE)
    for at in np.flatnonzero(unsure).tolist():
        rounded[at] = place_on_grid(float(degrees[at]), 0.0, float(grid[at]))[0]
    return rounded


def round_degrees(degrees: Floats) -> Floats:
    """Round to five decimals as Python does."""
    scaled = degrees * 1e5
    rounded: Floats = np.rint(scaled) / 1e5
    for at in np.flatnonzero(_to_the_middle(scaled) < _CLOSE).tolist():
        rounded[at] = round(float(degrees[at]), 5)
    return rounded


def _to_the_middle(scaled: Floats) -> Floats:
    with np.errstate(invalid="ignore"):
        return np.abs(scaled - np.floor(scaled) - 0.5)


def _floats(column: pa.ChunkedArray) -> Floats:
    values: Floats = pc.cast(column, pa.float64()).to_numpy().astype(float)
    return values.copy()
