"""The page that erases a record: it says what goes, asks for the number, and is for few."""

from flask.testing import FlaskClient

from tests.conftest import BEATRIZ, CAMILO, ESTEBAN, FERNANDA, XIMENA
from tests.http.clients import ENGLISH, new_app, sign_in
from tests.services.records import log
from tracker.db.session import Database


def address(public_id: str) -> str:
    return f"/records/{public_id}/erase"


def logged(database: Database) -> str:
    with database.writing() as session:
        return log(session, BEATRIZ, submit=True).public_id


def test_its_writer_reads_what_goes_and_erases_it(database: Database) -> None:
    public_id = logged(database)
    beatriz = sign_in(new_app(database), BEATRIZ)
    record = beatriz.get(f"/records/{public_id}", headers=ENGLISH).text
    assert f'href="{address(public_id)}"' in record
    page = beatriz.get(address(public_id), headers=ENGLISH)
    assert page.headers["Cache-Control"] == "no-store"
    for words in ("What goes", "What stays", f"Type {public_id}, to be sure"):
        assert words in page.text
    done = beatriz.post_form(
        address(public_id), {"ground": "mistake", "number": f" {public_id.lower()} "}
    )
    assert (done.status_code, done.headers["Location"]) == (303, "/records?erased=yes")
    assert "The record was erased" in beatriz.get("/records?erased=yes", headers=ENGLISH).text
    gone, never = beatriz.get(f"/records/{public_id}"), beatriz.get("/records/ZZZ-ZZZ")
    assert (gone.status_code, gone.data) == (never.status_code, never.data)


def test_without_its_number_or_a_ground_nothing_is_erased_and_nothing_typed_is_lost(
    database: Database,
) -> None:
    public_id = logged(database)
    beatriz = sign_in(new_app(database), BEATRIZ)
    for given, wrong in (
        ({"ground": "mistake", "number": "4TX-09M"}, "not the number of the record"),
        ({"number": public_id}, "Choose one."),
        ({"ground": "because", "number": public_id}, "Choose one."),
    ):
        answer = beatriz.post_form(address(public_id), given, headers=ENGLISH)
        assert (answer.status_code, wrong in answer.text) == (422, True), given
        assert f'value="{given["number"]}"' in answer.text
    assert beatriz.get(f"/records/{public_id}").status_code == 200


def test_nobody_else_finds_the_page(database: Database) -> None:
    public_id = logged(database)
    app = new_app(database)
    for actor in (CAMILO, ESTEBAN, XIMENA):
        somebody: FlaskClient = sign_in(app, actor)
        answer = somebody.get(address(public_id))
        assert answer.status_code == 404, actor
    assert address(public_id) not in sign_in(app, CAMILO).get(f"/review/{public_id}").text


def test_an_administrator_erases_what_was_verified_and_finds_it_listed(
    database: Database,
) -> None:
    public_id = logged(database)
    app = new_app(database)
    camilo, fernanda = sign_in(app, CAMILO), sign_in(app, FERNANDA)
    camilo.post_form(f"/review/{public_id}/take-up", {"expected_version": "1"})
    assert f'href="{address(public_id)}"' in fernanda.get(f"/review/{public_id}").text
    fernanda.post_form(address(public_id), {"ground": "danger", "number": public_id})
    page = fernanda.get("/organisation", headers=ENGLISH).text
    assert public_id in page
    assert "It could put somebody in danger" in page
