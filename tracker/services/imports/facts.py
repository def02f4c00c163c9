"""Turns the rows of a file into the facts of versions, with their places looked up."""

import math
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from geodata.places import boundaries_version, look_up_place, look_up_places
from tracker.domain.statuses import Scope, Status

# What a file says of an incident.
FACTS = (
    "incident_type",
    "date_from",
    "date_to",
    "date_precision",
    "date_basis",
    "number_dead",
    "number_missing_min",
    "number_missing_max",
    "number_survivors",
    "number_females",
    "number_males",
    "number_other_gender",
    "number_children",
    "causes",
    "cause_reported",
    "origins",
    "origin_reported",
    "region_origin_reported",
    "longitude",
    "latitude",
    "location_precision",
    "uncertainty_m",
    "location_basis",
    "location_description",
    "position_reported",
    "country_of_incident",
    "country_reported",
    "route_reported",
    "region_reported",
    "unsd_reported",
    "source_quality",
    "information_source",
    "url",
    "import_codes",
)
# How a file writes it, or what the importer makes of it beside the file's other rows: a change of
# these alone is no news of the incident.
_FORM = frozenset(
    {
        "date_basis",
        "position_reported",
        "location_precision",
        "uncertainty_m",
        "location_basis",
        "import_codes",
    }
)
# Two rows that agree in all of these are the same knowledge.
KNOWLEDGE = tuple(name for name in FACTS if name not in _FORM)
NUMBERS = (
    "date_from",
    "date_to",
    *(name for name in FACTS if name.startswith("number_")),
)
_MEASURED = frozenset({"longitude", "latitude", "source_quality"})
_WEST_AFRICAN_ROUTE = r"(?i)^(?=.*\bwestern? africa)(?=.*atlantic)|^western african$"
# What is said of a boat that drifted here from there, wherever it was found.
_DRIFTED = {
    "corridor": "atlantic_drift",
    "segment": None,
    "corridor_relation": "reported_route",
}
# Column of a version -> what it is called of a place.
_PLACED = {
    "country": "country",
    "un_m49": "un_m49",
    "review_2021": "review_2021",
    "corridor": "corridor",
    "segment": "segment",
    "corridor_relation": "relation",
}
_NOT_IN_FILES = ("number_missing_max", "number_other_gender")


def facts_of_rows(rows: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """Give the facts of the rows of a file: one row each, the columns of `FACTS`."""
    facts = rows.reindex(columns=list(FACTS))
    for name in _NOT_IN_FILES:
        facts[name] = np.nan
    codes = findings.loc[findings["row"].notna(), ["row", "code"]].drop_duplicates()
    joined = codes.sort_values(["row", "code"]).groupby("row")["code"].agg(";".join)
    facts["import_codes"] = rows["row"].map(joined).astype(object)
    return facts


def place_of(facts: Mapping[str, Any]) -> dict[str, str | None]:
    """Give the columns that `with_places` adds, for the facts of one incident."""
    x, y = (math.nan if facts[name] is None else facts[name] for name in ("longitude", "latitude"))
    place = look_up_place(
        x,
        y,
        uncertainty_m=facts["uncertainty_m"],
        named_country=facts["country_of_incident"],
    )
    placed: dict[str, str | None] = {
        column: getattr(place, name) for column, name in _PLACED.items()
    }
    in_americas = place.country is not None or place.un_m49 is not None
    if in_americas and re.search(_WEST_AFRICAN_ROUTE, str(facts["route_reported"])):
        land = None if place.un_m49 == "at_sea" else place.un_m49
        placed |= {"review_2021": land, **_DRIFTED}
    return {**placed, "boundaries_version": boundaries_version()}


def with_places(facts: pd.DataFrame) -> pd.DataFrame:
    """Add country, subregions, corridor and segment by the boundaries of today."""
    places = look_up_places(
        facts["longitude"].to_numpy(dtype=float),
        facts["latitude"].to_numpy(dtype=float),
        uncertainty_m=facts["uncertainty_m"].to_numpy(dtype=float),
        named_countries=facts["country_of_incident"].to_numpy(dtype=object),
    )
    placed = {column: places.decoded(name) for column, name in _PLACED.items()}
    placed_facts = facts.assign(**placed, boundaries_version=places.boundaries_version)
    return _with_drift(placed_facts)


def _with_drift(facts: pd.DataFrame) -> pd.DataFrame:
    """Put boats of the West African route that were found in the Americas where they belong.

    That corridor has no area: where a boat is found says nothing of its way, the route reported
    does, so it comes before any area. The subregion is then that of the nearest land.
    """
    drifted = facts["route_reported"].astype(str).str.contains(_WEST_AFRICAN_ROUTE)
    drifted &= facts["country"].notna() | facts["un_m49"].notna()
    if not drifted.any():
        return facts
    facts = facts.copy()
    land = facts.loc[drifted, "un_m49"].astype(object)
    facts.loc[drifted, "review_2021"] = land.where(land != "at_sea", None)
    for name, code in _DRIFTED.items():
        facts.loc[drifted, name] = code
    return facts


def as_verified(facts: pd.DataFrame) -> pd.DataFrame:
    """Add what is true of every row of a dataset that its publisher has checked."""
    return facts.assign(status=str(Status.VERIFIED), scope=str(Scope.TRANSIT))


def fingerprints(facts: pd.DataFrame, columns: tuple[str, ...]) -> "pd.Series[int]":
    """Give one number a row (int64) that changes when any of these facts does."""
    plain = pd.DataFrame(index=facts.index)
    for name in columns:
        values = facts[name]
        if name in ("date_from", "date_to"):
            days = values.to_numpy().astype("datetime64[D]")
            plain[name] = days.astype(np.int64)
        elif name.startswith("number_") or name in _MEASURED:
            # A ten-millionth of a degree is rounding, not news: a centimetre on the ground.
            plain[name] = values.astype(float).round(7)
        else:
            cells = values.to_numpy(dtype=object)
            plain[name] = pd.Series(
                np.where(pd.isna(cells), "", cells), index=facts.index, dtype=object
            )
    hashed = pd.util.hash_pandas_object(plain, index=False)
    signed: pd.Series[int] = pd.Series(
        hashed.to_numpy(dtype=np.uint64).view(np.int64), index=facts.index, dtype=np.int64
    )
    return signed
