"""Programs see what their people may see, and of the rest nothing."""

import datetime as dt

from flask import Flask

from tests.api.programs import INCIDENTS, Program
from tests.conftest import BEATRIZ, CAMILO, DOLORES, ESTEBAN, FERNANDA
from tests.http.clients import NOON, new_app
from tests.services.records import GIVEN
from tests.services.test_logging import verify
from tracker.db.session import Database
from tracker.domain.permissions import TokenScope

NOON_LATER = NOON + dt.timedelta(days=15)
PUBLIC_FIELDS = {
    *("view", "public_id", "version_number", "status", "dataset", "external_ids"),
    *("recorded_from", "incident_type", "date_from", "date_to", "date_precision"),
    *("number_dead", "number_missing_min", "number_survivors", "number_females", "number_males"),
    *("number_other_gender", "number_children", "causes", "cause_reported", "origins"),
    *("longitude", "latitude", "uncertainty_m", "location_precision", "location_description"),
    *("country", "subregion", "corridor", "segment", "corridor_relation"),
    *("route_reported", "region_reported", "source_quality", "information_source", "url"),
}


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
