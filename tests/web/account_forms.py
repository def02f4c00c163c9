"""What the tests of accounts share: a clock that can be moved, and forms sent as a browser does."""

import re

import pyotp
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.conftest import SHELTER
from tests.http.clients import Clock, Visitor, add_cast, new_app
from tracker.db.models import Act
from tracker.db.session import Database
from tracker.domain.permissions import OPERATOR, Role
from tracker.services.accounts.invitations import invite

PASSWORD = "tortuga lluvia mesa violeta"
ENGLISH = {"Accept-Language": "en"}


class House:
    """An application of its own, its database and its clock."""

    def __init__(self, database: Database, *, demo: bool = False) -> None:
        self.clock = Clock()
        self.database = database
        with database.writing() as session:
            add_cast(session)
        self.app: Flask = new_app(database, self.clock, demo=demo)

    def visitor(self) -> Visitor:
        return self.app.test_client()

    def invited(self, role: Role = Role.REPORTER, organisation: int = SHELTER) -> str:
        with self.database.writing() as session:
            return invite(session, OPERATOR, organisation_id=organisation, role=role)

    def newcomer(self, role: Role, email: str = "nadia@cast.example") -> tuple[Visitor, str]:
        """Let somebody come in by invitation, as far as signed in; gives the secret of the app."""
        client = self.visitor()
        answer = accept(client, self.invited(role), email=email)
        assert answer.status_code == 303, answer.text
        if "set-up" not in answer.headers["Location"]:
            return client, ""
        secret = secret_on(client.get("/sign-in/set-up"))
        codes = send(client, "/sign-in/set-up", code=self.code(secret), name="My telephone")
        assert codes.status_code == 200
        assert send(client, "/sign-in/done").status_code == 303
        return client, secret

    def code(self, secret: str) -> str:
        return pyotp.TOTP(secret).at(self.clock.now)

    def acts(self) -> list[tuple[str, str, str]]:
        with self.database.reading() as session:
            rows = session.scalars(select(Act).order_by(Act.id))
            return [(row.actor, row.action, row.thing) for row in rows]


def word_on(answer: TestResponse) -> str:
    return re.findall(r'name="csrf_token" value="(\w+)"', answer.text)[0]


def secret_on(answer: TestResponse) -> str:
    shown = re.findall(r'<p class="secret">(.*?)</p>', answer.text, re.S)[0]
    return re.sub(r"<[^>]*>|\s", "", shown)


def send(client: Visitor, address: str, **fields: object) -> TestResponse:
    """Send a form with the word of this browser."""
    word = word_on(client.get("/sign-in", headers=ENGLISH))
    return client.post(address, data={"csrf_token": word, **fields}, headers=ENGLISH)


def accept(client: Visitor, token: str, **fields: str) -> TestResponse:
    given = {"name": "Nadia", "email": "nadia@cast.example", "password": PASSWORD} | fields
    return send(client, f"/invitations/{token}", **given)


def give_password(client: Visitor, email: str, password: str = PASSWORD, **more: str):
    return send(client, "/sign-in", email=email, password=password, **more)


def is_in(client: Visitor) -> bool:
    return client.get("/account").status_code == 200
