"""Tells two incidents apart that look like one, so that nobody has to look at the pair again."""

from sqlalchemy.orm import Session

from tracker.db.models import Distinction, Incident
from tracker.db.queries.merges import KnownDistinction, distinctions_of
from tracker.db.session import moment
from tracker.domain.errors import BadQuery, NotFound
from tracker.domain.merges import ToldApart
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.visibility import Sight
from tracker.services.acts import note_act
from tracker.services.incidents.standing import seen_incident


def tell_apart(
    session: Session, actor: Actor, public_id: str, *, other_public_id: str, because: str
) -> None:
    """Say that two incidents are not the same event: they are not proposed as such any more.

    No figure changes. Saying it again changes nothing.
    """
    require(actor, Action.MERGE_INCIDENTS)
    one, _ = seen_incident(session, actor, public_id)
    other, _ = seen_incident(session, actor, other_public_id, at_least=Sight.PUBLIC)
    if one.id == other.id:
        raise BadQuery("merge_with_itself")
    if any(other.public_id == known.other for known in _standing(session, one)):
        return
    session.add(
        Distinction(
            one_id=one.id,
            other_id=other.id,
            said_at=moment(session),
            said_by=actor.handle,
            because=because,
        )
    )
    session.flush()
    note_act(session, actor, action="tell_apart", thing=f"incident {one.id}")


def undo_telling_apart(
    session: Session, actor: Actor, public_id: str, *, other_public_id: str
) -> None:
    """Let two incidents be proposed as the same event again."""
    require(actor, Action.MERGE_INCIDENTS)
    one, _ = seen_incident(session, actor, public_id)
    wanted = other_public_id.strip().upper()
    found = [known for known in _standing(session, one) if known.other == wanted]
    if not found:
        raise NotFound("incident")
    for known in found:
        known.distinction.undone_at = moment(session)
        known.distinction.undone_by = actor.handle
    session.flush()
    note_act(session, actor, action="undo_telling_apart", thing=f"incident {one.id}")


def list_told_apart(session: Session, actor: Actor, public_id: str) -> tuple[ToldApart, ...]:
    """Give what was told apart from an incident, to those who see all of it."""
    require(actor, Action.MERGE_INCIDENTS)
    one, _ = seen_incident(session, actor, public_id)
    return tuple(
        ToldApart(
            other=known.other,
            said_at=known.distinction.said_at,
            because=known.distinction.because,
        )
        for known in _standing(session, one)
    )


def _standing(session: Session, incident: Incident) -> list[KnownDistinction]:
    return distinctions_of(session, incident.id)
