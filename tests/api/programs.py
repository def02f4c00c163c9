"""Programs that ask with a key of somebody of the cast, or with none."""

from flask import Flask
from flask.testing import FlaskClient

from tests.http.clients import ENGLISH
from tests.services.records import GIVEN
from tracker.db.session import Database
from tracker.domain.permissions import Actor, TokenScope
from tracker.services.accounts.api_tokens import create_token

INCIDENTS = "/api/v1/incidents"


class Program:
    """A program that asks with a key of somebody of the cast, or with none."""

    def __init__(self, app: Flask, actor: Actor | None, scope: TokenScope = TokenScope.WRITE):
        self.client: FlaskClient = app.test_client()
        self.headers = dict(ENGLISH)
        if actor is not None:
            database: Database = app.extensions["tracker.database"]
            with database.writing() as session:
                token = create_token(session, actor, name="a program", scope=scope, days=30)
            self.headers["Authorization"] = f"Bearer {token}"

    def get(self, address: str, **headers: str):
        return self.client.get(address, headers=self._with(headers))

    def post(self, address: str, told: object = None, **headers: str):
        return self.client.post(address, json=told, headers=self._with(headers))

    def patch(self, address: str, told: object, **headers: str):
        return self.client.patch(address, json=told, headers=self._with(headers))

    def _with(self, headers: dict[str, str]) -> dict[str, str]:
        return self.headers | {name.replace("_", "-"): each for name, each in headers.items()}

    def log(self, **given: object) -> str:
        """Log the event of the tests, and give its address."""
        answer = self.post(INCIDENTS, {**GIVEN, **given})
        assert answer.status_code == 201, answer.text
        return answer.headers["Location"]
