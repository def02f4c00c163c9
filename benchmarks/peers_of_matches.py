"""Two simpler ways to look for the same person: by name and age alone, and Splink as it comes."""

import logging
from collections.abc import Sequence

import duckdb
import numpy as np
import pandas as pd
import splink.comparison_library as cl
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

from geodata.spelling import folded

NAMES = ("given_names", "first_surname", "second_surname")
# A year apart takes off as much as so much of the likeness of a name.
YEAR = 0.01


def nearest_by_name_and_age(
    cases: pd.DataFrame, remains: pd.DataFrame, limit: int = 10
) -> pd.DataFrame:
    """Rank cases for each find by the likeness of the whole name less the years apart.

    Returns one_id (remains), other_id (case), the likeliest first.
    """
    sought, found = _whole_names(cases), _whole_names(remains)
    ages = [
        frame[["age_from", "age_to"]].mean(axis=1).to_numpy(dtype=float)
        for frame in (cases, remains)
    ]
    case_ids = cases["id"].to_numpy(dtype=object)
    parts = []
    for start in range(0, len(remains), 500):
        rows = slice(start, start + 500)
        alike = process.cdist(
            found[rows], sought, scorer=JaroWinkler.similarity, dtype=np.float32, workers=2
        )
        alike[[not name for name in found[rows]], :] = 0.0
        apart = np.nan_to_num(np.abs(ages[1][rows, None] - ages[0][None, :]), nan=10.0)
        score = alike - YEAR * apart.astype(np.float32)
        wanted = min(limit, len(sought))
        top = np.argpartition(score, -wanted, axis=1)[:, -wanted:]
        parts.append(
            pd.DataFrame(
                {
                    "one_id": np.repeat(remains["id"].to_numpy(dtype=object)[rows], wanted),
                    "other_id": case_ids[top.ravel()],
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _whole_names(frame: pd.DataFrame) -> list[str]:
    rows = zip(*(frame[name] for name in NAMES), strict=True)
    return [folded(" ".join(part for part in row if isinstance(part, str))) for row in rows]


def splink_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the columns that Splink's ready comparisons can read, None where not known."""
    stem = "found" if "found_date" in frame else "contact"
    age = frame[["age_from", "age_to"]].mean(axis=1)
    band = (age // 5).astype("Int64").astype(object)
    table = frame[["id", *NAMES, "sex", "hair", "eyes", "origin_country", "telephones"]].copy()
    table = table.rename(columns={"id": "unique_id"})
    table["corridor"] = frame[f"{stem}_corridor"]
    table["age_band"] = band.where(band.notna(), None)
    for name in NAMES:
        table[name] = [folded(text) if isinstance(text, str) else None for text in frame[name]]
    return table.astype(object).where(table.notna(), None)


def splink_settings() -> SettingsCreator:
    """Take Splink's ready comparisons with their defaults, and common blocking rules."""
    exact = ("sex", "age_band", "hair", "eyes", "corridor", "origin_country")
    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            *(cl.NameComparison(name) for name in NAMES),
            *(cl.ExactMatch(name) for name in exact),
            cl.ArrayIntersectAtSizes("telephones", [1]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("first_surname"),
            block_on("second_surname"),
            block_on("given_names", "age_band"),
            block_on("sex", "age_band", "corridor", "hair"),
        ],
    )


def nearest_by_splink(cases: pd.DataFrame, remains: pd.DataFrame, limit: int = 10) -> pd.DataFrame:
    """Rank cases for each find by Splink: u from random pairs, m by expectation maximisation.

    Returns one_id (remains), other_id (case), probability, the likeliest first.
    """
    linker = splink_linker(cases, remains)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in (block_on("first_surname"), block_on("sex", "age_band", "corridor")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict().as_pandas_dataframe()
    return _ranked(pairs, limit)


def splink_linker(cases: pd.DataFrame, remains: pd.DataFrame) -> Linker:
    """Register both frames: "a_remains" comes first by its name, and so is the left side."""
    api = DuckDBAPI(duckdb.connect(config={"threads": 2}))
    sides: Sequence[object] = [
        api.register(splink_table(frame), dataset_display_name=name)
        for frame, name in ((remains, "a_remains"), (cases, "b_cases"))
    ]
    return Linker(sides, splink_settings(), log_level=logging.ERROR)


def _ranked(pairs: pd.DataFrame, limit: int) -> pd.DataFrame:
    named = pairs.rename(
        columns={
            "unique_id_l": "one_id",
            "unique_id_r": "other_id",
            "match_probability": "probability",
        }
    )
    ordered = named.sort_values("probability", ascending=False, kind="stable")
    best = ordered.groupby("one_id", sort=False).head(limit)
    return best[["one_id", "other_id", "probability"]].reset_index(drop=True)
