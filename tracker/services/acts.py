"""Notes what was done, by whom, to what: ids only, and never changed afterwards."""

from sqlalchemy.orm import Session

from tracker.db.models import Act
from tracker.db.session import moment
from tracker.domain.permissions import Actor


def note_act(session: Session, actor: Actor, *, action: str, thing: str) -> None:
    """Add an act to the log; `thing` names it by kind and id, such as `incident 12`."""
    session.add(Act(done_at=moment(session), actor=actor.handle, action=action, thing=thing))
