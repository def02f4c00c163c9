"""Gives records to those who work on them: every fact, at full precision."""

from sqlalchemy.orm import Session

from tracker.db.models import Incident, IncidentVersion
from tracker.db.queries.records import current_records
from tracker.domain.incidents import IncidentRecord, RecordFilter
from tracker.domain.permissions import Action, Actor, require
from tracker.services.incidents.entries import facts_of_version
from tracker.services.incidents.standing import seen_incident

MOST_RECORDS = 500


def get_record(session: Session, actor: Actor, public_id: str) -> IncidentRecord:
    """Give the record of an incident; raises `NotFound` unless the actor sees all of it."""
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    return record_of(*seen_incident(session, actor, public_id))


def list_records(
    session: Session, actor: Actor, wanted: RecordFilter
) -> tuple[tuple[IncidentRecord, ...], int | None]:
    """Give records that the actor sees all of, the newest first, and where the next ones begin.

    The second value is None where no more follow.
    """
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    limit = max(1, min(wanted.limit, MOST_RECORDS))
    rows = current_records(
        session,
        actor,
        statuses=wanted.statuses,
        corridors=wanted.corridors,
        mine=wanted.mine,
        before=wanted.after,
        limit=limit + 1,
    )
    records = tuple(record_of(*row) for row in rows[:limit])
    return records, rows[limit - 1][0].id if len(rows) > limit else None


def record_of(incident: Incident, version: IncidentVersion) -> IncidentRecord:
    """Name every field of a record."""
    return IncidentRecord(
        public_id=incident.public_id,
        version_number=version.version_number,
        status=version.status,
        visibility=incident.visibility,
        organisation_id=incident.organisation_id,
        logged_by=incident.logged_by,
        logged_on=incident.logged_on,
        logged_through=incident.logged_through,
        recorded_from=version.recorded_from,
        country=version.country,
        un_m49=version.un_m49,
        subregion=version.review_2021,
        corridor=version.corridor,
        segment=version.segment,
        corridor_relation=version.corridor_relation,
        facts=facts_of_version(version),
    )
