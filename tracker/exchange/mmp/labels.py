"""Read the labels of a row: type, region, route, causes, countries, quality of the source."""

import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from geodata.countries import find_country
from tracker.domain.causes import causes_of
from tracker.domain.exports import unguarded
from tracker.exchange.mmp.columns import TEXT, Column, clean_text, tell, translate
from tracker.exchange.mmp.findings import Findings

# Kept as received, under our name for them.
_AS_RECEIVED = {
    "location": "location_description",
    "country": "country_reported",
    "route": "route_reported",
    "region": "region_reported",
    "unsd": "unsd_reported",
    "origin": "origin_reported",
    "region_origin": "region_origin_reported",
    "cause": "cause_reported",
    "source": "information_source",
    "url": "url",
}
_JOINED = ("region_reported", "route_reported", "unsd_reported")
_PRESUMED = re.compile(r"\s*\(P\)\s*$")
_TYPES = (("cumulative", "cumulative_incident"), ("split", "split_incident"))


def read_labels(raw: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """Return the columns kept as received and what they mean in codes.

    The text columns leave `raw`: a million rows shall not stand in memory twice.
    """
    labels = {
        ours: _unguarded(clean_text(raw.pop(field))) if field in raw else _nothing(raw)
        for field, ours in _AS_RECEIVED.items()
    }
    for name in _JOINED:
        _report_joined(labels[name], findings, name)
    labels["incident_type"] = _types(raw, findings)
    labels["causes"] = _causes(labels["cause_reported"], findings)
    labels["country_of_incident"] = _coded(labels["country_reported"], find_country)
    labels["origins"] = _coded(labels["origin_reported"], _origins)
    labels["source_quality"] = _quality(raw, findings)
    return pd.DataFrame(labels)


def _unguarded(words: Column) -> Column:
    """Take away the apostrophe that keeps spreadsheets from running a text as a formula."""
    marked = words.str.startswith("'").fillna(False).to_numpy(dtype=bool)
    if marked.any():
        words[marked] = words[marked].map(unguarded).astype(TEXT)
    return words


def _coded(words: Column, rule: Callable[[str], object]) -> Column:
    return translate(words, rule).astype(TEXT)


def _types(raw: pd.DataFrame, findings: Findings) -> Column:
    """Return the incident type; of several, the one that says most about how it was counted."""
    if "incident_type" not in raw:
        return pd.Series("incident", index=raw.index, dtype=TEXT)
    words = clean_text(raw["incident_type"])
    types = _coded(words, _type).fillna("incident")
    _report_joined(words, findings, "incident_type", value=types)
    return types


def _type(words: str) -> str:
    return next((code for word, code in _TYPES if word in words.casefold()), "incident")


def _causes(words: Column, findings: Findings) -> Column:
    """Return cause codes joined by semicolons."""
    told = words.fillna("")
    codes = _coded(told, lambda word: ";".join(causes_of(word)[0]))
    strange = tell(told, lambda word: not causes_of(word)[1])
    findings.add(
        "unknown_cause", strange, column="causes", action="kept", original=words, value=codes
    )
    return codes


def _origins(words: str) -> str | None:
    """Return the iso3 codes of all countries named, sorted, or None."""
    whole = find_country(_PRESUMED.sub("", words))
    if whole:
        return whole
    parts = (find_country(_PRESUMED.sub("", part.strip())) for part in words.split(","))
    return ";".join(sorted({part for part in parts if part})) or None


def _quality(raw: pd.DataFrame, findings: Findings) -> Column:
    """Return source quality 1 to 5; of several values the lowest."""
    if "quality" not in raw:
        return pd.Series(pd.NA, index=raw.index, dtype="Int8")
    words = clean_text(raw["quality"])
    quality = translate(words, _lowest_quality).astype("Float64").astype("Int8")
    lowest = quality.astype(TEXT)
    _report_joined(words, findings, "source_quality", value=lowest, action="lowered")
    unreadable = (words.notna() & quality.isna()).to_numpy(dtype=bool)
    findings.add(
        "unreadable_number", unreadable, column="source_quality", action="kept", original=words
    )
    return quality


def _lowest_quality(words: str) -> int | None:
    if not re.fullmatch(r"[1-5](\.0)?(\s*,\s*[1-5](\.0)?)*", words):
        return None
    return min(int(float(part)) for part in words.split(","))


def _report_joined(
    words: Column,
    findings: Findings,
    column: str,
    *,
    value: "Column | None" = None,
    action: str = "kept",
) -> None:
    """Report cells that hold several values. Publishers join them with a comma and no blank."""
    known = set(words.dropna().unique())
    mask = tell(words, lambda cell: _is_joined(cell, known))
    shown = words if value is None else value
    findings.add("joined_values", mask, column=column, action=action, original=words, value=shown)


def _is_joined(cell: str, known: set[str]) -> bool:
    """Tell several values from one that holds a comma ("From Haiti to Dajabon, Santo Domingo")."""
    return bool(re.search(r",(?=\S)", cell)) or (
        ", " in cell and all(part in known for part in cell.split(", "))
    )


def _nothing(raw: pd.DataFrame) -> Column:
    return pd.Series(np.nan, index=raw.index, dtype=TEXT)
