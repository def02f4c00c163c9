"""The full record: saved without script, row by row, and never over somebody else's change."""

from tests.conftest import BEATRIZ, CAMILO, FERNANDA
from tests.http.clients import ENGLISH
from tests.services.records import log
from tests.web.records.forms import House, fields_on
from tracker.services.incidents import submit_incident


def test_a_record_that_nobody_changed_makes_no_version(house: House) -> None:
    with house.database.writing() as session:
        logged = log(session)
    beatriz = house.browser()
    page = fields_on(beatriz.get(f"/incidents/{logged.public_id}/edit"))
    before = house.record(logged.public_id)
    answer = beatriz.post_form(f"/incidents/{logged.public_id}/edit", page)
    assert answer.status_code == 303
    after = house.record(logged.public_id)
    assert after.facts == before.facts
    assert after.version_number == 1


def test_every_fact_of_the_form_is_saved_and_comes_back(house: House) -> None:
    beatriz = house.browser()
    public_id = house.logged(beatriz)
    address = f"/incidents/{public_id}/edit"
    page = fields_on(beatriz.get(address))
    page |= {
        "causes": ["drowning", "violence"],
        "cause_reported": ["The boat capsized"],
        "scope": ["transit"],
        "coordinates": ["8.4257, -76.7842"],
        "location_precision": ["locality"],
        "location_basis": ["map_pick"],
        "country_of_incident": ["Colombia"],
        "number_dead_max": ["5"],
        "number_survivors": ["0"],
        "origins.0": ["Haití"],
        "groups.0.group": ["sex:female"],
        "groups.0.number_from": ["1"],
        "groups.0.number_to": ["2"],
        "groups.0.basis": ["family"],
        "groups.1.group": ["origin"],
        "groups.1.code": ["Venezuela"],
        "groups.1.number_from": ["1"],
        "groups.1.presumed": ["yes"],
        "groups.2.group": ["indigenous"],
        "groups.2.code": ["Emberá"],
        "groups.2.number_from": ["1"],
        "sources.1.url": ["https://news.example.org/1"],
        "sources.1.quality": ["1"],
        "sources.1.independent": ["no"],
        "sources.1.accessed_on": ["2026-05-03"],
        "sources.1.words_quoted": ["“Two bodies were found”"],
        "notes": ["Ask the shelter again"],
    }
    assert beatriz.post_form(address, page).status_code == 303
    facts = house.record(public_id).facts
    assert facts["causes"] == ["drowning", "violence"]
    assert (facts["number_dead"], facts["number_dead_max"], facts["number_survivors"]) == (2, 5, 0)
    assert facts["number_females"] == 1
    assert facts["origins"] == ["HTI", "VEN"]
    assert facts["country_of_incident"] == "COL"
    assert [group["code"] for group in facts["groups"]] == ["female", "VEN", "Emberá"]
    assert facts["groups"][1]["presumed"] is True
    assert [source["publisher"] for source in facts["sources"]] == ["A fisherman", None]
    assert facts["sources"][1]["independent"] is False
    assert (facts["latitude"], facts["longitude"]) == (8.4257, -76.7842)
    assert facts["uncertainty_m"] == 1000
    again = fields_on(beatriz.get(address))
    for name, value in page.items():
        if name not in ("expected_version", "csrf_token", "key", "origins.0", "origins.1"):
            assert again[name] == value, name
    shown = beatriz.get(f"/records/{public_id}", headers=ENGLISH).text
    for words in ("Emberá", "from 2 to 5", "Ask the shelter again", "Two bodies were found"):
        assert words in shown


def test_another_source_is_offered_without_script_and_keeps_what_was_typed(house: House) -> None:
    beatriz = house.browser()
    public_id = house.logged(beatriz)
    address = f"/incidents/{public_id}/edit"
    page = fields_on(beatriz.get(address))
    page |= {"notes": ["half a thought"], "sources.0.quality": ["2"], "do": ["more:sources"]}
    answer = beatriz.post_form(address, page)
    assert answer.status_code == 200
    offered = fields_on(answer)
    assert offered["notes"] == ["half a thought"]
    assert offered["sources.0.quality"] == ["2"]
    assert offered["sources.1.publisher"] == [""]
    assert "sources.2.publisher" not in offered
    assert house.record(public_id).version_number == 1


def test_a_row_that_is_emptied_is_gone_and_errors_stand_at_the_rows_that_are_left(
    house: House,
) -> None:
    with house.database.writing() as session:
        public_id = log(session).public_id
    beatriz = house.browser()
    address = f"/incidents/{public_id}/edit"
    page = fields_on(beatriz.get(address))
    page |= {name: [""] for name in page if name.startswith("sources.0.")}
    page["sources.1.url"] = ["news.example.org"]
    answer = beatriz.post_form(address, page)
    assert answer.status_code == 422
    assert 'id="sources.0.url-wrong"' in answer.text
    page["sources.1.url"] = ["https://news.example.org/1"]
    assert beatriz.post_form(address, page).status_code == 303
    assert len(house.record(public_id).facts["sources"]) == 1


def test_two_people_do_not_overwrite_each_other(house: House) -> None:
    with house.database.writing() as session:
        public_id = log(session, submit=True).public_id
    beatriz, camilo = house.browser(), house.browser(CAMILO)
    address = f"/incidents/{public_id}/edit"
    hers, his = fields_on(beatriz.get(address)), fields_on(camilo.get(address))
    assert beatriz.post_form(address, {**hers, "number_dead": "3"}).status_code == 303
    his |= {"number_dead": ["4"], "notes": ["A word of his"]}
    refused = camilo.post_form(address, his, headers=ENGLISH)
    assert refused.status_code == 409
    kept = fields_on(refused)
    assert (kept["number_dead"], kept["notes"]) == (["4"], ["A word of his"])
    assert "now: 3" in " ".join(refused.text.split())
    assert house.record(public_id).facts["number_dead"] == 3
    # Having seen hers, he may save over it.
    assert camilo.post_form(address, kept).status_code == 303
    assert house.record(public_id).facts["number_dead"] == 4


def test_saving_and_handing_in_is_one_step_and_needs_no_script(house: House) -> None:
    beatriz = house.browser()
    public_id = house.logged(beatriz)
    address = f"/incidents/{public_id}/edit"
    page = fields_on(beatriz.get(address))
    assert beatriz.post_form(address, {**page, "do": "submit"}).status_code == 303
    assert house.record(public_id).status == "submitted"


def test_a_draft_is_handed_in_from_its_page(house: House) -> None:
    beatriz = house.browser()
    public_id = house.logged(beatriz)
    assert beatriz.post_form(f"/incidents/{public_id}/submit").status_code == 303
    assert house.record(public_id).status == "submitted"
    assert beatriz.post_form(f"/incidents/{public_id}/submit").status_code == 409


def test_a_colleague_who_reviews_may_correct_what_was_handed_in(house: House) -> None:
    with house.database.writing() as session:
        public_id = log(session).public_id
    assert house.browser(FERNANDA).get(f"/incidents/{public_id}/edit").status_code == 404
    with house.database.writing() as session:
        submit_incident(session, BEATRIZ, public_id)
    assert house.browser(FERNANDA).get(f"/incidents/{public_id}/edit").status_code == 200


def test_groups_that_contradict_the_numbers_are_told_in_words(house: House) -> None:
    beatriz = house.browser()
    public_id = house.logged(beatriz)
    address = f"/incidents/{public_id}/edit"
    page = fields_on(beatriz.get(address))
    page |= {"number_females": "3", "groups.0.group": "sex:female", "groups.0.number_from": "1"}
    answer = beatriz.post_form(address, page, headers=ENGLISH)
    assert answer.status_code == 422
    assert "The groups add up to another number" in answer.text
