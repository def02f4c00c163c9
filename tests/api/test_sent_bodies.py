"""What programs send is read alike by everybody, or refused by name."""

import json

import pytest
from flask import Flask

from tests.api.programs import INCIDENTS, Program
from tests.conftest import BEATRIZ
from tests.services.records import GIVEN

HOSTILE = {
    "twice": b'{"number_dead": 1, "number_dead": 2}',
    "nan": b'{"number_dead": NaN}',
    "infinity": b'{"longitude": -Infinity}',
    "many digits": b'{"number_dead": ' + b"9" * 5_000 + b"}",
    "a large number": b'{"number_dead": 1e999, "longitude": 1e400, "number_males": 1e300}',
    "deep": b'{"notes": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "not utf-8": b'{"notes": "\xff\xfe"}',
    "utf-16": '{"notes": "a"}'.encode("utf-16"),
    "mark in front": b"\xef\xbb\xbf{}",
    "nul": b'{"notes": "a\\u0000b", "cause_reported": "\\u0000"}',
    "nul in a name": b'{"a\\u0000": 1}',
    "half a pair": b'{"notes": "\\ud800"}',
    "half a pair in a name": b'{"\\udfff": 1}',
    "empty": b"",
    "half": b'{"notes": ',
    "a word": b'"incident"',
    "null": b"null",
    "a list": b"[]",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_json_that_breaks_others_is_refused_here(app: Flask, name: str) -> None:
    beatriz = Program(app, BEATRIZ)
    address = beatriz.log()
    for method, path in (
        ("POST", INCIDENTS),
        ("POST", f"{INCIDENTS}/bulk"),
        ("PATCH", address),
    ):
        answer = beatriz.client.open(
            path,
            method=method,
            data=HOSTILE[name],
            headers={**beatriz.headers, "If-Match": "*", "Content-Type": "application/json"},
        )
        assert answer.status_code in (400, 422), (name, path, answer.status_code)
        assert answer.mimetype == "application/problem+json"
        json.loads(answer.data.decode())


def test_nul_and_long_texts_in_any_field_are_refused_by_name(app: Flask) -> None:
    beatriz = Program(app, BEATRIZ)
    for name in ("notes", "cause_reported", "cause_official", "location_description", "url"):
        for text in ("a\x00b", "x" * 4_001):
            answer = beatriz.post(INCIDENTS, {**GIVEN, "sources": [], name: text})
            assert (answer.status_code, list(answer.json["errors"])) == (422, [name])
    group = {"kind": "indigenous", "code": "a\x00", "number_from": 1}
    answer = beatriz.post(INCIDENTS, {**GIVEN, "groups": [group]})
    assert answer.json["errors"] == {"groups.0.code": ["not_valid"]}
    reason = beatriz.patch(beatriz.log(), {"because": "\x00"}, If_Match="*")
    assert reason.json["errors"] == {"because": ["not_valid"]}


def test_other_kinds_and_sizes_of_bodies_are_refused(app: Flask) -> None:
    beatriz = Program(app, BEATRIZ)
    for kind in ("text/plain", "application/xml", "multipart/form-data", ""):
        headers = {**beatriz.headers, "Content-Type": kind}
        answer = beatriz.client.post(INCIDENTS, data=b"{}", headers=headers)
        assert (answer.status_code, answer.mimetype) == (415, "application/problem+json")
    for path, most in ((INCIDENTS, 2_000_000), (f"{INCIDENTS}/bulk", 10_000_000)):
        for size, status in ((most, 422), (most + 1, 413)):
            body = b'{"x": "' + b"x" * (size - 9) + b'"}'
            headers = {**beatriz.headers, "Content-Type": "application/json"}
            answer = beatriz.client.post(path, data=body, headers=headers)
            assert (len(body), answer.status_code) == (size, status)
            assert answer.mimetype == "application/problem+json"


def test_errors_stand_beside_their_field(app: Flask) -> None:
    wrong = {
        **GIVEN,
        "number_dead": "2",
        "number_males": True,
        "longitude": "x",
        "date_from": "20260502",
        "notes": 5,
        "submit": "yes",
        "sources": [{"publisher": "A", "url": "javascript:alert(1)", "quality": 9, "x": 1}],
        "groups": {},
    }
    answer = Program(app, BEATRIZ).post(INCIDENTS, wrong)
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert answer.json["code"] == "invalid_record"
    assert (
        answer.json["errors"].items()
        >= {
            "number_dead": ["not_a_number"],
            "number_males": ["not_a_number"],
            "longitude": ["not_a_number"],
            "date_from": ["not_a_date"],
            "notes": ["not_valid"],
            "submit": ["not_valid"],
            "sources.0.url": ["not_an_address"],
            "sources.0.quality": ["out_of_range"],
            "sources.0.x": ["unknown_field"],
            "groups": ["not_valid"],
        }.items()
    )


@pytest.mark.parametrize(
    ("told", "errors"),
    [
        ({"rows": []}, {"rows": ["required"]}),
        ({}, {"rows": ["required"]}),
        ({"rows": {}}, {"rows": ["not_valid"]}),
        ({"rows": [1] * 501}, {"rows": ["too_many"]}),
        ([], {"": ["not_valid"]}),
        ({"rows": [1], "row": 1}, {"row": ["unknown_field"]}),
    ],
)
def test_rows_that_are_none_are_refused(app: Flask, told: object, errors: object) -> None:
    answer = Program(app, BEATRIZ).post(f"{INCIDENTS}/bulk", told)
    assert (answer.status_code, answer.json["errors"]) == (422, errors)
