"""Incidents for programs: logged once, changed by whoever read them, shown to whoever may see."""

import datetime as dt
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import BEATRIZ, CAMILO, DOLORES, ESTEBAN, FERNANDA
from tests.http.clients import ENGLISH, NOON, add_cast, new_app
from tests.services.records import GIVEN
from tests.services.test_logging import verify
from tracker.db.session import Database
from tracker.domain.permissions import Actor, TokenScope
from tracker.services.accounts.api_tokens import create_token

NOON_LATER = NOON + dt.timedelta(days=15)
INCIDENTS = "/api/v1/incidents"
PUBLIC_FIELDS = {
    *("view", "public_id", "version_number", "status", "dataset", "external_ids"),
    *("recorded_from", "incident_type", "date_from", "date_to", "date_precision"),
    *("number_dead", "number_missing_min", "number_survivors", "number_females", "number_males"),
    *("number_other_gender", "number_children", "causes", "cause_reported", "origins"),
    *("longitude", "latitude", "uncertainty_m", "location_precision", "location_description"),
    *("country", "subregion", "corridor", "segment", "corridor_relation"),
    *("route_reported", "region_reported", "source_quality", "information_source", "url"),
}


@pytest.fixture
def app(database: Database) -> Flask:
    made = new_app(database)
    with database.writing() as session:
        add_cast(session)
    return made


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


def test_what_was_sent_comes_back_with_its_address_and_tag(app: Flask) -> None:
    beatriz = Program(app, BEATRIZ)
    sent = beatriz.post(INCIDENTS, {**GIVEN, "submit": True})
    assert sent.status_code == 201
    assert sent.headers["Cache-Control"] == "no-store"
    read = beatriz.get(sent.headers["Location"])
    assert (read.status_code, read.headers["ETag"]) == (200, sent.headers["ETag"])
    assert read.json == sent.json
    assert read.json["status"] == "submitted"
    told = {name: read.json[name] for name in GIVEN if name not in ("groups", "sources")}
    assert told == {name: GIVEN[name] for name in told}
    again = beatriz.get(sent.headers["Location"], If_None_Match=read.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")


def test_ten_retries_make_one_incident(app: Flask) -> None:
    beatriz = Program(app, BEATRIZ)
    answers = [beatriz.post(INCIDENTS, GIVEN, Idempotency_Key="a1") for _ in range(10)]
    assert [answer.status_code for answer in answers] == [201] + [200] * 9
    assert len({answer.data for answer in answers}) == 1
    assert len({answer.headers["ETag"] for answer in answers}) == 1
    assert len(beatriz.get(f"{INCIDENTS}?mine=true").json["incidents"]) == 1
    other = beatriz.post(INCIDENTS, {**GIVEN, "number_dead": 3}, Idempotency_Key="a1")
    assert (other.status_code, other.json["code"]) == (409, "key_used_otherwise")
    # The same word of somebody else is another key.
    assert Program(app, CAMILO).post(INCIDENTS, GIVEN, Idempotency_Key="a1").status_code == 201


@pytest.mark.parametrize("key", ["", " ", "x" * 201, "a b", "caf\xe9"])
def test_a_key_that_is_none_is_refused(app: Flask, key: str) -> None:
    answer = Program(app, BEATRIZ).post(INCIDENTS, GIVEN, Idempotency_Key=key)
    assert (answer.status_code, answer.json["code"]) == (400, "key_not_valid")


def test_a_change_without_having_read_is_refused_and_so_is_a_late_one(app: Flask) -> None:
    beatriz = Program(app, BEATRIZ)
    address = beatriz.log()
    tag = beatriz.get(address).headers["ETag"]
    assert beatriz.patch(address, {"number_dead": 3}).status_code == 428
    first = beatriz.patch(address, {"number_dead": 3}, If_Match=tag)
    assert (first.status_code, first.json["number_dead"]) == (200, 3)
    late = beatriz.patch(address, {"number_dead": 5}, If_Match=tag)
    assert (late.status_code, late.mimetype) == (412, "application/problem+json")
    assert beatriz.get(address).json == first.json
    assert first.headers["ETag"] == beatriz.get(address).headers["ETag"] != tag


def test_a_tag_of_a_compressed_answer_is_good_too(app: Flask) -> None:
    beatriz = Program(app, BEATRIZ)
    address = beatriz.log()
    tag = beatriz.get(address, Accept_Encoding="gzip").headers["ETag"]
    assert tag.startswith("W/")
    assert beatriz.patch(address, {"number_dead": 3}, If_Match=tag).status_code == 200


def test_a_patch_leaves_alone_what_it_does_not_name(app: Flask) -> None:
    beatriz = Program(app, BEATRIZ)
    address = beatriz.log()
    before = beatriz.get(address)
    after = beatriz.patch(
        address,
        {"number_missing_max": None, "because": "The shelter has counted again"},
        If_Match=before.headers["ETag"],
    ).json
    changed = {name for name in after if after[name] != before.json[name]}
    assert changed == {"number_missing_max", "version_number"}
    assert after["number_missing_max"] is None


def test_what_was_worked_out_follows_what_is_patched(app: Flask) -> None:
    beatriz = Program(app, BEATRIZ)
    address = beatriz.log()
    changes = {
        "groups": [{"kind": "sex", "code": "female", "number_from": 2}],
        "sources": [{"publisher": "The parish", "quality": 2}],
        "location_precision": "adm2",
    }
    after = beatriz.patch(address, changes, If_Match="*").json
    assert after["number_females"] == 2
    assert (after["source_quality"], after["information_source"]) == (2, "The parish")
    assert (after["url"], after["uncertainty_m"]) == (None, 20_000)


def test_a_draft_is_handed_in_once(app: Flask) -> None:
    beatriz = Program(app, BEATRIZ)
    address = beatriz.log()
    tag = beatriz.get(address).headers["ETag"]
    assert beatriz.post(f"{address}/submit", If_Match='"another"').status_code == 412
    handed_in = beatriz.post(f"{address}/submit", If_Match=tag)
    assert (handed_in.status_code, handed_in.json["status"]) == (200, "submitted")
    again = beatriz.post(f"{address}/submit")
    assert (again.status_code, again.json["code"]) == (409, "status_does_not_follow")


def test_each_row_of_many_stands_alone(app: Flask) -> None:
    beatriz = Program(app, BEATRIZ)
    rows = [
        {**GIVEN, "key": "one"},
        {**GIVEN, "number_dead": -1, "causes": ["banana"], "colour": "blue"},
        {**GIVEN, "number_dead": 7, "submit": True},
        "no record",
    ]
    answer = beatriz.post(f"{INCIDENTS}/bulk", {"rows": rows}, Idempotency_Key="file")
    assert answer.status_code == 207
    told = answer.json
    assert (told["created"], told["existing"], told["refused"]) == (2, 0, 2)
    assert [result["result"] for result in told["results"]] == [
        *("created", "refused", "created", "refused")
    ]
    assert told["results"][1]["errors"] == {
        "causes.0": ["unknown_code"],
        "number_dead": ["negative"],
        "colour": ["unknown_field"],
    }
    assert told["results"][2]["status"] == "submitted"
    assert len(beatriz.get(f"{INCIDENTS}?mine=true").json["incidents"]) == 2
    again = beatriz.post(f"{INCIDENTS}/bulk", {"rows": rows}, Idempotency_Key="file").json
    assert [result["result"] for result in again["results"]] == [
        *("existing", "refused", "existing", "refused")
    ]
    assert again["results"][0]["public_id"] == told["results"][0]["public_id"]
    good = beatriz.post(f"{INCIDENTS}/bulk", {"rows": [GIVEN]})
    assert good.status_code == 200


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


def test_wrong_methods_are_told_the_right_ones(app: Flask) -> None:
    beatriz = Program(app, BEATRIZ)
    address = beatriz.log()
    for path, allowed in (
        (INCIDENTS, {"GET", "HEAD", "OPTIONS", "POST"}),
        (address, {"GET", "HEAD", "OPTIONS", "PATCH"}),
        (f"{address}/submit", {"OPTIONS", "POST"}),
        (f"{INCIDENTS}/bulk", {"OPTIONS", "POST"}),
    ):
        answer = beatriz.client.delete(path, headers=beatriz.headers)
        assert answer.status_code == 405
        assert set(answer.headers["Allow"].split(", ")) == allowed


def test_what_belongs_to_others_looks_like_nothing(app: Flask) -> None:
    address = Program(app, BEATRIZ).log()
    nowhere = f"{INCIDENTS}/000-000"
    assert address != nowhere
    for actor in (DOLORES, ESTEBAN, FERNANDA, CAMILO, None):
        program = Program(app, actor)
        for ask in (
            lambda path, program=program: program.get(path),
            lambda path, program=program: program.patch(path, {"number_dead": 1}),
            lambda path, program=program: program.patch(path, {"number_dead": 1}, If_Match="*"),
            lambda path, program=program: program.post(f"{path}/submit"),
            lambda path, program=program: program.client.delete(path, headers=program.headers),
        ):
            theirs, absent = ask(address), ask(nowhere)
            assert theirs.status_code in (404, 405)
            assert theirs.data == absent.data
            assert dict(theirs.headers) == dict(absent.headers)


def test_without_a_right_to_log_there_is_nothing_to_post_to(app: Flask) -> None:
    for actor, scope in (
        (None, TokenScope.WRITE),
        (ESTEBAN, TokenScope.WRITE),
        (BEATRIZ, TokenScope.READ),
    ):
        program = Program(app, actor, scope)
        for path in (INCIDENTS, f"{INCIDENTS}/bulk"):
            assert program.post(path, GIVEN).status_code == 404
    assert Program(app, BEATRIZ, TokenScope.READ).get(INCIDENTS).status_code == 200


def test_a_key_that_is_not_good_is_told_so_and_no_key_is_not(app: Flask) -> None:
    program = Program(app, None)
    assert program.get(INCIDENTS).status_code == 200
    refused = program.get(INCIDENTS, Authorization="Bearer mtr_nothing")
    assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert refused.headers["Cache-Control"] == "no-store"


CANARIES = {
    "notes": "canary-of-notes",
    "location_description": "canary-of-place",
    "cause_official": "canary-of-examiner",
    "manner": "pending",
}


def test_the_public_view_has_named_fields_and_no_canary(app: Flask, database: Database) -> None:
    beatriz, anyone = Program(app, BEATRIZ), Program(app, None)
    groups = [{"kind": "indigenous", "code": "canary-of-group", "number_from": 1}]
    sources = [{"publisher": "Shelter", "words_quoted": "canary-of-quote", "quality": 4}]
    address = beatriz.log(submit=True, groups=groups, sources=sources, **CANARIES)
    beatriz.log(cause_reported="canary-of-draft")
    beatriz.log(submit=True, cause_reported="canary-of-submitted")
    public_id = address.rpartition("/")[2]
    assert anyone.get(INCIDENTS).json == {"incidents": [], "next": None}
    with database.writing() as session:
        verify(session, public_id)
    listed = anyone.get(INCIDENTS)
    told = listed.json["incidents"]
    assert [set(each) for each in told] == [PUBLIC_FIELDS]
    assert told[0] == anyone.get(address).json
    assert listed.headers["Cache-Control"] == "private, no-cache"
    # Logged today: the place waits, the counts do not.
    assert (told[0]["longitude"], told[0]["corridor"]) == (None, "darien")
    later = new_app(database, clock=lambda: NOON_LATER).test_client()
    shown = later.get(address).json
    assert (shown["longitude"], shown["latitude"]) == (-76.95, 8.45)
    assert shown["location_description"] is None
    public = [anyone.get(address), listed, later.get(address), later.get(INCIDENTS)]
    for program in (Program(app, DOLORES), Program(app, None)):
        public += [
            program.get(path)
            for path in (
                *(address, INCIDENTS, f"{INCIDENTS}?status=draft", f"{INCIDENTS}?mine=true"),
                *(f"{INCIDENTS}?corridor=darien", f"{INCIDENTS}?status=submitted"),
                *("/api/v1/tallies?by=cause", f"/incidents/{public_id}", "/incidents", "/map"),
            )
        ]
    for answer in public:
        assert answer.status_code == 200
        assert "canary" not in answer.text
        assert "76.93" not in answer.text
    assert Program(app, ESTEBAN).get(address).json["view"] == "full"


def test_pages_follow_one_another_and_filters_hold(app: Flask) -> None:
    beatriz = Program(app, BEATRIZ)
    addresses = [beatriz.log() for _ in range(5)]
    seen, after = [], ""
    while True:
        page = beatriz.get(f"{INCIDENTS}?limit=2&after={after}").json
        seen += [each["public_id"] for each in page["incidents"]]
        after = page["next"]
        if after is None:
            break
    assert seen == [address.rpartition("/")[2] for address in reversed(addresses)]
    for query, count in (("status=draft", 5), ("status=verified", 0), ("corridor=darien", 5)):
        assert len(beatriz.get(f"{INCIDENTS}?{query}").json["incidents"]) == count
    assert len(beatriz.get(f"{INCIDENTS}?status=draft&status=verified").json["incidents"]) == 5


@pytest.mark.parametrize(
    ("query", "code", "field"),
    [
        ("status=gone", "unknown_code", "status"),
        ("corridor=nowhere", "unknown_code", "corridor"),
        ("mine=yes", "unknown_code", "mine"),
        ("stauts=draft", "unknown_code", "parameter"),
        ("limit=0", "not_a_whole_number", "limit"),
        ("limit=501", "not_a_whole_number", "limit"),
        ("after=99999999999999999999", "not_a_whole_number", "after"),
        ("after=-1", "not_a_whole_number", "after"),
        ("limit=1&limit=2", "given_twice", "limit"),
    ],
)
def test_a_list_that_cannot_be_made_says_why(app: Flask, query: str, code: str, field: str) -> None:
    answer = Program(app, None).get(f"{INCIDENTS}?{query}")
    assert (answer.status_code, answer.json["code"]) == (400, code)
    assert answer.json["field"] == field
