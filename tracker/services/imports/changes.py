"""Compares a file with what a dataset already holds."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy.orm import Session

from tracker.db.models import IncidentVersion
from tracker.db.queries.erasures import NAME_OF_EVENT, erased_names
from tracker.db.queries.imports import dataset_state
from tracker.db.rows import rows_as_frame
from tracker.domain.statuses import Reason, Status
from tracker.linkage.incident_rows import link_rows
from tracker.services.imports.facts import FACTS, NUMBERS, fingerprints


@dataclass(frozen=True)
class Changes:
    """What a file changes in its dataset.

    `versions`: one row for each version to write, with `reason`, `supersedes` (NaN for a new
    incident), `incident_id` (NaN for a new one) and the facts of the file.
    `withdrawn`: version ids of incidents that the file no longer has (only where it replaces).
    `gone`: identities that the file no longer has and that stay.
    `continued`: identities of old rows that new rows continue, with the reasons for it.
    `unnamed`: for each row of the file, whether its identity is new to the dataset.
    `incident_ids`: for each row, the incident that it is about (NaN for a new one).
    `edited`: identities whose difference goes to review, since a person has revised them.
    """

    versions: pd.DataFrame
    withdrawn: list[int]
    gone: list[str]
    continued: pd.DataFrame
    edited: list[str]
    unchanged: int
    unnamed: "pd.Series[bool]"
    incident_ids: "pd.Series[float]"
    standing_before: int


def rows_erased(session: Session, facts: pd.DataFrame, *, dataset: str) -> "pd.Series[bool]":
    """Say of each row whether it would bring back an incident that was erased here.

    That is one by a name of its own; a row that continues what stands brings nothing back.
    """
    names = erased_names(session, dataset)
    if not names:
        return pd.Series(data=False, index=facts.index)
    others = facts["external_ids"].fillna("").astype(str).str.split("|")
    named = others.map(lambda told: any(_name_of_one(name) in names for name in told))
    stands = facts["identity"].isin(dataset_state(session, dataset)["identity"])
    return (facts["identity"].isin(names) | named) & ~stands


def _name_of_one(name: str) -> str | None:
    """Give the value of a name, unless it is of an event, whose parts share it."""
    kind, _, value = name.partition(":")
    return None if kind == NAME_OF_EVENT else value


def changes_of_file(
    session: Session, facts: pd.DataFrame, *, dataset: str, replaces: bool
) -> Changes:
    """Compare the facts of a file (with `identity`) with the current versions of a dataset."""
    state = dataset_state(session, dataset)
    found = pd.Index(state["identity"]).get_indexer(pd.Index(facts["identity"]))
    unnamed = pd.Series(found < 0, index=facts.index)
    found, continued = (
        _with_links(session, facts, (state, found))
        if replaces and len(state)
        else (found, pd.DataFrame(columns=["identity", "continues", "score", "reasons"]))
    )
    new, known = facts[found < 0], facts[found >= 0]
    before = state.iloc[found[found >= 0]].set_axis(known.index)
    same = before["fingerprint"] == known["fingerprint"]
    by_person = before["import_id"].isna()
    stands = before["status"] == Status.VERIFIED
    back = ~stands & ~by_person
    changed = (~same & ~by_person) | back
    versions = pd.concat(
        [
            _new_versions(new),
            _next_versions(session, known[changed], before[changed]),
        ]
    )
    living = state["status"] == Status.VERIFIED
    kept_incidents = set(before["incident_id"])
    missing = state[living & ~state["incident_id"].isin(kept_incidents)]
    missing = missing.drop_duplicates("incident_id")
    by_import = missing["import_id"].notna()
    return Changes(
        versions=versions,
        withdrawn=missing.loc[by_import, "version_id"].tolist() if replaces else [],
        gone=[] if replaces else missing["identity"].tolist(),
        continued=continued,
        edited=known.loc[by_person & ~same, "identity"].tolist(),
        unchanged=int((same & ~back).sum()),
        unnamed=unnamed,
        incident_ids=before["incident_id"].astype(float).reindex(facts.index),
        standing_before=int(state.loc[living, "incident_id"].nunique()),
    )


def _new_versions(facts: pd.DataFrame) -> pd.DataFrame:
    return facts.assign(
        reason=str(Reason.REPORTED), supersedes=np.nan, incident_id=np.nan, version_number=1
    )


def _next_versions(session: Session, facts: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    if not len(facts):
        return facts.assign(reason="", supersedes=0, incident_id=0, version_number=0)
    old = rows_as_frame(session, IncidentVersion, before["version_id"].tolist())
    old = old.set_index("id").loc[before["version_id"]].set_axis(facts.index)
    same_numbers = fingerprints(old, NUMBERS) == fingerprints(facts, NUMBERS)
    same_words = fingerprints(old, _WORDS) == fingerprints(facts, _WORDS)
    # Numbers say more than labels: a row in which both changed is revised.
    reasons = np.where(same_numbers & ~same_words, Reason.RECLASSIFIED, Reason.REVISED)
    withdrawn = before["status"].to_numpy() != Status.VERIFIED
    return facts.assign(
        reason=np.where(withdrawn, str(Reason.REPORTED), reasons.astype(str)),
        supersedes=before["version_id"].to_numpy(dtype=float),
        incident_id=before["incident_id"].to_numpy(dtype=float),
        version_number=before["version_number"].to_numpy(dtype=int) + 1,
    )


# What a tally can be broken down by, as the file gives it.
_WORDS = (
    "causes",
    "origins",
    "longitude",
    "latitude",
    "country_of_incident",
    "route_reported",
    "region_reported",
    "source_quality",
)


def _with_links(
    session: Session,
    facts: pd.DataFrame,
    known: "tuple[pd.DataFrame, np.ndarray[tuple[int], np.dtype[np.int64]]]",
) -> "tuple[np.ndarray[tuple[int], np.dtype[np.int64]], pd.DataFrame]":
    """Let rows without a known identity continue the likely same incidents, one to one."""
    state, found = known
    matched = set(state["incident_id"].iloc[found[found >= 0]])
    free = state[(state["status"] == Status.VERIFIED) & ~state["incident_id"].isin(matched)]
    free = free[free["import_id"].notna()].drop_duplicates("incident_id")
    new = facts[found < 0]
    found = found.copy()
    rows = []
    if len(free) and len(new):
        old = rows_as_frame(session, IncidentVersion, free["version_id"].tolist())
        old = old.set_index("id").loc[free["version_id"]].reset_index()[list(FACTS)]
        old["identity"] = free["identity"].to_numpy()
        links = link_rows(_typed(old), _typed(new.reset_index(drop=True)))
        places = np.flatnonzero(found < 0)
        positions = state.index.get_indexer(free.index)
        for old_at, new_at, score, reasons in zip(
            links["old"], links["new"], links["score"], links["reasons"], strict=True
        ):
            found[places[new_at]] = positions[old_at]
            rows.append(
                (new["identity"].iloc[new_at], free["identity"].iloc[old_at], score, reasons)
            )
    return found, pd.DataFrame(rows, columns=["identity", "continues", "score", "reasons"])


def _typed(facts: pd.DataFrame) -> pd.DataFrame:
    typed = facts.copy()
    for name in typed.columns:
        if name in ("date_from", "date_to"):
            typed[name] = typed[name].to_numpy().astype("datetime64[s]")
        elif name.startswith("number_") or name in ("longitude", "latitude", "uncertainty_m"):
            typed[name] = typed[name].astype(float)
    return typed
