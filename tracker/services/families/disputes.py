"""Says which records are held back because a family disputes them."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from tracker.db.queries.families import disputed_among


def is_disputed(session: Session, record_ids: Iterable[int]) -> frozenset[int]:
    """Give those of some records that a family disputes and nobody has looked into yet.

    They are neither compared nor seen by those they are shared with.
    """
    return disputed_among(session, record_ids)
