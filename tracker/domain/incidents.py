"""What others may see of an incident: each field named, never a copied row."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from tracker.domain.measures import Counts


@dataclass(frozen=True)
class PublishedPlace:
    """A place as the asker may see it: the centre of an area, never finer than `uncertainty_m`."""

    longitude: float
    latitude: float
    uncertainty_m: float
    precision: str
    description: str | None


@dataclass(frozen=True)
class PublishedIncident:
    """The facts of one incident at one version; dates may be None, counts may be unknown."""

    public_id: str
    dataset: str | None
    external_ids: tuple[str, ...]
    incident_type: str
    date_from: dt.date | None
    date_to: dt.date | None
    date_precision: str
    counts: Counts
    causes: tuple[str, ...]
    cause_reported: str | None
    origins: tuple[str, ...]
    country: str | None
    subregion: str | None
    corridor: str | None
    segment: str | None
    corridor_relation: str | None
    route_reported: str | None
    region_reported: str | None
    source_quality: int | None
    information_source: str | None
    url: str | None
    place: PublishedPlace | None
    recorded_from: dt.datetime
    version_number: int
    status: str


@dataclass(frozen=True)
class VersionChange:
    """One step in the history of an incident: when it became known, why, and what it changed.

    `changes` maps a field to (before, after), both as words; the first version has none.
    """

    version_number: int
    recorded_from: dt.datetime
    recorded_by: str
    reason: str
    source: str | None
    changes: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class IncidentPage:
    """Some incidents of a list, how many there are in all, and where the next ones begin."""

    incidents: tuple[PublishedIncident, ...]
    number_in_all: int
    page: int
    page_size: int


@dataclass(frozen=True)
class IncidentRecord:
    """An incident as those see it who work on it: every fact at full precision.

    `facts` has the names of `IncidentSchema`: what was loaded comes out the same.
    """

    public_id: str
    version_number: int
    status: str
    visibility: str
    organisation_id: int | None
    logged_by: int | None
    logged_on: dt.date | None
    logged_through: str | None
    recorded_from: dt.datetime
    country: str | None
    un_m49: str | None
    subregion: str | None
    corridor: str | None
    segment: str | None
    corridor_relation: str | None
    facts: dict[str, object]


@dataclass(frozen=True)
class Logged:
    """What became of a record that was sent; `new` is false where it was known already."""

    public_id: str
    version_number: int
    status: str
    new: bool


@dataclass(frozen=True)
class ToLog:
    """A record that is to be logged (`facts` as `load_incident` gives them).

    `key` makes sending it again harmless.
    """

    facts: dict[str, Any]
    submit: bool = False
    key: str | None = None


@dataclass(frozen=True)
class RecordFilter:
    """Which records to list; empty lets everything through.

    `after` is the number of the last record that was given: paging goes from new to old.
    """

    statuses: tuple[str, ...] = ()
    corridors: tuple[str, ...] = ()
    mine: bool = False
    after: int | None = None
    limit: int = 50
