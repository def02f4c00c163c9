"""Failures cost time after the tenth, but nobody can lock out a device that is known."""

import datetime as dt

from sqlalchemy.orm import Session

from tracker.db.models import Throttle
from tracker.db.queries.sign_ins import forget_throttles
from tracker.db.session import keys_of_session, moment

FREE = 10
# Many people sit behind one network address.
FREE_FROM_ONE_PLACE = 100
_FIRST_WAIT = dt.timedelta(seconds=30)
_LONGEST_WAIT = dt.timedelta(minutes=15)
_FORGOTTEN_AFTER = dt.timedelta(days=1)


def throttle_key(session: Session, kind: str, tried: str) -> str:
    """Name what was tried by a keyed digest: the table says neither addresses nor names."""
    return keys_of_session(session).digest(f"throttle {kind}", tried)


def must_wait(session: Session, key: str, *, free: int = FREE) -> dt.timedelta:
    """Say how long the next try has to wait; zero when it need not."""
    row = session.get(Throttle, key)
    now = moment(session)
    if row is None or row.failures < free or now - row.last_failed_at >= _FORGOTTEN_AFTER:
        return dt.timedelta()
    doubled: int = 2 ** min(row.failures - free, 10)
    wait = min(_FIRST_WAIT * doubled, _LONGEST_WAIT)
    return max(row.last_failed_at + wait - now, dt.timedelta())


def note_failure(session: Session, key: str) -> None:
    """Count a failure, and forget what lies more than a day back."""
    now = moment(session)
    forget_throttles(session, now - _FORGOTTEN_AFTER)
    row = session.get(Throttle, key)
    if row is None:
        session.add(Throttle(key=key, failures=1, last_failed_at=now))
    else:
        row.failures += 1
        row.last_failed_at = now
    session.flush()


def forget_failures(session: Session, key: str) -> None:
    """Begin to count anew, since somebody has shown that they are right."""
    row = session.get(Throttle, key)
    if row is not None:
        session.delete(row)
