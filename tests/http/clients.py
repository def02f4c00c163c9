"""The real application over a database of the tests, on a fixed day, and people who use it."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask, Response
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from tests.conftest import CAST, ORGANISATIONS
from tracker.app import create_app
from tracker.config import Settings
from tracker.db.models import Account, Organisation
from tracker.db.session import Database, keys_of_session
from tracker.domain.accounts import SessionStage
from tracker.domain.permissions import Actor
from tracker.http.cookies import SESSION, VISIT
from tracker.http.csrf import FIELD, HEADER, word_of
from tracker.services.accounts.sessions import begin_session

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
SPANISH, ENGLISH = {"Accept-Language": "es-MX"}, {"Accept-Language": "en-US,en;q=0.8"}


class Templates(BytecodeCache):
    """Templates as they were once compiled, for every application of the tests.

    A template that changes has another checksum, and is compiled again.
    """

    def __init__(self) -> None:
        self.compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.compiled:
            bucket.bytecode_from_string(self.compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.compiled[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = Templates()


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> dt.datetime:
        return self.now

    def passes(self, **time: float) -> None:
        """Let this much time pass."""
        self.now += dt.timedelta(**time)


class Visitor(FlaskClient):
    """A browser that reads every answer to its end."""

    def open(self, *args, **kwargs):
        return super().open(*args, **{"buffered": True, **kwargs})


class Member(Visitor):
    """A browser in which somebody of the cast is signed in.

    `csrf` is the word of their forms; `post_form` sends it along.
    """

    csrf = ""

    def post_form(self, address: str, data: dict[str, object] | None = None, **kwargs):
        return self.post(address, data={FIELD: self.csrf, **(data or {})}, **kwargs)

    @property
    def csrf_header(self) -> dict[str, str]:
        return {HEADER: self.csrf}


def sign_in(app: Flask, actor: Actor) -> Member:
    """Give a browser in which somebody of the cast is signed in; makes their account if need be.

    Ximena has no account: her browser is that of anyone at all.
    """
    client = Member(app, Response)
    if actor.account_id is None:
        client.set_cookie(VISIT, "a visit")
        client.csrf = word_of("a visit")
        return client
    database: Database = app.extensions["tracker.database"]
    with database.writing() as session:
        add_cast(session)
        add_account(session, actor)
        account = session.get_one(Account, actor.account_id)
        begun = begin_session(session, account, stage=SessionStage.FULL, device="Firefox, Linux")
    client.set_cookie(SESSION, begun.token)
    client.csrf = word_of(begun.token)
    return client


def add_cast(session: Session) -> None:
    """Add the invented organisations and people of the tests that are not there yet."""
    for number, (name, kind, country) in ORGANISATIONS.items():
        if session.get(Organisation, number) is None:
            session.add(
                Organisation(id=number, name=name, kind=kind, country=country, created_at=NOON)
            )
    session.flush()
    for person in CAST:
        add_account(session, person)
    if session.get_bind().dialect.name == "postgresql":
        for table in ("organisations", "accounts"):
            last = f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))"
            session.execute(text(last))


def new_app(
    database: Database, clock: Callable[[], dt.datetime] = lambda: NOON, *, demo: bool = False
) -> Flask:
    """Make the application with an empty cache; no setting of it differs from real use."""
    app = create_app(
        Settings(database_url="sqlite://", secret_key="of the tests", demo=demo),
        database=database,
        clock=clock,
    )
    app.test_client_class = Visitor
    app.jinja_env.bytecode_cache = TEMPLATES
    return app


def add_account(session: Session, person: Actor) -> None:
    """Give somebody an account unless they have one, or are anyone at all."""
    if person.account_id is None or session.get(Account, person.account_id) is not None:
        return
    email = f"{person.name.lower()}@cast.example"
    session.add(
        Account(
            id=person.account_id,
            organisation_id=person.organisation_id,
            role=person.role,
            name=person.name,
            email=email,
            email_digest=keys_of_session(session).digest("email", email),
            password_hash="!",
            created_at=NOON,
            password_changed_at=NOON,
        )
    )
    session.flush()


@contextmanager
def counted_queries(database: Database) -> Iterator[list[str]]:
    """Collect the statements that reach the database."""
    statements: list[str] = []

    def note(_connection, _cursor, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine, "before_cursor_execute", note)
