"""Reads incidents for files: whole columns as known at a moment, never objects."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from tracker.db.models import ExternalId, Incident, IncidentVersion
from tracker.db.queries.imports import is_seen, staged_imports
from tracker.db.queries.visibility import seen_in_full
from tracker.domain.permissions import Actor

# So many incidents at once: memory stays small, and no statement takes long.
CHUNK = 10_000
# Below this share of the incidents of a stretch, they are named one by one.
FEW = 0.1
MOST_NAMED = 5_000

OF_INCIDENT = ("id", "public_id", "dataset", "logged_on")
OF_VERSION = (
    *("incident_type", "date_from", "date_to", "date_precision"),
    *("number_dead", "number_missing_min", "number_survivors", "number_females", "number_males"),
    *("number_other_gender", "number_children", "causes", "cause_reported", "origins"),
    *("country", "country_of_incident", "un_m49", "review_2021", "corridor", "segment"),
    *("corridor_relation", "route_reported", "region_reported", "longitude", "latitude"),
    *("uncertainty_m", "location_precision", "location_description", "source_quality"),
    *("information_source", "url", "status", "version_number", "recorded_from"),
)
FULL = "in_full"
_TYPES: dict[str, pa.DataType] = {
    **dict.fromkeys(("id", "source_quality", "version_number"), pa.int64()),
    **{name: pa.int64() for name in OF_VERSION if name.startswith("number_")},
    **dict.fromkeys(("longitude", "latitude", "uncertainty_m"), pa.float64()),
    **dict.fromkeys(("date_from", "date_to", "logged_on"), pa.date32()),
    "recorded_from": pa.timestamp("us", "UTC"),
    FULL: pa.bool_(),
}


def known_columns(
    session: Session, actor: Actor, numbers: npt.NDArray[np.int64], *, moment: dt.datetime
) -> Iterator[pa.Table]:
    """Give the versions of incidents as they stood at a moment, in stretches by number.

    The columns are `OF_INCIDENT`, `OF_VERSION`, and `in_full`: whether the actor sees all of it.
    """
    numbers = np.sort(numbers)
    for part in _stretches(numbers):
        yield _read(session, _as_known(actor, moment).where(_among(Incident.id, part)))


def names_of_stretch(
    session: Session, numbers: npt.NDArray[np.int64]
) -> list[tuple[int, str, str]]:
    """Give the names that datasets have for incidents: number, kind and name, in their order."""
    statement = (
        select(ExternalId.incident_id, ExternalId.kind, ExternalId.value)
        .where(
            _among(ExternalId.incident_id, numbers),
            ExternalId.kind != "identity",
            or_(ExternalId.import_id.is_(None), ExternalId.import_id.not_in(staged_imports())),
        )
        .order_by(ExternalId.incident_id, ExternalId.id)
    )
    return [(number, kind, value) for number, kind, value in session.execute(statement)]


def _stretches(numbers: npt.NDArray[np.int64]) -> Iterator[npt.NDArray[np.int64]]:
    """Cut sorted numbers where they are dense into stretches, where they are not into lists."""
    for start in range(0, len(numbers), CHUNK):
        part = numbers[start : start + CHUNK]
        if len(part) >= FEW * (part[-1] - part[0] + 1):
            yield part
            continue
        for first in range(0, len(part), MOST_NAMED):
            yield part[first : first + MOST_NAMED]


def _among(column: Any, numbers: npt.NDArray[np.int64]) -> ColumnElement[bool]:  # noqa: ANN401
    first, last = int(numbers[0]), int(numbers[-1])
    if len(numbers) == last - first + 1:
        return column.between(first, last)  # type: ignore[no-any-return]
    return column.in_(numbers.tolist())  # type: ignore[no-any-return]


def _as_known(actor: Actor, moment: dt.datetime) -> Select[Any]:
    return (
        select(
            *(getattr(Incident, name) for name in OF_INCIDENT),
            *(getattr(IncidentVersion, name) for name in OF_VERSION),
            seen_in_full(actor).label(FULL),
        )
        .join(IncidentVersion, IncidentVersion.incident_id == Incident.id)
        .where(
            IncidentVersion.recorded_from < moment,
            or_(IncidentVersion.recorded_to.is_(None), IncidentVersion.recorded_to >= moment),
            is_seen(),
        )
        .order_by(Incident.id)
    )


def _read(session: Session, statement: Select[Any]) -> pa.Table:
    rows = session.execute(statement).all()
    names = (*OF_INCIDENT, *OF_VERSION, FULL)
    columns = zip(*rows, strict=True) if rows else ([] for _ in names)
    return pa.table(
        {
            name: pa.array(values, _TYPES.get(name, pa.string()))
            for name, values in zip(names, columns, strict=True)
        }
    )
