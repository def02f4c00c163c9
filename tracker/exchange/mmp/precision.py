"""Say how precisely a place is known: by its digits, its words, and how many rows share it."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tracker.exchange.mmp.columns import TEXT, Column, Mask, matches
from tracker.exchange.mmp.findings import Findings
from tracker.exchange.mmp.positions import Positions

# Radius in metres of each step, finest first.
UNCERTAINTY_M = {
    "exact": 10.0,
    "vicinity": 100.0,
    "locality": 1_000.0,
    "adm3": 5_000.0,
    "sea_area": 25_000.0,
    "adm2": 30_000.0,
    "corridor_segment": 50_000.0,
    "adm1": 100_000.0,
}
_STEPS = tuple(UNCERTAINTY_M)
_WIDE = tuple(UNCERTAINTY_M.values())
_BASIS = dict.fromkeys(_STEPS, "place_name") | {
    "exact": "gps",
    "sea_area": "estimated",
    "adm2": "admin_centre",
    "corridor_segment": "estimated",
    "adm1": "admin_centre",
}
# Later words win over earlier ones.
_WORDS = (
    (r"see (?:the )?coordinates|exact location", "exact"),
    (r"\bnear\b|close to|\bcerca|outside|\bbetween\b|\bentre\b|on the r(?:oad|oute)", "adm3"),
    (r"off the coast|\bat sea\b|nautical|frente a la costa|\bocean\b|open sea", "sea_area"),
    (r"unspecified|not specified|see spreadsheet|no especificad|jurisdiction\W*$", "adm2"),
    (r"^\W*\w+ (?:\w+ )?county\W*$", "adm2"),
    (r"unspecified location (?:in|near|within) (?:the )?[\w ]+(?:, \w+)?$", "adm1"),
    (r"(?:unspecified|no especificad).*\bdari[eé]n", "corridor_segment"),
)
_MANY_ROWS = 10
_SOME_ROWS = 5
_UNLIKE_PLACES = 4


def read_precision(
    positions: Positions, location: Column, reach: np.ndarray, *, findings: Findings
) -> pd.DataFrame:
    """Return `location_precision`, `uncertainty_m` and `location_basis`.

    The coarsest of what digits, words and sharing say stands, and at least `reach` metres.
    Only a point of its own, whose words say that it is exact, is exact.
    """
    placed = ~np.isnan(positions.longitude)
    decimals = _decimals(positions.reported)
    whole = placed & (positions.longitude % 1 == 0) & (positions.latitude % 1 == 0)
    shared, placeholder = _sharing(positions, location, placed & ~whole)
    step = np.maximum(_by_words(location), _by_decimals(decimals))
    step = np.where(shared, np.maximum(step, _STEPS.index("locality")), step)
    in_darien = matches(location, r"\bdari[eé]n")
    wide = np.where(in_darien, _STEPS.index("corridor_segment"), _STEPS.index("adm1"))
    county = matches(location, r"pima|county|jurisdiction|sector")
    wide = np.where(county & ~in_darien, _STEPS.index("adm2"), wide)
    step = np.where(placeholder, np.maximum(step, wide), step)
    step = np.where(whole, np.maximum(step, _STEPS.index("adm1")), step)
    area = np.where(reach > UNCERTAINTY_M["adm2"], _STEPS.index("adm1"), _STEPS.index("adm2"))
    step = np.where(reach > 0, np.maximum(step, area), step)
    precision = pd.Series(np.array(_STEPS, dtype=object)[step], dtype=TEXT).where(placed, "unknown")
    for code, mask in (("placeholder_coordinates", placeholder), ("whole_degree", whole)):
        findings.add(
            code,
            mask,
            column="location_precision",
            action="lowered",
            original=positions.reported,
            value=precision,
        )
    basis = np.array([_BASIS[name] for name in _STEPS], dtype=object)[step]
    return pd.DataFrame(
        {
            "location_precision": precision,
            "uncertainty_m": np.where(placed, np.maximum(np.array(_WIDE)[step], reach), np.nan),
            "location_basis": pd.Series(basis, dtype=TEXT).where(placed),
        }
    )


def _by_words(location: Column) -> np.ndarray:
    """Return the step that the description tells; a plain place name is a locality."""
    step = np.full(len(location), _STEPS.index("locality"))
    exact = np.zeros(len(location), dtype=bool)
    for pattern, name in _WORDS:
        found = matches(location, pattern)
        exact = found if name == "exact" else exact
        step = np.where(found, _STEPS.index(name), step)
    return np.where(exact, _STEPS.index("exact"), step)


def _by_decimals(decimals: np.ndarray) -> np.ndarray:
    """Return the step that the number of decimals allows."""
    names = ("adm1", "adm2", "locality", "vicinity", "exact")
    steps = np.array([_STEPS.index(name) for name in names])
    return np.asarray(steps[np.clip(decimals, 0, len(names) - 1)])


def _decimals(reported: Column) -> np.ndarray:
    """Count the decimals of the finer of the two numbers, needless zeros left out."""
    codes, values = pd.factorize(reported)
    numbers = pc.extract_regex(
        pa.array(values, pa.string()), r"(?P<one>-?[\d.]+)[^-\d.]+(?P<other>-?[\d.]+)\D*$"
    )
    counted = [_places(pc.struct_field(numbers, name)) for name in ("one", "other")]
    return np.asarray(np.append(np.maximum(*counted), 0)[codes])


def _places(numbers: pa.Array) -> np.ndarray:
    """Count what stands behind the decimal point of numbers written as text."""
    plain = pc.utf8_rtrim(numbers, "0")
    point = pc.find_substring(plain, ".")
    after = pc.subtract(pc.subtract(pc.utf8_length(plain), point), 1)
    counted = pc.if_else(pc.greater_equal(point, 0), after, 0)
    return np.asarray(pc.fill_null(counted, 0).to_numpy(zero_copy_only=False), dtype=int)


def _sharing(positions: Positions, location: Column, placed: Mask) -> tuple[Mask, Mask]:
    """Tell points that several rows share, and those that stand in for unlike places."""
    frame = pd.DataFrame(
        {
            "point": pd.factorize(positions.reported)[0],
            "words": pd.factorize(location)[0],
        }
    )
    rows = frame.groupby("point")["words"].transform("size").to_numpy()
    words = frame.groupby("point")["words"].transform("nunique").to_numpy()
    shared = placed & (rows > 1)
    many = rows >= _MANY_ROWS
    unlike = (rows >= _SOME_ROWS) & (words >= _UNLIKE_PLACES)
    return shared, placed & (many | unlike)
