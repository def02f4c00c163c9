"""The short visit of a family: a signed word for its browser that names an access, and no more."""

import datetime as dt
import hmac

from sqlalchemy.orm import Session

from tracker.db.queries.families import find_access, invented_access
from tracker.db.session import keys_of_session, moment
from tracker.domain.errors import NotFound
from tracker.domain.families import ABSOLUTE, IDLE

_PURPOSE = "family visit"


def begin_visit(session: Session, access_id: int) -> str:
    """Give the word of a visit that begins now."""
    return _word(session, access_id, int(moment(session).timestamp()))


def begin_invented_visit(session: Session) -> str:
    """Give the word of a visit of an invented family: only a demonstration asks for it."""
    access = invented_access(session)
    if access is None:
        raise NotFound("family")
    return begin_visit(session, access.id)


def continue_visit(session: Session, word: str | None) -> tuple[int, str] | None:
    """Give the access of a visit, and its word from now on.

    None where the word is not ours, was left alone too long, or the access has ended.
    """
    plain, _, digest = (word or "").rpartition(".")
    known = keys_of_session(session).digest(_PURPOSE, plain)
    if not hmac.compare_digest(known.encode(), digest.encode()):
        return None
    access_id, begun, seen = (int(part) for part in plain.split("."))
    now = moment(session)
    idle, whole = now - _at(seen), now - _at(begun)
    if not (idle < IDLE and whole < ABSOLUTE) or find_access(session, access_id) is None:
        return None
    return access_id, _word(session, access_id, begun)


def _word(session: Session, access_id: int, begun: int) -> str:
    plain = f"{access_id}.{begun}.{int(moment(session).timestamp())}"
    return f"{plain}.{keys_of_session(session).digest(_PURPOSE, plain)}"


def _at(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)
