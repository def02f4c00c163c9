"""Incidents for programs: logged once, changed by whoever read them, page by page."""

import pytest
from flask import Flask

from tests.api.programs import INCIDENTS, Program
from tests.conftest import BEATRIZ, CAMILO
from tests.services.records import GIVEN


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
