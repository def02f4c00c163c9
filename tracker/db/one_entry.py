"""The ledger of one version in plain values: what `tracker.db.ledger` does for many at once.

People save one record at a time, and everybody else waits meanwhile: frames would cost them more
than the database does. What the two write is the same; a test holds them together.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from tracker.db.ledger import (
    ENTRY_COLUMNS,
    PEOPLE,
    PEOPLE_OF_VERSION,
    QUALITIES,
    STRATUM_COLUMNS,
    TAKEN_AS_IS,
    digest_of_stratum,
    is_counted,
)
from tracker.db.models.ledger import LedgerEntry, Stratum
from tracker.db.rows import reserve_numbers, table_of
from tracker.domain.periods import day_number
from tracker.domain.strata import age_group_of, sex_of

Entry = dict[str, Any]

_FACTS = ("stratum_id", "first_day", "last_day", *PEOPLE)
# Put together once: asked while others wait.
_ADD_STRATUM = insert(table_of(Stratum))
_ADD_ENTRIES = insert(table_of(LedgerEntry))
_STRATUM = select(Stratum.id).where(Stratum.digest == bindparam("digest"))
_ENTRIES = select(table_of(LedgerEntry)).where(
    LedgerEntry.incident_id == bindparam("incident"), is_counted()
)


def entries_of_one_change(session: Session, version: Mapping[str, Any], *, counts: bool) -> None:
    """Add to the ledger what one version changes; `counts` says whether it counts itself.

    `version` has the columns of `incident_versions`, `dataset`, and `supersedes`: the id of the
    version that it ends, or None.
    """
    after = [_entry_of_version(session, version)] if counts else []
    ended = version["supersedes"] is not None
    living = _living_entries(session, version["incident_id"]) if ended else []
    if any(_facts(before) == _facts(entry) for before in living for entry in after):
        return  # only words changed
    day = day_number(version["recorded_from"].date())
    entries = [*map(_taken_back, living), *after]
    _add_entries(session, entries, day=day, reason=version["reason"])


def take_back_incident(session: Session, incident_id: int, *, day: int, reason: str) -> None:
    """Add to the ledger that an incident counts no more from a day on."""
    living = _living_entries(session, incident_id)
    _add_entries(session, [*map(_taken_back, living)], day=day, reason=reason)


def _entry_of_version(session: Session, version: Mapping[str, Any]) -> Entry:
    return {
        "incident_id": version["incident_id"],
        "version_id": version["id"],
        "stratum_id": _stratum_id(session, _stratum_of(version)),
        "sign": 1,
        "first_day": _day(version["date_from"]),
        "last_day": _day(version["date_to"]),
        **{kept: version[given] for given, kept in PEOPLE_OF_VERSION.items()},
    }


def _day(date: dt.date | None) -> int | None:
    return None if date is None else day_number(date)


def _stratum_of(version: Mapping[str, Any]) -> dict[str, str | None]:
    stratum: dict[str, str | None] = {name: version[column] for name, column in TAKEN_AS_IS.items()}
    quality, children = version["source_quality"], version["number_children"]
    stratum["source_quality"] = None if quality is None else QUALITIES.get(float(quality))
    people = (version["number_dead"] or 0) + (version["number_missing_min"] or 0)
    stratum["sex"] = sex_of(
        females=version["number_females"] or 0,
        males=version["number_males"] or 0,
        others=version["number_other_gender"] or 0,
        people=people,
    )
    known = None if children is None or children < 0 else children
    stratum["age_group"] = age_group_of(known, people)
    return stratum


def _stratum_id(session: Session, stratum: Mapping[str, str | None]) -> int:
    digest = digest_of_stratum([str(stratum[name] or "") for name in STRATUM_COLUMNS])
    # Taken first: its lock keeps two writers from making the same stratum twice.
    reserve_numbers(session, "strata", 0)
    known = session.execute(_STRATUM, {"digest": digest}).scalar()
    if known is not None:
        return int(known)
    number = reserve_numbers(session, "strata", 1)
    session.execute(_ADD_STRATUM, {"id": number, "digest": digest, **stratum})
    return number


def _living_entries(session: Session, incident_id: int) -> list[Entry]:
    """Give the entries that still count for an incident: added and not taken back."""
    found = session.execute(_ENTRIES, {"incident": incident_id}).mappings().all()
    counted: Counter[int] = Counter()
    for entry in found:
        counted[entry["version_id"]] += entry["sign"]
    return [
        dict(entry) for entry in found if entry["sign"] > 0 and counted[entry["version_id"]] > 0
    ]


def _facts(entry: Entry) -> tuple[object, ...]:
    return tuple(entry[name] for name in _FACTS)


def _taken_back(entry: Entry) -> Entry:
    negated = {name: None if entry[name] is None else -entry[name] for name in PEOPLE}
    return {**entry, **negated, "sign": -1}


def _add_entries(session: Session, entries: Sequence[Entry], *, day: int, reason: str) -> None:
    if not entries:
        return
    first = reserve_numbers(session, "ledger_entries", len(entries))
    recorded = {"import_id": None, "recorded_day": day, "reason": reason}
    rows = [{**entry, **recorded, "id": first + at} for at, entry in enumerate(entries)]
    session.execute(_ADD_ENTRIES, [{name: row[name] for name in ENTRY_COLUMNS} for row in rows])
