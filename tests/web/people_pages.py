"""What the tests of people's pages share: an application, and browsers of those who may look."""

from pathlib import Path

from flask import Response
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.http.clients import Clock, Member, add_account, add_cast, new_app, sign_in
from tests.services.people_records import GABRIEL, HILDA
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database
from tracker.domain.people import PersonTold
from tracker.domain.permissions import OPERATOR, Actor
from tracker.http.files import keep_files
from tracker.services.people import get_person

QUICK_CASE = {
    "given_names": "Lucía Invented",
    "first_surname": "Zelaya",
    "sex": "female",
    "age_from": "24",
    "age_to": "26",
    "known_by": "family",
    "contact_date": "2026-03-17",
    "contact_date_precision": "month",
    "contact_place": "Altar, Sonora",
    "inquirer_name": "Rosa Quijada (invented)",
    "inquirer_relation": "mother",
    "inquirer_telephones": "+504 9911 0043\n+504 9911 0044",
    "inquirer_safe_contact": "Only in the evening",
    "agrees": "yes",
    "do": "save",
}


def add_case_workers(session: Session) -> None:
    """Give the case workers of two more organisations their accounts."""
    for person in (GABRIEL, HILDA):
        add_account(session, person)
    if session.get_bind().dialect.name == "postgresql":
        last = "SELECT setval('accounts_id_seq', (SELECT max(id) FROM accounts))"
        session.execute(text(last))


class Desk:
    """An application, its database, and browsers of the cast and of two more case workers."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.clock = database, Clock()
        self.app = new_app(database, self.clock)
        keep_files(self.app, SealedFiles(folder / "files"))
        with database.writing() as session:
            add_cast(session)
            add_case_workers(session)

    def browser(self, actor: Actor) -> Member:
        return sign_in(self.app, actor)

    def person(self, public_id: str, actor: Actor = OPERATOR) -> PersonTold:
        with self.database.writing() as session:
            return get_person(session, actor, public_id)


def opened(answer: Response) -> str:
    """Give the public id of a record that a form has opened."""
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.headers["Location"].split("/")[2]
