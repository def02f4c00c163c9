"""What a phone keeps is the same for everybody, and what it sends is taken once."""

import gzip
import json
import re

import pytest
from flask import Flask

from tests.conftest import AMINA, BEATRIZ, CAMILO, ESTEBAN, XIMENA
from tests.http.clients import new_app, sign_in
from tests.services.records import GIVEN
from tracker.db.session import Database
from tracker.domain.permissions import Actor
from tracker.services.incidents import RecordFilter, list_records

KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def app(database: Database) -> Flask:
    return new_app(database)


def kept_addresses(client) -> list[str]:
    script = client.get("/service-worker.js").text
    found = re.match(r"const KEPT = (\{.*?\n\});\n", script, re.S)
    return json.loads(found[1])["addresses"]


def test_what_is_kept_is_the_same_whoever_is_signed_in(app: Flask) -> None:
    nobody, somebody = app.test_client(), sign_in(app, BEATRIZ)
    addresses = kept_addresses(nobody)
    assert addresses == kept_addresses(somebody)
    for address in addresses:
        answers = [client.get(address) for client in (nobody, somebody)]
        assert {answer.status_code for answer in answers} == {200}, address
        assert answers[0].data == answers[1].data, address
        assert b"csrf_token" not in answers[0].data, address
        assert BEATRIZ.name.encode() not in answers[1].data, address
        for answer in answers:
            assert "Set-Cookie" not in answer.headers, address
            assert answer.headers.get("Cache-Control") != "no-store", address


def test_only_the_page_its_files_and_its_data_are_kept(app: Flask) -> None:
    for address in kept_addresses(app.test_client()):
        assert re.match(
            r"/offline/(es|en)$|/offline/data/(towns|areas)\?v=|/static/|/manifest\.webmanifest\?",
            address,
        ), address


def test_every_file_that_the_page_asks_for_is_kept(app: Flask) -> None:
    client = app.test_client()
    kept = set(kept_addresses(client))
    for language in ("es", "en"):
        page = client.get(f"/offline/{language}").text
        asked = re.findall(r'<(?:link|script)[^>]*(?:href|src)="([^"]+)"', page)
        assert set(asked) <= kept
        told = json.loads(re.search(r'id="offline-words">(.*?)</script>', page, re.S)[1])
        assert {told["addresses"][name] for name in ("towns", "areas")} <= kept


def test_the_worker_changes_with_what_it_keeps(app: Flask, monkeypatch) -> None:
    client = app.test_client()
    before = client.get("/service-worker.js")
    assert before.headers["Cache-Control"] == "no-cache"
    assert before.mimetype == "text/javascript"
    assert client.get("/service-worker.js").data == before.data
    monkeypatch.setattr("tracker.web.offline.pages.OWN_NAMES", {"es": "Castellano", "en": "Inglés"})
    assert client.get("/service-worker.js").data != before.data


def test_the_page_alone_may_ask_where_the_device_is(app: Flask) -> None:
    client = app.test_client()
    for address, allowed in (("/offline/es", True), ("/", False), ("/map", False)):
        policy = client.get(address).headers["Permissions-Policy"]
        assert ("geolocation=(self)" in policy) == allowed
        assert ("geolocation=()" in policy) == (not allowed)
        assert "camera=()" in policy


def test_the_phone_carries_less_than_a_megabyte_of_places(app: Flask) -> None:
    client = app.test_client()
    weight = sum(
        len(gzip.compress(client.get(f"/offline/data/{name}").data, 6))
        for name in ("towns", "areas")
    )
    assert weight < 700_000
    assert client.get("/offline/data/nothing").status_code == 404


def test_the_scripts_are_small_enough_for_an_old_phone(app: Flask) -> None:
    client = app.test_client()
    scripts = [each for each in kept_addresses(client) if ".js?" in each]
    assert len(scripts) == 8
    assert sum(len(client.get(each).data) for each in scripts) <= 60_000


def test_the_manifest_speaks_the_language_of_its_reader(app: Flask) -> None:
    client = app.test_client()
    names = set()
    for language in ("es", "en"):
        manifest = client.get(f"/manifest.webmanifest?lang={language}").json
        names.add(manifest["name"])
        assert manifest["lang"] == language
        assert manifest["start_url"] == f"/offline/{language}"
        sizes = {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]}
        assert sizes == {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
        for icon in manifest["icons"]:
            picture = client.get(icon["src"]).data
            width = int.from_bytes(picture[16:20], "big")
            assert (picture[:4], f"{width}x{width}") == (b"\x89PNG", icon["sizes"])
    assert len(names) == 2


def send(client, *, key: str = KEY, **otherwise: object):
    headers = {**client.csrf_header, "Idempotency-Key": key}
    return client.post("/offline/entries", json={**GIVEN, **otherwise}, headers=headers)


def test_an_entry_sent_ten_times_is_one_incident_for_review(app: Flask, database: Database) -> None:
    client = sign_in(app, BEATRIZ)
    answers = [send(client) for _ in range(10)]
    assert [answer.status_code for answer in answers] == [201] + [200] * 9
    assert len({answer.json["public_id"] for answer in answers}) == 1
    with database.reading() as session:
        (record,), _ = list_records(session, CAMILO, RecordFilter())
    assert (record.status, record.visibility) == ("submitted", "restricted")
    assert record.logged_through == "offline_form"
    assert record.logged_by == BEATRIZ.account_id


def test_what_is_wrong_comes_back_by_field_and_the_key_stays_free(app: Flask) -> None:
    client = sign_in(app, BEATRIZ)
    refused = send(client, number_dead=-2, sources=[{"url": "javascript:1"}])
    assert refused.status_code == 422
    assert refused.json["fields"]["number_dead"] == ["negative"]
    assert refused.json["fields"]["sources.0.url"] == ["not_an_address"]
    assert refused.json["sentence"]
    assert send(client).status_code == 201
    assert send(client, number_dead=9).status_code == 409


@pytest.mark.parametrize("body", ["", "[]", "null", "{", '"text"', "{}"])
def test_what_is_no_entry_is_refused(app: Flask, body: str) -> None:
    client = sign_in(app, BEATRIZ)
    headers = {**client.csrf_header, "Idempotency-Key": KEY, "Content-Type": "application/json"}
    assert client.post("/offline/entries", data=body, headers=headers).status_code == 422


def test_an_entry_needs_its_key_and_the_word_of_the_session(app: Flask) -> None:
    client = sign_in(app, BEATRIZ)
    for key in ("", "short", "x" * 65, "with space in the key"):
        assert send(client, key=key).status_code == 422
    headers = {"Idempotency-Key": KEY}
    assert client.post("/offline/entries", json=GIVEN, headers=headers).status_code == 400
    large = {**GIVEN, "more": "x" * 300_000}
    headers |= client.csrf_header
    assert client.post("/offline/entries", json=large, headers=headers).status_code == 413


@pytest.mark.parametrize("actor", [XIMENA, AMINA, ESTEBAN])
def test_who_may_not_log_finds_nothing_there(app: Flask, actor: Actor) -> None:
    client = sign_in(app, actor)
    assert send(client).status_code == 404
    told = client.get("/offline/session")
    assert told.json["may_log"] is False
    assert told.json["signed_in"] is (actor.account_id is not None)
    assert told.headers["Cache-Control"] == "no-store"


def test_the_word_that_is_told_is_the_one_that_is_taken(app: Flask) -> None:
    client = sign_in(app, BEATRIZ)
    told = client.get("/offline/session").json
    assert told["csrf"] == client.csrf
    assert told["may_log"]
    assert BEATRIZ.name not in json.dumps(told)
    assert told["sender"] != sign_in(app, CAMILO).get("/offline/session").json["sender"]
