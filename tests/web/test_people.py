"""Case workers open, read and complete the records of people; to others there is nothing there."""

import datetime as dt
import re
from pathlib import Path

import pytest

from tests.conftest import CAST, DOLORES
from tests.http.clients import ENGLISH, counted_queries
from tests.services.people_records import GABRIEL, HILDA, LUCIA, open_case, record_remains
from tests.web.people_pages import QUICK_CASE, Desk, opened
from tests.web.records.forms import _Fields
from tracker.db.session import Database


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, tmp_path)


class _PersonFields(_Fields):
    """Collects what a browser would send of the form that is sent to an address."""

    def __init__(self, ending: str) -> None:
        super().__init__()
        self.ending = ending

    def handle_starttag(self, tag, attrs) -> None:
        given = dict(attrs)
        if tag == "form" and (given.get("action") or "").endswith(self.ending):
            attrs = [*attrs, ("data-draft", "")]
        if tag == "input" and given.get("type") == "radio" and "checked" not in given:
            return
        super().handle_starttag(tag, attrs)


def typed_on(answer, ending: str = "/edit") -> dict[str, str]:
    parser = _PersonFields(ending)
    parser.feed(answer.text)
    assert parser.sent
    return {name: values[0].removeprefix("\n") for name, values in parser.sent.items()}


def test_a_few_facts_and_a_yes_open_a_case_that_may_be_compared(desk: Desk) -> None:
    dolores = desk.browser(DOLORES)
    case = opened(dolores.post_form("/cases/new", QUICK_CASE))
    told = desk.person(case)
    assert (told.name, told.status) == ("Lucía Invented Zelaya", "reported")
    assert (told.facts["age_from"], told.facts["age_to"], told.facts["age_basis"]) == (
        *(24, 26),
        "family",
    )
    assert told.facts["contact_date"] == "2026-03-01"
    assert told.facts["inquirer_telephones"] == ["+504 9911 0043", "+504 9911 0044"]
    page = dolores.get(f"/cases/{case}", headers=ENGLISH)
    assert page.headers["Cache-Control"] == "no-store"
    for words in (
        "between 24 and 26 years",
        "as the family says",
        "March 2026, Altar, Sonora",
        "we presume life",
        "Rosa Quijada (invented)",
        "Compare with remains and with other cases",
    ):
        assert words in page.text, words


def test_a_double_click_opens_one_case_and_records_one_consent(desk: Desk) -> None:
    dolores = desk.browser(DOLORES)
    sent = {**QUICK_CASE, "key": "one"}
    assert len({opened(dolores.post_form("/cases/new", sent)) for _ in range(3)}) == 1
    other = dolores.post_form("/cases/new", {**sent, "age_to": "27"}, headers=ENGLISH)
    assert other.status_code == 409
    assert 'value="27"' in other.text
    listed = dolores.get("/cases", headers=ENGLISH).text
    assert listed.count("Lucía Invented Zelaya") == 1


def test_nothing_typed_is_lost_when_something_is_wrong(desk: Desk) -> None:
    dolores = desk.browser(DOLORES)
    wrong = {**QUICK_CASE, "age_from": "thirty", "contact_date": "2026-09-01", "inquirer_name": ""}
    answer = dolores.post_form("/cases/new", wrong, headers=ENGLISH)
    assert answer.status_code == 422
    kept = typed_on(answer, "/new")
    for name in ("given_names", "age_from", "contact_date", "inquirer_safe_contact", "agrees"):
        assert kept[name] == wrong[name]
    assert 'id="age_from-wrong"' in answer.text
    early = {**wrong, "age_from": "20"}
    answer = dolores.post_form("/cases/new", early, headers=ENGLISH)
    assert 'id="contact_date-wrong"' in answer.text
    agreed = dolores.post_form("/cases/new", {**QUICK_CASE, "inquirer_name": ""}, headers=ENGLISH)
    assert "the consent is theirs" in agreed.text
    nothing = dolores.post_form("/cases/new", {"do": "save"}, headers=ENGLISH)
    assert 'id="given_names-wrong"' in nothing.text
    assert "There is no case yet" in dolores.get("/cases", headers=ENGLISH).text


def test_remains_are_recorded_with_their_corridor_worked_out(desk: Desk) -> None:
    gabriel = desk.browser(GABRIEL)
    sent = {
        "found_date": "2026-03-20",
        "found_date_precision": "day",
        "found_place": "Near Arivaca, Arizona",
        "coordinates": "31°34'48\"N 111°19'48\"W",
        "condition": "skeletal",
        "sex": "female",
        "known_by": "examiner",
    }
    remains = opened(gabriel.post_form("/remains/new", sent))
    told = desk.person(remains)
    assert told.facts["found_corridor"] == "us_mexico_border"
    assert told.facts["found_latitude"] == pytest.approx(31.58)
    assert told.facts["sex_basis"] == "examiner"
    page = gabriel.get(f"/remains/{remains}", headers=ENGLISH).text
    assert "Person without a name" in page
    assert "What the family agrees to" not in page
    assert gabriel.get(f"/cases/{remains}").status_code == 404


def test_the_full_record_saves_what_it_shows_and_says_it_again(desk: Desk) -> None:
    case = open_case(desk.database)
    dolores = desk.browser(DOLORES)
    shown = typed_on(dolores.get(f"/cases/{case}/edit", headers=ENGLISH))
    saved = dolores.post_form(f"/cases/{case}/edit", {**shown, "do": "save"}, headers=ENGLISH)
    assert saved.status_code == 303, re.findall(r'class="wrong"[^<]*<?[^<]*', saved.text)
    assert desk.person(case).facts == LUCIA
    assert desk.person(case).version_number == 1


def test_rows_come_and_go_without_script_and_without_loss(desk: Desk) -> None:
    case = open_case(desk.database)
    dolores = desk.browser(DOLORES)
    address = f"/cases/{case}/edit"
    shown = typed_on(dolores.get(address, headers=ENGLISH))
    more = {**shown, "hair": "black", "do": "mark:calf:right"}
    begun = typed_on(dolores.post_form(address, more, headers=ENGLISH))
    assert (begun["marks.1.part"], begun["marks.1.side"], begun["hair"]) == (
        *("calf", "right"),
        "black",
    )
    refused = dolores.post_form(address, {**begun, "do": "save"}, headers=ENGLISH)
    assert refused.status_code == 422
    assert 'id="marks.1.kind-wrong"' in refused.text
    assert "Marks on the skin, 2: What it is" in refused.text
    filled = {**begun, "marks.1.kind": "scar", "do": "more:belongings"}
    both = typed_on(dolores.post_form(address, filled, headers=ENGLISH))
    gone = typed_on(dolores.post_form(address, {**both, "do": "less:marks.0"}, headers=ENGLISH))
    assert (gone["marks.0.kind"], gone["marks.0.part"]) == ("scar", "calf")
    assert dolores.post_form(address, {**gone, "do": "save"}).status_code == 303
    facts = desk.person(case).facts
    assert facts["marks"] == [{"kind": "scar", "part": "calf", "side": "right"}]
    assert facts["hair"] == "black"


def test_whoever_saves_later_sees_what_another_wrote(desk: Desk) -> None:
    case = open_case(desk.database)
    dolores = desk.browser(DOLORES)
    address = f"/cases/{case}/edit"
    shown = typed_on(dolores.get(address, headers=ENGLISH))
    dolores.post_form(address, {**shown, "hair": "black", "reason": "Her sister called"})
    late = dolores.post_form(address, {**shown, "hair": "brown"}, headers=ENGLISH)
    assert late.status_code == 409
    assert "now: black" in late.text
    assert typed_on(late)["hair"] == "brown"
    history = dolores.get(f"/cases/{case}/history", headers=ENGLISH).text
    assert "Her sister called" in history
    assert "after: black" in history
    assert "Dolores" in history


@pytest.mark.parametrize(
    "actor", [each for each in (*CAST, GABRIEL, HILDA) if each is not DOLORES], ids=lambda a: a.name
)
def test_to_anybody_else_a_case_looks_like_one_that_is_not_there(desk: Desk, actor) -> None:
    case = open_case(desk.database)
    browser = desk.browser(actor)
    for page in ("", "/edit", "/history", "/erase", "/files/1"):
        seen = browser.get(f"/cases/{case}{page}", headers=ENGLISH)
        absent = browser.get(f"/cases/C-0000-0000{page}", headers=ENGLISH)
        assert (seen.status_code, seen.data) == (404, absent.data)
    for act in (
        "/edit",
        "/status",
        "/consents",
        "/shares",
        "/tasks",
        "/review",
        "/files",
        "/erase",
    ):
        seen = browser.post_form(f"/cases/{case}{act}", {"status": "withdrawn"}, headers=ENGLISH)
        absent = browser.post_form(f"/cases/C-0000-0000{act}", {}, headers=ENGLISH)
        assert (seen.status_code, seen.data) == (404, absent.data), act
    listed = browser.get("/cases", headers=ENGLISH)
    assert "Zelaya" not in listed.text
    assert (listed.status_code == 200) == (actor in (GABRIEL, HILDA))
    assert desk.person(case).status == "reported"


def test_the_menu_leads_only_case_workers_to_people(desk: Desk) -> None:
    for actor in CAST:
        home = desk.browser(actor).get("/about", headers=ENGLISH).text
        assert ('href="/cases"' in home) == (actor is DOLORES)
        assert ('href="/remains"' in home) == (actor is DOLORES)


def test_the_list_is_paged_and_its_questions_do_not_grow(desk: Desk, monkeypatch) -> None:
    monkeypatch.setattr("tracker.web.people.lists.PAGE_SIZE", 2)
    cases = [open_case(desk.database, given_names=f"Invented {n}") for n in range(3)]
    dolores = desk.browser(DOLORES)
    with counted_queries(desk.database) as few:
        first = dolores.get("/cases", headers=ENGLISH).text
    assert cases[2] in first
    assert cases[0] not in first
    after = re.search(r'rel="next" href="([^"]+)"', first)
    assert after
    assert cases[0] in dolores.get(after[1], headers=ENGLISH).text
    assert "Invented, for demonstration" in first
    monkeypatch.setattr("tracker.web.people.lists.PAGE_SIZE", 30)
    for n in range(6):
        open_case(desk.database, given_names=f"Also invented {n}")
    with counted_queries(desk.database) as many:
        dolores.get("/cases", headers=ENGLISH)
    assert len(many) <= len(few) + 1
    none = dolores.get("/cases?status=withdrawn", headers=ENGLISH).text
    assert "None of them stands there." in none
    assert dolores.get("/cases?status=illegible").status_code == 400
    assert dolores.get("/cases?before=x").status_code == 404


def test_what_is_due_stands_on_the_desk_of_the_own_organisation_alone(desk: Desk) -> None:
    case = open_case(desk.database)
    record_remains(desk.database)
    dolores = desk.browser(DOLORES)
    assert "My desk" not in dolores.get("/cases", headers=ENGLISH).text
    task = {"kind": "follow_up", "told": "Call the shelter in Altar", "due_on": "2026-06-03"}
    assert dolores.post_form(f"/cases/{case}/tasks", task).status_code == 303
    page = dolores.get("/cases", headers=ENGLISH).text
    assert "Call the shelter in Altar" in page
    assert "Call the shelter" not in desk.browser(GABRIEL).get("/cases", headers=ENGLISH).text
    desk.clock.passes(days=120)
    later = desk.browser(DOLORES).get("/remains", headers=ENGLISH).text
    assert "to be looked at again" in later
    assert "since June 3, 2026" in later


def test_the_form_says_what_happens_to_contacts_whose_day_has_passed(desk: Desk) -> None:
    day = desk.clock.now.date()
    case = open_case(desk.database, contacts_until=str(day - dt.timedelta(days=1)))
    dolores = desk.browser(DOLORES)
    page = dolores.get(f"/cases/{case}/edit", headers=ENGLISH)
    assert "They are kept sealed, and nobody sees them" in page.text
    assert "9911 0043" not in page.text
    typed = {**typed_on(page), "inquirer_telephones": "+504 9911 0049", "do": "save"}
    refused = dolores.post_form(f"/cases/{case}/edit", typed)
    assert refused.status_code == 422
    assert 'id="contacts_until-wrong"' in refused.text
    typed["contacts_until"] = str(day + dt.timedelta(days=90))
    assert dolores.post_form(f"/cases/{case}/edit", typed).status_code == 303
    assert desk.person(case).facts["inquirer_telephones"] == ["+504 9911 0049"]
