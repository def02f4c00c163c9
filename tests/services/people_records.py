"""Invented people for tests: one who is sought, and remains that may be hers."""

import datetime as dt
from typing import Any

from tests.conftest import DOLORES, NETWORK, SHELTER
from tracker.db.session import Database
from tracker.domain.consents import Purpose
from tracker.domain.people import PersonKind
from tracker.domain.permissions import Actor, Role
from tracker.schemas.people import load_person
from tracker.services.people import open_person, record_consent

# A case worker of another organisation, in Arizona.
GABRIEL = Actor(Role.CASE_WORKER, "Gabriel", 7, NETWORK)
# And one who has nothing to do with either.
HILDA = Actor(Role.CASE_WORKER, "Hilda", 8, SHELTER)

LUCIA: dict[str, Any] = {
    "given_names": "Lucía Invented",
    "first_surname": "Zelaya",
    "second_surname": "Quijada",
    "nicknames": ["Lucha"],
    "sex": "female",
    "sex_basis": "family",
    "age_from": 24,
    "age_to": 24,
    "age_basis": "family",
    "height_from_cm": 155,
    "height_to_cm": 160,
    "marks": [
        {
            "kind": "tattoo",
            "part": "forearm",
            "side": "left",
            "text": "Mateo",
            "description": "Una mariposa con el nombre de su hijo",
            "basis": "family",
        }
    ],
    "telephones": ["+504 9911 0042"],
    "origin_country": "HND",
    "origin_place": "Comayagua",
    "contact_date": "2026-03-02",
    "contact_place": "Altar, Sonora",
    "contact_longitude": -111.83,
    "contact_latitude": 30.71,
    "contact_corridor": "mexico_transit",
    "planned_corridor": "us_mexico_border",
    "inquirer_name": "Rosa Quijada (invented)",
    "inquirer_relation": "mother",
    "inquirer_telephones": ["+504 9911 0043"],
}
REMAINS: dict[str, Any] = {
    "sex": "female",
    "sex_basis": "examiner",
    "age_from": 20,
    "age_to": 28,
    "age_basis": "examiner",
    "height_from_cm": 152,
    "height_to_cm": 162,
    "marks": [
        {
            "kind": "tattoo",
            "part": "forearm",
            "side": "left",
            "text": "MATEO",
            "description": "butterfly",
            "basis": "examiner",
        }
    ],
    "found_date": "2026-03-20",
    "found_place": "Near Arivaca, Arizona",
    "found_longitude": -111.33,
    "found_latitude": 31.58,
    "found_corridor": "us_mexico_border",
    "condition": "decomposed",
    "interval_days_from": 7,
    "interval_days_to": 21,
    "examiner_number": "26-00417",
}


def facts(kind: PersonKind, **changed: object) -> dict[str, Any]:
    """Give the facts of an invented case or remains, some of them changed."""
    told = LUCIA if kind is PersonKind.CASE else REMAINS
    return load_person(kind, {**told, **changed})


def open_case(database: Database, actor: Actor = DOLORES, **changed: object) -> str:
    """Open an invented case, without any consent."""
    with database.writing() as session:
        told = facts(PersonKind.CASE, **changed)
        return open_person(session, actor, kind=PersonKind.CASE, facts=told, invented=True)


def record_remains(database: Database, actor: Actor = GABRIEL, **changed: object) -> str:
    """Record invented remains."""
    with database.writing() as session:
        told = facts(PersonKind.REMAINS, **changed)
        return open_person(session, actor, kind=PersonKind.REMAINS, facts=told, invented=True)


def agree(
    database: Database,
    public_id: str,
    purpose: Purpose,
    *,
    recipient_id: int | None = None,
    until: dt.date | None = None,
    actor: Actor = DOLORES,
) -> int:
    """Record that the family agreed."""
    with database.writing() as session:
        return record_consent(
            session,
            actor,
            public_id,
            purpose=purpose,
            given_by="Rosa Quijada (invented)",
            given_on=dt.date(2026, 4, 1),
            recipient_id=recipient_id,
            until=until,
        )
