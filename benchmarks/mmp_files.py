"""Writes synthetic incidents as a file in the layout of the Missing Migrants Project."""

from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.synthetic import FIRST_DAY, LAST_DAY, SEED

_TYPES = {
    "incident": "Incident",
    "split_incident": "Split Incident",
    "cumulative_incident": "Cumulative Incident",
}
_AS_RECEIVED = {
    "Region of Incident": "region_reported",
    "Number of Dead": "number_dead",
    "Minimum Estimated Number of Missing": "number_missing_min",
    "Number of Survivors": "number_survivors",
    "Number of Females": "number_females",
    "Number of Males": "number_males",
    "Number of Children": "number_children",
    "Country of Origin": "origin_reported",
    "Region of Origin": "region_origin_reported",
    "Cause of Death": "cause_reported",
    "Country of Incident": "country_reported",
    "Migration Route": "route_reported",
    "UNSD Geographical Grouping": "unsd_reported",
    "Information Source": "information_source",
    "Source Quality": "source_quality",
}


def write_mmp_file(path: Path, real: pd.DataFrame, count: int, *, seed: int = SEED) -> None:
    """Write so many rows: real ones resampled, each with its own id, day, spot and words."""
    rng = np.random.default_rng(seed)
    facts = real.iloc[rng.integers(0, len(real), count)].reset_index(drop=True)
    days = rng.integers(FIRST_DAY.astype(int), LAST_DAY.astype(int) + 1, count)
    dates = pd.Series(days.astype("datetime64[D]").astype("datetime64[s]"))
    rows = pd.DataFrame({"Main ID": [f"{day.year}.MMP{at:07d}" for at, day in enumerate(dates)]})
    rows["Incident ID"] = rows["Main ID"]
    rows["Incident Type"] = facts["incident_type"].map(_TYPES)
    rows["Incident Date"] = dates.dt.strftime("%Y-%m-%d")
    rows["Incident Year"], rows["Month"] = dates.dt.year, dates.dt.month_name()
    for header, name in _AS_RECEIVED.items():
        values = facts[name]
        rows[header] = values.astype("Int64") if values.dtype.kind == "f" else values
    total = facts["number_dead"].fillna(0) + facts["number_missing_min"].fillna(0)
    rows["Total Number of Dead and Missing"] = total.astype("Int64")
    # Spots and words of real rows differ from one another; so must those drawn from one row.
    moved = [facts[name] + rng.normal(0, 0.01, count) for name in ("longitude", "latitude")]
    rows["Coordinates"] = [
        "" if x != x else f"POINT ({x:.6f} {y:.6f})"  # noqa: PLR0124
        for x, y in zip(*moved, strict=True)
    ]
    number = rows["Main ID"].str[-7:]
    # Different words in each row, ending in the country as real ones do.
    rows["Location of Incident"] = (
        "Record " + number + ", " + facts["location_description"].fillna("")
    )
    rows["URL"] = facts["url"].fillna("https://example.org/") + "?" + number
    rows.to_csv(path, index=False)
