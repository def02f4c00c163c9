"""What is shared reaches whoever follows, as far as families agree, and goes when they say so."""

import datetime as dt
import json
import threading
import time

import pytest
from sqlalchemy import text

from tests.conftest import CAST, DOLORES, NETWORK, SHELTER
from tests.services.family_records import come_in, give_access
from tests.services.following.two_servers import (
    Follower,
    Keeper,
    key_for,
    may_match,
    rows,
    seen,
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
from tracker.domain.consents import Purpose
from tracker.domain.erasures import Ground
from tracker.domain.errors import NotAllowed, NotFound
from tracker.domain.families import AccessMade, WordKind
from tracker.domain.people import OF_INQUIRER, PersonKind, PersonSight, ShareKind
from tracker.domain.permissions import ANYONE, OPERATOR
from tracker.domain.shared_people import ServerProblem
from tracker.services.families import list_words, take_up_word, write_word
from tracker.services.people import (
    PersonFilter,
    end_share,
    erase_person,
    get_person,
    list_people,
    list_person_versions,
    revise_person,
    share_person,
    stop_following,
    withdraw_consent,
)

COPY_TABLES = ("person_versions", "consents", "matches")


def test_what_is_shared_arrives_as_far_as_it_is_shared(keeper: Keeper, follower: Follower) -> None:
    case = keeper.shared_case()
    taken = follower.once()
    assert (taken.changed, taken.withdrawn, taken.problem) == (1, 0, None)
    copy = seen(follower, case)
    assert not set(OF_INQUIRER) & set(copy.facts)
    assert not {"telephones", "notes"} & set(copy.facts)
    assert copy.facts["marks"] == LUCIA["marks"]
    assert (copy.sight, copy.followed, copy.invented) == (PersonSight.WHOLE, True, True)
    assert copy.public_id != case
    assert (copy.shared_by, copy.through) == ("Familias de Tegucigalpa (invented)", "Tegucigalpa")


def test_telephones_and_who_asks_pass_only_with_the_whole(
    keeper: Keeper, follower: Follower
) -> None:
    case = keeper.shared_case(ShareKind.WHOLE)
    follower.once()
    assert seen(follower, case).facts == LUCIA
    keeper.share(case, ShareKind.IDENTIFICATION)
    follower.once()
    assert not set(OF_INQUIRER) & set(seen(follower, case).facts)
    with follower.database.reading() as session:
        versions = list_person_versions(session, GABRIEL, follower.copy_id(case))
    assert "9911" not in json.dumps([each.facts for each in versions])


def test_what_is_written_on_belongings_passes_only_with_the_whole(
    keeper: Keeper, follower: Follower
) -> None:
    paper = {"kind": "paper", "text": "+1 520 555 0199", "description": "in the left shoe"}
    case = keeper.shared_case(belongings=[paper])
    follower.once()
    assert seen(follower, case).facts["belongings"] == [
        {"kind": "paper", "description": "in the left shoe"}
    ]
    keeper.share(case, ShareKind.WHOLE)
    follower.once()
    assert seen(follower, case).facts["belongings"] == [paper]


def test_remains_arrive_and_may_be_matched(keeper: Keeper, follower: Follower) -> None:
    remains = record_remains(keeper.database, DOLORES)
    keeper.share(remains)
    assert follower.once().changed == 1
    assert seen(follower, remains).facts["examiner_number"] == "26-00417"


def test_a_change_arrives_as_a_new_version(keeper: Keeper, follower: Follower) -> None:
    case = keeper.shared_case()
    follower.once()
    with keeper.database.writing() as session:
        told = facts(PersonKind.CASE, eyes="green")
        revise_person(session, DOLORES, case, facts=told)
    assert follower.once().changed == 1
    copy = seen(follower, case)
    assert (copy.facts["eyes"], copy.version_number) == ("green", 2)


def test_what_a_family_disputes_goes_and_comes_back_with_the_answer(
    keeper: Keeper, follower: Follower
) -> None:
    case, other = keeper.shared_case(), keeper.shared_case()
    assert follower.once().changed == 2
    access = come_in(keeper.database, *vars_of(give_access(keeper.database, case)))
    with keeper.database.writing() as session:
        write_word(session, ANYONE, access, kind=WordKind.NOT_MISSING, told="Soy yo")
    taken = follower.once()
    assert (taken.withdrawn, taken.problem) == (1, None)
    assert seen(follower, other)
    with keeper.database.writing() as session:
        [word] = list_words(session, DOLORES, case)
        take_up_word(session, DOLORES, case, number=word.number, reason="somebody else called")
    assert follower.once().changed == 1
    assert seen(follower, case)


def vars_of(made: AccessMade) -> tuple[str, str]:
    return made.code, made.secret


def test_a_copy_is_read_and_neither_changed_nor_passed_on(
    keeper: Keeper, follower: Follower
) -> None:
    case = keeper.shared_case()
    follower.once()
    copy = follower.copy_id(case)
    with follower.database.writing() as session:
        with pytest.raises(NotFound):
            revise_person(session, GABRIEL, copy, facts=facts(PersonKind.CASE))
        with pytest.raises(NotFound):
            share_person(
                session, GABRIEL, copy, organisation_id=SHELTER, what=ShareKind.IDENTIFICATION
            )
        with pytest.raises(NotFound):
            erase_person(
                session, GABRIEL, follower.files, public_id=copy, ground=Ground.PERSON_ASKED
            )


def test_only_case_workers_of_the_follower_see_a_copy(keeper: Keeper, follower: Follower) -> None:
    case = keeper.shared_case()
    follower.once()
    for actor in (*CAST, HILDA):
        with pytest.raises((NotFound, NotAllowed)):
            seen(follower, case, actor)
    with follower.database.reading() as session:
        listed, _ = list_people(session, GABRIEL, PersonFilter(PersonKind.CASE))
        assert [each.shared_by for each in listed] == ["Familias de Tegucigalpa (invented)"]
        assert list_people(session, HILDA, PersonFilter(PersonKind.CASE))[0] == ()


def test_a_consent_to_matching_passes_and_is_taken_back(keeper: Keeper, follower: Follower) -> None:
    case = keeper.shared_case()
    follower.once()
    assert not may_match(follower, case)
    number = agree(keeper.database, case, Purpose.MATCH, recipient_id=NETWORK)
    follower.once()
    assert may_match(follower, case)
    with keeper.database.writing() as session:
        withdraw_consent(session, DOLORES, case, number=number)
    follower.once()
    assert not may_match(follower, case)
    agree(keeper.database, case, Purpose.MATCH, recipient_id=SHELTER)
    follower.once()
    assert not may_match(follower, case)


def test_a_withdrawn_consent_erases_the_copy_everywhere(keeper: Keeper, follower: Follower) -> None:
    case = open_case(keeper.database)
    number = agree(keeper.database, case, Purpose.SHARE, recipient_id=NETWORK)
    keeper.share(case, ShareKind.WHOLE)
    follower.once()
    with keeper.database.writing() as session:
        withdraw_consent(session, DOLORES, case, number=number)
    assert follower.once().withdrawn == 1
    with pytest.raises(NotFound):
        seen(follower, case)
    assert [rows(follower.database, table) for table in COPY_TABLES] == [0, 0, 0]
    assert rows(follower.database, "person_records") == 1


def test_a_new_share_brings_back_what_was_withdrawn(keeper: Keeper, follower: Follower) -> None:
    case = open_case(keeper.database)
    agree(keeper.database, case, Purpose.SHARE, recipient_id=NETWORK)
    number = keeper.share(case)
    follower.once()
    before = follower.copy_id(case)
    with keeper.database.writing() as session:
        end_share(session, DOLORES, case, number=number)
    follower.once()
    keeper.share(case)
    assert follower.once().changed == 1
    assert seen(follower, case).public_id == before


def test_what_people_here_erased_does_not_come_back(keeper: Keeper, follower: Follower) -> None:
    case = keeper.shared_case()
    follower.once()
    with follower.database.writing() as session:
        erase_person(
            session,
            OPERATOR,
            follower.files,
            public_id=follower.copy_id(case),
            ground=Ground.DANGER,
        )
    with keeper.database.writing() as session:
        revise_person(session, DOLORES, case, facts=facts(PersonKind.CASE, eyes="green"))
    assert follower.once().changed == 0
    with pytest.raises(NotFound):
        seen(follower, case)


def test_what_its_keeper_erased_is_erased_here(keeper: Keeper, follower: Follower) -> None:
    case = keeper.shared_case()
    follower.once()
    with keeper.database.writing() as session:
        erase_person(session, DOLORES, follower.files, public_id=case, ground=Ground.PERSON_ASKED)
    assert follower.once().withdrawn == 1


@pytest.mark.parametrize("of", ["share", "consent"])
def test_a_share_that_ends_by_its_date_ends_on_both_sides(
    keeper: Keeper, follower: Follower, of: str
) -> None:
    until = dt.date(2026, 6, 3)
    if of == "share":
        case = open_case(keeper.database)
        agree(keeper.database, case, Purpose.SHARE, recipient_id=NETWORK)
        keeper.share(case, until=until)
    else:
        case = open_case(keeper.database)
        agree(keeper.database, case, Purpose.SHARE, recipient_id=NETWORK, until=until)
        keeper.share(case)
    follower.once()
    keeper.clock.passes(days=2)
    assert follower.once().withdrawn == 0
    keeper.clock.passes(days=1)
    with keeper.database.writing() as session, pytest.raises(NotFound):
        get_person(session, GABRIEL, case)
    follower.once()
    with pytest.raises(NotFound):
        seen(follower, case)
    told = "SELECT count(*) FROM feed_entries WHERE change = 'withdrawn'"
    for _ in range(2):  # noticed once
        follower.once()
        with keeper.database.reading() as session:
            assert session.scalar(text(told)) == 1


def test_a_share_ends_by_its_date_although_its_server_is_silent(
    keeper: Keeper, follower: Follower
) -> None:
    case = open_case(keeper.database)
    agree(keeper.database, case, Purpose.SHARE, recipient_id=NETWORK)
    keeper.share(case, until=dt.date(2026, 6, 3))
    follower.once()
    keeper.shut()
    keeper.clock.passes(days=3)
    assert follower.once().problem == ServerProblem.NO_ANSWER
    with pytest.raises(NotFound):
        seen(follower, case)
    keeper.open()


def test_a_server_that_was_down_and_is_back_has_lost_nothing(
    keeper: Keeper, follower: Follower
) -> None:
    first = keeper.shared_case()
    follower.once()
    keeper.shut()
    assert follower.once().problem == ServerProblem.NO_ANSWER
    second = keeper.shared_case()
    assert seen(follower, first).name
    keeper.open()
    taken = follower.once()
    assert (taken.changed, taken.problem) == (1, None)
    assert seen(follower, second).name


def test_after_a_month_of_silence_copies_go_and_come_back_with_the_next_answer(
    keeper: Keeper, follower: Follower
) -> None:
    case = keeper.shared_case()
    follower.once()
    keeper.shut()
    keeper.clock.passes(days=31)
    follower.once()
    with pytest.raises(NotFound):
        seen(follower, case)
    keeper.open()
    with keeper.database.writing() as session:  # the key has lasted its thirty days
        session.execute(text("DELETE FROM api_tokens"))
    with follower.database.writing() as session:
        stop_following(session, OPERATOR, follower.files, number=follower.number)
    follower.number = follower.follow(keeper, key_for(keeper.database, GABRIEL))
    assert follower.once().changed == 1


def test_reading_again_changes_nothing(keeper: Keeper, follower: Follower) -> None:
    cases = [keeper.shared_case() for _ in range(3)]
    assert follower.once().changed == 3
    for _ in range(2):
        with follower.database.writing() as session:
            session.execute(text("UPDATE followed_servers SET read_up_to = 0"))
        taken = follower.once()
        assert (taken.changed, taken.withdrawn) == (0, 0)
    assert [seen(follower, case).version_number for case in cases] == [1, 1, 1]


def test_a_server_restored_from_an_older_backup_is_read_from_the_beginning(
    keeper: Keeper, follower: Follower
) -> None:
    kept, lost = keeper.shared_case(), keeper.shared_case()
    follower.once()
    with keeper.database.writing() as session:
        for table in ("feed_entries", "shares"):
            session.execute(text(f"DELETE FROM {table} WHERE record_id = 2"))
    taken = follower.once()
    assert (taken.changed, taken.withdrawn) == (0, 1)
    assert seen(follower, kept).name
    with pytest.raises(NotFound):
        seen(follower, lost)


def test_many_entries_come_page_by_page(keeper: Keeper, follower: Follower) -> None:
    remains = [record_remains(keeper.database, DOLORES) for _ in range(3)]
    for _ in range(50):
        for each in remains:
            keeper.share(each)
    keeper.shared_case()
    taken = follower.once()
    assert (taken.changed, taken.withdrawn) == (4, 0)
    assert taken.entries < 10


@pytest.mark.alone
def test_news_arrive_while_a_follower_waits(keeper: Keeper, follower: Follower) -> None:
    took = []
    for _ in range(3):
        waiting = threading.Thread(target=follower.once, kwargs={"wait": 20})
        waiting.start()
        time.sleep(0.5)
        began = time.monotonic()
        case = keeper.shared_case()
        waiting.join(timeout=20)
        took.append(time.monotonic() - began)
        assert seen(follower, case).name
    assert max(took) < 5, took
