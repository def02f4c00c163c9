"""Finds attachments of incidents."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.db.models import Attachment


def attachments_of(session: Session, incident_id: int) -> list[Attachment]:
    """List the attachments of an incident, the first one first."""
    wanted = select(Attachment).where(Attachment.incident_id == incident_id)
    return list(session.scalars(wanted.order_by(Attachment.id)))


def count_attachments(session: Session, incident_id: int) -> int:
    """Count the attachments of an incident."""
    counted = select(func.count()).select_from(Attachment)
    return session.scalar(counted.where(Attachment.incident_id == incident_id)) or 0


def find_attachment(session: Session, incident_id: int, number: int) -> Attachment | None:
    """Find an attachment of this incident and no other."""
    wanted = select(Attachment).where(
        Attachment.incident_id == incident_id, Attachment.id == number
    )
    return session.scalars(wanted).first()


def names_of_files(session: Session) -> set[str]:
    """Give the names of all sealed files that attachments need."""
    rows = session.execute(select(Attachment.original_file, Attachment.shown_file))
    return {name for row in rows for name in row if name is not None}
