"""A family follows its own case with a code and a second secret; whoever guesses waits."""

import datetime as dt

import pytest
from sqlalchemy import text

from tests.conftest import CAST, DOLORES, NETWORK
from tests.http.clients import Clock, add_cast
from tests.services.family_records import REACH, SUPPORT, come_in, give_access
from tests.services.people_records import GABRIEL, HILDA, agree, open_case, record_remains
from tracker.db.models import Act
from tracker.db.models.families import FamilyAccess
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database
from tracker.domain.consents import Purpose
from tracker.domain.erasures import Ground
from tracker.domain.errors import InvalidRecord, NotAllowed, NotFound
from tracker.domain.families import LETTERS, plain_code, plain_words, wait_after
from tracker.domain.people import ShareKind
from tracker.domain.permissions import ANYONE
from tracker.domain.secret_word_lists import ENGLISH, SPANISH
from tracker.services.families import (
    begin_visit,
    continue_visit,
    count_try,
    end_access,
    get_access,
    secret_is_right,
)
from tracker.services.people import erase_person, share_person

WRONG = "four words that are wrong"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(database: Database, clock: Clock) -> Database:
    """Give a database in which the cast has accounts, and whose clock tests move."""
    database.tell_time(clock)
    with database.writing() as session:
        add_cast(session)
    return database


def test_code_and_secret_open_the_case_however_they_are_typed(people: Database) -> None:
    made = give_access(people, open_case(people))
    assert len(made.code.replace("-", "")) == 16
    assert len(made.secret.split()) == 4
    assert come_in(people, made.code, made.secret) is not None
    sloppy = f" {made.code.replace('-', ' ').lower().replace('0', 'o').replace('1', 'l')} "
    assert come_in(people, sloppy, f"  {made.secret.upper()} ") is not None


def test_a_secret_of_the_familys_own_needs_no_accents(people: Database) -> None:
    made = give_access(people, open_case(people), secret="El jardín de la Peña")
    assert come_in(people, made.code, "el jardin de la pena") is not None
    assert come_in(people, made.code, "El jardín, de la PEÑA!") is not None
    assert come_in(people, made.code, "el jardin de la pera") is None


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"secret": "corto"}, "secret", "secret_too_short"),
        ({"secret": "14081999"}, "secret", "secret_easily_guessed"),
        ({"secret": "aaaabbbb"}, "secret", "secret_easily_guessed"),
        ({"secret": "Lucia Zelaya Quijada"}, "secret", "secret_easily_guessed"),
        ({"secret": "a1 " * 60}, "secret", "too_long"),
        ({"reach": " "}, "reach", "required"),
        ({"support": "a" * 301}, "support", "too_long"),
    ],
)
def test_what_is_easily_guessed_or_missing_is_refused(people: Database, given, field, code) -> None:
    case = open_case(people)
    with pytest.raises(InvalidRecord) as refused:
        give_access(people, case, **given)
    assert dict(refused.value.fields) == {field: (code,)}


def test_neither_code_nor_secret_is_kept(people: Database) -> None:
    made = give_access(people, open_case(people))
    with people.reading() as session:
        for table in ("family_accesses", "acts"):
            rows = str(session.execute(text(f"SELECT * FROM {table}")).all())
            for secret in (made.code, plain_code(made.code), made.secret, REACH, SUPPORT):
                assert secret not in rows
        [row] = session.query(FamilyAccess)
        assert row.secret_hash.startswith("$argon2id$")
        assert (row.reach, row.support) == (REACH, SUPPORT)


def test_a_new_access_ends_the_one_before_and_an_ended_one_opens_nothing(people: Database) -> None:
    case = open_case(people)
    first, second = give_access(people, case), give_access(people, case)
    assert come_in(people, first.code, first.secret) is None
    assert come_in(people, second.code, second.secret) is not None
    with people.writing() as session:
        assert get_access(session, DOLORES, case) is not None
        end_access(session, DOLORES, case)
        end_access(session, DOLORES, case)
        assert get_access(session, DOLORES, case) is None
    assert come_in(people, second.code, second.secret) is None


def test_an_erased_case_opens_for_nobody(people: Database, tmp_path) -> None:
    case = open_case(people)
    made = give_access(people, case)
    access = come_in(people, made.code, made.secret)
    with people.writing() as session:
        word = begin_visit(session, access)
        files = SealedFiles(tmp_path / "files")
        erase_person(session, DOLORES, files, public_id=case, ground=Ground.PERSON_ASKED)
        assert continue_visit(session, word) is None
    assert come_in(people, made.code, made.secret) is None


def test_only_whoever_keeps_a_case_makes_its_access(people: Database) -> None:
    case = open_case(people)
    agree(people, case, Purpose.SHARE, recipient_id=NETWORK)
    with people.writing() as session:
        share_person(session, DOLORES, case, organisation_id=NETWORK, what=ShareKind.WHOLE)
    for actor in (*CAST, GABRIEL, HILDA):
        if actor is not DOLORES:
            with pytest.raises((NotFound, NotAllowed)):
                give_access(people, case, actor)
    remains = record_remains(people, DOLORES)
    with pytest.raises(NotFound):
        give_access(people, remains)


def test_after_five_free_tries_each_wrong_secret_makes_the_next_one_wait(
    people: Database, clock: Clock
) -> None:
    made = give_access(people, open_case(people))
    for _ in range(5):
        assert come_in(people, made.code, WRONG) is None
    # The sixth is still compared, and the right one would have opened.
    assert come_in(people, made.code, WRONG) is None
    waits = []
    for _ in range(9):
        assert come_in(people, made.code, made.secret) is None, "the right secret waits as well"
        with people.reading() as session:
            [row] = session.query(FamilyAccess)
            waits.append((row.wait_until - clock.now).total_seconds() / 60)
        clock.passes(minutes=waits[-1], seconds=1)
        assert come_in(people, made.code, WRONG) is None
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    clock.passes(hours=1, seconds=1)
    assert come_in(people, made.code, made.secret) is not None


def test_who_mistypes_now_and_then_never_waits(people: Database) -> None:
    made = give_access(people, open_case(people))
    for _ in range(20):
        for _ in range(2):
            assert come_in(people, made.code, WRONG) is None
        assert come_in(people, made.code, made.secret) is not None


def test_a_month_of_guessing_takes_few_tries_and_never_keeps_the_family_out_for_long(
    people: Database, clock: Clock
) -> None:
    """Somebody found the code and guesses at every moment at which a try is taken."""
    made = give_access(people, open_case(people))
    taken, longest = 0, dt.timedelta()
    for _ in range(30):
        ends = clock.now + dt.timedelta(days=1)
        while clock.now < ends:
            with people.writing() as session:
                taken += not count_try(session, ANYONE, code=made.code).waits
                [row] = session.query(FamilyAccess)
                wait = max((row.wait_until or clock.now) - clock.now, dt.timedelta())
            longest = max(longest, wait)
            clock.passes(seconds=wait.total_seconds() + 1)
        # Once a day the family is first.
        assert come_in(people, made.code, made.secret) is not None
    assert taken < 30 * 31
    assert longest == dt.timedelta(hours=1)


def test_tries_that_were_begun_together_are_all_counted(people: Database) -> None:
    made = give_access(people, open_case(people))
    tries = []
    for _ in range(20):
        with people.writing() as session:
            tries.append(count_try(session, ANYONE, code=made.code))
    opened = [tried for tried in tries if secret_is_right(tried, made.secret)]
    assert len(opened) == 6


def test_the_wait_grows_and_ends_at_an_hour() -> None:
    assert [wait_after(wrong).total_seconds() / 60 for wrong in (0, 5, 6, 7, 8, 99)] == [
        *(0, 0, 1, 2, 4),
        60,
    ]


def test_a_visit_ends_when_it_is_left_alone_and_after_two_hours(
    people: Database, clock: Clock
) -> None:
    made = give_access(people, open_case(people))
    access = come_in(people, made.code, made.secret)
    with people.reading() as session:
        word = begin_visit(session, access)
        for _ in range(8):
            clock.passes(minutes=14)
            found, word = continue_visit(session, word)
            assert found == access
        clock.passes(minutes=14)
        assert continue_visit(session, word) is None, "two hours have passed"
        word = begin_visit(session, access)
        clock.passes(minutes=15)
        assert continue_visit(session, word) is None
        for forged in (None, "", "x", "1.2.3", f"2{word[1:]}", word[:-1]):
            assert continue_visit(session, forged) is None


def test_tries_and_visits_are_in_the_log_by_numbers_alone(people: Database) -> None:
    made = give_access(people, open_case(people))
    come_in(people, "ZZZZ-ZZZZ-ZZZZ-ZZZZ", WRONG)
    come_in(people, made.code, made.secret)
    with people.reading() as session:
        acts = [(act.actor, act.action, act.thing) for act in session.query(Act)]
    assert ("somebody", "try_family_access", "no family access") in acts
    assert ("somebody", "try_family_access", "family access 1") in acts
    assert ("family", "open_own_case", "person 1") in acts


def test_the_drawn_words_can_be_typed_on_any_keyboard_and_are_many() -> None:
    for words in (SPANISH, ENGLISH):
        assert len(set(words)) == len(words) >= 250
        assert all(word == plain_words(word) and 2 < len(word) < 11 for word in words)
    assert len(LETTERS) ** 16 == 2**80
