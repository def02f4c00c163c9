"""What a database holds for calls that are made up: records of each kind, and keys."""

from tests.conftest import BEATRIZ, CAMILO, CAST, DOLORES, FAMILIES
from tests.http.clients import NOON, add_cast
from tests.services.records import log
from tests.services.test_logging import verify
from tracker.db.models import Account
from tracker.db.session import Database, keys_of_session
from tracker.domain.permissions import Actor, Role, TokenScope
from tracker.services.accounts.api_tokens import create_token

# An invented searcher, whom the other tests do not need.
GLORIA = Actor(Role.SEARCHER, "Gloria", 90, FAMILIES)
PEOPLE = {person.name: person for person in (*CAST, GLORIA)}


def add_records(database: Database) -> list[str]:
    """Add records of two people in each status, and give their public ids, and one of none."""
    with database.writing() as session:
        add_cast(session)
        session.add(_account_of(GLORIA, keys_of_session(session).digest("email", "g@cast.example")))
        session.flush()
        ids = [log(session, person).public_id for person in (BEATRIZ, DOLORES, CAMILO) * 3]
        handed_in = [log(session, person, submit=True).public_id for person in (BEATRIZ, DOLORES)]
        public = log(session, BEATRIZ, submit=True).public_id
        verify(session, public)
    return [*ids, *handed_in, public, "000-000"]


def key_of(database: Database, actor: Actor) -> str | None:
    """Make a key that may do all that its owner may; who has no account has none."""
    if actor.account_id is None:
        return None
    with database.writing() as session:
        return create_token(session, actor, name="calls", scope=TokenScope.WRITE, days=30)


def _account_of(person: Actor, digest: str) -> Account:
    return Account(
        id=person.account_id,
        organisation_id=person.organisation_id,
        role=person.role,
        name=person.name,
        email="g@cast.example",
        email_digest=digest,
        password_hash="!",
        created_at=NOON,
        password_changed_at=NOON,
    )
