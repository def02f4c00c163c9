"""Takes away what is told of a person, wherever it is told."""

from collections.abc import Collection

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from tracker.db.models import FormDraft
from tracker.db.models.families import FamilyAccess, FamilyNotification, FamilyWord
from tracker.db.models.matches import Match, MatchDecision
from tracker.db.models.people import (
    Consent,
    PersonExport,
    PersonExternalId,
    PersonFile,
    PersonRecord,
    PersonTask,
    PersonVersion,
    Share,
)
from tracker.domain.matches import MatchStatus

# In place of digests of what was compared.
NOTHING = "{}"
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


def erase_what_is_told(
    session: Session, record_id: int, *, identifications: Collection[int]
) -> None:
    """Remove every row about a person but the ids and the log of acts.

    Of the pairs named as `identifications` the bare fact stays: method, authority and day.
    """
    for match_id in identifications:
        _leave_the_bare_fact(session, match_id)
    of_person = or_(Match.one_id == record_id, Match.other_id == record_id)
    of_person = and_(of_person, Match.id.not_in(identifications))
    pairs = select(Match.id).where(of_person)
    session.execute(delete(MatchDecision).where(MatchDecision.match_id.in_(pairs)))
    told_of = FamilyNotification.match_id.in_(pairs)
    session.execute(delete(FamilyNotification).where(told_of))
    session.execute(delete(Match).where(of_person))
    known_as = select(PersonRecord.public_id).where(PersonRecord.id == record_id)
    session.execute(delete(FormDraft).where(FormDraft.form.in_(known_as)))
    for model in _OF_PERSON:
        session.execute(delete(model).where(model.record_id == record_id))
    ids = PersonExternalId.record_id == record_id
    session.execute(update(PersonExternalId).where(ids).values(value=None))
    # That a file went out stays, so that whoever has it can be told to forget.
    exported = PersonExport.record_id == record_id
    session.execute(update(PersonExport).where(exported).values(reason=None))


def _leave_the_bare_fact(session: Session, match_id: int) -> None:
    """Take from a confirmed pair how both were compared, and all voices but those that confirm."""
    of_match = MatchDecision.match_id == match_id
    came_back = select(func.max(MatchDecision.id)).where(
        of_match, MatchDecision.decision == MatchStatus.PROPOSED
    )
    last = session.scalar(came_back) or 0
    confirms = and_(
        MatchDecision.decision == MatchStatus.CONFIRMED,
        MatchDecision.undone_at.is_(None),
        MatchDecision.id > last,
    )
    session.execute(delete(MatchDecision).where(of_match, ~confirms))
    session.execute(update(MatchDecision).where(of_match).values(reason=None, compared=NOTHING))
    bare = update(Match).where(Match.id == match_id)
    session.execute(bare.values(compared=NOTHING, log_odds=0.0))


def file_names_of(session: Session, record_id: int) -> list[str]:
    """Give the names under which the files of a person lie sealed."""
    wanted = select(PersonFile.original_file, PersonFile.shown_file).where(
        PersonFile.record_id == record_id
    )
    return [name for pair in session.execute(wanted).all() for name in pair if name]
