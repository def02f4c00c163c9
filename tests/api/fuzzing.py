"""Makes many calls of every operation that the description names, and checks every answer."""

import copy
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

DESCRIPTION = "/api/v1/openapi.json"
LISTS = ("status", "corridor")
MOST_ROUNDS = 3
CHECKS = {
    # An operation for which one has no right is not there: 404, not 401. Tested apart.
    "ignored_auth": {"enabled": False},
    # What fits the shape can still contradict itself: a date without its precision.
    "positive_data_acceptance": {"enabled": False},
    "missing_required_header": {"enabled": False},
    "negative_data_rejection": {
        "expected-statuses": [400, 401, 404, 409, 412, 413, 415, 422, 428],
    },
}


@dataclass
class Found:
    """How many calls were made of each operation, how they were answered, and what was wrong."""

    calls: Counter[str] = field(default_factory=Counter)
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def try_operations(
    app: Flask,
    *,
    token: str | None,
    incidents: list[str],
    cases: int,
    worked_out: bool = True,
    seed: int = 1,
) -> Found:
    """Call every operation with a key, or with none; public ids come from `incidents`.

    `worked_out`: also make the calls that go through the description one value at a time. Where
    one round makes fewer than `cases` calls of an operation, another follows with another seed.
    """
    headers = {"Accept-Encoding": "identity"}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    described = _with_known(app.test_client().get(DESCRIPTION).json, incidents)
    found = Found()
    for again in range(MOST_ROUNDS):
        config = SchemathesisConfig.from_dict(
            {
                "seed": seed + 100 * again,
                "headers": headers,
                "generation": {
                    "max-examples": cases,
                    "deterministic": True,
                    "database": "none",
                    "with-security-parameters": False,
                },
                "phases": {"coverage": {"enabled": worked_out}, "stateful": {"enabled": False}},
                "checks": CHECKS,
            }
        )
        schema = schemathesis.openapi.from_dict(described, config=config)
        schema.app = app
        schema.location = DESCRIPTION
        schema.hook(map_case)
        schema.hook(filter_case)
        _execute(schema, found)
        if found.wrong or min(found.calls.values()) >= cases:
            break
    return found


def _execute(schema: Any, found: Found) -> None:
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            _take_in(found, event.recorder)
        elif isinstance(event, events.NonFatalError | events.FatalError):
            found.wrong.append(str(event))


def _with_known(described: dict[str, Any], incidents: list[str]) -> dict[str, Any]:
    """Narrow what leads nowhere when it is made up: ids of incidents, and tags."""
    known = copy.deepcopy(described)
    for path in known["paths"].values():
        for operation in path.values():
            # Made-up calls wait for no news.
            asked = [each for each in operation.get("parameters", ()) if each["name"] != "wait"]
            operation["parameters"] = asked
            for parameter in asked:
                if parameter["name"] == "public_id":
                    parameter["schema"] = {"type": "string", "enum": incidents}
                elif parameter["name"] == "If-Match":
                    parameter["schema"] = {"type": "string", "enum": ["*", '"another"']}
    return known


def filter_case(_context: object, case: schemathesis.Case) -> bool:
    """Leave out what is wrong as it was made up, but right as it travels.

    An address carries words alone: `{}` is not sent at all, and one word is a list of one.
    """
    if case.meta is None or case.meta.generation.mode.is_positive:
        return True
    queries = (case.query or {}).items()
    return not any(value in ({}, []) or (name in LISTS and value == "") for name, value in queries)


def map_case(_context: object, case: schemathesis.Case) -> schemathesis.Case:
    """Let what fits the shape not contradict itself, so that more of it is taken."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return case
    if isinstance(case.body, dict):
        rows = case.body.get("rows", [case.body])
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict):
                _agree(row)
    return case


def _agree(facts: dict[str, Any]) -> None:
    facts.pop("total_reported", None)
    for name in ("number_dead_max", "number_missing_max", "country_of_incident"):
        facts.pop(name, None)
    if "date_precision" in facts:
        day = facts.get("date_from")
        facts |= {"date_to": day, "date_from": day, "date_precision": "day" if day else "unknown"}
    if None in (facts.get("longitude"), facts.get("latitude")):
        facts |= {"longitude": None, "latitude": None}
    elif facts.get("location_precision") == "unknown":
        facts["location_precision"] = "locality"
    if "origins" in facts:
        facts["origins"] = ["HND" for _ in facts["origins"] or ()]
    if isinstance(facts.get("groups"), list):
        facts["groups"] = [
            {**group, "kind": "indigenous", "number_from": 1, "number_to": None}
            for group in facts["groups"]
        ]
    if isinstance(facts.get("sources"), list):
        facts["sources"] = [
            {**source, "publisher": source.get("publisher") or "A", "url": None}
            | {"archived_url": None}
            for source in facts["sources"]
        ]


def _take_in(found: Found, recorder: Any) -> None:
    found.calls[recorder.label] += len(recorder.cases)
    for interaction in recorder.interactions.values():
        status = interaction.response.status_code if interaction.response else 0
        found.answers[recorder.label, status] += 1
    for number, checks in recorder.checks.items():
        case = recorder.cases[number].value
        found.wrong += [
            f"{recorder.label} {check.name}: {check.failure_info.failure}\n"
            f"  {case.method} {case.path_parameters} {case.query} {str(case.body)[:1000]!r}"
            for check in checks
            if check.failure_info
        ]
