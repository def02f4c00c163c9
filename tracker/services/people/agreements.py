"""What families have agreed to, as sharing and matching ask for it."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from tracker.db.models.people import Consent
from tracker.db.queries.people import consents_of, names_of_organisations
from tracker.db.session import moment
from tracker.domain.consents import ConsentTold, Purpose, agreed


def has_agreed(session: Session, record_id: int, *, purpose: Purpose, recipient_id: int) -> bool:
    """Say whether the family of a case agrees today to a purpose towards an organisation."""
    told = consents_told(session, consents_of(session, [record_id]))
    return agreed(told, purpose, recipient=recipient_id, today=moment(session).date())


def consents_told(session: Session, consents: Iterable[Consent]) -> tuple[ConsentTold, ...]:
    """Tell consents, with the names of their recipients."""
    rows = [*consents]
    named = {row.recipient_id for row in rows if row.recipient_id is not None}
    names = names_of_organisations(session, named)
    return tuple(
        ConsentTold(
            number=row.id,
            purpose=Purpose(row.purpose),
            recipient_id=row.recipient_id,
            recipient=names.get(row.recipient_id or 0),
            given_on=row.given_on,
            given_by=row.given_by or "",
            until=row.until,
            withdrawn_on=None if row.withdrawn_at is None else row.withdrawn_at.date(),
        )
        for row in rows
    )
