"""Links the parts of one event; linking never changes a count, and double counts are told."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from tracker.db.models import EventPart, Incident, IncidentVersion
from tracker.db.queries.incidents import known_version
from tracker.db.queries.merges import part_links, standing_of
from tracker.db.session import moment
from tracker.domain.errors import BadQuery, Conflict
from tracker.domain.measures import dead_and_missing
from tracker.domain.merges import DoubleCount, PartLink
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.statuses import IncidentType, Status
from tracker.domain.visibility import Sight, sight_of
from tracker.services.acts import note_act
from tracker.services.incidents.standing import seen_incident

_CLOSED = (Status.WITHDRAWN, Status.MERGED)


def link_parts(
    session: Session,
    actor: Actor,
    event_public_id: str,
    *,
    part_public_ids: Sequence[str],
    because: str,
) -> tuple[PartLink, ...]:
    """Link parts to their event; links that stand already are left as they are.

    The event is the row that holds the whole, or one of the parts that stands for all. A part
    belongs to one event and an event to none: raises `Conflict` (`part_of_another_event`).
    """
    require(actor, Action.MERGE_INCIDENTS)
    event, version = seen_incident(session, actor, event_public_id)
    if part_links(session, part_id=event.id):
        raise Conflict("part_of_another_event")
    parts = [seen_incident(session, actor, public_id) for public_id in part_public_ids]
    if any(part.id == event.id for part, _ in parts):
        raise BadQuery("merge_with_itself")
    if any(each.status in _CLOSED for each in (version, *(each for _, each in parts))):
        raise Conflict("record_is_closed")
    for part, _ in parts:
        others = part_links(session, part_id=part.id)
        if any(link.event_id != event.id for link in others) or part_links(
            session, event_id=part.id
        ):
            raise Conflict("part_of_another_event")
        if not others:
            session.add(_link(session, actor, (event.id, part.id), because=because))
            note_act(session, actor, action="link_parts", thing=f"incident {part.id}")
    session.flush()
    return list_parts(session, actor, event_public_id)


def unlink_part(session: Session, actor: Actor, part_public_id: str) -> None:
    """Take a part out of its event; raises `Conflict` (`not_a_part`)."""
    require(actor, Action.MERGE_INCIDENTS)
    part, _ = seen_incident(session, actor, part_public_id)
    links = part_links(session, part_id=part.id)
    if not links:
        raise Conflict("not_a_part")
    for link in links:
        link.unlinked_at, link.unlinked_by = moment(session), actor.handle
    note_act(session, actor, action="unlink_part", thing=f"incident {part.id}")


def list_parts(session: Session, actor: Actor, public_id: str) -> tuple[PartLink, ...]:
    """Give the links of the event that an incident is or belongs to, as the actor may see them."""
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    incident, _ = seen_incident(session, actor, public_id, at_least=Sight.PUBLIC)
    own = part_links(session, part_id=incident.id)
    links = part_links(session, event_id=own[0].event_id if own else incident.id)
    known = _seen(session, actor, links)
    return tuple(
        PartLink(
            event=known[link.event_id][0].public_id,
            part=known[link.part_id][0].public_id,
            linked_at=link.linked_at,
            linked_by=link.linked_by,
            because=link.because,
        )
        for link in links
        if link.event_id in known and link.part_id in known
    )


def find_double_counts(
    session: Session, actor: Actor, public_id: str | None = None
) -> tuple[DoubleCount, ...]:
    """Find events whose row and whose parts both count, so that their people stand twice.

    A row of the type `split_incident` is one part among others and holds nobody else's people.
    With `public_id`, only the event that this incident is or belongs to.
    """
    require(actor, Action.REVIEW_INCIDENTS)
    event_id = None
    if public_id is not None:
        incident, _ = seen_incident(session, actor, public_id)
        own = part_links(session, part_id=incident.id)
        event_id = own[0].event_id if own else incident.id
    links = part_links(session, event_id=event_id)
    known = _seen(session, actor, links)
    parts: dict[int, list[int]] = {}
    for link in links:
        if link.event_id in known and link.part_id in known:
            parts.setdefault(link.event_id, []).append(link.part_id)
    found = (
        _double_count(known[event], [known[part] for part in of_event])
        for event, of_event in parts.items()
    )
    return tuple(double for double in found if double is not None)


def _double_count(
    event: tuple[Incident, IncidentVersion], parts: list[tuple[Incident, IncidentVersion]]
) -> DoubleCount | None:
    counted = [part for part in parts if part[1].status == Status.VERIFIED]
    is_whole = event[1].incident_type != IncidentType.SPLIT_INCIDENT
    if not (is_whole and counted and event[1].status == Status.VERIFIED):
        return None
    whole, in_parts = _people(event[1]), sum(_people(version) for _, version in counted)
    if not whole or not in_parts:
        return None
    return DoubleCount(
        event=event[0].public_id,
        parts=tuple(part.public_id for part, _ in counted),
        event_people=whole,
        part_people=in_parts,
        counted_twice=min(whole, in_parts),
    )


def _people(version: IncidentVersion) -> int:
    """Count who is told dead or missing; what is not known adds nobody to a double count."""
    return dead_and_missing(version.number_dead, version.number_missing_min) or 0


def _seen(
    session: Session, actor: Actor, links: Sequence[EventPart]
) -> dict[int, tuple[Incident, IncidentVersion]]:
    numbers = {number for link in links for number in (link.event_id, link.part_id)}
    return {
        number: (incident, version)
        for number, (incident, version) in standing_of(session, sorted(numbers)).items()
        if sight_of(actor, known_version(incident, version).standing) > Sight.NOTHING
    }


def _link(session: Session, actor: Actor, pair: tuple[int, int], *, because: str) -> EventPart:
    return EventPart(
        event_id=pair[0],
        part_id=pair[1],
        linked_at=moment(session),
        linked_by=actor.handle,
        because=because,
    )
