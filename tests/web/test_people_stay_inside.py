"""Nothing told of 200 people who are sought reaches anybody who has no business with them.

Each name, telephone number, id and inquirer is a word that stands nowhere else. Every route is asked
as every role and organisation, and every answer, header, log line and page of the database is read.
"""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import DOLORES, KEYS, NETWORK, day
from tests.http.clients import Member, counted_queries, new_app, sign_in
from tests.http.route_cells import (
    PERSONAS,
    Example,
    add_personas,
    address,
    make_examples,
    rules_of,
)
from tests.services.people_records import HILDA, LUCIA
from tracker.db.migrations import upgrade_database
from tracker.db.session import Database, open_database
from tracker.domain.consents import Purpose
from tracker.domain.people import PersonKind, ShareKind
from tracker.http.csrf import FIELD
from tracker.schemas.people import load_person
from tracker.services.people import ask_for_group_export, open_person, record_consent, share_person

COUNT = 200
# Words of a family case, numbered; no other text of ours holds one of them.
WORDS = {
    "given_names": "Xochiquetl{n}",
    "first_surname": "Quiñonezuri{n}",
    "contact_place": "Rancho Zopilotepe{n}",
    "inquirer_name": "Ixmucaneri{n}",
    "inquirer_email": "madre{n}@canario.example",
    "circumstances": "Contado en secreto {n}x",
}
SECRETS = re.compile(
    r"Xochiquetl|Qui(?:ñ|\\u00f1|%C3%B1)onezuri|Zopilotepe|Ixmucaneri|@canario|Contado en secreto"
    r"|504[ -]?7700|CANARIOTATUAJE",
    re.IGNORECASE,
)
# Whoever has business with them: their case worker, and whom the family agreed to.
OUTSIDERS = tuple(actor for actor in (*PERSONAS, HILDA) if actor is not DOLORES)


@pytest.fixture(scope="module")
def cases() -> list[str]:
    return []


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, cases: list[str]) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("people") / "x.sqlite3"
    opened = open_database(f"sqlite:///{path}", KEYS)
    upgrade_database(opened)
    with opened.writing() as session:
        add_personas(session)
        for number in range(COUNT):
            cases.append(_open(session, number))
    yield opened
    opened.close()


def _open(session, number: int) -> str:
    told = {name: word.format(n=number) for name, word in WORDS.items()}
    tattoo = {"kind": "tattoo", "text": f"CANARIOTATUAJE{number}"}
    numbers = [f"+504 7700 {number:04d}"]
    given = {**LUCIA, **told, "telephones": numbers, "inquirer_telephones": numbers}
    facts = load_person(PersonKind.CASE, {**given, "marks": [tattoo]})
    case = open_person(session, DOLORES, kind=PersonKind.CASE, facts=facts)
    agreed = {"given_by": f"Ixmucaneri{number}", "given_on": day("2026-04-01")}
    if number % 2:
        record_consent(session, DOLORES, case, purpose=Purpose.MATCH, **agreed)
    if number % 4 == 1:
        towards = {"purpose": Purpose.SHARE, "recipient_id": NETWORK}
        record_consent(session, DOLORES, case, **towards, **agreed)
        share_person(session, DOLORES, case, organisation_id=NETWORK, what=ShareKind.WHOLE)
    return case


@pytest.fixture(scope="module")
def app(house: Database) -> Flask:
    return new_app(house)


@pytest.fixture(scope="module")
def examples(house: Database, cases: list[str]) -> dict[str, Example]:
    with house.writing() as session:
        made = make_examples(session)
        asked_for = {"purpose": "search", "reason": "x", "public_ids": [cases[1]]}
        export = ask_for_group_export(session, DOLORES, recipient_id=NETWORK, **asked_for)
    made["group_exports.number"] = Example(str(export), "4343")
    of_case = Example(cases[1], "C-0000-0000")
    asked = [f"{name}.public_id" for name in BLUEPRINTS]
    asked += ["public_id", "matches.case_id", "matches.remains_id"]
    return made | dict.fromkeys(asked, of_case)


# Where records of people are kept; the examples name their cases.
BLUEPRINTS = (
    *("people", "matches", "families", "searches", "person_imports", "person_exports"),
    "group_exports",
    "people_api",
)


def test_no_answer_to_anybody_else_holds_a_word_of_a_case(
    app: Flask, examples: dict[str, Example], cases: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    answers = 0
    caplog.set_level(logging.DEBUG)
    for actor in OUTSIDERS:
        client = sign_in(app, actor)
        for rule in rules_of(app):
            for private in (True, False):
                path = address(rule, examples, private=private)
                for method in ("GET", "POST"):
                    answer = _asked(client, path, method)
                    answers += 1
                    _holds_nothing(answer, cases, (actor.name, method, rule.rule))
    assert answers >= 3_000
    assert not SECRETS.search(caplog.text)
    assert not any(case in caplog.text for case in cases)


def _asked(client: Member, path: str, method: str):
    if method == "GET":
        return client.get(path)
    return client.post(path, data={FIELD: client.csrf}, headers=client.csrf_header)


def _holds_nothing(answer, cases: list[str], cell: tuple[str, str, str]) -> None:
    told = answer.get_data(as_text=False).decode("utf-8", "replace") + str(answer.headers)
    assert not SECRETS.search(told), cell
    found = [case for case in cases if case in told]
    assert found == [], cell


def test_a_case_that_is_there_is_answered_in_the_same_steps_as_one_that_is_not(
    house: Database, app: Flask, examples: dict[str, Example]
) -> None:
    """Count what the database is asked: neither answer nor work tells whether there is a case."""
    client = sign_in(app, HILDA)
    walked = 0
    for rule in rules_of(app):
        if rule.endpoint.partition(".")[0] not in BLUEPRINTS or "GET" not in (rule.methods or ()):
            continue
        private, absent = (address(rule, examples, private=private) for private in (True, False))
        if private != absent:
            walked += 1
            assert _steps(house, client, private) == _steps(house, client, absent), rule.rule
    assert walked


def _steps(house: Database, client: Member, path: str) -> list[str]:
    with counted_queries(house) as statements:
        client.get(path)
    return statements


def test_the_files_of_the_database_hold_no_word_of_a_case(house: Database) -> None:
    folder = Path(str(house.engine.url.database)).parent
    kept = [path.read_bytes() for path in folder.iterdir() if path.is_file()]
    for word in (
        "Xochiquetl",
        "onezuri",
        "Zopilotepe",
        "Ixmucaneri",
        "canario",
        "7700 0",
        "TATUAJE",
    ):
        assert not any(word.encode() in each for each in kept), word
