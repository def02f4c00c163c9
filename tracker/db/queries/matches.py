"""Finds pairs of records that may be of one person, and what a register of them is made of."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select, text, true
from sqlalchemy.orm import Session, aliased

from tracker.db.models import Act
from tracker.db.models.families import FamilyWord
from tracker.db.models.matches import Match, MatchDecision
from tracker.db.models.people import Consent, PersonRecord, PersonVersion
from tracker.domain.consents import Purpose
from tracker.domain.families import DISPUTES
from tracker.domain.matches import BY_TWO, DECIDERS
from tracker.domain.people import CLOSED, PersonKind, RemainsStatus
from tracker.domain.permissions import Actor, Role

# So many ids at once in one question: databases take no more than some ten thousand.
AT_ONCE = 1_000
# Rows of a register are read in such parts, to bound the memory.
_READ_AT_ONCE = 2_000
_PAIRS_LOCK = 720_224  # the number of PostgreSQL's advisory lock for new pairs


def take_turn_with_pairs(session: Session) -> None:
    """Let whoever else keeps new pairs wait, so that each is kept once.

    SQLite has one writer at a time as it is.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _PAIRS_LOCK})


def find_match(session: Session, public_id: str, *, to_write: bool = False) -> Match | None:
    """Find a pair by its public id; `to_write` makes whoever else decides on it wait."""
    wanted = select(Match).where(Match.public_id == public_id)
    return session.scalars(wanted.with_for_update() if to_write else wanted).first()


def find_match_of_pair(session: Session, one_id: int, other_id: int) -> Match | None:
    """Find the match of two records, the lower id first."""
    wanted = select(Match).where(Match.one_id == one_id, Match.other_id == other_id)
    return session.scalars(wanted).first()


def matches_of_records(session: Session, record_ids: Iterable[int]) -> Sequence[Match]:
    """Give the pairs in which one of these records stands."""
    found: dict[int, Match] = {}
    for part in _parts(record_ids):
        wanted = select(Match).where(or_(Match.one_id.in_(part), Match.other_id.in_(part)))
        found |= {match.id: match for match in session.scalars(wanted)}
    return [*found.values()]


def seen_matches(actor: Actor) -> ColumnElement[bool]:
    """Let through the pairs of which an organisation keeps a side: `sees_match` says the same."""
    if actor.role is Role.OPERATOR:
        return true()
    if actor.role not in DECIDERS or actor.organisation_id is None:
        return false()
    own = select(PersonRecord.id).where(PersonRecord.organisation_id == actor.organisation_id)
    return or_(Match.one_id.in_(own), Match.other_id.in_(own))


def list_match_rows(
    session: Session,
    seen: ColumnElement[bool],
    *,
    statuses: Sequence[str],
    spoken_of: bool = False,
    after: int | None = None,
    limit: int,
) -> Sequence[Match]:
    """Give pairs of some statuses, the likeliest first, none of an erased record.

    `spoken_of`: of those alone about which somebody's word stands that takes two. `after` is the
    number of the pair with which the page before ended.
    """
    one, other = aliased(PersonRecord), aliased(PersonRecord)
    wanted = (
        select(Match)
        .join(one, one.id == Match.one_id)
        .join(other, other.id == Match.other_id)
        .where(seen, Match.status.in_(statuses))
        .where(one.erased_at.is_(None), other.erased_at.is_(None))
        .order_by(Match.log_odds.desc(), Match.id)
        .limit(limit)
    )
    if spoken_of:
        said = select(MatchDecision.match_id).where(
            MatchDecision.decision.in_(BY_TWO), MatchDecision.undone_at.is_(None)
        )
        wanted = wanted.where(Match.id.in_(said))
    if after is not None:
        odds = session.scalar(select(Match.log_odds).where(Match.id == after, seen))
        if odds is None:
            return []
        later = and_(Match.log_odds == odds, Match.id > after)
        wanted = wanted.where(or_(Match.log_odds < odds, later))
    return session.scalars(wanted).all()


def decisions_of(session: Session, match_ids: Iterable[int]) -> Sequence[MatchDecision]:
    """Give all that was said of some pairs, the oldest first."""
    found: list[MatchDecision] = []
    for part in _parts(match_ids):
        wanted = select(MatchDecision).where(MatchDecision.match_id.in_(part))
        found += session.scalars(wanted.order_by(MatchDecision.id))
    return found


Standing = tuple[PersonRecord, PersonVersion]


def standing_people(session: Session, record_ids: Iterable[int]) -> dict[int, Standing]:
    """Give living records and what stands of them, by their ids."""
    found: dict[int, Standing] = {}
    for part in _parts(record_ids):
        wanted = _standing().where(PersonRecord.id.in_(part))
        found |= {record.id: (record, version) for record, version in session.execute(wanted)}
    return found


def _standing() -> Any:  # noqa: ANN401 -- a statement of two entities
    return (
        select(PersonRecord, PersonVersion)
        .join(PersonVersion, PersonVersion.record_id == PersonRecord.id)
        .where(PersonVersion.recorded_to.is_(None), PersonRecord.erased_at.is_(None))
    )


def consents_to_match(session: Session, record_ids: Iterable[int]) -> list[Consent]:
    """Give the consents to matching of some records."""
    found: list[Consent] = []
    for part in _parts(record_ids):
        wanted = select(Consent).where(
            Consent.record_id.in_(part), Consent.purpose == Purpose.MATCH
        )
        found += session.scalars(wanted.order_by(Consent.id))
    return found


def disputed_people(session: Session, record_ids: Iterable[int]) -> set[int]:
    """Give the records that somebody disputes ("I am not missing") and nobody looked at yet."""
    found: set[int] = set()
    for part in _parts(record_ids):
        wanted = select(FamilyWord.record_id).where(
            FamilyWord.record_id.in_(part),
            FamilyWord.kind.in_(DISPUTES),
            FamilyWord.taken_up_at.is_(None),
        )
        found |= {*session.scalars(wanted)}
    return found


@dataclass(frozen=True)
class RegisterMarks:
    """How far the tables have grown: while these stay, a register of people is as it was."""

    versions: int
    last_version: int
    erased: int
    consents: int
    last_consent: int
    disputes_settled: int


def register_marks(session: Session) -> RegisterMarks:
    """Read the marks as this session sees them."""
    versions = session.execute(select(func.count(), func.max(PersonVersion.id))).one()
    consents = session.execute(select(func.count(), func.max(Consent.id))).one()
    erased = session.scalar(
        select(func.count()).select_from(PersonRecord).where(PersonRecord.erased_at.is_not(None))
    )
    settled = session.scalar(select(func.count()).where(_settled()))
    return RegisterMarks(
        *(versions[0], versions[1] or 0, erased or 0),
        *(consents[0], consents[1] or 0, settled or 0),
    )


def _settled() -> ColumnElement[bool]:
    return and_(FamilyWord.kind.in_(DISPUTES), FamilyWord.taken_up_at.is_not(None))


def changed_since(session: Session, marks: RegisterMarks) -> tuple[list[int], list[int]]:
    """Give the records with versions, and those with consents, after these marks."""
    versions = select(PersonVersion.record_id).where(PersonVersion.id > marks.last_version)
    consents = select(Consent.record_id).where(Consent.id > marks.last_consent)
    return [*session.scalars(versions)], [*session.scalars(consents)]


def comparable_ids(session: Session, kind: PersonKind, today: dt.date) -> dict[int, int]:
    """Give the numbers of the standing versions of all records that a register holds."""
    wanted = select(PersonVersion.record_id, PersonVersion.id).join(
        PersonRecord, PersonRecord.id == PersonVersion.record_id
    )
    rows = session.execute(wanted.where(_comparable(kind, today)))
    return {row.record_id: row.id for row in rows}


@dataclass(frozen=True)
class RegisterRow:
    """What a register needs of one record."""

    record_id: int
    version_id: int
    facts: str


def comparable_rows(
    session: Session, kind: PersonKind, today: dt.date, *, among: Iterable[int] | None = None
) -> Iterator[RegisterRow]:
    """Give what a register holds, all or among some records, in the order of the ids.

    Remains that nobody withdrew or identified; open cases with a consent to matching that stands.
    """
    base = (
        select(PersonVersion.record_id, PersonVersion.id, PersonVersion.facts)
        .join(PersonRecord, PersonRecord.id == PersonVersion.record_id)
        .where(_comparable(kind, today))
        .order_by(PersonVersion.record_id)
    )
    asked = [base] if among is None else [base.where(_among(part)) for part in _parts(among)]
    for wanted in asked:
        for row in session.execute(wanted.execution_options(yield_per=_READ_AT_ONCE)):
            yield RegisterRow(*row)


def _among(ids: Sequence[int]) -> ColumnElement[bool]:
    return PersonVersion.record_id.in_(ids)


def _comparable(kind: PersonKind, today: dt.date) -> ColumnElement[bool]:
    stands = and_(
        PersonVersion.recorded_to.is_(None),
        PersonRecord.erased_at.is_(None),
        PersonRecord.kind == kind,
    )
    if kind is PersonKind.REMAINS:
        known = (RemainsStatus.WITHDRAWN, RemainsStatus.CONFIRMED)
        return and_(stands, PersonVersion.status.not_in(known))
    agreed = select(Consent.record_id).where(
        Consent.purpose == Purpose.MATCH,
        Consent.withdrawn_at.is_(None),
        or_(Consent.until.is_(None), Consent.until >= today),
    )
    open_ = PersonVersion.status.not_in([*CLOSED])
    return and_(stands, open_, PersonRecord.id.in_(agreed))


def last_done(session: Session, action: str) -> dt.datetime | None:
    """Say when something was last noted as done."""
    return session.scalar(select(func.max(Act.done_at)).where(Act.action == action))


def changed_after(session: Session, moment: dt.datetime) -> set[int]:
    """Give the records of which something that matters was recorded from a moment on."""
    versions = select(PersonVersion.record_id).where(PersonVersion.recorded_from >= moment)
    consents = select(Consent.record_id).where(Consent.recorded_at >= moment)
    settled = select(FamilyWord.record_id).where(_settled(), FamilyWord.taken_up_at >= moment)
    return {each for wanted in (versions, consents, settled) for each in session.scalars(wanted)}


def _parts(ids: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted({*ids})
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
