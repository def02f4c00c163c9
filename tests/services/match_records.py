"""Pairs of invented records that may be one person, and what people say of them."""

import datetime as dt

from sqlalchemy import text

from tests.conftest import DOLORES, FAMILIES, NETWORK
from tests.services.people_records import agree, open_case, record_remains
from tracker.db.session import Database
from tracker.domain.consents import Purpose
from tracker.domain.matches import MatchStatus, MatchTold
from tracker.domain.people import PersonKind
from tracker.domain.permissions import OPERATOR, Actor, Role
from tracker.services.matches import (
    Finding,
    decide_match,
    get_match,
    open_match,
    propose_all,
    propose_changed,
    take_back_decision,
)

# Verifiers of the two organisations that keep the records: a second voice, and no case.
IRIS = Actor(Role.VERIFIER, "Iris", 9, NETWORK)
JACINTO = Actor(Role.VERIFIER, "Jacinto", 10, FAMILIES)
BY_DENTAL = Finding("dental", "Office of the Medical Examiner (invented)", dt.date(2026, 5, 4))


def matching_pair(database: Database, **changed: object) -> tuple[str, str]:
    """Make a case whose family agrees to matching, and remains that may be hers."""
    case = open_case(database, **changed)
    agree(database, case, Purpose.MATCH)
    return case, record_remains(database)


def opened(database: Database, case: str, remains: str, actor: Actor = DOLORES) -> str:
    """Keep the pair, as somebody who asks for it does."""
    with database.writing() as session:
        return open_match(session, actor, case, kind=PersonKind.CASE, with_record=remains)


def propose(database: Database, *, everything: bool = False):
    """Propose matches, as the command does."""
    if everything:
        return propose_all(database, OPERATOR)
    return propose_changed(database, OPERATOR).kept


def told(database: Database, actor: Actor, match: str) -> MatchTold:
    """Give a match as somebody sees it."""
    with database.reading() as session:
        return get_match(session, actor, match)


def say(
    database: Database,
    actor: Actor,
    match: str,
    decision: str,
    finding: Finding = BY_DENTAL,
) -> MatchStatus:
    """Give somebody's voice."""
    with database.writing() as session:
        return decide_match(session, actor, match, decision=decision, finding=finding)


def take_back(database: Database, actor: Actor, match: str) -> MatchStatus:
    """Take one's newest voice back."""
    mine = [each for each in told(database, actor, match).voices if each.mine]
    number = max(each.voice.number for each in mine if each.voice.undone_at is None)
    with database.writing() as session:
        return take_back_decision(session, actor, match, number=number, reason="a wrong chart")


def statuses(database: Database, *public_ids: str) -> list[str]:
    """Give how records of people stand."""
    with database.reading() as session:
        wanted = text(
            "SELECT v.status FROM person_versions v JOIN person_records r ON r.id = v.record_id"
            " WHERE v.recorded_to IS NULL AND r.public_id = :public_id"
        )
        return [session.scalar(wanted, {"public_id": each}) for each in public_ids]
