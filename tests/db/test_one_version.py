"""A version that a person records is written as a row of a file would be: the same rules."""

import datetime as dt
import itertools
import operator
from collections.abc import Mapping
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.db.history import VERSION_COLUMNS, add_version, add_versions
from tracker.db.ledger import ENTRY_COLUMNS
from tracker.db.models import Incident, IncidentVersion, LedgerEntry
from tracker.db.rows import reserve_numbers
from tracker.db.session import Database
from tracker.domain.public_ids import public_id
from tracker.domain.statuses import Status, Visibility
from tracker.services.imports.facts import place_of, with_places

NUMBERS = tuple(name for name in VERSION_COLUMNS if name.startswith("number_"))
RECORDED = dt.datetime(2026, 5, 3, 9, tzinfo=dt.UTC)
some = st.one_of(st.none(), st.integers(0, 4))
days = st.one_of(st.none(), st.dates(dt.date(2014, 1, 1), dt.date(2026, 5, 3)))
# In the Gulf of Urabá, in the Sonoran Desert, at sea, in Africa, nowhere.
places = st.one_of(
    st.just((None, None)),
    st.sampled_from([(-76.9312, 8.4527), (-112.5, 31.9), (-60.1, 13.2), (2.1, 6.3)]),
    st.tuples(st.floats(-118, -34), st.floats(-40, 49)),
)
known = {
    **dict.fromkeys(NUMBERS, some),
    "date_from": days,
    "date_to": days,
    "place": places,
    "uncertainty_m": st.sampled_from([None, 100.0, 25_000.0]),
    "country_of_incident": st.sampled_from([None, "COL", "MEX", "XYZ"]),
    "route_reported": st.sampled_from([None, "Western Africa / Atlantic route", "Darien"]),
    "region_reported": st.sampled_from([None, "Caribbean"]),
    "causes": st.sampled_from([None, "drowning", "drowning;violence"]),
    "origins": st.sampled_from([None, "HTI;VEN"]),
    "source_quality": st.sampled_from([None, 1, 5]),
    "scope": st.sampled_from(["transit", "detention"]),
    "status": st.sampled_from([str(Status.VERIFIED)] * 9 + [str(status) for status in Status]),
    "notes": st.sampled_from([None, "At the jetty"]),
}
versions = st.fixed_dictionaries(known)
changes = st.fixed_dictionaries({}, optional=known)


def incident(session: Session) -> int:
    """Make an incident with nothing known of it."""
    number = reserve_numbers(session, "incidents", 1)
    session.add(Incident(id=number, public_id=public_id(number), visibility=str(Visibility.PUBLIC)))
    session.flush()
    return number


def told(number: int, at: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Complete what is known of an incident to its version of this number, place not looked up."""
    longitude, latitude = facts["place"]
    return {
        **{name: value for name, value in facts.items() if name != "place"},
        "longitude": longitude,
        "latitude": latitude,
        "incident_id": number,
        "dataset": "a-register" if facts["notes"] else None,
        "version_number": at,
        "incident_type": "incident",
        "date_precision": "day",
        "location_precision": "exact",
        "recorded_from": RECORDED + dt.timedelta(days=at),
        "recorded_to": None,
        "recorded_by": "account 2",
        "entered_at": RECORDED,
        "reason": "reported" if at == 1 else "revised",
        "reason_note": None,
    }


def by_itself(session: Session, version: dict[str, Any], supersedes: int | None) -> None:
    """Write a version as one that a person records."""
    add_version(session, {**version, **place_of(version), "supersedes": supersedes})


def as_a_row(session: Session, version: dict[str, Any], supersedes: int | None) -> None:
    """Write a version as a row of a file of one row."""
    cells = {**version, "supersedes": float("nan") if supersedes is None else supersedes}
    frame = pd.DataFrame({name: pd.Series([cell], dtype=object) for name, cell in cells.items()})
    frame = frame.assign(recorded_from=version["recorded_from"], entered_at=RECORDED)
    add_versions(session, with_places(frame), import_id=None)


def written(session: Session, model: type, number: int, *, but: set[str]) -> list[dict[str, Any]]:
    """Read what was written of an incident, without the numbers that two never share."""
    names = VERSION_COLUMNS if model is IncidentVersion else ENTRY_COLUMNS
    columns = [getattr(model, name) for name in names if name not in but]
    kept = select(*columns).where(model.incident_id == number).order_by(model.id)
    return [dict(row) for row in session.execute(kept).mappings()]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=versions, later=st.lists(changes, max_size=3), row_first=st.booleans())
def test_one_version_is_written_as_a_row_of_a_file_is(
    database: Database, first: dict[str, Any], later: list[dict[str, Any]], row_first: bool
) -> None:
    history = list(itertools.accumulate(later, operator.or_, initial=first))
    ways = (as_a_row, by_itself) if row_first else (by_itself, as_a_row)
    with database.writing() as session:
        twins = [incident(session) for _ in ways]
        for at, facts in enumerate(history, start=1):
            for write, number in zip(ways, twins, strict=True):
                last = select(func.max(IncidentVersion.id)).filter_by(incident_id=number)
                write(session, told(number, at, facts), session.scalar(last))
        one, other = (
            (
                written(session, IncidentVersion, number, but={"id", "incident_id"}),
                written(session, LedgerEntry, number, but={"id", "incident_id", "version_id"}),
            )
            for number in twins
        )
        assert one == other
        assert len(one[0]) == len(history)
        counts = history[-1]["status"] == Status.VERIFIED
        assert sum(entry["sign"] for entry in one[1]) == counts


@given(versions)
def test_the_place_of_one_is_looked_up_as_that_of_many(facts: dict[str, Any]) -> None:
    version = told(1, 1, facts)
    frame = pd.DataFrame({name: pd.Series([cell], dtype=object) for name, cell in version.items()})
    placed = place_of(version)
    of_many = with_places(frame)[list(placed)].astype(object).iloc[0]
    assert placed == of_many.where(of_many.notna(), None).to_dict()
