"""Finds photos and documents of people."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.db.models.people import PersonFile


def files_of_person(session: Session, record_id: int) -> Sequence[PersonFile]:
    """Give the files of a person, the first one first."""
    wanted = select(PersonFile).where(PersonFile.record_id == record_id)
    return session.scalars(wanted.order_by(PersonFile.id)).all()


def count_person_files(session: Session, record_id: int) -> int:
    """Count the files of a person."""
    counted = select(func.count()).select_from(PersonFile)
    return session.scalar(counted.where(PersonFile.record_id == record_id)) or 0


def find_person_file(session: Session, record_id: int, number: int) -> PersonFile | None:
    """Find a file of this person and no other."""
    wanted = select(PersonFile).where(PersonFile.record_id == record_id, PersonFile.id == number)
    return session.scalars(wanted).first()


def names_of_person_files(session: Session) -> set[str]:
    """Give the names of all sealed files that people's records need."""
    rows = session.execute(select(PersonFile.original_file, PersonFile.shown_file))
    return {name for row in rows for name in row if name is not None}
