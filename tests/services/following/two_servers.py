"""Two servers of invented organisations: one keeps records, the other follows what is shared."""

import datetime as dt
import threading
from pathlib import Path

from sqlalchemy import select, text
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.conftest import DOLORES, NETWORK
from tests.http.clients import Clock, add_cast, new_app
from tests.services.people_records import GABRIEL, HILDA, agree, open_case
from tracker.db.models import Account
from tracker.db.models.people import PersonRecord
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database, keys_of_session
from tracker.domain.consents import Purpose
from tracker.domain.people import ShareKind
from tracker.domain.permissions import OPERATOR, Actor, TokenScope
from tracker.domain.shared_people import Taken
from tracker.services.accounts.api_tokens import create_token
from tracker.services.people import (
    follow_once,
    follow_server,
    get_person,
    list_consents,
    share_person,
)


class Quiet(WSGIRequestHandler):
    """Answers without a line for each answer."""

    def log_request(self, *_: object) -> None:
        """Say nothing."""


def add_case_workers(database: Database) -> None:
    """Add the cast, and Gabriel and Hilda with accounts of their own."""
    with database.writing() as session:
        add_cast(session)
        for person in (GABRIEL, HILDA):
            if session.get(Account, person.account_id) is not None:
                continue
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
                    created_at=Clock().now,
                    password_changed_at=Clock().now,
                )
            )


def key_for(database: Database, actor: Actor, scope: TokenScope = TokenScope.READ) -> str:
    """Make a key of the API."""
    with database.writing() as session:
        return create_token(session, actor, name="following", scope=scope, days=30)


class Keeper:
    """A server in Tegucigalpa, where Dolores keeps cases; it can be shut and opened again."""

    def __init__(self, database: Database) -> None:
        self.database, self.clock = database, Clock()
        self.app = new_app(database, self.clock)
        add_case_workers(database)
        self.server = make_server("127.0.0.1", 0, self.app, threaded=True, request_handler=Quiet)
        self.port = self.server.server_port
        self._begin()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def shut(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def open(self) -> None:
        self.server = make_server(
            "127.0.0.1", self.port, self.app, threaded=True, request_handler=Quiet
        )
        self._begin()

    def _begin(self) -> None:
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()

    def shared_case(self, what: ShareKind = ShareKind.IDENTIFICATION, **changed: object) -> str:
        """Open a case whose family agreed to sharing it with Tucson, and share it."""
        case = open_case(self.database, **changed)
        agree(self.database, case, Purpose.SHARE, recipient_id=NETWORK)
        self.share(case, what)
        return case

    def share(self, case: str, what: ShareKind = ShareKind.IDENTIFICATION, **more) -> int:
        with self.database.writing() as session:
            return share_person(session, DOLORES, case, organisation_id=NETWORK, what=what, **more)


class Follower:
    """A server in Tucson, where Gabriel reads what is shared with him."""

    def __init__(self, database: Database, keeper: Keeper, folder: Path) -> None:
        self.database, self.files = database, SealedFiles(folder)
        database.tell_time(keeper.clock)
        add_case_workers(database)
        self.number = self.follow(keeper, key_for(keeper.database, GABRIEL))

    def follow(self, keeper: Keeper, key: str, **given: object) -> int:
        told = {"organisation_id": NETWORK, "name": "Tegucigalpa", "address": keeper.address}
        with self.database.writing() as session:
            return follow_server(session, OPERATOR, **{**told, "key": key, **given})

    def once(self, **more) -> Taken:
        return follow_once(self.database, OPERATOR, self.files, number=self.number, **more)

    def copy_id(self, case: str) -> str:
        """Give the id that a copy has here."""
        with self.database.reading() as session:
            wanted = select(PersonRecord.public_id).where(PersonRecord.foreign_id == case)
            return session.scalars(wanted).one()


def seen(follower: Follower, case: str, actor: Actor = GABRIEL):
    """Give the copy of a case as somebody sees it."""
    with follower.database.writing() as session:
        return get_person(session, actor, follower.copy_id(case))


def may_match(follower: Follower, case: str) -> bool:
    """Say whether the copy of a case may be matched by who follows."""
    with follower.database.reading() as session:
        consents = list_consents(session, GABRIEL, follower.copy_id(case))
    today = dt.date(2026, 6, 1)
    return any(each.purpose == Purpose.MATCH and each.holds(today) for each in consents)


def rows(database: Database, table: str) -> int:
    """Count the rows of a table."""
    with database.reading() as session:
        return session.scalar(text(f"SELECT count(*) FROM {table}"))
