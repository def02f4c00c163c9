"""Keys by which a record that is sent again is known."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from tracker.db.models import IdempotencyKey
from tracker.db.session import moment


def take_key(session: Session, *, sender: str, key: str, digest: str) -> bool:
    """Take a key for this record; gives False where the sender has used it already.

    Whoever sends the same key at the same time waits until this transaction ends.
    """
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    insert = sqlite_insert if on_sqlite else postgresql_insert
    statement = (
        insert(IdempotencyKey)
        .values(sender=sender, key=key, digest=digest, thing="", made_at=moment(session))
        .on_conflict_do_nothing()
        .returning(IdempotencyKey.id)
    )
    return session.execute(statement).first() is not None


def find_key(session: Session, *, sender: str, key: str) -> IdempotencyKey:
    """Give a key that its sender has used."""
    statement = select(IdempotencyKey).where(
        IdempotencyKey.sender == sender, IdempotencyKey.key == key
    )
    return session.scalars(statement).one()
