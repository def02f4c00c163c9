"""A spreadsheet is looked at row by row, and only what was confirmed becomes records, once."""

import csv
import io
import json
import re

import pytest

from tests.conftest import AMINA, BEATRIZ, CAMILO, ESTEBAN, XIMENA
from tests.http.clients import ENGLISH, Member, new_app, sign_in
from tests.services.records import log
from tracker.db.models import IdempotencyKey, Incident, IncidentVersion
from tracker.db.session import Database
from tracker.exchange.record_sheets import XLSX
from tracker.exchange.record_tables import read_table
from tracker.http.csrf import FIELD
from tracker.schemas.record_rows import rows_of_table

TABLE = [
    ["Cause", "Date, from", "Died", "Disappeared", "Coordinates", "Came from", "Notes"],
    ["Drowning", "2026-05-02", "2", "unknown", "8.4527, -76.9312", "Haiti; Venezuela", ""],
    ["Violence", "May 2026", "0", "1,022", "", "", "-5 and =1+1"],
    ["Drowning", "03/04/2026", "many", "", "8.45", "Atlantis", "=cmd|x"],
    ["Drowning", "2026-05-02", "2", "unknown", "8.4527, -76.9312", "Haiti; Venezuela", ""],
]


def as_csv(table: list[list[str]]) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=";").writerows(table)
    return target.getvalue().encode("cp1252")


@pytest.fixture
def reporter(database: Database) -> Member:
    return sign_in(new_app(database), BEATRIZ)


def send(member: Member, table: list[list[str]] = TABLE, data: bytes | None = None):
    file = (io.BytesIO(as_csv(table) if data is None else data), "rows.csv")
    given = {FIELD: member.csrf, "file": file}
    return member.post("/imports/new", data=given, headers=ENGLISH)


def sent_rows(page: str) -> str:
    return (
        re.search(r'name="rows" value="([^"]*)"', page)[1]
        .replace("&#34;", '"')
        .replace("&#39;", "'")
    )


def confirm(member: Member, page: str, **given: str):
    data = {"rows": sent_rows(page), **given}
    return member.post_form("/imports/records", data, headers=ENGLISH)


def count(database: Database, table: type) -> int:
    with database.reading() as session:
        return session.query(table).count()


def test_a_look_at_the_rows_stores_nothing_and_says_what_is_wrong_beside_the_cell(
    database: Database, reporter: Member
) -> None:
    answer = send(reporter)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    page = answer.text
    for words in (
        "3 rows can be taken in",
        "1 row has to be mended first",
        "<q>03/04/2026</q> <strong>Day and month could change places",
        "<q>many</q> <strong>Write a number in digits",
        "<q>8.45</q> <strong>One of the two numbers is missing",
        "<q>Atlantis</q>",
        "disappeared: not known",
        "disappeared: 1,022",
    ):
        assert words in page, words
    assert count(database, Incident) == 0
    assert count(database, IdempotencyKey) == 0


def test_confirmed_rows_wait_for_review_and_the_same_file_makes_nothing_twice(
    database: Database, reporter: Member
) -> None:
    page = send(reporter).text
    done = confirm(reporter, page)
    assert "3 new records." in done.text
    assert "1 row was wrong and was left out" in done.text
    with database.reading() as session:
        incidents = session.query(Incident).order_by(Incident.id).all()
        assert {each.logged_through for each in incidents} == {"spreadsheet"}
        assert {each.logged_by for each in incidents} == {BEATRIZ.account_id}
        assert {each.visibility for each in incidents} == {"restricted"}
        first, second, third = session.query(IncidentVersion).order_by(IncidentVersion.id)
        assert (first.status, first.number_dead, first.number_missing_min) == ("submitted", 2, None)
        assert (second.number_dead, second.number_missing_min) == (0, 1022)
        assert (second.date_precision, second.notes) == ("month", "-5 and =1+1")
        assert third.number_dead == 2
    again = confirm(reporter, send(reporter).text)
    assert "0 new records." in again.text
    assert "3 rows had been sent before" in again.text
    mended = [list(row) for row in TABLE]
    mended[3] = ["Drowning", "2026-04-03", "1", "", "", "Haiti", ""]
    assert "1 new record." in confirm(reporter, send(reporter, mended).text).text
    assert count(database, Incident) == 4
    assert "0 new records." in confirm(reporter, send(reporter).text, **{"as": "draft"}).text


def test_rows_can_become_drafts(database: Database, reporter: Member) -> None:
    assert (
        "drafts that only you see" in confirm(reporter, send(reporter).text, **{"as": "draft"}).text
    )
    with database.reading() as session:
        assert {each.status for each in session.query(IncidentVersion)} == {"draft"}


def test_wrong_rows_come_back_as_a_spreadsheet_that_says_what_to_mend(reporter: Member) -> None:
    page = send(reporter).text
    answer = reporter.post_form(
        "/imports/wrong-rows.xlsx", {"rows": sent_rows(page)}, headers=ENGLISH
    )
    assert answer.mimetype == XLSX
    table = read_table(answer.data)
    assert len(table) == 2
    assert table[0][0] == "What to mend"
    assert "Died: Write a number in digits" in table[1][0]
    rows, strange = rows_of_table(table)
    assert strange == ()
    assert rows[0].cells["notes"] == "=cmd|x"
    assert rows[0].cells["date_from"] == "03/04/2026"


def test_what_was_changed_on_the_way_back_is_checked_like_a_file(
    database: Database, reporter: Member
) -> None:
    for rows in ("", "[]", "{}", "nonsense", '[["x", {}]]', "[[1, 2]]", "[" * 10_000):
        answer = reporter.post_form("/imports/records", {"rows": rows}, headers=ENGLISH)
        assert answer.status_code == 422, rows
    forged = json.dumps(
        [[2, {"causes": "Drowning", "status": "verified", "number_dead": "-1"}, ""]]
    )
    assert (
        "0 new records"
        in reporter.post_form("/imports/records", {"rows": forged}, headers=ENGLISH).text
    )
    forged = json.dumps(
        [[2, {"causes": "Drowning", "status": "verified", "visibility": "public"}, ""]]
    )
    reporter.post_form("/imports/records", {"rows": forged}, headers=ENGLISH)
    with database.reading() as session:
        [version] = session.query(IncidentVersion)
        assert version.status == "submitted"
        assert session.query(Incident).one().visibility == "restricted"


def test_likely_duplicates_and_personal_data_are_pointed_out(
    database: Database, reporter: Member
) -> None:
    with database.writing() as session:
        known = log(session, submit=True).public_id
    table = [[*TABLE[0][:6], "Place", "Notes"]]
    table += [[*TABLE[1][:6], "By the jetty behind the blue house", "Call +504 9876-5432"]]
    page = send(reporter, table).text
    assert "a telephone number" in page
    assert known in page


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Choose a file that is not empty"),
        (b"%PDF-1.7 nothing", "This is no spreadsheet"),
        (b"a,b,c\n1,2,3\n", "We do not know these headers"),
        (b"PK\x03\x04nothing", "This spreadsheet is damaged"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence(
    reporter: Member, data: bytes, words: str
) -> None:
    answer = send(reporter, data=data)
    assert (answer.status_code, words in answer.text) == (422, True)


def test_only_those_who_log_incidents_may(database: Database) -> None:
    app = new_app(database)
    for actor in (AMINA, ESTEBAN, XIMENA):
        member = sign_in(app, actor)
        assert member.get("/imports/new").status_code == 404
        assert member.get("/imports/template.xlsx").status_code == 404
    assert sign_in(app, CAMILO).get("/imports/new").status_code == 200


def test_the_template_comes_in_the_language_that_is_asked_for(reporter: Member) -> None:
    for language, first in (("es", "Tipo de registro"), ("en", "Kind of record")):
        answer = reporter.get(f"/imports/template.xlsx?lang={language}")
        assert answer.mimetype == XLSX
        assert read_table(answer.data)[0][0] == first


def test_two_senders_send_the_same_row_and_both_are_kept(
    database: Database, reporter: Member
) -> None:
    confirm(reporter, send(reporter).text)
    other = sign_in(reporter.application, CAMILO)
    assert "3 new records." in confirm(other, send(other).text).text
    assert count(database, Incident) == 6


def collected(uuid: str, **told: str) -> dict[str, str]:
    asked = {"_uuid": uuid, "about_what/causes": "drowning", "about_people/number_dead": "1"}
    return {**asked, "about_when/date_precision": "unknown", **told}


def test_forms_of_a_collecting_tool_are_known_again_by_their_id(
    database: Database, reporter: Member
) -> None:
    forms = [collected("a"), collected("b"), collected("c", **{"about_people/number_dead": "-1"})]
    data = json.dumps({"results": forms}).encode()
    assert "2 new records." in confirm(reporter, send(reporter, data=data).text).text
    # Corrected in the tool since: still the same form, and the record here is what stands.
    forms[0]["about_people/number_dead"] = "5"
    forms[2]["about_people/number_dead"] = "3"
    data = json.dumps({"results": forms}).encode()
    done = confirm(reporter, send(reporter, data=data).text).text
    assert "1 new record." in done
    assert "2 rows had been sent before" in done
    with database.reading() as session:
        assert {each.logged_through for each in session.query(Incident)} == {"collected_form"}
        numbers = [each.number_dead for each in session.query(IncidentVersion)]
        assert sorted(numbers) == [1, 1, 3]


def test_the_form_for_collecting_tools_can_be_downloaded(reporter: Member) -> None:
    answer = reporter.get("/imports/xlsform.xlsx")
    assert answer.mimetype == XLSX
    assert answer.headers["Content-Disposition"] == 'attachment; filename="xlsform.xlsx"'


def test_a_long_table_comes_back_whole_on_the_way_to_being_confirmed(reporter: Member) -> None:
    cells = {"causes": "Drowning", "number_dead": "-1", "notes": "words " * 600}
    rows = json.dumps([[number, cells, ""] for number in range(300)])
    assert len(rows) > 1_000_000
    answer = reporter.post_form("/imports/wrong-rows.xlsx", {"rows": rows})
    assert (answer.status_code, len(read_table(answer.data))) == (200, 301)
