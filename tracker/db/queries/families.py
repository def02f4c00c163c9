"""Finds how families follow their cases, what they wrote, and whether they were told of a death."""

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from tracker.db.models import Organisation
from tracker.db.models.families import FamilyAccess, FamilyNotification, FamilyWord
from tracker.db.models.matches import Match, MatchDecision
from tracker.db.models.people import PersonRecord, PersonTask, Share
from tracker.domain.families import DISPUTES
from tracker.domain.people import PersonKind, TaskKind

CONFIRMED = "confirmed"
REFERRED = "referred_for_comparison"


def find_access_by_code(
    session: Session, digest: str, *, to_count: bool = False
) -> FamilyAccess | None:
    """Find the living access of a code; `to_count` keeps others from counting at the same time."""
    wanted = _living_accesses().where(FamilyAccess.code_digest == digest)
    return session.scalars(wanted.with_for_update() if to_count else wanted).first()


def find_access(session: Session, access_id: int) -> FamilyAccess | None:
    """Find a living access by its number."""
    return session.scalars(_living_accesses().where(FamilyAccess.id == access_id)).first()


def invented_access(session: Session) -> FamilyAccess | None:
    """Find the living access to an invented case of a demonstration."""
    invented = select(PersonRecord.id).where(PersonRecord.invented.is_(True))
    return session.scalars(_living_accesses().where(FamilyAccess.record_id.in_(invented))).first()


def access_of_record(session: Session, record_id: int) -> FamilyAccess | None:
    """Find the living access to a record."""
    return session.scalars(_living_accesses().where(FamilyAccess.record_id == record_id)).first()


def _living_accesses() -> Select[FamilyAccess]:
    kept_here = select(PersonRecord.id).where(
        PersonRecord.erased_at.is_(None),
        PersonRecord.server_id.is_(None),
        PersonRecord.kind == PersonKind.CASE,
    )
    return select(FamilyAccess).where(
        FamilyAccess.ended_at.is_(None), FamilyAccess.record_id.in_(kept_here)
    )


def words_of(session: Session, record_id: int) -> Sequence[FamilyWord]:
    """Give what a family wrote, the newest first."""
    wanted = (
        select(FamilyWord).where(FamilyWord.record_id == record_id).order_by(FamilyWord.id.desc())
    )
    return session.scalars(wanted).all()


def disputed_records() -> Select[int]:
    """Choose the records that a family disputes and nobody has looked into yet."""
    return select(FamilyWord.record_id).where(
        FamilyWord.kind.in_(DISPUTES), FamilyWord.taken_up_at.is_(None)
    )


def disputed_among(session: Session, record_ids: Iterable[int]) -> frozenset[int]:
    """Give those of some records that are disputed now."""
    wanted = disputed_records().where(FamilyWord.record_id.in_([*record_ids]))
    return frozenset(session.scalars(wanted).all())


def open_words_of(
    session: Session, organisation_id: int
) -> Sequence[tuple[FamilyWord, PersonRecord]]:
    """Give what families of an organisation's cases wrote and nobody took up, the oldest first."""
    wanted = (
        select(FamilyWord, PersonRecord)
        .join(PersonRecord, PersonRecord.id == FamilyWord.record_id)
        .where(
            PersonRecord.organisation_id == organisation_id,
            PersonRecord.erased_at.is_(None),
            FamilyWord.taken_up_at.is_(None),
        )
        .order_by(FamilyWord.id)
    )
    return [(word, record) for word, record in session.execute(wanted).all()]


def confirmed_matches(session: Session, record_id: int) -> Sequence[tuple[Match, int]]:
    """Give the confirmed pairs of a case with remains, or of remains with a case; and the case.

    Also those of which one record was erased since: the identification of the other one stands.
    """
    case, remains = _side(PersonKind.CASE), _side(PersonKind.REMAINS)
    one_is_case = Match.one_id.in_(case) & Match.other_id.in_(remains)
    other_is_case = Match.other_id.in_(case) & Match.one_id.in_(remains)
    wanted = (
        select(Match, one_is_case.label("first"))
        .where(
            Match.status == CONFIRMED,
            or_(Match.one_id == record_id, Match.other_id == record_id),
            or_(one_is_case, other_is_case),
        )
        .order_by(Match.id)
    )
    rows = session.execute(wanted).all()
    return [(match, match.one_id if first else match.other_id) for match, first in rows]


def _side(kind: PersonKind) -> Select[int]:
    return select(PersonRecord.id).where(PersonRecord.kind == kind)


def confirmed_on(session: Session, match_id: int) -> dt.datetime | None:
    """Give when the last of the voices that confirm a pair was given."""
    wanted = (
        select(MatchDecision.decided_at)
        .where(
            MatchDecision.match_id == match_id,
            MatchDecision.decision == CONFIRMED,
            MatchDecision.undone_at.is_(None),
        )
        .order_by(MatchDecision.decided_at.desc())
    )
    return session.scalars(wanted).first()


def living_notifications(session: Session, record_id: int) -> Sequence[FamilyNotification]:
    """Give how the family of a case was told, the newest first, without what was taken back."""
    wanted = (
        select(FamilyNotification)
        .where(FamilyNotification.record_id == record_id, FamilyNotification.undone_at.is_(None))
        .order_by(FamilyNotification.id.desc())
    )
    return session.scalars(wanted).all()


def comparisons_asked_for(session: Session, record_id: int) -> Sequence[dt.datetime]:
    """Give when comparisons were asked for about a record."""
    wanted = (
        select(MatchDecision.decided_at)
        .join(Match, Match.id == MatchDecision.match_id)
        .where(
            or_(Match.one_id == record_id, Match.other_id == record_id),
            MatchDecision.decision == REFERRED,
            MatchDecision.undone_at.is_(None),
        )
        .order_by(MatchDecision.decided_at)
    )
    return session.scalars(wanted).all()


def all_shares_of(session: Session, record_id: int) -> Sequence[tuple[Share, str]]:
    """Give the shares of a record, those that ended too, with the names of the organisations."""
    wanted = (
        select(Share, Organisation.name)
        .join(Organisation, Organisation.id == Share.organisation_id)
        .where(Share.record_id == record_id)
        .order_by(Share.id)
    )
    return [(share, name) for share, name in session.execute(wanted).all()]


def tasks_made_for(session: Session, record_id: int) -> Sequence[PersonTask]:
    """Give the tasks of a record in the order in which they were made.

    Without those about an identification: a family does not learn of a death by a task.
    """
    wanted = (
        select(PersonTask)
        .where(PersonTask.record_id == record_id, PersonTask.kind != TaskKind.IDENTIFICATION)
        .order_by(PersonTask.id)
    )
    return session.scalars(wanted).all()
