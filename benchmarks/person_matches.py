"""Measure how soon somebody at work learns who a person may be, through the service.

    python -m benchmarks.person_matches [--cases N] [--remains N]

Everybody is invented (benchmarks/registers). The database is a new SQLite file, sealed.
"""

import argparse
import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import insert
from sqlalchemy.orm import Session

from benchmarks.registers import make_registers
from tracker.db.encryption import new_key_ring
from tracker.db.migrations import upgrade_database
from tracker.db.models import Organisation
from tracker.db.models.people import Consent, PersonRecord, PersonVersion
from tracker.db.session import Database, open_database
from tracker.domain.consents import Purpose
from tracker.domain.people import PersonKind
from tracker.domain.permissions import OPERATOR
from tracker.services.matches import find_matches
from tracker.services.people.versions import packed_facts

ASKED, LIMIT = 40, 10
NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
_ROWS = 5_000


def measure_person_matches(*, cases: int, remains: int) -> dict[str, float]:
    """Measure seconds: the first question, later ones (median, 95 of 100), one after a change."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{Path(folder) / 'x.sqlite3'}", new_key_ring())
        upgrade_database(database)
        shared = min(0.6, 0.6 * cases / remains)
        made = make_registers(cases=cases, remains=remains, seed=1, shared=shared)
        _fill(database, made.cases, made.remains)
        wanted = [f"C-{number}" for number in range(1, min(ASKED, cases) + 1)]
        first = _timed(database, wanted[0])
        busy = time.process_time()
        later = sorted(_timed(database, each) for each in wanted)
        busy = (time.process_time() - busy) / len(wanted)
        after = []
        for number in range(1, 11):
            with database.writing() as session:
                _change(session, cases + number)
            after.append(_timed(database, wanted[number]))
        database.close()
    return {
        "cases": cases,
        "remains": remains,
        "first": first,
        "busy": busy,
        "median": statistics.median(later),
        "p95": later[int(0.95 * (len(later) - 1))],
        "after_change": statistics.median(after),
    }


def person_match_lines(measured: dict[str, float]) -> list[str]:
    """Tell what was measured, for docs/performance.md."""
    return [
        "## Matches",
        "",
        f"{measured['remains']:,.0f} remains and {measured['cases']:,.0f} cases, all invented, "
        "sealed in SQLite; who one case may be, with consents looked at and each of the ten "
        "nearest explained:",
        "",
        f"- **{1e3 * measured['median']:.0f} ms**, 95 of 100 within {1e3 * measured['p95']:.0f} ms "
        f"(reach 150); {1e3 * measured['busy']:.0f} ms of one core.",
        f"- {1e3 * measured['after_change']:.0f} ms when a record has changed since.",
        f"- The first question after a start opens all of them: {measured['first']:.1f} s. A "
        "server does this in the background.",
        "",
    ]


def _timed(database: Database, public_id: str) -> float:
    start = time.perf_counter()
    with database.reading() as session:
        find_matches(session, OPERATOR, public_id, kind=PersonKind.CASE, limit=LIMIT)
    return time.perf_counter() - start


def _change(session: Session, record_id: int) -> None:
    version = session.query(PersonVersion).filter_by(record_id=record_id, recorded_to=None).one()
    version.recorded_to = NOW
    session.flush()
    session.add(
        PersonVersion(
            record_id=record_id,
            version_number=version.version_number + 1,
            recorded_from=NOW,
            recorded_by="x",
            status=version.status,
            facts=version.facts,
        )
    )


def _fill(database: Database, cases: pd.DataFrame, remains: pd.DataFrame) -> None:
    with database.writing() as session:
        for number, country in ((1, "HND"), (2, "USA")):
            session.add(
                Organisation(
                    id=number, name=f"O{number}", kind="research", country=country, created_at=NOW
                )
            )
        session.flush()
        _add(session, PersonKind.CASE, cases, after=0)
        _add(session, PersonKind.REMAINS, remains, after=len(cases))


def _add(session: Session, kind: PersonKind, frame: pd.DataFrame, *, after: int) -> None:
    is_case = kind is PersonKind.CASE
    for start in range(0, len(frame), _ROWS):
        part = frame.iloc[start : start + _ROWS]
        ids = [*range(after + start + 1, after + start + 1 + len(part))]
        records = [
            {
                "id": number,
                "public_id": f"{'C' if is_case else 'R'}-{number}",
                "kind": kind,
                "organisation_id": 1 if is_case else 2,
                "opened_by": "x",
                "opened_on": NOW.date(),
                "invented": True,
            }
            for number in ids
        ]
        versions = [
            {
                "record_id": number,
                "version_number": 1,
                "recorded_from": NOW,
                "recorded_by": "x",
                "status": "reported" if is_case else "unidentified",
                "facts": packed_facts(facts),
            }
            for number, facts in zip(ids, _facts(part), strict=True)
        ]
        session.execute(insert(PersonRecord), records)
        session.execute(insert(PersonVersion), versions)
        if is_case:
            agreed = {
                "purpose": Purpose.MATCH,
                "given_by": "x",
                "given_on": NOW.date(),
                "recorded_at": NOW,
                "recorded_by": "x",
            }
            session.execute(insert(Consent), [{**agreed, "record_id": each} for each in ids])


def _facts(frame: pd.DataFrame) -> Iterable[dict[str, Any]]:
    """Tell rows of a register as the schema of people does."""
    for row in frame.to_dict("records"):
        told = {str(name): _plain(value) for name, value in row.items() if name != "id"}
        known = {name: value for name, value in told.items() if value not in (None, [])}
        for name in ("dental", "medical"):
            known[name] = [
                {("kind" if key == "finding" else key): value for key, value in thing.items()}
                for thing in known.get(name, [])
            ]
        # In the registers these are digests of numbers already: any number will do.
        digests = known.pop("telephones", [])
        known["telephones"] = [
            str(int(str(each)[:12].encode().hex(), 16))[-10:] for each in digests
        ]
        yield known


def _plain(value: Any) -> Any:  # noqa: ANN401 -- a cell of a frame
    if isinstance(value, list):
        return value
    if value is None or value != value:  # noqa: PLR0124 -- nan
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return value.item() if hasattr(value, "item") else value


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--remains", type=int, default=100_000)
    options = parser.parse_args()
    measured = measure_person_matches(cases=options.cases, remains=options.remains)
    print("\n".join(person_match_lines(measured)))


if __name__ == "__main__":
    main()
