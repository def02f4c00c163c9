"""Writes the ledger: what a version adds to the figures, and what it takes back."""

import hashlib
from collections.abc import Sequence

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from tracker.db.models.imports import Import
from tracker.db.models.ledger import LedgerEntry, Stratum
from tracker.db.rows import add_rows, reserve_numbers
from tracker.domain.statuses import ImportState
from tracker.domain.strata import DIMENSIONS, age_group_of, sex_of

# Column of a version -> column of the ledger.
PEOPLE_OF_VERSION = {
    "number_dead": "dead",
    "number_missing_min": "missing",
    "number_survivors": "survivors",
    "number_females": "females",
    "number_males": "males",
    "number_other_gender": "other_gender",
    "number_children": "children",
}
PEOPLE = tuple(PEOPLE_OF_VERSION.values())
ENTRY_COLUMNS = tuple(LedgerEntry.__table__.columns.keys())
STRATUM_COLUMNS = (*DIMENSIONS, "boundaries_version")
# Column of a stratum -> column of the version that it is taken from as it is.
TAKEN_AS_IS = {
    **{same: same for same in ("un_m49", "review_2021", "corridor", "segment", "country")},
    "iom_region": "region_reported",
    "route_reported": "route_reported",
    "origin": "origins",
    "cause": "causes",
    "dataset": "dataset",
    "scope": "scope",
    "boundaries_version": "boundaries_version",
}
QUALITIES = {float(number): str(number) for number in range(1, 6)}
_EPOCH = np.datetime64("1970-01-01", "D")


def entries_of_versions(session: Session, versions: pd.DataFrame) -> pd.DataFrame:
    """Give what these versions add to the figures.

    `versions` has the columns of `incident_versions` and `dataset`; the frame that comes back
    has the people, the days and the stratum (made where it is new), one row a version.
    """
    entries = pd.DataFrame(index=versions.index)
    entries["incident_id"] = versions["incident_id"]
    entries["version_id"] = versions["id"]
    entries["stratum_id"] = _stratum_ids(session, _strata_of(versions))
    for first_or_last, column in (("first_day", "date_from"), ("last_day", "date_to")):
        days = versions[column].to_numpy().astype("datetime64[D]")
        numbers = (days - _EPOCH).astype(float)
        entries[first_or_last] = np.where(np.isnat(days), np.nan, numbers)
    for given, kept in PEOPLE_OF_VERSION.items():
        entries[kept] = versions[given].astype(float)
    return entries


def _strata_of(versions: pd.DataFrame) -> pd.DataFrame:
    known = {name: versions[name].astype(float) for name in PEOPLE_OF_VERSION}
    people = known["number_dead"].fillna(0) + known["number_missing_min"].fillna(0)
    counts = pd.DataFrame(
        {
            "females": known["number_females"].fillna(0),
            "males": known["number_males"].fillna(0),
            "others": known["number_other_gender"].fillna(0),
            "children": known["number_children"].fillna(-1),
            "people": people,
        }
    ).astype(np.int64)
    strata = pd.DataFrame(index=versions.index)
    for name, column in TAKEN_AS_IS.items():
        strata[name] = versions[column].to_numpy(dtype=object)
    quality = versions["source_quality"].astype(float)
    strata["source_quality"] = quality.map(QUALITIES).to_numpy(dtype=object)
    groups, kinds = pd.factorize(pd.MultiIndex.from_frame(counts))
    sexes = [sex_of(females=f, males=m, others=o, people=people) for f, m, o, _, people in kinds]
    ages = [age_group_of(None if c < 0 else c, people) for *_, c, people in kinds]
    strata["sex"] = np.array(sexes, dtype=object)[groups]
    strata["age_group"] = np.array(ages, dtype=object)[groups]
    return strata


def _stratum_ids(
    session: Session, strata: pd.DataFrame
) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    columns = [strata[name] for name in STRATUM_COLUMNS]
    codes = np.zeros(len(strata), dtype=np.uint64)
    for column in columns:
        numbers, values = pd.factorize(column, use_na_sentinel=False)
        # Renumbered after each column, so that the product never overflows.
        mixed = codes * np.uint64(len(values)) + numbers.astype(np.uint64)
        codes = pd.factorize(mixed)[0].astype(np.uint64)
    _, firsts = np.unique(codes, return_index=True)
    kinds = strata.iloc[firsts]
    digests = _digests(kinds)
    # Taken first: its lock keeps two writers from making the same stratum twice.
    reserve_numbers(session, "strata", 0)
    known: dict[str, int] = {}
    for start in range(0, len(digests), 5_000):
        part = Stratum.digest.in_(digests[start : start + 5_000])
        found = session.execute(select(Stratum.digest, Stratum.id).where(part))
        known |= {row.digest: row.id for row in found}
    new = [place for place, digest in enumerate(digests) if digest not in known]
    if new:
        first = reserve_numbers(session, "strata", len(new))
        rows = kinds.iloc[new]
        made = {name: rows[name] for name in STRATUM_COLUMNS}
        names = np.array([digests[place] for place in new], dtype=object)
        numbers = np.arange(first, first + len(new))
        add_rows(session, Stratum, {"id": numbers, "digest": names, **made})
        known.update(zip(names.tolist(), numbers.tolist(), strict=True))
    by_code = np.array([known[digest] for digest in digests], dtype=np.int64)
    return by_code[codes.astype(np.int64)]


def _digests(kinds: pd.DataFrame) -> list[str]:
    """Give a short name to each combination of codes, the same in every process."""
    columns = []
    for name in STRATUM_COLUMNS:
        numbers, values = pd.factorize(kinds[name])
        words = np.array([*map(str, values), ""], dtype=object)  # -1, the last, is not known
        columns.append(words[numbers].tolist())
    return [digest_of_stratum(words) for words in zip(*columns, strict=True)]


def digest_of_stratum(words: Sequence[str]) -> str:
    """Give a short name to a combination of codes, those of `STRATUM_COLUMNS` in their order."""
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:32]


def is_counted() -> ColumnElement[bool]:
    """Pick the entries that count: not those of an import that is under way."""
    staged = select(Import.id).where(Import.state == ImportState.STAGED)
    return LedgerEntry.import_id.is_(None) | LedgerEntry.import_id.not_in(staged)


def living_entries(session: Session, incident_ids: Sequence[int]) -> pd.DataFrame:
    """Give the entries that still count for these incidents: added and not taken back.

    Entries of an import that is under way do not count yet.
    """
    rows: list[object] = []
    for start in range(0, len(incident_ids), 5_000):
        part = [int(number) for number in incident_ids[start : start + 5_000]]
        rows += session.execute(
            select(LedgerEntry.__table__).where(LedgerEntry.incident_id.in_(part), is_counted())
        ).all()
    entries = pd.DataFrame(rows, columns=list(ENTRY_COLUMNS), dtype=object)
    counted = entries.groupby("version_id")["sign"].sum()
    living = entries["version_id"].map(counted).astype(float) > 0
    return entries[living & (entries["sign"].astype(float) > 0)]


def taken_back(entries: pd.DataFrame) -> pd.DataFrame:
    """Give the entries that undo these: the same facts, every number of people negated."""
    undone = entries.copy()
    for name in PEOPLE:
        undone[name] = -undone[name].astype(float)
    undone["sign"] = -1
    return undone


def add_entries(session: Session, entries: pd.DataFrame) -> pd.DataFrame:
    """Add entries to the ledger and give them with their ids."""
    first = reserve_numbers(session, "ledger_entries", len(entries))
    numbered = entries.assign(id=np.arange(first, first + len(entries)))[list(ENTRY_COLUMNS)]
    add_rows(session, LedgerEntry, {name: numbered[name] for name in ENTRY_COLUMNS})
    return numbered
