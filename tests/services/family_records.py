"""A family with a code, and what a confirmed match is made of, for tests."""

from tests.conftest import CAMILO, DOLORES
from tests.services.people_records import GABRIEL
from tracker.db.models.matches import Match, MatchDecision
from tracker.db.models.people import PersonVersion
from tracker.db.queries.people import current_person_version, find_person
from tracker.db.session import Database, moment
from tracker.domain.families import AccessMade
from tracker.domain.permissions import ANYONE, Actor
from tracker.domain.public_ids import random_public_id
from tracker.services.families import count_try, enter, make_access, secret_is_right
from tracker.services.people.versions import next_person_version

REACH = "Dolores (invented), Tuesdays 9 to 12, +504 2200 0001"
SUPPORT = "Alma (invented), psychologist of the group, +504 2200 0002"


def give_access(
    database: Database, case: str, actor: Actor = DOLORES, **changed: str
) -> AccessMade:
    """Give the family of a case its code and second secret."""
    with database.writing() as session:
        told = {"reach": REACH, "support": SUPPORT, **changed}
        return make_access(session, actor, case, **told)


def come_in(database: Database, code: str, secret: str) -> int | None:
    """Try a code and a secret, as the page does; gives the access, or None."""
    with database.writing() as session:
        tried = count_try(session, ANYONE, code=code)
    if not secret_is_right(tried, secret):
        return None
    with database.writing() as session:
        return enter(session, ANYONE, tried)


def confirm(database: Database, case: str, remains: str) -> int:
    """Let two people have confirmed that both are of one person; gives the number of the match."""
    with database.writing() as session:
        pair = sorted(find_person(session, each).id for each in (case, remains))
        now = moment(session)
        match = Match(
            public_id=random_public_id("M"),
            one_id=pair[0],
            other_id=pair[1],
            scoring="tests",
            log_odds=3.0,
            strength="strong",
            compared="{}",
            status="confirmed",
            proposed_at=now,
            changed_at=now,
        )
        session.add(match)
        session.flush()
        for actor in (GABRIEL, CAMILO):
            session.add(
                MatchDecision(
                    match_id=match.id,
                    decision="confirmed",
                    decided_at=now,
                    decided_by=actor.handle,
                    role=actor.role,
                    method="dna",
                    authority="Laboratory (invented)",
                    identified_on=now.date(),
                    compared="{}",
                )
            )
        return match.id


def is_deceased(database: Database, case: str) -> PersonVersion:
    """Let a case stand as a confirmed match leaves it."""
    with database.writing() as session:
        version = current_person_version(session, find_person(session, case).id)
        return next_person_version(
            session, DOLORES, version, status="located_deceased", reason="the match"
        )
