"""Anyone reports without an account, follows it by a code, and floods do not get through."""

import datetime as dt
import re

import pytest
from flask.testing import FlaskClient

from tests.conftest import AMINA, BEATRIZ, CAMILO, DOLORES, XIMENA
from tests.http.clients import ENGLISH, SPANISH, Clock, new_app, sign_in
from tracker.db.models import Act, Incident, IncidentVersion, ReportAddition, ReportFollowUp
from tracker.db.session import Database
from tracker.domain.errors import NotFound
from tracker.domain.public_reports import LETTERS
from tracker.http.csrf import FIELD
from tracker.services.incidents import get_record, withdraw_incident
from tracker.services.public_reports import list_additions
from tracker.services.reviews import ask_question, list_questions, list_queue, take_up_incident

ANSWERS = {
    "number_dead": "1",
    "number_missing": "",
    "day": "",
    "month": "5",
    "year": "2026",
    "country": "PAN",
    "where": "On the river below the ford",
    "position": "8°27' N, 77°30' W",
    "cause": "drowning",
    "words": "The river had risen in the night.",
    "witnessed": "saw_it",
    "url": "",
}
CODE = re.compile(r'class="follow-up-code"[^>]*>([A-Z-]{23})<')


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def opened(client: FlaskClient, **kwargs) -> dict[str, str]:
    """Open the page and give what its form carries."""
    page = client.get("/report", headers=ENGLISH, **kwargs).text
    return {FIELD: hidden(page, FIELD), "form": hidden(page, "form")}


def send(client: FlaskClient, clock: Clock, carried=None, **told):
    carried = carried or opened(client)
    clock.passes(seconds=20)
    return client.post("/report", data={**carried, **ANSWERS, **told}, headers=ENGLISH)


def follow(client: FlaskClient, code: str, address: str = "/report/status", **told):
    page = client.get("/report/status", headers=ENGLISH).text
    data = {FIELD: hidden(page, FIELD), "code": code, **told}
    return client.post(address, data=data, headers=ENGLISH)


def records(database: Database) -> list[tuple[Incident, IncidentVersion]]:
    with database.reading() as session:
        found = [
            (incident, session.query(IncidentVersion).filter_by(incident_id=incident.id).one())
            for incident in session.query(Incident).order_by(Incident.id)
        ]
        session.expunge_all()
        return found


def test_a_report_is_a_submitted_record_of_nobody_that_every_verifier_sees(
    database: Database, anyone: FlaskClient, clock: Clock
) -> None:
    answer = send(anyone, clock)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    [(incident, version)] = records(database)
    assert (incident.organisation_id, incident.logged_by) == (None, None)
    assert (incident.logged_through, incident.visibility) == ("public_report", "restricted")
    assert (version.status, version.recorded_by) == ("submitted", "public report")
    with database.reading() as session:
        facts = get_record(session, CAMILO, incident.public_id).facts
        assert (facts["number_dead"], facts["number_missing_min"]) == (1, None)
        assert (facts["date_from"], facts["date_precision"]) == (dt.date(2026, 5, 1), "month")
        assert facts["causes"] == ["drowning"]
        assert facts["sources"][0]["quality"] == 2
        assert round(facts["latitude"], 2) == 8.45
        assert [entry.record.public_id for entry in list_queue(session, CAMILO)] == [
            incident.public_id
        ]
        for other in (AMINA, BEATRIZ, DOLORES, XIMENA):
            with pytest.raises(NotFound):
                get_record(session, other, incident.public_id)


def test_nothing_of_the_sender_is_kept_also_when_somebody_is_signed_in(
    database: Database, clock: Clock
) -> None:
    member = sign_in(new_app(database, clock), BEATRIZ)
    page = member.get("/report", headers=ENGLISH).text
    clock.passes(seconds=20)
    given = {**ANSWERS, "form": hidden(page, "form")}
    agent = {"User-Agent": "A telephone of its own kind", "X-Forwarded-For": "198.51.100.7"}
    answer = member.post_form("/report", given, headers=agent)
    assert CODE.search(answer.text)
    [(incident, _)] = records(database)
    assert (incident.organisation_id, incident.logged_by) == (None, None)
    with database.reading() as session:
        told = " ".join(
            f"{act.actor} {act.action} {act.thing}" for act in session.query(Act).order_by(Act.id)
        )
        assert "report_incidents" in told
        assert "account 2 report" not in told
        for table in (Incident, IncidentVersion, ReportFollowUp, Act):
            for row in session.query(table):
                words = " ".join(str(value) for value in vars(row).values())
                assert "telephone of its own" not in words
                assert "198.51.100.7" not in words
                assert "127.0.0.1" not in words


def test_the_code_is_shown_once_and_only_its_keyed_digest_is_stored(
    database: Database, anyone: FlaskClient, clock: Clock
) -> None:
    code = CODE.search(send(anyone, clock).text)[1]
    letters = code.replace("-", "")
    assert len(letters) == 20
    assert set(letters) <= set(LETTERS)
    assert len(LETTERS) ** 20 > 2**80
    with database.reading() as session:
        stored = session.query(ReportFollowUp).one().code_digest
    assert letters not in stored
    assert len(stored) == 64
    typed = f" {letters[:5].lower()} {letters[5:10]}-{letters[10:].lower()} "
    assert "Nobody has checked it yet" in follow(anyone, typed).text


def test_sent_twice_it_is_one_record_with_the_same_code(
    database: Database, anyone: FlaskClient, clock: Clock
) -> None:
    carried = opened(anyone)
    first, second = (send(anyone, clock, carried) for _ in range(2))
    assert CODE.search(first.text)[1] == CODE.search(second.text)[1]
    assert len(records(database)) == 1
    other = send(anyone, clock, carried, number_dead="2")
    assert other.status_code == 422
    assert hidden(other.text, "form") != carried["form"]
    assert len(records(database)) == 1


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"number_dead": "many"}, "Write a number in digits"),
        ({"number_dead": "-1"}, "cannot be less than 0"),
        ({"year": "2027"}, "has not come yet"),
        ({"year": ""}, "Write the year too"),
        ({"day": "31", "month": "2"}, "not a date"),
        ({"position": "8.45"}, "One of the two numbers is missing"),
        ({"country": "ZZZ"}, "We do not know this one"),
        ({"country": "", "where": "", "position": ""}, "Tell us where"),
        ({"number_dead": "", "words": " "}, "Tell us how many people"),
        ({"url": "javascript:alert(1)"}, "Copy the whole address"),
        ({"words": "a" * 4_001}, "This is too long"),
        ({"cause": "magic"}, "We do not know this one"),
        ({"witnessed": "magic"}, "We do not know this one"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    demo_copy: Database, clock: Clock, told: dict[str, str], words: str
) -> None:
    client = new_app(demo_copy, clock).test_client()
    answer = send(client, clock, **told)
    assert answer.status_code == 422
    if "country" not in told and "cause" not in told and "witnessed" not in told:
        assert words in answer.text
    for name, value in {**ANSWERS, **told}.items():
        if value.strip() and name not in ("country", "cause", "witnessed", "where", "words"):
            assert value.replace("'", "&#39;") in answer.text, name
    with demo_copy.reading() as session:
        assert session.query(ReportFollowUp).count() == 0


def test_unknown_is_not_zero(database: Database, anyone: FlaskClient, clock: Clock) -> None:
    send(anyone, clock, number_dead="0", number_missing="desconocido")
    [(_, version)] = records(database)
    assert (version.number_dead, version.number_missing_min) == (0, None)


def test_personal_data_is_pointed_out_before_it_is_stored(
    database: Database, anyone: FlaskClient, clock: Clock
) -> None:
    words = "Call his sister at +504 9876-5432, his name: Juan Antonio Flores Mejia"
    carried = opened(anyone)
    warned = send(anyone, clock, carried, words=words)
    assert warned.status_code == 422
    assert "a telephone number, a name" in warned.text
    assert words in warned.text
    assert records(database) == []
    assert send(anyone, clock, carried, words=words, confirmed="yes").status_code == 200


def test_a_page_filled_in_by_a_program_is_not_taken(
    database: Database, anyone: FlaskClient, clock: Clock
) -> None:
    assert send(anyone, clock, homepage="https://example.org").status_code == 422
    carried = opened(anyone)
    quick = anyone.post("/report", data={**carried, **ANSWERS}, headers=ENGLISH)
    assert (quick.status_code, "very quick" in quick.text) == (422, True)
    for form in ("", "made.up", f"{carried['form'][:-1]}x", "a.1.b", "…"):
        assert send(anyone, clock, {**carried, "form": form}).status_code == 422
    clock.passes(days=3)
    old = send(anyone, clock, carried)
    assert "open for a long time" in old.text
    assert ANSWERS["where"] in old.text
    assert records(database) == []
    # What was drawn again can be sent.
    again = {FIELD: hidden(old.text, FIELD), "form": hidden(old.text, "form")}
    assert send(anyone, clock, again).status_code == 200


def test_a_form_of_another_site_or_a_large_one_is_refused(
    database: Database, anyone: FlaskClient, clock: Clock
) -> None:
    assert anyone.post("/report", data=ANSWERS).status_code == 400
    assert send(anyone, clock, words="a" * 70_000).status_code == 413
    assert records(database) == []


def test_a_flood_of_1000_reports_stops_at_the_limit_and_others_are_served(
    demo_copy: Database, clock: Clock
) -> None:
    app = new_app(demo_copy, clock)
    flooder, answers = app.test_client(), []
    carried = opened(flooder)
    clock.passes(seconds=20)
    for number in range(1_000):
        # A new word each time, as a program would fetch it; and an address that it makes up.
        if number < 20:
            carried["form"] = opened(flooder)["form"]
            clock.passes(seconds=4)
        spoofed = {"X-Forwarded-For": f"203.0.113.{number % 250}", **ENGLISH}
        answer = flooder.post("/report", data={**carried, **ANSWERS}, headers=spoofed)
        answers.append(answer.status_code)
    assert answers.count(200) == 10
    assert set(answers[12:]) == {429}
    last = flooder.post("/report", data={**carried, **ANSWERS}, headers=ENGLISH)
    assert 0 < int(last.headers["Retry-After"]) <= 180
    assert ANSWERS["where"] in last.text
    elsewhere = app.test_client()
    page = elsewhere.get("/report", headers=ENGLISH, environ_base={"REMOTE_ADDR": "192.0.2.9"}).text
    clock.passes(seconds=20)
    told = {**ANSWERS, FIELD: hidden(page, FIELD), "form": hidden(page, "form")}
    other = elsewhere.post("/report", data=told, environ_base={"REMOTE_ADDR": "192.0.2.9"})
    assert other.status_code == 200
    clock.passes(minutes=10)
    assert send(flooder, clock).status_code == 200
    with demo_copy.reading() as session:
        assert session.query(ReportFollowUp).count() == 12


def test_one_network_of_ipv6_is_one_sender(database: Database, clock: Clock) -> None:
    app = new_app(database, clock)
    answers = []
    for number in range(12):
        client = app.test_client()
        place = {"REMOTE_ADDR": f"2001:db8:1:2::{number:x}"}
        page = client.get("/report", environ_base=place).text
        clock.passes(seconds=4)
        told = {**ANSWERS, FIELD: hidden(page, FIELD), "form": hidden(page, "form")}
        answers.append(client.post("/report", data=told, environ_base=place).status_code)
    assert answers == [200] * 10 + [429] * 2


def test_wrong_codes_are_answered_alike_and_few(
    database: Database, anyone: FlaskClient, clock: Clock
) -> None:
    code = CODE.search(send(anyone, clock).text)[1]
    nearly = code[:-1] + next(letter for letter in LETTERS if letter != code[-1])
    tries = ("", nearly, "BCDFG-BCDFG-BCDFG-BCDFG", "'; DROP TABLE incidents", "\x00", "ñ" * 50)
    bodies = set()
    for tried in tries:
        answer = follow(anyone, tried)
        assert answer.status_code == 422
        bodies.add(re.sub(rf'{FIELD}" value="\w+"', "", answer.text))
    assert len(bodies) == 1
    for _ in range(4):
        follow(anyone, nearly, "/report/status/additions", more="Something")
    # Now even the right code has to wait, and reveals nothing.
    held = follow(anyone, code)
    assert (held.status_code, code in held.text) == (429, False)
    clock.passes(minutes=3)
    assert follow(anyone, code).status_code == 200


def test_a_reviewer_asks_and_whoever_reported_answers_and_adds(
    database: Database, anyone: FlaskClient, clock: Clock
) -> None:
    code = CODE.search(send(anyone, clock).text)[1]
    [(incident, _)] = records(database)
    with database.writing() as session:
        take_up_incident(session, CAMILO, incident.public_id)
        ask_question(session, CAMILO, incident.public_id, text="Which bank of the river?")
    page = follow(anyone, code).text
    assert "Somebody is checking your report now" in page
    assert "Which bank of the river?" in page
    number = hidden(page, "question")
    told = {"question": number, f"answer-{number}": ""}
    empty = follow(anyone, code, "/report/status/answers", **told)
    assert (empty.status_code, "This is needed" in empty.text) == (422, True)
    told[f"answer-{number}"] = "The western one"
    assert "It was added" in follow(anyone, code, "/report/status/answers", **told).text
    twice = follow(anyone, code, "/report/status/answers", **told)
    assert "answered already" in twice.text
    more = {"more": "Two families waited there. Call +504 9876-5432"}
    assert "a telephone number" in follow(anyone, code, "/report/status/additions", **more).text
    more["more"] = "Two families waited there."
    assert "added something 1 time" in follow(anyone, code, "/report/status/additions", **more).text
    with database.reading() as session:
        [question] = list_questions(session, CAMILO, incident.public_id)
        assert question.answer == "The western one"
        [(_, words)] = list_additions(session, CAMILO, incident.public_id)
        assert words == "Two families waited there."
        with pytest.raises(NotFound):
            list_additions(session, BEATRIZ, incident.public_id)
        assert session.query(ReportAddition).count() == 1
    reviewer = sign_in(anyone.application, CAMILO)
    assert "Two families waited there." in reviewer.get(f"/review/{incident.public_id}").text


def test_the_code_of_one_report_answers_no_question_of_another(
    database: Database, anyone: FlaskClient, clock: Clock
) -> None:
    codes = [CODE.search(send(anyone, clock).text)[1] for _ in range(2)]
    second = records(database)[1][0]
    with database.writing() as session:
        ask_question(session, CAMILO, second.public_id, text="When?")
    number = hidden(follow(anyone, codes[1]).text, "question")
    told = {"question": number, f"answer-{number}": "Never"}
    answer = follow(anyone, codes[0], "/report/status/answers", **told)
    assert answer.status_code == 422
    assert "When?" not in answer.text
    with database.reading() as session:
        assert list_questions(session, CAMILO, second.public_id)[0].answer is None


def test_a_closed_report_says_so_and_takes_nothing_more(
    database: Database, anyone: FlaskClient, clock: Clock
) -> None:
    code = CODE.search(send(anyone, clock).text)[1]
    [(incident, _)] = records(database)
    with database.writing() as session:
        withdraw_incident(session, CAMILO, incident.public_id, because="Nothing was found")
    page = follow(anyone, code).text
    assert "Your report is closed" in page
    assert "Nothing was found" not in page
    refused = follow(anyone, code, "/report/status/additions", more="But I saw it")
    assert refused.status_code == 422
    with database.reading() as session:
        assert session.query(ReportAddition).count() == 0


def test_the_status_page_tells_no_fact_of_the_record(
    database: Database, anyone: FlaskClient, clock: Clock
) -> None:
    code = CODE.search(send(anyone, clock).text)[1]
    [(incident, _)] = records(database)
    page = follow(anyone, code).text
    for secret in (incident.public_id, ANSWERS["where"], ANSWERS["words"], "8.45"):
        assert secret not in page


@pytest.mark.parametrize("address", ["/report", "/report/status"])
def test_the_pages_are_spanish_and_english(anyone: FlaskClient, address: str) -> None:
    spanish, english = (anyone.get(address, headers=h).text for h in (SPANISH, ENGLISH))
    assert '<html lang="es">' in spanish
    assert '<html lang="en">' in english
    assert re.sub(r'value="[^"]*"', "", spanish) != re.sub(r'value="[^"]*"', "", english)
