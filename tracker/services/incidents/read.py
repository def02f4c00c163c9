"""Reads incidents and their history, each field named, for whoever asks."""

import datetime as dt

from sqlalchemy.orm import Session

from tracker.db.ledger import PEOPLE_OF_VERSION
from tracker.db.ledger_cache import ledger_columns
from tracker.db.models import Import, Incident, IncidentVersion
from tracker.db.queries.incidents import (
    KnownVersion,
    known_version,
    names_of_incidents,
    versions_as_known,
    versions_of_incident,
)
from tracker.db.queries.merges import last_kept, standing_of, taken_in
from tracker.db.queries.tallies import incidents_counted
from tracker.domain.incidents import IncidentPage, PublishedIncident, VersionChange
from tracker.domain.measures import Counts, dead_and_missing
from tracker.domain.periods import day_number
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.tallies import TallyQuery
from tracker.domain.visibility import SHOWN_TO_ALL, Sight, sight_of
from tracker.services.incidents.standing import seen_incident
from tracker.services.places import published_place, shows_exact_place
from tracker.services.tallies import cut_of_query

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
        known.version.incident_id: published_incident(
            session, actor, known, names=names.get(known.version.incident_id, [])
        )
        for known in rows
    }
    return IncidentPage(
        incidents=tuple(by_id[number] for number in wanted if number in by_id),
        number_in_all=len(ids),
        page=page,
        page_size=page_size,
    )


def get_incident(session: Session, actor: Actor, public_id: str) -> PublishedIncident:
    """Give an incident as it stands today; raises `NotFound` where the actor may not see it.

    One that was merged is the one that was kept, where the actor may see that; names that datasets
    gave to what was merged are names of the one that was kept.
    """
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    standing = seen_incident(session, actor, public_id, at_least=Sight.PUBLIC)
    incident, version = _kept(session, actor, standing)
    numbers = [incident.id, *taken_in(session, [incident.id]).get(incident.id, [])]
    names = names_of_incidents(session, numbers)
    told = dict.fromkeys(name for number in numbers for name in names.get(number, []))
    return published_incident(session, actor, known_version(incident, version), names=list(told))


def _kept(
    session: Session, actor: Actor, standing: tuple[Incident, IncidentVersion]
) -> tuple[Incident, IncidentVersion]:
    last = last_kept(session, standing[0].id)
    kept = standing_of(session, [last]).get(last)
    if kept is None or sight_of(actor, known_version(*kept).standing) == Sight.NOTHING:
        return standing
    return kept


def get_history(session: Session, actor: Actor, public_id: str) -> tuple[VersionChange, ...]:
    """Tell how an incident became known, step by step, in words of the record.

    Who sees the public view of a record that was logged here is told of what was verified only:
    its drafts may hold what nobody has checked.
    """
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    incident, version = seen_incident(session, actor, public_id, at_least=Sight.PUBLIC)
    full = sight_of(actor, known_version(incident, version).standing) == Sight.FULL
    told = versions_of_incident(session, incident.id)
    if incident.dataset is None and not full:
        told = [each for each in told if each[0].status in SHOWN_TO_ALL]
    steps = []
    before: IncidentVersion | None = None
    for version, source in told:
        shows_places = incident.dataset is not None or full
        steps.append(_change(version, before, source=source, shows_places=shows_places))
        before = version
    return tuple(steps)


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


def published_incident(
    session: Session, actor: Actor, known: KnownVersion, *, names: list[str]
) -> PublishedIncident:
    """Name every field of an incident that the actor may see."""
    version = known.version
    return PublishedIncident(
        public_id=known.public_id,
        dataset=known.dataset,
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
        # Whether an edge runs through a small circle would tell where in its cell a place lies.
        corridor_relation=version.corridor_relation if shows_exact_place(actor, known) else None,
        route_reported=version.route_reported,
        region_reported=version.region_reported,
        source_quality=version.source_quality,
        information_source=version.information_source,
        url=version.url,
        place=published_place(session, actor, known),
        recorded_from=version.recorded_from,
        version_number=version.version_number,
        status=version.status,
    )


def _listed(joined: str | None) -> tuple[str, ...]:
    return tuple(joined.split(";")) if joined else ()
