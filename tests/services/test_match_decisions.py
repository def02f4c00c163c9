"""Two people decide about a match, either takes it back, and a status goes no further."""

import datetime as dt

import pytest
from sqlalchemy import text

from tests.conftest import CAMILO, DOLORES
from tests.http.clients import add_cast
from tests.services.match_records import (
    BY_DENTAL,
    IRIS,
    JACINTO,
    matching_pair,
    opened,
    propose,
    say,
    statuses,
    take_back,
    told,
)
from tests.services.people_records import (
    GABRIEL,
    HILDA,
    agree,
    facts,
    open_case,
    record_remains,
)
from tracker.db.session import Database
from tracker.domain.consents import Purpose
from tracker.domain.errors import Conflict, InvalidRecord, NotAllowed, NotFound
from tracker.domain.match_evidence import MatchField
from tracker.domain.matches import MatchStatus
from tracker.domain.people import PersonKind
from tracker.domain.permissions import OPERATOR, Actor
from tracker.services.matches import (
    Finding,
    decide_match,
    list_matches,
    take_back_decision,
)
from tracker.services.people import change_status, revise_person


@pytest.fixture
def people(database: Database) -> Database:
    """Give a database in which the cast has accounts."""
    with database.writing() as session:
        add_cast(session)
    return database


def listed(database: Database, actor: Actor) -> list[str]:
    with database.reading() as session:
        return [row.public_id for row in list_matches(session, actor)[0]]


def test_two_people_decide(people: Database) -> None:
    case, remains = matching_pair(people)
    match = opened(people, case, remains)
    assert say(people, GABRIEL, match, "under_review") == "under_review"
    assert say(people, GABRIEL, match, "confirmed") == "under_review"
    [waiting] = told(people, DOLORES, match).waiting
    assert waiting.voice.decision == "confirmed"
    assert statuses(people, case, remains) == ["reported", "unidentified"]
    with pytest.raises(Conflict, match="second_person_needed"):
        say(people, GABRIEL, match, "confirmed")
    assert say(people, DOLORES, match, "confirmed") == "confirmed"
    assert statuses(people, case, remains) == ["located_deceased", "confirmed"]


def test_a_verifier_and_a_case_worker_decide_and_two_verifiers_do_not(people: Database) -> None:
    match = opened(people, *matching_pair(people))
    assert say(people, IRIS, match, "excluded") == "proposed"
    with pytest.raises(Conflict, match="case_worker_needed"):
        say(people, JACINTO, match, "excluded")
    assert say(people, DOLORES, match, "excluded") == "excluded"


def test_nobody_of_another_organisation_gives_a_voice(people: Database) -> None:
    match = opened(people, *matching_pair(people))
    for actor in (HILDA, CAMILO):
        with pytest.raises(NotFound):
            say(people, actor, match, "excluded")
    with pytest.raises(NotAllowed):
        say(people, OPERATOR, match, "excluded")


@pytest.mark.parametrize(
    ("decision", "finding", "wrong"),
    [
        ("confirmed", Finding("visual", "x", dt.date(2026, 5, 4)), {"method": ("not_primary",)}),
        ("confirmed", Finding("medical", "x", dt.date(2026, 5, 4)), {"method": ("not_primary",)}),
        (
            "confirmed",
            Finding(),
            {"method": ("required",), "authority": ("required",), "identified_on": ("required",)},
        ),
        ("confirmed", Finding("dna", "x", dt.date(2099, 1, 1)), {"identified_on": ("in_the_future",)}),
        ("excluded", Finding(), {"method": ("required",), "authority": ("required",)}),
        ("referred_for_comparison", Finding("dna"), {"authority": ("required",)}),
        ("tentative", Finding(), {"reason": ("required",)}),
        ("withdrawn", Finding(), {"reason": ("required",)}),
        ("excluded", Finding("a guess", "x"), {"method": ("unknown_code",)}),
    ],
)  # fmt: skip
def test_a_decision_says_how_and_by_whom(people: Database, decision, finding, wrong) -> None:
    match = opened(people, *matching_pair(people))
    with pytest.raises(InvalidRecord) as refused:
        say(people, DOLORES, match, decision, finding)
    assert dict(refused.value.fields) == wrong


def test_both_voices_name_the_same_method_authority_and_day(people: Database) -> None:
    match = opened(people, *matching_pair(people))
    say(people, GABRIEL, match, "confirmed")
    other_day = Finding("dental", BY_DENTAL.authority, dt.date(2026, 5, 5))
    for differs in (other_day, Finding("dna", BY_DENTAL.authority, BY_DENTAL.identified_on)):
        with pytest.raises(Conflict, match="voices_differ"):
            say(people, DOLORES, match, "confirmed", differs)
    written_otherwise = Finding("dental", f" {BY_DENTAL.authority.upper()} ", dt.date(2026, 5, 4))
    assert say(people, DOLORES, match, "confirmed", written_otherwise) == "confirmed"


def test_either_of_the_two_takes_a_confirmation_back(people: Database) -> None:
    case, remains = matching_pair(people)
    match = opened(people, case, remains)
    with people.writing() as session:
        change_status(session, DOLORES, case, status="missing_unlocated", reason="asked everywhere")
    say(people, GABRIEL, match, "referred_for_comparison")
    say(people, GABRIEL, match, "confirmed")
    say(people, DOLORES, match, "confirmed")
    assert take_back(people, DOLORES, match) == "referred_for_comparison"
    assert statuses(people, case, remains) == ["missing_unlocated", "unidentified"]
    seen = told(people, GABRIEL, match)
    assert [each.voice.decision for each in seen.voices] == [
        *("referred_for_comparison", "confirmed", "confirmed", "taken_back"),
    ]
    [waiting] = seen.waiting
    assert waiting.mine
    with people.reading() as session:
        acts = [*session.scalars(text("SELECT action FROM acts ORDER BY id"))]
    assert acts[-4:] == [
        *("match_taken_back", "match_stands_referred_for_comparison"),
        *("identification_undone", "identification_undone"),
    ]


def test_nobody_takes_back_what_another_person_said(people: Database) -> None:
    match = opened(people, *matching_pair(people))
    say(people, GABRIEL, match, "excluded")
    [voice] = told(people, DOLORES, match).voices
    with people.writing() as session, pytest.raises(NotFound):
        take_back_decision(session, DOLORES, match, number=voice.voice.number, reason="no")
    with people.writing() as session, pytest.raises(InvalidRecord):
        take_back_decision(session, GABRIEL, match, number=voice.voice.number, reason=" ")


def test_a_confirmation_changes_its_two_records_and_no_third_one(people: Database) -> None:
    case, remains = matching_pair(people)
    other_case, other_remains = matching_pair(people, given_names="Lucía", eyes="brown")
    crossed = opened(people, case, other_remains)
    also = opened(people, other_case, remains)
    say(people, GABRIEL, crossed, "tentative", Finding(reason="the tattoo"))
    say(people, DOLORES, crossed, "tentative", Finding(reason="the tattoo"))
    match = opened(people, case, remains)
    say(people, GABRIEL, match, "confirmed")
    say(people, DOLORES, match, "confirmed")
    assert statuses(people, case, remains) == ["located_deceased", "confirmed"]
    assert statuses(people, other_case, other_remains) == ["reported", "unidentified"]
    assert told(people, DOLORES, crossed).status == "tentative"
    assert also not in listed(people, DOLORES)


def test_two_confirmed_remains_of_one_person_are_undone_one_by_one(people: Database) -> None:
    case, remains = matching_pair(people)
    second = record_remains(people, parts_found="left arm")
    for each in (remains, second):
        match = opened(people, case, each)
        say(people, GABRIEL, match, "confirmed")
        say(people, DOLORES, match, "confirmed")
    assert take_back(people, DOLORES, match) == "proposed"
    assert statuses(people, case, remains, second) == [
        *("located_deceased", "confirmed", "unidentified"),
    ]


def test_two_cases_that_are_one_person_stay_as_they_stand(people: Database) -> None:
    one, other = open_case(people), open_case(people, GABRIEL)
    agree(people, one, Purpose.MATCH)
    agree(people, other, Purpose.MATCH, actor=GABRIEL)
    match = opened(people, one, other)
    say(people, GABRIEL, match, "confirmed")
    assert say(people, DOLORES, match, "confirmed") == "confirmed"
    assert statuses(people, one, other) == ["reported", "reported"]


def excluded(people: Database) -> tuple[str, str, str]:
    case, remains = matching_pair(people)
    assert propose(people).new == 1
    [match] = listed(people, DOLORES)
    say(people, GABRIEL, match, "excluded")
    say(people, DOLORES, match, "excluded")
    return case, remains, match


def test_an_excluded_pair_does_not_come_back_by_itself(people: Database) -> None:
    _, _, match = excluded(people)
    kept = propose(people, everything=True)
    assert (kept.new, kept.came_back) == (0, 0)
    assert told(people, DOLORES, match).status == "excluded"


def test_an_excluded_pair_comes_back_when_a_compared_field_changed_and_says_which(
    people: Database,
) -> None:
    case, _, match = excluded(people)
    revise(people, case, hair="black")  # of which the remains tell nothing
    assert propose(people).came_back == 0
    assert told(people, DOLORES, match).status == "excluded"
    revise(people, case, hair="black", height_from_cm=156, height_to_cm=158)
    assert propose(people).came_back == 1
    seen = told(people, GABRIEL, match)
    assert seen.status == "proposed"
    assert seen.came_back == (MatchField.HEIGHT,)
    assert seen.waiting == ()
    assert say(people, GABRIEL, match, "excluded") == "proposed"
    assert say(people, DOLORES, match, "excluded") == "excluded"


def revise(people: Database, case: str, **changed: object) -> None:
    with people.writing() as session:
        revise_person(session, DOLORES, case, facts=facts(PersonKind.CASE, **changed))


def test_what_changed_since_the_last_time_is_proposed_and_the_rest_left(people: Database) -> None:
    matching_pair(people)
    assert propose(people).new == 1
    assert propose(people).new == 0
    record_remains(people, HILDA)
    kept = propose(people)
    # With the case, and with the other remains.
    assert kept.new == 2


def test_nobody_decides_on_what_they_have_not_read(people: Database) -> None:
    case, remains = matching_pair(people)
    match = opened(people, case, remains)
    read = told(people, DOLORES, match).stamp
    revise(people, case, eyes="green")
    with people.writing() as session, pytest.raises(Conflict, match="changed_meanwhile"):
        decide_match(session, DOLORES, match, decision="excluded", finding=BY_DENTAL, read=read)


def test_statuses_follow_one_another_as_the_rules_say(people: Database) -> None:
    match = opened(people, *matching_pair(people))
    say(people, GABRIEL, match, "withdrawn", Finding(reason="entered twice"))
    say(people, DOLORES, match, "withdrawn", Finding(reason="entered twice"))
    assert told(people, DOLORES, match).status is MatchStatus.WITHDRAWN
    with pytest.raises(Conflict, match="status_does_not_follow"):
        say(people, GABRIEL, match, "under_review")
