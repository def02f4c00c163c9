"""The program proposes who somebody may be; two people decide, and a status goes no further."""

import json

import pytest
from sqlalchemy import text

from tests.conftest import CAMILO, CAST, DOLORES, NETWORK, SHELTER
from tests.http.clients import NOON, add_cast, counted_queries
from tests.services.match_records import (
    IRIS,
    JACINTO,
    matching_pair,
    opened,
    propose,
    say,
    told,
)
from tests.services.people_records import (
    GABRIEL,
    HILDA,
    LUCIA,
    REMAINS,
    agree,
    facts,
    open_case,
    record_remains,
)
from tracker.db.models.families import FamilyWord
from tracker.db.queries.people import find_person
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database
from tracker.domain.consents import Purpose
from tracker.domain.erasures import Ground
from tracker.domain.errors import NotAllowed, NotFound
from tracker.domain.match_evidence import MatchField, Settling, Strength
from tracker.domain.matches import MatchShow
from tracker.domain.people import OF_INQUIRER, PersonKind
from tracker.domain.permissions import OPERATOR, Actor
from tracker.services.matches import (
    Finding,
    MatchFilter,
    find_matches,
    list_matches,
    open_match,
)
from tracker.services.people import change_status, erase_person, revise_person, withdraw_consent

PAPER = {"kind": "paper", "text": "Mamá 9911-0043", "description": "folded, in the shoe"}


@pytest.fixture
def people(database: Database) -> Database:
    """Give a database in which the cast has accounts."""
    with database.writing() as session:
        add_cast(session)
    return database


def candidates(database: Database, actor: Actor, public_id: str, kind: PersonKind):
    with database.reading() as session:
        return find_matches(session, actor, public_id, kind=kind)


def listed(database: Database, actor: Actor) -> list[str]:
    with database.reading() as session:
        return [row.public_id for row in list_matches(session, actor)[0]]


def test_a_case_and_remains_find_each_other_from_both_sides(people: Database) -> None:
    case, remains = matching_pair(people)
    [found] = candidates(people, DOLORES, case, PersonKind.CASE)
    [back] = candidates(people, GABRIEL, remains, PersonKind.REMAINS)
    assert found.sides[1].public_id == remains
    assert back.sides[1].public_id == case
    assert found.explanation.log_odds == back.explanation.log_odds
    assert found.strength == Strength.STRONG
    assert found.public_id == ""


def test_without_a_familys_consent_a_case_is_found_by_nobody(people: Database) -> None:
    case, remains = open_case(people), record_remains(people)
    assert candidates(people, GABRIEL, remains, PersonKind.REMAINS) == ()
    assert candidates(people, DOLORES, case, PersonKind.CASE) == ()
    with pytest.raises(NotFound):
        opened(people, case, remains)
    assert propose(people).new == 0


def test_a_consent_towards_one_organisation_holds_towards_no_other(people: Database) -> None:
    case, remains = open_case(people), record_remains(people)
    agree(people, case, Purpose.MATCH, recipient_id=SHELTER)
    assert candidates(people, GABRIEL, remains, PersonKind.REMAINS) == ()
    of_shelter = record_remains(people, HILDA)
    found = candidates(people, HILDA, of_shelter, PersonKind.REMAINS)
    assert {row.sides[1].public_id for row in found} == {case, remains}


def test_two_cases_are_compared_only_where_both_families_agree(people: Database) -> None:
    one, other = open_case(people), open_case(people, GABRIEL, eyes="brown")
    agree(people, one, Purpose.MATCH)
    assert candidates(people, DOLORES, one, PersonKind.CASE) == ()
    agree(people, other, Purpose.MATCH, actor=GABRIEL)
    [found] = candidates(people, DOLORES, one, PersonKind.CASE)
    assert found.sides[1].public_id == other


def test_a_withdrawn_consent_hides_a_match_at_once(people: Database) -> None:
    case, remains = open_case(people), record_remains(people)
    number = agree(people, case, Purpose.MATCH)
    match = opened(people, case, remains)
    say(people, GABRIEL, match, "under_review")
    assert listed(people, GABRIEL) == [match]
    with people.writing() as session:
        withdraw_consent(session, DOLORES, case, number=number)
    for actor in (GABRIEL, DOLORES, OPERATOR):
        assert listed(people, actor) == []
        with pytest.raises(NotFound):
            told(people, actor, match)
    with pytest.raises(NotFound):
        say(people, GABRIEL, match, "excluded")
    assert candidates(people, GABRIEL, remains, PersonKind.REMAINS) == ()
    assert propose(people, everything=True).new == 0
    agree(people, case, Purpose.MATCH)
    assert listed(people, GABRIEL) == [match]


def test_who_was_found_alive_is_compared_with_nobody(people: Database) -> None:
    case, remains = matching_pair(people)
    match = opened(people, case, remains)
    with people.writing() as session:
        change_status(session, DOLORES, case, status="located_alive", reason="she called home")
    assert candidates(people, GABRIEL, remains, PersonKind.REMAINS) == ()
    with pytest.raises(NotFound):
        told(people, GABRIEL, match)


def test_what_a_family_disputes_is_compared_with_nobody_until_somebody_looked(
    people: Database,
) -> None:
    case, remains = matching_pair(people)
    match = opened(people, case, remains)
    with people.writing() as session:
        record = find_person(session, case)
        session.add(
            FamilyWord(record_id=record.id, kind="not_missing", told="It is me", written_at=NOON)
        )
    with pytest.raises(NotFound):
        told(people, GABRIEL, match)
    assert candidates(people, GABRIEL, remains, PersonKind.REMAINS) == ()


@pytest.mark.parametrize("actor", [*CAST, HILDA], ids=lambda actor: actor.name)
def test_only_the_two_organisations_see_a_match(people: Database, actor: Actor) -> None:
    match = opened(people, *matching_pair(people))
    for sees in (DOLORES, GABRIEL, IRIS, JACINTO, OPERATOR):
        assert told(people, sees, match).public_id == match
    if actor is not DOLORES:
        with pytest.raises((NotFound, NotAllowed)):
            told(people, actor, match)


def test_a_verifier_sees_the_match_and_finds_no_case(people: Database) -> None:
    case, remains = matching_pair(people)
    opened(people, case, remains)
    with pytest.raises(NotAllowed):
        candidates(people, IRIS, remains, PersonKind.REMAINS)
    assert len(listed(people, IRIS)) == 1
    assert listed(people, CAMILO) == []


def test_a_case_worker_finds_nothing_by_a_record_of_others(people: Database) -> None:
    case, remains = matching_pair(people)
    with pytest.raises(NotFound):
        candidates(people, GABRIEL, case, PersonKind.CASE)
    with people.writing() as session, pytest.raises(NotFound):
        open_match(session, HILDA, case, kind=PersonKind.CASE, with_record=remains)


def test_a_match_tells_no_number_and_nothing_of_who_asks(people: Database) -> None:
    case = open_case(people, belongings=[{"kind": "telephone", "text": "+504 9911 0042"}])
    agree(people, case, Purpose.MATCH)
    remains = record_remains(people, belongings=[PAPER])
    match = opened(people, case, remains)
    for actor in (DOLORES, GABRIEL, IRIS):
        seen = told(people, actor, match)
        words = json.dumps([side.facts for side in seen.sides], ensure_ascii=False)
        words += repr(seen.explanation)
        for secret in ("9911", "Rosa", "0043"):
            assert secret not in words
        for side in seen.sides:
            assert not {*OF_INQUIRER, "telephones", "notes"} & {*side.facts}
        assert "butterfly" in words
        assert "26-00417" in words


def test_a_number_on_a_paper_is_compared_under_the_key(people: Database) -> None:
    case = open_case(people, first_surname="Otra")
    agree(people, case, Purpose.MATCH)
    match = opened(people, case, record_remains(people, belongings=[PAPER]))
    field = next(
        each
        for each in told(people, GABRIEL, match).explanation.fields
        if each.field is MatchField.TELEPHONES
    )
    assert (field.facts["code"], field.facts["in_common"]) == ("same_number", 1)
    assert field.weight > 4


def test_other_candidates_change_no_score(people: Database) -> None:
    case, remains = matching_pair(people)

    def odds() -> float:
        rows = candidates(people, DOLORES, case, PersonKind.CASE)
        return next(row.explanation.log_odds for row in rows if row.sides[1].public_id == remains)

    alone = odds()
    others = [record_remains(people, HILDA, age_from=20 + n, age_to=30 + n) for n in range(4)]
    assert odds() == alone
    with people.writing() as session:
        change_status(session, HILDA, others[0], status="withdrawn", reason="entered twice")
    assert odds() == alone


def revise(people: Database, case: str, **changed: object) -> None:
    with people.writing() as session:
        revise_person(session, DOLORES, case, facts=facts(PersonKind.CASE, **changed))


def test_a_changed_record_is_compared_as_it_stands_now(people: Database) -> None:
    case, remains = matching_pair(people)
    [before] = candidates(people, GABRIEL, remains, PersonKind.REMAINS)
    revise(people, case, marks=[], sex="male", age_from=50, age_to=52)
    [after] = candidates(people, GABRIEL, remains, PersonKind.REMAINS)
    assert after.explanation.log_odds < before.explanation.log_odds - 10
    assert after.strength == "weak"


def test_what_is_erased_is_compared_no_more_and_its_number_used_again_harms_nobody(
    people: Database, tmp_path
) -> None:
    case, remains = matching_pair(people)
    assert len(candidates(people, GABRIEL, remains, PersonKind.REMAINS)) == 1
    match = opened(people, case, remains)
    with people.writing() as session:
        files = SealedFiles(tmp_path / "files")
        ground = Ground.PERSON_ASKED
        erase_person(session, DOLORES, files, public_id=case, ground=ground)
    assert candidates(people, GABRIEL, remains, PersonKind.REMAINS) == ()
    with pytest.raises(NotFound):
        told(people, GABRIEL, match)
    again = open_case(people)
    agree(people, again, Purpose.MATCH)
    [found] = candidates(people, GABRIEL, remains, PersonKind.REMAINS)
    assert found.sides[1].public_id == again


def shown(database: Database, actor: Actor, show: MatchShow) -> list[str]:
    with database.reading() as session:
        rows, _ = list_matches(session, actor, MatchFilter(show))
        return [row.public_id for row in rows]


def test_a_match_that_waits_for_somebody_stands_apart_for_them(people: Database) -> None:
    case, remains = matching_pair(people)
    weak = record_remains(people, sex="male", marks=[])
    likely, other = opened(people, case, remains), opened(people, case, weak)
    assert listed(people, DOLORES) == [likely, other]
    assert shown(people, DOLORES, MatchShow.WAITING) == []
    say(people, GABRIEL, other, "excluded")
    assert shown(people, DOLORES, MatchShow.MINE) == [other]
    assert shown(people, DOLORES, MatchShow.OPEN) == [likely]
    assert shown(people, GABRIEL, MatchShow.MINE) == []
    assert shown(people, GABRIEL, MatchShow.OPEN) == [likely, other]
    for actor in (DOLORES, GABRIEL, IRIS):
        assert shown(people, actor, MatchShow.WAITING) == [other]
        assert shown(people, actor, MatchShow.SETTLED) == []
    say(people, DOLORES, other, "excluded")
    assert shown(people, GABRIEL, MatchShow.SETTLED) == [other]
    assert shown(people, GABRIEL, MatchShow.WAITING) == []
    assert shown(people, GABRIEL, MatchShow.OPEN) == [likely]


def test_pages_of_matches_hold_each_once_the_likeliest_first(
    people: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So that what may not be compared today fills whole parts that are looked through.
    monkeypatch.setattr("tracker.services.matches.listed._AT_ONCE", 2)
    first, remains = matching_pair(people)
    cases = [first, *(open_case(people, age_from=20 + n, age_to=24 + n) for n in range(4))]
    consents = [agree(people, case, Purpose.MATCH) for case in cases[1:]]
    matches = [opened(people, case, remains) for case in cases]
    with people.writing() as session:
        for case, number in zip(cases[1:4], consents, strict=False):
            withdraw_consent(session, DOLORES, case, number=number)
    pages, after = [], None
    with people.reading() as session:
        while True:
            rows, after = list_matches(session, GABRIEL, MatchFilter(after=after, limit=1))
            pages.append([row.public_id for row in rows])
            if after is None:
                break
        odds = text("SELECT public_id FROM matches ORDER BY log_odds DESC, id")
        by_odds = session.scalars(odds).all()
        hidden = {*matches[1:4]}
        assert list_matches(session, HILDA, MatchFilter(after=1)) == ((), None)
    assert pages == [[each] for each in by_odds if each not in hidden]
    assert len(pages) == 2


def test_a_match_says_what_would_settle_it(people: Database) -> None:
    seen = told(people, DOLORES, opened(people, *matching_pair(people)))
    assert Settling.DNA_REFERENCE in seen.settling
    assert Settling.FINGERPRINTS in seen.settling


def test_invented_people_are_not_compared_with_real_ones(people: Database) -> None:
    case, remains = matching_pair(people)
    with people.writing() as session:
        session.execute(
            text("UPDATE person_records SET invented = :no WHERE public_id = :remains"),
            {"no": False, "remains": remains},
        )
    assert candidates(people, DOLORES, case, PersonKind.CASE) == ()


def test_nothing_told_is_readable_in_the_tables_of_matches(people: Database) -> None:
    match = opened(people, *matching_pair(people))
    say(people, GABRIEL, match, "excluded", Finding("dental", "Dr. Invented", reason="filling 36"))
    with people.reading() as session:
        rows = [
            *session.execute(text("SELECT * FROM matches")),
            *session.execute(text("SELECT * FROM match_decisions")),
        ]
    for word in ("Invented", "filling", str(LUCIA["origin_place"]), str(REMAINS["found_place"])):
        assert word not in str(rows)


def test_the_list_asks_as_often_for_many_matches_as_for_one(people: Database) -> None:
    case, remains = matching_pair(people)
    opened(people, case, remains)
    with counted_queries(people) as few:
        listed(people, DOLORES)
    for _ in range(3):
        opened(people, case, record_remains(people))
    with counted_queries(people) as many:
        listed(people, DOLORES)
    assert len(many) == len(few)


def test_a_consent_names_its_recipient_also_for_the_own_organisation(people: Database) -> None:
    case = open_case(people)
    remains = record_remains(people, DOLORES)
    agree(people, case, Purpose.MATCH, recipient_id=NETWORK)
    assert candidates(people, DOLORES, case, PersonKind.CASE) == ()
    with people.writing() as session, pytest.raises(NotFound):
        open_match(session, DOLORES, case, kind=PersonKind.CASE, with_record=remains)
