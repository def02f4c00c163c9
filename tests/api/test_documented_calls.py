"""The calls that the document shows are made here, and answered as it says."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

from flask import Flask, Response
from flask.testing import FlaskClient

from tests.api.people import key_of
from tests.conftest import BEATRIZ
from tracker.db.session import Database

DOCUMENT = Path(__file__).parents[2] / "docs" / "api.md"
HOST = "http://127.0.0.1:8000"


def documented_calls() -> list[tuple[str, str]]:
    """Give each call that stands in a block of the document, and what follows it there."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", DOCUMENT.read_text(encoding="utf-8"), re.M | re.S)
    calls = []
    for block in blocks:
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, told = _apart(part)
            if command.startswith("curl "):
                calls.append((command, told))
    return calls


def _apart(part: str) -> tuple[str, str]:
    """Take a command and what it prints apart: it ends with the line that closes its words."""
    lines = part.splitlines(keepends=True)
    for count in range(1, len(lines) + 1):
        command = "".join(lines[:count])
        if command.rstrip("\n").endswith("\\"):
            continue
        try:
            shlex.split(command)
        except ValueError:
            continue
        return command.replace("\\\n", " "), "".join(lines[count:])
    raise AssertionError(part)


def call(client: FlaskClient, command: str, known: dict[str, str]) -> Response:
    """Make the call that a curl command describes."""
    for name, value in known.items():
        command = re.sub(rf"\${name}\b", lambda _, value=value: value.replace('"', '\\"'), command)
    words = iter(shlex.split(command)[1:])
    method, body, headers, address = None, None, {}, ""
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "--data":
            body = next(words)
        elif word != "-i":
            assert word.startswith(HOST), word
            address = word.removeprefix(HOST)
    method = method or ("GET" if body is None else "POST")
    return client.open(address, method=method, headers=headers, data=body)


def agrees(told: Any, given: Any) -> bool:
    """Say whether an answer holds what is told of it; `...` stands for more."""
    if isinstance(told, dict):
        more = told.pop("...", False)
        names = told.keys() <= given.keys() if more else told.keys() == given.keys()
        return names and all(agrees(value, given[name]) for name, value in told.items())
    if isinstance(told, list):
        return len(told) == len(given) and all(map(agrees, told, given))
    return told == given


def check(answer: Response, told: str) -> None:
    head = re.findall(r"^([\w-]+)(?:: |/1\.1 )(.+)$", told.partition("{")[0], re.M)
    assert head[0][0] == "HTTP"
    assert answer.status_code == int(head[0][1])
    for name, value in head[1:]:
        assert name in answer.headers
        assert value in ("...", answer.headers[name])
    shown = "{" + told.partition("{")[2] if "{" in told else ""
    if shown:
        wanted = json.loads(re.sub(r", \.\.\.", ', "...": true', shown))
        assert agrees(wanted, json.loads(answer.text)), answer.text
    else:
        assert answer.data == b""


def test_every_call_with_a_key_is_answered_as_the_document_says(
    app: Flask, database: Database
) -> None:
    client = app.test_client()
    known = {"KEY": key_of(database, BEATRIZ) or ""}
    calls = [each for each in documented_calls() if "/tallies" not in each[0]]
    assert len(calls) >= 11
    for command, told in calls:
        answer = call(client, command, known)
        check(answer, told)
        if "Location" in answer.headers:
            known["INCIDENT"] = answer.headers["Location"]
        if "ETag" in answer.headers:
            known["TAG"] = answer.headers["ETag"]


def test_every_tally_is_answered_as_the_document_says(visitor: FlaskClient) -> None:
    calls = [each for each in documented_calls() if "/tallies" in each[0]]
    assert calls
    for command, told in calls:
        assert call(visitor, command, {}).text == told
