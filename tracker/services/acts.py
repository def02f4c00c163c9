"""Notes what was done, by whom, to what: ids only, never changed, and a change would show.

Each act has a seal under a key that is kept outside the database, over the act and the seal before
it. Whoever has the database alone can change, add or take away no act without breaking the chain;
taking away its end shows to whoever has noted a seal elsewhere.
"""

from collections.abc import Iterator

from sqlalchemy import event
from sqlalchemy.orm import Session

from tracker.db.encryption import KeyRing, KeysMissing
from tracker.db.models import Act, ActSeal
from tracker.db.queries.acts import acts_without_seal, last_seal, newest_seal, sealed_acts
from tracker.db.session import keys_of_session, moment
from tracker.domain.permissions import Action, Actor, require

_UNSEALED = "acts without a seal"
_LETTERS_NOTED = 16


def note_act(session: Session, actor: Actor, *, action: str, thing: str) -> None:
    """Add an act to the log; `thing` names it by kind and id, such as `incident 12`."""
    act = Act(done_at=moment(session), actor=actor.handle, action=action, thing=thing)
    session.add(act)
    if _UNSEALED not in session.info:
        session.info[_UNSEALED] = []
        event.listen(session, "before_commit", _seal_acts)
    session.info[_UNSEALED].append(act)


def end_of_log(session: Session, actor: Actor) -> str:
    """Give place and seal of the newest act, to be noted elsewhere; empty before the first one."""
    require(actor, Action.CHECK_DATABASE)
    newest = newest_seal(session)
    return "" if newest is None else f"{newest.position}:{newest.seal[:_LETTERS_NOTED]}"


def faults_of_log(session: Session, actor: Actor, *, noted: str = "") -> Iterator[str]:
    """Say where the log is not what was written; `noted` is an end of it that was noted before."""
    require(actor, Action.CHECK_DATABASE)
    before, expected, found = "", 1, set()
    for seal, act in sealed_acts(session):
        if seal.position != expected:
            yield f"Acts {expected} to {seal.position - 1} of the log were taken out."
        elif act is None:
            yield f"Act {seal.position} of the log was taken out."
        elif seal.seal != _seal(keys_of_session(session), before, seal.position, act=act):
            yield f"Act {seal.position} of the log was changed."
        before, expected = seal.seal, seal.position + 1
        found.add(f"{seal.position}:{seal.seal[:_LETTERS_NOTED]}")
    for number in acts_without_seal(session):
        yield f"Act with the number {number} was put into the log by something else."
    if noted and noted not in found:
        yield f"The log does not hold {noted}, which was noted as its end."


def _seal_acts(session: Session) -> None:
    """Seal the acts of a transaction just before it ends, so that others hardly wait."""
    # An act within a part of the transaction that was undone is not there any more.
    acts = [act for act in session.info[_UNSEALED] if act in session]
    session.info[_UNSEALED] = []
    if not acts:
        return
    session.flush()
    try:
        keys = keys_of_session(session)
    except KeysMissing:
        return
    last = last_seal(session)
    position, before = (0, "") if last is None else (last.position, last.seal)
    for act in acts:
        position += 1
        before = _seal(keys, before, position, act=act)
        session.add(ActSeal(position=position, act_id=act.id, seal=before))


def _seal(keys: KeyRing, before: str, position: int, *, act: Act) -> str:
    told = (before, position, act.id, act.done_at.isoformat(), act.actor, act.action, act.thing)
    return keys.digest("act", "\0".join(map(str, told)))
