"""A family sees its own case in plain steps, decides over it, and reads no news that people bring."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from sqlalchemy import text

from tests.conftest import CAMILO, DOLORES, NETWORK
from tests.http.clients import Clock, add_cast
from tests.services.family_records import (
    REACH,
    SUPPORT,
    come_in,
    confirm,
    give_access,
    is_deceased,
)
from tests.services.people_records import (
    GABRIEL,
    HILDA,
    LUCIA,
    agree,
    facts,
    open_case,
    record_remains,
)
from tracker.db.session import Database
from tracker.domain.consents import Purpose
from tracker.domain.errors import Conflict, InvalidRecord, NotAllowed, NotFound
from tracker.domain.families import Notification, NotificationCheck, OwnCase, WordKind
from tracker.domain.people import PersonKind, ShareKind, TaskKind
from tracker.domain.permissions import ANYONE
from tracker.services.families import (
    family_notified,
    get_notification,
    get_own_case,
    is_disputed,
    list_open_words,
    list_words,
    may_notify,
    record_notification,
    take_up_word,
    undo_notification,
    withdraw_every_own_consent,
    withdraw_own_consent,
    write_word,
)
from tracker.services.people import (
    PersonFilter,
    add_task,
    finish_task,
    get_person,
    list_people,
    list_person_versions,
    revise_person,
    share_person,
)

TODAY = dt.date(2026, 6, 1)
TOLD = Notification(
    notified_on=TODAY,
    who="Dolores and Alma (invented)",
    support=SUPPORT,
    checked=tuple(NotificationCheck),
    next_visit_on=dt.date(2026, 6, 8),
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(database: Database, clock: Clock) -> Database:
    database.tell_time(clock)
    with database.writing() as session:
        add_cast(session)
    return database


@pytest.fixture
def case(people: Database) -> str:
    return open_case(people, notes="Somebody spoke of a find near Arivaca")


@pytest.fixture
def access(people: Database, case: str) -> int:
    made = give_access(people, case)
    return come_in(people, made.code, made.secret)


def shared(people: Database, case: str) -> int:
    """Share the case with the network; gives the number of the consent behind it."""
    number = agree(people, case, Purpose.SHARE, recipient_id=NETWORK)
    with people.writing() as session:
        share_person(session, DOLORES, case, organisation_id=NETWORK, what=ShareKind.WHOLE)
    return number


def own(people: Database, access: int) -> OwnCase:
    with people.reading() as session:
        return get_own_case(session, ANYONE, access)


def write(people: Database, access: int, kind: WordKind, told: str = "") -> None:
    with people.writing() as session:
        write_word(session, ANYONE, access, kind=kind, told=told)


def seen_by(people: Database, actor, case: str) -> bool:
    """Say whether somebody sees the case, by its page and by the list: both say the same."""
    with people.writing() as session:
        listed, _ = list_people(session, actor, PersonFilter(PersonKind.CASE))
        try:
            get_person(session, actor, case)
        except NotFound:
            assert listed == ()
            return False
        assert [each.public_id for each in listed] == [case]
        return True


def test_the_family_reads_what_is_held_what_was_done_and_what_comes_next(
    people: Database, case: str, access: int
) -> None:
    shared(people, case)
    with people.writing() as session:
        add_task(session, DOLORES, case, kind=TaskKind.PSYCHOSOCIAL, told="The mother sleeps badly")
        number = add_task(
            session, DOLORES, case, kind=TaskKind.FOLLOW_UP, told="Ask the morgue", due_on=TODAY
        )
        add_task(session, DOLORES, case, kind=TaskKind.FOLLOW_UP, told="Ask again", due_on=TODAY)
        finish_task(session, DOLORES, case, number=number, outcome="They were rude")
    told = own(people, access)
    assert told.name == "Lucía Invented Zelaya Quijada"
    assert (told.status, told.organisation) == ("reported", "Familias de Tegucigalpa (invented)")
    assert (told.reach, told.support) == (REACH, SUPPORT)
    assert told.facts["inquirer_name"] == LUCIA["inquirer_name"]
    assert told.facts["marks"] == LUCIA["marks"]
    assert {step.kind for step in told.done} == {
        *("opened", "agreed_share", "shared", "referred_psychosocial", "step_done"),
    }
    assert [(step.kind, step.on) for step in told.next] == [
        ("to_do_follow_up", TODAY),
        ("review", TODAY + dt.timedelta(days=90)),
        ("to_do_psychosocial", None),
    ]
    [share] = told.shares
    assert share.organisation == "Tucson Monitoring Network (invented)"
    # Words of those who work on the case stay with them.
    words = json.dumps([told.facts, str(told.done), str(told.next)])
    for word in ("sleeps", "morgue", "rude", "Arivaca", "account"):
        assert word not in words


def test_a_consent_that_the_family_takes_back_ends_what_rested_on_it_at_once(
    people: Database, case: str, access: int
) -> None:
    number = shared(people, case)
    assert seen_by(people, GABRIEL, case)
    with people.writing() as session:
        withdraw_own_consent(session, ANYONE, access, number=number)
    assert not seen_by(people, GABRIEL, case)
    assert own(people, access).shares == ()
    with people.reading() as session:
        rows = session.execute(text("SELECT withdrawn_by FROM consents")).all()
        assert rows == [("family",)]
        last = session.execute(text("SELECT change FROM feed_entries ORDER BY id DESC")).first()
        assert last == ("withdrawn",)


def test_a_family_takes_back_no_consent_of_another_case(people: Database, access: int) -> None:
    other = open_case(people)
    number = agree(people, other, Purpose.MATCH)
    with people.writing() as session, pytest.raises(NotFound):
        withdraw_own_consent(session, ANYONE, access, number=number)


def test_leaving_takes_back_every_consent_and_is_a_word_to_the_case_worker(
    people: Database, case: str, access: int
) -> None:
    shared(people, case)
    agree(people, case, Purpose.MATCH)
    write(people, access, WordKind.LEAVE)
    told = own(people, access)
    assert all(consent.withdrawn_on == TODAY for consent in told.consents)
    assert [word.kind for word in told.words] == [WordKind.LEAVE]
    assert not seen_by(people, GABRIEL, case)
    with people.writing() as session:
        withdraw_every_own_consent(session, ANYONE, access)


@pytest.mark.parametrize("kind", [WordKind.NOT_MISSING, WordKind.NOT_RIGHT])
def test_a_disputed_case_is_seen_by_nobody_else_until_somebody_looked_into_it(
    people: Database, case: str, access: int, kind: WordKind
) -> None:
    shared(people, case)
    write(people, access, kind)
    with people.reading() as session:
        assert is_disputed(session, [1, 2]) == {1}
    assert not seen_by(people, GABRIEL, case)
    assert seen_by(people, DOLORES, case)
    assert own(people, access).disputed
    with people.writing() as session:
        [(found, word)] = list_open_words(session, DOLORES)
        assert (found, word.kind, word.disputes) == (case, kind, True)
        with pytest.raises(InvalidRecord):
            take_up_word(session, DOLORES, case, number=word.number)
        take_up_word(session, DOLORES, case, number=word.number, reason="We spoke with her sister")
        take_up_word(session, DOLORES, case, number=word.number)
        newest = list_person_versions(session, DOLORES, case)[0]
        assert (newest.reason, newest.status) == ("We spoke with her sister", "reported")
    assert seen_by(people, GABRIEL, case)
    with people.reading() as session:
        assert is_disputed(session, [1]) == frozenset()
        changes = session.execute(text("SELECT change FROM feed_entries ORDER BY id")).scalars()
        assert list(changes) == ["changed", "withdrawn", "changed"]


def test_whoever_is_not_missing_is_located_by_a_person_who_looked_into_it(
    people: Database, case: str, access: int
) -> None:
    write(people, access, WordKind.NOT_MISSING, "This is me")
    assert own(people, access).status == "reported", "a word marks nobody located"
    with people.writing() as session:
        [word] = list_words(session, DOLORES, case)
        take_up_word(
            session,
            DOLORES,
            case,
            number=word.number,
            reason="She called on video",
            status="located_alive",
        )
    assert own(people, access).status == "located_alive"


def test_a_family_writes_and_somebody_takes_it_up(people: Database, case: str, access: int) -> None:
    write(people, access, WordKind.ADDITION, "She had a red cap")
    write(people, access, WordKind.ADDITION, " She had a red cap ")
    with people.writing() as session:
        for wrong in ("", "a" * 4_001):
            with pytest.raises(InvalidRecord):
                write_word(session, ANYONE, access, kind=WordKind.CORRECTION, told=wrong)
        [word] = list_words(session, DOLORES, case)
        assert word.told == "She had a red cap"
        for actor in (GABRIEL, HILDA, CAMILO):
            with pytest.raises((NotFound, NotAllowed)):
                list_words(session, actor, case)
        assert list_open_words(session, GABRIEL) == ()
        take_up_word(session, DOLORES, case, number=word.number)
    assert own(people, access).words[0].taken_up_on == TODAY
    with people.reading() as session:
        rows = session.execute(text("SELECT * FROM family_words")).all()
        assert "red cap" not in str(rows)


def test_a_flood_of_words_stops_but_a_dispute_is_always_taken(
    people: Database, access: int
) -> None:
    for number in range(50):
        write(people, access, WordKind.ADDITION, f"word {number}")
    with pytest.raises(InvalidRecord):
        write(people, access, WordKind.ADDITION, "one more")
    write(people, access, WordKind.NOT_MISSING)
    assert own(people, access).disputed


def test_no_news_of_a_death_is_read_before_people_have_brought_it(
    people: Database, case: str, access: int, clock: Clock
) -> None:
    clock.passes(days=10)
    before = own(people, access)
    clock.passes(days=10)
    remains = record_remains(people)
    confirm(people, case, remains)
    is_deceased(people, case)
    with people.writing() as session:
        noted = facts(PersonKind.CASE, circumstances="Identified in Pima County")
        revise_person(session, DOLORES, case, facts=noted)
        add_task(session, DOLORES, case, kind=TaskKind.PSYCHOSOCIAL, told="x", due_on=TODAY)
    told = own(people, access)
    assert told == replace(before, status="word_to_come", next=()), "and nothing else moves"
    assert "Pima" not in str(told)
    with people.writing() as session:
        later = replace(TOLD, notified_on=dt.date(2026, 6, 21), next_visit_on=None)
        record_notification(session, DOLORES, case, told=later)
    told = own(people, access)
    assert (told.status, told.notified_on) == ("located_deceased", dt.date(2026, 6, 21))
    assert told.support == SUPPORT
    assert "notified" in {step.kind for step in told.done}


def test_a_family_is_told_only_after_two_people_have_confirmed(people: Database, case: str) -> None:
    with people.writing() as session:
        assert not may_notify(session, DOLORES, case)
        with pytest.raises(Conflict, match="needs_confirmed_match"):
            record_notification(session, DOLORES, case, told=TOLD)
    confirm(people, case, record_remains(people))
    with people.writing() as session:
        assert may_notify(session, DOLORES, case)
        assert not family_notified(session, 1)
        record_notification(session, DOLORES, case, told=TOLD)
        assert family_notified(session, 1)
        assert family_notified(session, 2), "and so for the remains"
        assert get_notification(session, DOLORES, case).told == TOLD
        for actor in (GABRIEL, HILDA, CAMILO):
            with pytest.raises((NotFound, NotAllowed)):
                get_notification(session, actor, case)
        rows = session.execute(text("SELECT * FROM family_notifications")).all()
        assert "Alma" not in str(rows)


def test_remains_have_no_public_name_before_every_family_was_told(
    people: Database, case: str
) -> None:
    other, remains = open_case(people), record_remains(people)
    confirm(people, case, remains)
    confirm(people, other, remains)
    with people.writing() as session:
        record_notification(session, DOLORES, case, told=TOLD)
        assert [family_notified(session, number) for number in (1, 2, 3)] == [True, False, False]
        record_notification(session, DOLORES, other, told=TOLD)
        assert family_notified(session, 3)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"support": " "}, {"support": ("required",)}),
        ({"who": ""}, {"who": ("required",)}),
        ({"checked": ()}, {"otherwise": ("care_not_explained",)}),
        ({"notified_on": dt.date(2026, 6, 2)}, {"notified_on": ("in_the_future",)}),
        ({"notified_on": dt.date(2026, 5, 30)}, {"notified_on": ("before_confirmation",)}),
        ({"next_visit_on": dt.date(2026, 5, 31)}, {"next_visit_on": ("before_notification",)}),
    ],
)
def test_it_is_refused_without_the_care_that_belongs_to_it(
    people: Database, case: str, changed, wrong
) -> None:
    confirm(people, case, record_remains(people))
    with people.writing() as session:
        with pytest.raises(InvalidRecord) as refused:
            record_notification(session, DOLORES, case, told=replace(TOLD, **changed))
        assert dict(refused.value.fields) == wrong
        assert not family_notified(session, 1)


def test_a_mistake_is_taken_back_with_its_reason_and_so_is_a_match_that_falls(
    people: Database, case: str
) -> None:
    confirm(people, case, record_remains(people))
    with people.writing() as session:
        number = record_notification(session, DOLORES, case, told=TOLD)
        with pytest.raises(InvalidRecord):
            undo_notification(session, DOLORES, case, number=number, reason="")
        undo_notification(session, DOLORES, case, number=number, reason="It was another family")
        assert not family_notified(session, 1)
        with pytest.raises(NotFound):
            undo_notification(session, DOLORES, case, number=number, reason="again")
        record_notification(session, DOLORES, case, told=TOLD)
        assert family_notified(session, 1)
        session.execute(text("UPDATE matches SET status = 'under_review'"))
        session.expire_all()
        assert not family_notified(session, 1)


def test_the_page_of_a_family_tells_nothing_to_anybody_else(
    people: Database, case: str, access: int
) -> None:
    write(people, access, WordKind.ADDITION, "My number is new: +504 9911 7777")
    shared(people, case)
    with people.writing() as session:
        seen = get_person(session, GABRIEL, case)
        assert "7777" not in str(seen)
        with pytest.raises(NotFound):
            list_words(session, GABRIEL, case)
