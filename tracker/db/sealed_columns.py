"""Seals every sealed column anew, after a key was changed."""

from sqlalchemy import Column, LargeBinary, Table, bindparam, select, type_coerce
from sqlalchemy.orm import Session

from tracker.db.encryption import SealedBytes, SealedText
from tracker.db.metadata import METADATA
from tracker.db.session import keys_of_session


def seal_all_anew(session: Session) -> int:
    """Open every sealed value and seal it with the newest key; gives how many there were."""
    return sum(
        _seal_column(session, table, column)
        for table in METADATA.sorted_tables
        for column in table.columns
        if isinstance(column.type, SealedBytes | SealedText)
    )


def _seal_column(session: Session, table: Table, column: Column[object]) -> int:
    keys = keys_of_session(session)
    (number,) = table.primary_key.columns
    raw = type_coerce(column, LargeBinary)
    found = session.execute(select(number, raw).where(column.is_not(None))).all()
    if found:
        update = (
            table.update()
            .where(number == bindparam("number"))
            .values({column.name: bindparam("sealed", type_=LargeBinary)})
        )
        anew = [{"number": row[0], "sealed": keys.seal_anew(bytes(row[1]))} for row in found]
        session.connection().execute(update, anew)
    return len(found)
