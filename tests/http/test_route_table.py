"""Every route x every method x every role, by live requests: the table decides, and tells nothing."""

from collections.abc import Iterator

import pytest
from flask import Flask, request

from tests.conftest import KEYS, SHELTER
from tests.http.clients import Member, new_app, sign_in
from tests.http.route_cells import (
    METHODS,
    PERSONAS,
    Example,
    add_personas,
    address,
    appearance,
    make_examples,
    rules_of,
)
from tracker.db.migrations import upgrade_database
from tracker.db.session import Database, open_database
from tracker.domain.permissions import Actor, TokenScope, may
from tracker.http.access import ROUTES
from tracker.services.accounts.api_tokens import create_token

REACHED = 299
# What somebody of another organisation may be told about a thing that is not theirs to see.
REFUSALS = {400, 404, 405, 409, 412, 413, 415, 422, 428}


@pytest.fixture(scope="module")
def examples() -> dict[str, Example]:
    return {}


@pytest.fixture(scope="module")
def house(
    tmp_path_factory: pytest.TempPathFactory, examples: dict[str, Example]
) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path_factory.mktemp('routes') / 'x.sqlite3'}", KEYS)
    upgrade_database(opened)
    with opened.writing() as session:
        add_personas(session)
        examples.update(make_examples(session))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def guarded(house: Database) -> Flask:
    """Give the application with every door as it is, and nothing behind the doors."""
    app = new_app(house)
    app.before_request(_stop_behind_the_door)
    return app


def _stop_behind_the_door() -> tuple[str, int] | None:
    return None if request.endpoint is None else (f"reached {request.endpoint}", REACHED)


@pytest.fixture(scope="module")
def members(guarded: Flask) -> dict[Actor, Member]:
    return {actor: sign_in(guarded, actor) for actor in PERSONAS}


def endpoints(app: Flask, path: str) -> dict[str, str]:
    """Give the endpoint behind each method of an address."""
    routes = app.url_map.bind("localhost")
    return {
        method: routes.match(path.partition("?")[0], method=method)[0]
        for method in routes.allowed_methods(path)
    }


def test_each_cell_of_the_table_is_what_a_request_meets(
    guarded: Flask, members: dict[Actor, Member], examples: dict[str, Example]
) -> None:
    cells = 0
    for rule in rules_of(guarded):
        path = address(rule, examples, private=True)
        behind = endpoints(guarded, path)
        for actor, client in members.items():
            allowed = {
                method
                for method, endpoint in behind.items()
                if ROUTES[endpoint] is None or may(actor, ROUTES[endpoint])
            }
            for method in METHODS:
                cells += 1
                cell = (rule.rule, method, actor.name, actor.role)
                answer = client.open(path, method=method, headers=client.csrf_header)
                if method in allowed:
                    assert answer.status_code == REACHED, cell
                elif allowed and method not in behind:
                    assert answer.status_code == 405, cell
                else:
                    beside = "/api/v1/absent" if path.startswith("/api/") else "/absent"
                    absent = client.open(beside, method=method, headers=client.csrf_header)
                    assert absent.status_code == 404
                    assert appearance(answer) == appearance(absent), cell
    assert cells >= 2_400


def test_the_table_is_walked_whole(guarded: Flask, examples: dict[str, Example]) -> None:
    walked: set[str] = set()
    for rule in rules_of(guarded):
        walked |= set(endpoints(guarded, address(rule, examples, private=True)).values())
    assert walked == set(ROUTES)


def test_a_thing_of_another_organisation_looks_like_one_that_does_not_exist(
    house: Database, examples: dict[str, Example]
) -> None:
    app = new_app(house)
    cells = 0
    for rule in rules_of(app):
        private = address(rule, examples, private=True)
        absent = address(rule, examples, private=False)
        if private == absent:
            continue
        for actor in PERSONAS:
            if actor.organisation_id == SHELTER:
                continue
            client = sign_in(app, actor)
            for method in METHODS:
                cells += 1
                cell = (rule.rule, method, actor.name)
                asked = {"method": method, "headers": client.csrf_header}
                given, missing = client.open(private, **asked), client.open(absent, **asked)
                if method != "OPTIONS":
                    assert given.status_code in REFUSALS, (cell, given.status_code)
                assert appearance(given) == appearance(missing), cell
    assert cells >= 600


def test_a_key_opens_what_its_owner_may_within_its_scope_and_only_below_api(
    house: Database, guarded: Flask, examples: dict[str, Example]
) -> None:
    programs = guarded.test_client()
    for actor in PERSONAS:
        if actor.account_id is None:
            continue
        for scope in TokenScope:
            with house.writing() as session:
                key = create_token(session, actor, name="x", scope=scope, days=1)
            holder = Actor(actor.role, scope=scope)
            for rule in rules_of(guarded):
                path = address(rule, examples, private=True)
                below = path.startswith("/api/")
                for method, endpoint in endpoints(guarded, path).items():
                    action = ROUTES[endpoint]
                    asker = holder if below else PERSONAS[6]
                    open_ = action is None or may(asker, action)
                    # A page takes no key, and a form of a page wants its word.
                    answer = programs.open(
                        path, method=method, headers={"Authorization": f"Bearer {key}"}
                    )
                    if open_ and (below or method in ("GET", "HEAD", "OPTIONS")):
                        assert answer.status_code == REACHED, (rule.rule, method, actor, scope)
                    else:
                        assert answer.status_code in (400, 404), (rule.rule, method, actor, scope)


def test_without_its_word_no_form_of_any_route_is_taken(
    guarded: Flask, members: dict[Actor, Member], examples: dict[str, Example]
) -> None:
    for rule in rules_of(guarded):
        path = address(rule, examples, private=True)
        for method in set(endpoints(guarded, path)) - {"GET", "HEAD", "OPTIONS"}:
            for client in members.values():
                bare = client.open(path, method=method)
                assert bare.status_code in (400, 404), (rule.rule, method)
                foreign = {**client.csrf_header, "Sec-Fetch-Site": "cross-site"}
                if not path.startswith("/api/") or client.csrf:
                    answer = client.open(path, method=method, headers=foreign)
                    assert answer.status_code in (400, 404), (rule.rule, method)
