"""Keys by which a record that is sent again is known."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.db.models import IdempotencyKey
from tracker.db.rows import add_if_new
from tracker.db.session import moment


def take_key(session: Session, *, sender: str, key: str, digest: str) -> bool:
    """Take a key for this record; gives False where the sender has used it already."""
    made_at = moment(session)
    values = {"sender": sender, "key": key, "digest": digest, "thing": "", "made_at": made_at}
    return add_if_new(session, IdempotencyKey, values)


def find_key(session: Session, *, sender: str, key: str) -> IdempotencyKey:
    """Give a key that its sender has used."""
    statement = select(IdempotencyKey).where(
        IdempotencyKey.sender == sender, IdempotencyKey.key == key
    )
    return session.scalars(statement).one()
