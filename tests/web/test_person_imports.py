"""A list of people is read with its columns named, corrected, and taken in once; by case workers."""

import csv
import html
import io
import re

import pytest
from sqlalchemy import text

from tests.conftest import CAST, DOLORES, NETWORK
from tests.exchange.test_pfif import WHOLE
from tests.http.clients import ENGLISH, Member, new_app, sign_in
from tests.services.people_records import agree, open_case
from tests.services.test_person_imports import SHEET
from tracker.db.session import Database
from tracker.domain.consents import Purpose
from tracker.domain.permissions import Role
from tracker.exchange.pfif import read_pfif
from tracker.exchange.record_tables import read_table
from tracker.http.csrf import FIELD

STRANGE = [
    ["Folio", "Cosa", "Raza", "Peso"],
    ["B-1", "Invented Person", "x", "132"],
    ["B-2", "=HYPERLINK(1)", "x", "60 kg"],
]


def as_csv(table: list[list[str]]) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target).writerows(table)
    return target.getvalue().encode()


@pytest.fixture
def worker(database: Database) -> Member:
    return sign_in(new_app(database), DOLORES)


def send(member: Member, rows: list[list[str]] = SHEET, **given: str):
    data = {FIELD: member.csrf, "kind": "case", "dataset": "Our list", "invented": "on", **given}
    file = (io.BytesIO(as_csv(rows)), "Lucia-Zelaya.csv")
    return member.post("/people/imports/columns", data={**data, "file": file}, headers=ENGLISH)


def sent_on(page: str) -> dict[str, str]:
    """Give what the form of a page sends when nothing is changed."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    chosen = re.findall(
        r'<select id="([^"]+)"(?![^>]*disabled)[^>]*>(?:(?!</select>).)*?'
        r'<option value="([^"]*)" selected',
        page,
        re.S,
    )
    return {name: html.unescape(value) for name, value in (*hidden, *chosen)}


def count(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(text("SELECT count(*) FROM person_records")) or 0


def test_columns_are_proposed_and_nothing_is_stored(database: Database, worker: Member) -> None:
    answer = send(worker)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    for words in (
        "2 rows will be taken in.",
        "1: number stands twice: not taken in",
        "1: to be mended",
        "such as “A-1”",
        "<dt>Eyes</dt><dd>Brown</dd>",
        "<q>400</q> <strong>This number is too large",
        "1 row says on which day",
        "Invented, for demonstration",
    ):
        assert words in answer.text
    assert count(database) == 0


def test_what_the_columns_mean_can_be_corrected(database: Database, worker: Member) -> None:
    page = send(worker, STRANGE).text
    assert "Never taken in" in page
    assert "<q>132</q> <strong>In which unit?" in page
    given = {**sent_on(page), "column-1": "given_names", "column-3": ""}
    again = worker.post_form("/people/imports/columns", given, headers=ENGLISH).text
    assert "2 rows will be taken in." in again
    assert "<dt>Name</dt><dd>Invented Person</dd>" in again
    assert "=HYPERLINK(1)" in again


def test_a_column_of_race_is_not_taken_in_by_a_forged_form(
    database: Database, worker: Member
) -> None:
    given = {**sent_on(send(worker, STRANGE).text), "column-2": "notes", "column-3": ""}
    worker.post_form("/people/imports/records", given, headers=ENGLISH)
    with database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM person_versions")) == 2
    shown = worker.post_form("/people/imports/columns", given, headers=ENGLISH).text
    assert "<dt>Notes" not in shown


def test_a_list_is_taken_in_once_and_its_mapping_kept(database: Database, worker: Member) -> None:
    given = {**sent_on(send(worker).text), "mapping_name": "Ours", "mapping_shared": "on"}
    for words in ("<dt>new</dt><dd>2</dd>", "<dt>known already</dt><dd>2</dd>"):
        answer = worker.post_form("/people/imports/records", given, headers=ENGLISH)
        assert answer.status_code == 200
        assert words in answer.text
        assert "kept as “Ours”" in answer.text
    assert count(database) == 2
    assert ">Ours<" in worker.get("/people/imports/new", headers=ENGLISH).text
    assert "Lucía" not in answer.text


def test_rows_to_be_mended_come_back_as_words(database: Database, worker: Member) -> None:
    table = [["Folio", "Edad", "Nombre"], ["C-1", "400", "=HYPERLINK(1)"], ["C-2", "20", "x"]]
    given = sent_on(send(worker, table).text)
    answer = worker.post_form("/people/imports/wrong-rows.xlsx", given, headers=ENGLISH)
    assert 'filename="to-mend.xlsx"' in answer.headers["Content-Disposition"]
    headers, row = read_table(answer.data)
    assert headers == ["What to mend", "Folio", "Edad", "Nombre"]
    assert row[1:] == ["C-1", "400", "=HYPERLINK(1)"]
    assert row[0].startswith("Edad: This number is too large")
    again = send(worker, [headers, row]).text
    assert "<q>400</q>" in again


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind": "weapon"}, "This is needed."),
        ({"dataset": " "}, "This is needed."),
        ({"table": "[1"}, "We cannot read this."),
        ({"table": '[["a"],[[1,["b","c"]]]]'}, "We cannot read this."),
    ],
    ids=str,
)
def test_a_form_that_says_too_little_is_asked_again(worker: Member, given, words) -> None:
    answer = send(worker, SHEET, **given)
    assert answer.status_code == 422
    assert words in answer.text


def test_a_list_without_numbers_says_what_is_missing(worker: Member) -> None:
    page = send(worker, [["Nombre", "Edad"], ["Invented", "20"]])
    assert page.status_code == 200
    assert "Say which column has the number of each person" in page.text


def test_a_file_of_pfif_is_taken_in(database: Database, worker: Member) -> None:
    def send_file(data: bytes):
        file = (io.BytesIO(data), "x.xml")
        given = {FIELD: worker.csrf, "invented": "on", "pfif": file}
        return worker.post("/people/imports/pfif", data=given, headers=ENGLISH)

    answer = send_file(WHOLE)
    assert "2 notes of others are now tasks" in answer.text
    assert count(database) == 1
    for data in (b"", b"<!DOCTYPE x><x/>"):
        assert send_file(data).status_code == 422


def test_a_case_goes_out_to_whom_the_family_agreed(database: Database, worker: Member) -> None:
    case = open_case(database)
    address = f"/people/{case}/export"
    page = worker.get(address, headers=ENGLISH)
    assert "goes out to nobody" in page.text
    given = {"recipient": str(NETWORK), "reason": "the family asked"}
    assert worker.post_form(address, given, headers=ENGLISH).status_code == 409
    agree(database, case, Purpose.SHARE, recipient_id=NETWORK)
    page = worker.get(address, headers=ENGLISH)
    assert page.headers["Cache-Control"] == "no-store"
    assert "Tucson Monitoring Network (invented)" in page.text
    assert worker.post_form(address, {**given, "reason": ""}).status_code == 422
    assert worker.post_form(address, {**given, "recipient": "x"}).status_code == 422
    assert worker.post_form(address, {**given, "recipient": "anybody"}).status_code == 409
    answer = worker.post_form(address, given)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="case.xml"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert read_pfif(answer.data).people[0].record_id == f"localhost/{case}"


def test_what_recipients_have_to_forget_is_given(database: Database, worker: Member) -> None:
    address = "/people/exports/withdrawals"
    assert "No case of yours has gone out" in worker.get(address, headers=ENGLISH).text
    case = open_case(database)
    agree(database, case, Purpose.SHARE, recipient_id=NETWORK)
    given = {"recipient": str(NETWORK), "reason": "the family asked"}
    worker.post_form(f"/people/{case}/export", given)
    assert "Tucson Monitoring Network" in worker.get(address, headers=ENGLISH).text
    assert read_pfif(worker.post_form(address, given).data).people == ()


@pytest.mark.parametrize("actor", CAST, ids=lambda actor: actor.name)
def test_only_case_workers_find_these_pages(database: Database, actor) -> None:
    member = sign_in(new_app(database), actor)
    case = open_case(database) if actor is DOLORES else "CZZ-ZZZ"
    expected = 200 if actor.role is Role.CASE_WORKER else 404
    for address in (
        "/people/imports/new",
        "/people/exports/withdrawals",
        f"/people/{case}/export",
    ):
        assert member.get(address).status_code == expected, address


def test_nothing_told_stands_in_addresses_names_of_files_or_the_log(
    database: Database, worker: Member
) -> None:
    given = sent_on(send(worker).text)
    answer = worker.post_form("/people/imports/records", given, headers=ENGLISH)
    assert "Lucia-Zelaya" not in answer.text
    with database.reading() as session:
        acts = str(session.execute(text("SELECT * FROM acts")).all())
    for word in ("Luc", "Our list", "A-1"):
        assert word not in acts
