"""Routes as a table test walks them: who asks, with which method, for what.

A route with a parameter needs an example of it here: of a thing that belongs to the shelter and that
nobody else may see, and of one that does not exist. A new parameter without an example fails.
"""

import datetime as dt
import re
from dataclasses import dataclass

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.conftest import BEATRIZ, CAST, FAMILIES, NETWORK, SHELTER
from tests.http.clients import add_account, add_cast
from tests.services.people_records import HILDA, facts
from tests.services.records import log
from tracker.db.models import Account
from tracker.domain.accounts import SessionStage
from tracker.domain.consents import Purpose
from tracker.domain.people import PersonKind
from tracker.domain.permissions import Actor, Role, TokenScope
from tracker.schemas.searches import load_plan
from tracker.services.accounts.api_tokens import create_token, list_tokens
from tracker.services.accounts.invitations import invite, list_invitations
from tracker.services.accounts.second_factors import begin_app
from tracker.services.accounts.sessions import begin_session
from tracker.services.matches import open_match
from tracker.services.people import (
    ask_for_group_export,
    follow_server,
    open_person,
    record_consent,
)
from tracker.services.searches import plan_search

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
# The cast, and the same roles in other organisations.
OTHERS = (
    Actor(Role.SEARCHER, "Ignacio", 101, FAMILIES),
    Actor(Role.ADMINISTRATOR, "Gabriela", 102, FAMILIES),
    Actor(Role.VERIFIER, "Hernando", 103, NETWORK),
    Actor(Role.REPORTER, "Julieta", 104, NETWORK),
)
PERSONAS = (*CAST, *OTHERS)
SEARCH: dict[str, object] = {
    "title": "Orilla del golfo (invented)",
    "purpose": "Invented",
    "begins_on": "2026-05-02",
    "ends_on": "2026-05-03",
    "methods": ["boat"],
    "area": "8.50, -76.95\n8.50, -76.90\n8.45, -76.90",
}
FERNANDA_OF_SHELTER = next(actor for actor in CAST if actor.name == "Fernanda")


@dataclass(frozen=True)
class Example:
    """A value of a parameter for a thing of the shelter, and for one that does not exist."""

    private: str
    absent: str


def add_personas(session: Session) -> None:
    """Add the people of other organisations to the cast."""
    add_cast(session)
    for person in OTHERS:
        add_account(session, person)


def make_examples(session: Session) -> dict[str, Example]:
    """Make private things of the shelter; gives their ids by parameter, or `blueprint.parameter`."""
    record = log(session)
    invite(session, FERNANDA_OF_SHELTER, organisation_id=SHELTER, role=Role.REPORTER)
    (invitation,) = list_invitations(session, FERNANDA_OF_SHELTER, SHELTER)
    create_token(session, BEATRIZ, name="x", scope=TokenScope.READ, days=1)
    (token,) = list_tokens(session, BEATRIZ)
    account = session.get_one(Account, BEATRIZ.account_id)
    begun = begin_session(session, account, stage=SessionStage.FULL)
    begin_app(session, begun.session_id)
    nobody = Example("4242", "4343")
    case, remains, match = _pair_of_shelter(session)
    server = follow_server(
        session,
        FERNANDA_OF_SHELTER,
        organisation_id=SHELTER,
        name="x",
        address="https://tracker.example",
        key="mtr_invented",
    )
    searcher = Actor(Role.SEARCHER, "Isidro", 105, SHELTER)
    search = plan_search(session, searcher, load_plan(SEARCH))
    return {
        "public_id": Example(record.public_id, "ZZZ-ZZZ"),
        "reviews.other": Example(log(session).public_id, "ZZY-ZZY"),
        "families.public_id": Example(case, "C-ZZZZ-ZZZZ"),
        "matches.public_id": Example(match, "M-ZZZZ-ZZZZ"),
        "matches.case_id": Example(case, "C-ZZZZ-ZZZZ"),
        "matches.remains_id": Example(remains, "R-ZZZZ-ZZZZ"),
        "people.public_id": Example(case, "C-0000-0000"),
        "people.register": Example("cases", "cases"),
        # What is published is public: there is none that is private.
        "figures.public_id": Example("ZZZ-ZZZ", "ZZY-ZZY"),
        "schedules.public_id": Example("ZZZ-ZZZ", "ZZY-ZZY"),
        "person_exports.public_id": Example(case, "CZZ-ZZZ"),
        "group_exports.number": Example(str(_group_export_of_shelter(session, case)), "4343"),
        "figures.form": Example("csv", "csv"),
        "exports.form": Example("csv", "csv"),
        "map_embeds.layer": Example("cells", "cells"),
        "map_pictures.form": Example("svg", "svg"),
        # What one has typed is there for oneself alone, whatever the form.
        "records.form": Example(record.public_id, "ZZZ-ZZZ"),
        "records.key": Example("of-one-showing", "of-another-showing"),
        "searches.public_id": Example(search, "S-ZZZZ-ZZZZ"),
        "features.collection": Example("incidents", "incidents"),
        "features.feature_id": Example(record.public_id, "ZZZ-ZZZ"),
        "reports.period": Example("2021", "2021"),
        # The same for everybody.
        "offline.language": Example("es", "es"),
        "offline.name": Example("countries", "countries"),
        "joined.name": Example("nothing.css", "nothing.js"),
        "static.filename": Example("nothing.css", "nothing.js"),
        "account_id": Example(str(BEATRIZ.account_id), "4343"),
        "invitation_id": Example(str(invitation.id), "4343"),
        "token_id": Example(str(token.id), "4343"),
        "session_id": Example(str(begun.session_id), "4343"),
        "factor_id": nobody,
        "number": Example("1", "1"),
        "followed_servers.number": Example(str(server), "4343"),
        "people_api.public_id": Example(case, "C-ZZZZ-ZZZZ"),
        # A link opens for whoever holds it: nobody guesses one.
        "accounts.token": Example("x" * 43, "y" * 43),
    }


def _group_export_of_shelter(session: Session, case: str) -> int:
    """Ask for a file of several cases of the shelter."""
    given_on, recipient = dt.date(2026, 1, 1), {"recipient_id": NETWORK}
    told = {"purpose": Purpose.SHARE, "given_by": "x", "given_on": given_on}
    record_consent(session, HILDA, case, **told, **recipient)
    asked = {"purpose": "search", "reason": "x", "public_ids": [case]}
    return ask_for_group_export(session, HILDA, **recipient, **asked)


def _pair_of_shelter(session: Session) -> tuple[str, str, str]:
    """Make a case and remains that may be one person, and their match, all of the shelter."""
    case, remains = (
        open_person(session, HILDA, kind=kind, facts=facts(kind), invented=True)
        for kind in PersonKind
    )
    record_consent(
        session, HILDA, case, purpose=Purpose.MATCH, given_by="x", given_on=dt.date(2026, 1, 1)
    )
    match = open_match(session, HILDA, case, kind=PersonKind.CASE, with_record=remains)
    return case, remains, match


def address(rule: Rule, examples: dict[str, Example], *, private: bool) -> str:
    """Fill in the parameters of a route."""
    blueprint = rule.endpoint.partition(".")[0]
    filled = rule.rule
    for name in rule.arguments:
        example = examples.get(f"{blueprint}.{name}") or examples.get(name)
        assert example is not None, f"{rule.rule}: tests/http/route_cells.py has no example for it"
        value = example.private if private else example.absent
        filled = re.sub(rf"<([\w(),=.-]+:)?{name}>", value, filled)
    return filled


def rules_of(app: Flask) -> list[Rule]:
    """List the routes, each address once with every method that it takes."""
    seen: dict[str, Rule] = {}
    for rule in app.url_map.iter_rules():
        seen.setdefault(rule.rule, rule)
    return [seen[name] for name in sorted(seen)]


def appearance(answer: TestResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Give all that whoever asks can see of an answer."""
    headers = sorted((name, value) for name, value in answer.headers if name != "Date")
    return answer.status_code, answer.data, headers
