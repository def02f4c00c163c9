"""Reads incidents and their history, each field named, for whoever asks."""

import datetime as dt

from sqlalchemy.orm import Session

from tracker.db.columns import ledger_columns
from tracker.db.ledger import PEOPLE_OF_VERSION
from tracker.db.models import Import, Incident, IncidentVersion
from tracker.db.queries.incidents import (
    current_version,
    find_incident,
    names_of_incidents,
    versions_as_known,
    versions_of_incident,
)
from tracker.db.queries.tallies import incidents_counted
from tracker.domain.errors import NotFound
from tracker.domain.incidents import IncidentPage, PublishedIncident, VersionChange
from tracker.domain.measures import Counts, dead_and_missing
from tracker.domain.periods import day_number
from tracker.domain.permissions import Action, Actor, may, require
from tracker.domain.statuses import Status, Visibility
from tracker.domain.tallies import TallyQuery
from tracker.services.places import published_place
from tracker.services.tallies import cut_of_query

_SHOWN_TO_ALL = (Status.VERIFIED, Status.WITHDRAWN, Status.MERGED)
# What the history of an incident tells, in this order.
_TOLD = (
    "status",
    "date_from",
    "date_to",
    "date_precision",
    *PEOPLE_OF_VERSION,
    "causes",
    "cause_reported",
    "origins",
    "location_description",
    "longitude",
    "latitude",
    "country_of_incident",
    "route_reported",
    "region_reported",
    "source_quality",
    "information_source",
)
_TELLS_PLACE = ("location_description", "longitude", "latitude")


def end_of_day(day: dt.date) -> dt.datetime:
    """Give the moment at which a day has ended, UTC."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), dt.UTC)


def list_incidents(
    session: Session,
    actor: Actor,
    query: TallyQuery,
    *,
    page: int = 1,
    page_size: int = 50,
    sort: str = "-date",
) -> IncidentPage:
    """Give one page of the incidents that a tally of the same query counts, as known then.

    Incidents that may not be shown today are left out; the tally counts them as not shown.
    """
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    columns = ledger_columns(session)
    ids = incidents_counted(columns, cut_of_query(query, actor), day_number(query.as_known_on))
    if sort == "date":
        ids = ids[::-1]
    wanted = ids[(page - 1) * page_size : page * page_size].tolist()
    rows = versions_as_known(session, wanted, end_of_day(query.as_known_on))
    names = names_of_incidents(session, wanted)
    by_id = {
        version.incident_id: _published(
            actor, version, (public_id, dataset, names.get(version.incident_id, []))
        )
        for public_id, dataset, version in rows
    }
    return IncidentPage(
        incidents=tuple(by_id[number] for number in wanted if number in by_id),
        number_in_all=len(ids),
        page=page,
        page_size=page_size,
    )


def get_incident(session: Session, actor: Actor, public_id: str) -> PublishedIncident:
    """Give an incident as it stands today; raises `NotFound` where the actor may not see it."""
    incident, version = _seen_incident(session, actor, public_id)
    names = names_of_incidents(session, [incident.id])
    return _published(
        actor, version, (incident.public_id, incident.dataset, names.get(incident.id, []))
    )


def get_history(session: Session, actor: Actor, public_id: str) -> tuple[VersionChange, ...]:
    """Tell how an incident became known, step by step, in words of the record."""
    incident, _ = _seen_incident(session, actor, public_id)
    shows_places = incident.dataset is not None or may(actor, Action.SEE_ALL_INCIDENTS)
    steps = []
    before: IncidentVersion | None = None
    for version, source in versions_of_incident(session, incident.id):
        steps.append(_change(version, before, source=source, shows_places=shows_places))
        before = version
    return tuple(steps)


def _seen_incident(
    session: Session, actor: Actor, public_id: str
) -> tuple[Incident, IncidentVersion]:
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    incident = find_incident(session, public_id.strip().upper())
    if incident is None:
        raise NotFound("incident")
    version = current_version(session, incident.id)
    if version is None:
        raise NotFound("incident")
    shown = incident.visibility == Visibility.PUBLIC and version.status in _SHOWN_TO_ALL
    if not shown and not may(actor, Action.SEE_ALL_INCIDENTS):
        raise NotFound("incident")
    return incident, version


def _change(
    version: IncidentVersion,
    before: IncidentVersion | None,
    *,
    source: Import | None,
    shows_places: bool,
) -> VersionChange:
    changes = {}
    for name in _TOLD if before is not None else ():
        if name in _TELLS_PLACE and not shows_places:
            continue
        old, new = getattr(before, name), getattr(version, name)
        if old != new:
            changes[name] = (_word(old), _word(new))
    return VersionChange(
        version_number=version.version_number,
        recorded_from=version.recorded_from,
        recorded_by="" if version.import_id is None else version.recorded_by,
        reason=version.reason,
        source=source.file_name if source is not None else None,
        changes=changes,
    )


def _word(value: object) -> str | None:
    return None if value is None else str(value)


def _counts(version: IncidentVersion) -> Counts:
    counts: dict[str, int | None] = {"incidents": 1}
    for column, measure in PEOPLE_OF_VERSION.items():
        counts[measure] = getattr(version, column)
    counts["dead_and_missing"] = dead_and_missing(counts["dead"], counts["missing"])
    return counts


def _published(
    actor: Actor, version: IncidentVersion, named: tuple[str, str | None, list[str]]
) -> PublishedIncident:
    public_id, dataset, names = named
    today = dt.datetime.now(dt.UTC).date()
    return PublishedIncident(
        public_id=public_id,
        dataset=dataset,
        external_ids=tuple(names),
        incident_type=version.incident_type,
        date_from=version.date_from,
        date_to=version.date_to,
        date_precision=version.date_precision,
        counts=_counts(version),
        causes=_listed(version.causes),
        cause_reported=version.cause_reported,
        origins=_listed(version.origins),
        country=version.country,
        subregion=version.review_2021,
        corridor=version.corridor,
        segment=version.segment,
        corridor_relation=version.corridor_relation,
        route_reported=version.route_reported,
        region_reported=version.region_reported,
        source_quality=version.source_quality,
        information_source=version.information_source,
        url=version.url,
        place=published_place(actor, version, dataset=dataset, today=today),
        recorded_from=version.recorded_from,
        version_number=version.version_number,
        status=version.status,
    )


def _listed(joined: str | None) -> tuple[str, ...]:
    return tuple(joined.split(";")) if joined else ()
