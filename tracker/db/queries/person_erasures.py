"""Takes away what is told of a person, wherever it is told."""

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from tracker.db.models.families import FamilyAccess, FamilyNotification, FamilyWord
from tracker.db.models.matches import Match, MatchDecision
from tracker.db.models.people import (
    Consent,
    PersonExport,
    PersonExternalId,
    PersonFile,
    PersonTask,
    PersonVersion,
    Share,
)

_OF_PERSON = (
    PersonVersion,
    Consent,
    Share,
    PersonTask,
    PersonFile,
    FamilyAccess,
    FamilyWord,
    FamilyNotification,
)


def erase_what_is_told(session: Session, record_id: int) -> None:
    """Remove every row about a person but the ids and the log of acts."""
    of_person = or_(Match.one_id == record_id, Match.other_id == record_id)
    pairs = select(Match.id).where(of_person)
    session.execute(delete(MatchDecision).where(MatchDecision.match_id.in_(pairs)))
    told_of = FamilyNotification.match_id.in_(pairs)
    session.execute(delete(FamilyNotification).where(told_of))
    session.execute(delete(Match).where(of_person))
    for model in _OF_PERSON:
        session.execute(delete(model).where(model.record_id == record_id))
    ids = PersonExternalId.record_id == record_id
    session.execute(update(PersonExternalId).where(ids).values(value=None))
    # That a file went out stays, so that whoever has it can be told to forget.
    exported = PersonExport.record_id == record_id
    session.execute(update(PersonExport).where(exported).values(reason=None))


def file_names_of(session: Session, record_id: int) -> list[str]:
    """Give the names under which the files of a person lie sealed."""
    wanted = select(PersonFile.original_file, PersonFile.shown_file).where(
        PersonFile.record_id == record_id
    )
    return [name for pair in session.execute(wanted).all() for name in pair if name]
