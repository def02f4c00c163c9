"""Say which incident a row is about, by the ids that its publisher gave it."""

import re

import numpy as np
import pandas as pd

from tracker.exchange.mmp.columns import TEXT, Column, clean_text, holds
from tracker.exchange.mmp.findings import Findings

_IDS = ("incident_id", "main_id", "web_id")
_MAIN_ID = re.compile(r"(19|20)\d\d\.MMP\d+$")


def read_identities(raw: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """Return `identity` and `external_ids` of each row.

    The Incident ID leads where there is one, else Main ID, else Web ID; the first of several in a
    cell leads. A Main ID that repeats gets an ordinal from its second row on ("...#2"); any other
    id that repeats does too, and is reported.
    """
    known = {name: _joined_ids(raw[name]) for name in _IDS if name in raw}
    leader: Column = pd.Series(np.nan, index=raw.index, dtype=TEXT)
    for ids in known.values():
        leader = leader.fillna(_first(ids))
    if leader.isna().any():
        leader = leader.fillna("row " + raw["row"].astype(TEXT))
    ordinal = leader.groupby(leader).cumcount().to_numpy() + 1
    again = ordinal > 1
    identity = leader.copy()
    identity[again] = leader[again] + "#" + pd.Series(ordinal[again]).astype(TEXT).to_numpy()
    if not _repeats_by_design(known, leader):
        findings.add(
            "id_conflict", again, column="identity", action="kept", original=leader, value=identity
        )
    _report_joined(known, leader, findings)
    return pd.DataFrame({"identity": identity, "external_ids": _external_ids(known)})


def _joined_ids(column: Column) -> Column:
    """Return ids of a cell joined by commas, without blanks or marks inside."""
    ids = clean_text(column)
    for mark in (" ", "\ufeff", "\u00a0", "\n", ";"):
        odd = holds(ids, mark)
        if odd.any():
            ids[odd] = ids[odd].str.replace(mark, "," if mark == ";" else "", regex=False)
    return ids


def _first(ids: Column) -> Column:
    """Return the first of the ids of each cell."""
    first, several = ids.copy(), holds(ids, ",")
    first[several] = ids[several].str.split(",").str[0].astype(TEXT)
    return first


def _repeats_by_design(known: dict[str, Column], leader: Column) -> bool:
    """Tell whether the leading id is a Main ID, which split incidents share."""
    return "incident_id" not in known and bool(leader.head(50).str.match(_MAIN_ID.pattern).any())


def _external_ids(known: dict[str, Column]) -> Column:
    """Join all ids as kind:id, parted by bars."""
    joined: Column | None = None
    for name in _IDS:
        if name not in known:
            continue
        ids = known[name]
        kind = name
        if name == "web_id" and ids.head(50).str.match(_MAIN_ID.pattern).any():
            kind = "main_id"  # the copy on the Humanitarian Data Exchange calls it so
        words = (kind + ":" + ids).str.replace(",", f"|{kind}:", regex=False)
        joined = words if joined is None else _both(joined, words)
    assert joined is not None  # noqa: S101 - a layout without any id was refused
    return joined


def _both(first: Column, second: Column) -> Column:
    """Join two columns by a bar, where both are known."""
    return first.str.cat(second, sep="|").fillna(first).fillna(second)


def _report_joined(known: dict[str, Column], leader: Column, findings: Findings) -> None:
    """Report cells with several ids, and ids that lead one row but stand in another too."""
    leaders = pd.Index(leader)
    for name, ids in known.items():
        several = holds(ids, ",")
        findings.add(
            "joined_values", several, column=name, action="kept", original=ids, value=leader
        )
        others = ids[several].str.split(",").explode()
        claimed = others[others.isin(leaders) & (others != leader.loc[others.index])]
        mask = ids.index.isin(claimed.index)
        findings.add("id_conflict", mask, column=name, action="kept", original=ids, value=leader)
