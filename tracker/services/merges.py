"""Takes an incident into another that is the same event, and undoes it as one act."""

from sqlalchemy.orm import Session

from tracker.db.models import IncidentMerge, IncidentVersion
from tracker.db.queries.incidents import find_incident, known_version, names_of_incidents
from tracker.db.queries.merges import last_kept, merges_of, standing_merge, standing_of, taken_in
from tracker.db.session import moment
from tracker.domain.errors import BadQuery, Conflict
from tracker.domain.merges import Merge, MergedSource
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.statuses import Reason, Status
from tracker.domain.visibility import Sight, sight_of
from tracker.services.acts import note_act
from tracker.services.incidents.standing import seen_incident
from tracker.services.incidents.versions import next_version
from tracker.services.incidents.writing import require_keeper

_OPEN = (Status.SUBMITTED, Status.UNDER_REVIEW, Status.VERIFIED, Status.DISPUTED)


def merge_incidents(
    session: Session,
    actor: Actor,
    kept_public_id: str,
    *,
    merged_public_id: str,
    because: str,
) -> Merge:
    """Take one incident into another: it counts no more, and its address leads to the other.

    Facts of the one that is kept stay as they are; sources and names of both stay reachable.
    Raises `Conflict` for `record_is_closed`, `status_does_not_follow`, `merge_into_unverified`.
    """
    require(actor, Action.MERGE_INCIDENTS)
    kept = seen_incident(session, actor, kept_public_id)
    merged = seen_incident(session, actor, merged_public_id)
    if kept[0].id == merged[0].id:
        raise BadQuery("merge_with_itself")
    require_keeper(actor, *merged)
    _require_open(kept[1])
    _require_open(merged[1])
    if merged[1].status == Status.VERIFIED and kept[1].status != Status.VERIFIED:
        raise Conflict("merge_into_unverified")
    status = merged[1].status
    changes, why = {"status": str(Status.MERGED)}, (Reason.MERGED, because)
    next_version(session, actor, merged, changes=changes, why=why)
    record = IncidentMerge(
        merged_id=merged[0].id,
        kept_id=kept[0].id,
        status_before=status,
        merged_at=moment(session),
        merged_by=actor.handle,
        because=because,
    )
    session.add(record)
    session.flush()
    note_act(session, actor, action=Action.MERGE_INCIDENTS, thing=f"incident {merged[0].id}")
    return _told(record, merged=merged[0].public_id, kept=kept[0].public_id)


def unmerge_incident(session: Session, actor: Actor, merged_public_id: str, *, because: str) -> int:
    """Undo the merge of an incident: it stands again as before. Gives its new version's number.

    What was known on the days between stays as it was then. Raises `Conflict` (`not_merged`).
    """
    require(actor, Action.MERGE_INCIDENTS)
    incident, version = seen_incident(session, actor, merged_public_id)
    require_keeper(actor, incident, version)
    record = standing_merge(session, incident.id)
    if version.status != Status.MERGED or record is None:
        raise Conflict("not_merged")
    changes, why = {"status": record.status_before}, (Reason.MERGED, because)
    number = next_version(session, actor, (incident, version), changes=changes, why=why)
    record.undone_at = moment(session)
    record.undone_by = actor.handle
    record.undone_because = because
    note_act(session, actor, action="unmerge_incident", thing=f"incident {incident.id}")
    return number


def find_merged_into(session: Session, actor: Actor, public_id: str) -> str | None:
    """Give the public id of the incident that this one was merged into, as far as it leads.

    None where it was not merged, or where the actor may not see the one that was kept.
    """
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    incident = find_incident(session, public_id.strip().upper())
    if incident is None:
        return None
    last = last_kept(session, incident.id)
    if last == incident.id:
        return None
    kept = standing_of(session, [last]).get(last)
    if kept is None or sight_of(actor, known_version(*kept).standing) == Sight.NOTHING:
        return None
    return kept[0].public_id


def list_merges(session: Session, actor: Actor, public_id: str) -> tuple[Merge, ...]:
    """Give every merge that an incident had a part in, undone ones too, the first one first.

    Only for those who see all of it; the other side is named by its public id alone.
    """
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    incident, _ = seen_incident(session, actor, public_id)
    return tuple(
        _told(known.merge, merged=known.merged, kept=known.kept)
        for known in merges_of(session, incident.id)
    )


def merged_sources(session: Session, actor: Actor, public_id: str) -> tuple[MergedSource, ...]:
    """Give names and sources of what was taken into an incident, as far as the actor sees it."""
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    incident, _ = seen_incident(session, actor, public_id, at_least=Sight.PUBLIC)
    numbers = taken_in(session, [incident.id]).get(incident.id, [])
    names = names_of_incidents(session, numbers)
    standing = standing_of(session, numbers)
    return tuple(
        MergedSource(
            public_id=merged.public_id,
            dataset=merged.dataset,
            external_ids=tuple(names.get(merged.id, [])),
            information_source=version.information_source,
            url=version.url,
            source_quality=version.source_quality,
        )
        for merged, version in (standing[number] for number in numbers if number in standing)
        if sight_of(actor, known_version(merged, version).standing) > Sight.NOTHING
    )


def _require_open(version: IncidentVersion) -> None:
    if version.status in (Status.WITHDRAWN, Status.MERGED):
        raise Conflict("record_is_closed", status=version.status)
    if version.status not in _OPEN:
        raise Conflict("status_does_not_follow", before=version.status, after=Status.MERGED)


def _told(record: IncidentMerge, *, merged: str, kept: str) -> Merge:
    return Merge(
        merged=merged,
        kept=kept,
        merged_at=record.merged_at,
        merged_by=record.merged_by,
        because=record.because,
        undone_at=record.undone_at,
        undone_by=record.undone_by,
        undone_because=record.undone_because,
    )
