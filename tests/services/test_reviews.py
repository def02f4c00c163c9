"""A second person checks a record; until then it counts nowhere, and nobody checks their own."""

import datetime as dt
import itertools

import pytest

from tests.conftest import AMINA, BEATRIZ, CAMILO, DOLORES, ESTEBAN, FERNANDA, SHELTER, XIMENA
from tests.services.records import GIVEN, log
from tracker.db.queries.reviews import current_review, versions_by_number
from tracker.db.session import Database
from tracker.domain.errors import Conflict, InvalidRecord, NotAllowed, NotFound
from tracker.domain.maps import MapQuery, MapWindow
from tracker.domain.permissions import Actor, Role
from tracker.domain.reviews import Check
from tracker.domain.statuses import TRANSITIONS, Status, Visibility
from tracker.domain.tallies import NOT_SHOWN, Grouping, TallyQuery
from tracker.schemas.incidents import load_incident
from tracker.services.incidents import (
    edit_incident,
    get_incident,
    get_record,
    list_incidents,
    restrict_incident,
    withdraw_incident,
)
from tracker.services.incidents.standing import seen_incident
from tracker.services.incidents.versions import next_version
from tracker.services.maps import rows_of_map
from tracker.services.merges import merge_incidents
from tracker.services.reviews import (
    answer_question,
    ask_question,
    dispute_incident,
    list_questions,
    list_queue,
    list_versions,
    reopen_incident,
    return_incident,
    revert_incident,
    take_up_incident,
    verify_incident,
)
from tracker.services.tallies import period_tally, tally_difference

MORNING = dt.datetime(2026, 5, 3, 9, tzinfo=dt.UTC)
OTHER_VERIFIER = Actor(Role.VERIFIER, "Camila", 30, SHELTER)
EVERYTHING = {"checked": tuple(Check), "visibility": Visibility.PUBLIC}


def submitted(session, **given) -> str:
    return log(session, submit=True, **given).public_id


def verified(session, **given) -> str:
    public_id = submitted(session, **given)
    take_up_incident(session, CAMILO, public_id)
    verify_incident(session, CAMILO, public_id, **EVERYTHING)
    return public_id


def total(session, known: str = "2027-01-01", actor=XIMENA) -> int | None:
    query = TallyQuery(as_known_on=dt.date.fromisoformat(known))
    return period_tally(session, actor, query).total["dead_and_missing"]


def test_a_record_is_taken_up_checked_and_counted(database: Database) -> None:
    with database.writing() as session:
        public_id = submitted(session)
        assert [entry.record.public_id for entry in list_queue(session, CAMILO)] == [public_id]
        take_up_incident(session, CAMILO, public_id)
        assert total(session) is None
        verify_incident(session, CAMILO, public_id, **EVERYTHING)
        assert total(session) == 3
        assert list_queue(session, CAMILO) == ()
        reasons = [version.reason for version in list_versions(session, CAMILO, public_id)]
    assert reasons == ["reported", "revised", "reported"]


def test_nobody_verifies_what_they_wrote_through_whatever_door(database: Database) -> None:
    with database.writing() as session:
        own = log(session, CAMILO, submit=True).public_id
        with pytest.raises(Conflict, match="own_record"):
            take_up_incident(session, CAMILO, own)
        take_up_incident(session, FERNANDA, own)
        with pytest.raises(Conflict, match="own_record"):
            verify_incident(session, CAMILO, own, **EVERYTHING)
        # The same account by another session or a key of the API is the same account.
        again = Actor(Role.ADMINISTRATOR, "Camilo", CAMILO.account_id, SHELTER)
        with pytest.raises(Conflict, match="own_record"):
            verify_incident(session, again, own, **EVERYTHING)
        # Whoever changes the facts of another's record writes it, and a third person is needed.
        other = submitted(session)
        take_up_incident(session, CAMILO, other)
        changed = load_incident({**GIVEN, "number_dead": 9})
        edit_incident(session, CAMILO, other, facts=changed, because="The morgue says nine")
        with pytest.raises(Conflict, match="own_record"):
            verify_incident(session, CAMILO, other, **EVERYTHING)
        verify_incident(session, OTHER_VERIFIER, other, **EVERYTHING)
        assert total(session) == 10


def test_only_verifiers_and_administrators_review(database: Database) -> None:
    with database.writing() as session:
        public_id = submitted(session)
        for actor in (AMINA, BEATRIZ, DOLORES, ESTEBAN, XIMENA):
            with pytest.raises(NotAllowed):
                take_up_incident(session, actor, public_id)
            with pytest.raises(NotAllowed):
                list_queue(session, actor)
            with pytest.raises(NotAllowed):
                verify_incident(session, actor, public_id, **EVERYTHING)


def test_the_queue_shows_nothing_of_others_that_is_not_shared(database: Database) -> None:
    elsewhere = Actor(Role.VERIFIER, "Elsa", 40, 2)
    with database.writing() as session:
        public_id = submitted(session)
        assert list_queue(session, elsewhere) == ()
        with pytest.raises(NotFound):
            take_up_incident(session, elsewhere, public_id)
        seen_incident(session, CAMILO, public_id)[0].visibility = Visibility.PARTNERS
        session.flush()
        assert [entry.record.public_id for entry in list_queue(session, elsewhere)] == [public_id]
        take_up_incident(session, elsewhere, public_id)


def test_everything_on_the_list_has_to_be_looked_at(database: Database) -> None:
    with database.writing() as session:
        public_id = submitted(session)
        take_up_incident(session, CAMILO, public_id)
        for left_out in Check:
            checked = set(Check) - {left_out}
            with pytest.raises(Conflict, match="check_missing"):
                verify_incident(
                    session, CAMILO, public_id, checked=checked, visibility=Visibility.RESTRICTED
                )


@pytest.mark.parametrize(("before", "after"), list(itertools.product(Status, Status)))
def test_a_record_moves_only_as_the_table_says(demo_copy: Database, before, after) -> None:
    acts = {
        Status.UNDER_REVIEW: [
            lambda s, i: take_up_incident(s, CAMILO, i),
            lambda s, i: reopen_incident(s, CAMILO, i, because="Look again"),
        ],
        Status.VERIFIED: [lambda s, i: verify_incident(s, CAMILO, i, **EVERYTHING)],
        Status.DISPUTED: [lambda s, i: dispute_incident(s, CAMILO, i, because="It was not so")],
        Status.DRAFT: [lambda s, i: return_incident(s, CAMILO, i, question="When was it?")],
    }
    for act in acts.get(after, ()):
        with demo_copy.writing() as session:
            public_id = submitted(session)
            if before != Status.SUBMITTED:
                standing = seen_incident(session, CAMILO, public_id)
                changes, why = {"status": str(before)}, ("revised", None)
                next_version(session, CAMILO, standing, changes=changes, why=why)
            if before == Status.DRAFT:
                with pytest.raises(NotFound):
                    act(session, public_id)
            elif after in TRANSITIONS[before]:
                act(session, public_id)
                assert get_record(session, BEATRIZ, public_id).status == after
            else:
                with pytest.raises(Conflict, match="status_does_not_follow"):
                    act(session, public_id)


def test_a_disputed_record_leaves_every_public_door_at_once(database: Database) -> None:
    database.tell_time(lambda: MORNING)
    query = TallyQuery(as_known_on=dt.date(2026, 6, 1), by=(Grouping.CORRIDOR,))
    with database.writing() as session:
        public_id = verified(session)
        verified(session, number_dead=5)
    later = MORNING + dt.timedelta(days=30)
    database.tell_time(lambda: later)
    with database.writing() as session:
        assert list_incidents(session, XIMENA, query).number_in_all == 2
        dispute_incident(session, ESTEBAN, public_id, because="The family says that they live")
    with database.reading() as session:
        with pytest.raises(NotFound):
            get_incident(session, XIMENA, public_id)
        today = TallyQuery(as_known_on=later.date(), by=(Grouping.CORRIDOR,))
        assert period_tally(session, XIMENA, today).total["incidents"] == 1
        assert list_incidents(session, XIMENA, today).number_in_all == 1
        # As known before it still counts, but nothing of it is shown.
        before = TallyQuery(as_known_on=dt.date(2026, 5, 10), by=(Grouping.CORRIDOR,))
        then = period_tally(session, XIMENA, before)
        assert then.total["incidents"] == 2
        assert {row.codes[0]: row.counts["incidents"] for row in then.rows} == {
            "darien": 1,
            NOT_SHOWN: 1,
        }
        shown = list_incidents(session, XIMENA, before).incidents
        assert public_id not in [incident.public_id for incident in shown]
        asked, window = MapQuery(before), MapWindow()
        drawn = rows_of_map(session, XIMENA, asked, window=window, language="en")
        assert len(drawn.rows) == 1
        assert public_id not in [row["public_id"] for row in drawn.rows]
        change = tally_difference(
            session, XIMENA, today, known_before=before.as_known_on, known_after=later.date()
        )
        assert {row.codes for row in change.rows} == {(NOT_SHOWN, NOT_SHOWN)}


def test_who_does_not_see_all_of_a_record_cannot_dispute_it(database: Database) -> None:
    with database.writing() as session:
        public_id = verified(session)
        for actor in (DOLORES, AMINA, XIMENA):
            with pytest.raises((NotFound, NotAllowed)):
                dispute_incident(session, actor, public_id, because="No")
        dispute_incident(session, BEATRIZ, public_id, because="We counted twice")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("cause_reported", "Drowned. Her brother: 55 1234 5678"),
        ("sources", [{"publisher": "Ask invented@example.org", "quality": 1}]),
        ("sources", [{"publisher": "A person named Invented Testperson", "quality": 1}]),
    ],
)
def test_a_text_with_personal_data_does_not_become_public(
    database: Database, field: str, text: object
) -> None:
    with database.writing() as session:
        public_id = submitted(session, **{field: text})
        take_up_incident(session, CAMILO, public_id)
        with pytest.raises(Conflict, match="personal_data") as refused:
            verify_incident(session, CAMILO, public_id, **EVERYTHING)
        assert "Invented" not in str(refused.value.detail)
        verify_incident(
            session, CAMILO, public_id, checked=tuple(Check), visibility=Visibility.RESTRICTED
        )
        assert total(session) == 3


def test_a_question_is_asked_and_answered_between_writer_and_reviewer(database: Database) -> None:
    with database.writing() as session:
        public_id = submitted(session)
        take_up_incident(session, CAMILO, public_id)
        return_incident(session, CAMILO, public_id, question="Was it the 2nd or the 3rd?")
        (asked,) = list_questions(session, BEATRIZ, public_id)
        assert asked.text == "Was it the 2nd or the 3rd?"
        assert get_record(session, BEATRIZ, public_id).status == "draft"
        answer_question(session, BEATRIZ, public_id, number=asked.number, answer="The 3rd.")
        with pytest.raises(Conflict, match="answered_already"):
            answer_question(session, BEATRIZ, public_id, number=asked.number, answer="The 2nd.")
        with pytest.raises(NotFound):
            list_questions(session, DOLORES, public_id)
        with pytest.raises(InvalidRecord):
            ask_question(session, CAMILO, submitted(session), text="  ")
    plain = {"SELECT text FROM questions", "SELECT answer FROM questions"}
    with database.reading() as session:
        raw = session.connection().exec_driver_sql
        for statement in plain:
            (cell,) = raw(statement).one()
            assert b"3rd" not in bytes(cell)


def test_versions_tell_what_changed_and_one_can_go_back(database: Database) -> None:
    with database.writing() as session:
        public_id = submitted(session)
        more = load_incident({**GIVEN, "number_dead": 7, "causes": ["violence"]})
        edit_incident(session, BEATRIZ, public_id, facts=more, because="Heard more")
        first, second = list_versions(session, CAMILO, public_id)
        assert first.changes == {}
        assert second.changes == {"number_dead": (2, 7), "causes": (["drowning"], ["violence"])}
        number = revert_incident(session, CAMILO, public_id, to_version=1, because="A mistake")
        assert number == 3
        assert get_record(session, CAMILO, public_id).facts["number_dead"] == 2
        incident, _ = seen_incident(session, CAMILO, public_id)
        ended = [v.recorded_to for v in versions_by_number(session, incident.id)]
        assert ended[-1] is None
        assert None not in ended[:-1]
        with pytest.raises(Conflict, match="changed_meanwhile"):
            revert_incident(
                session, CAMILO, public_id, to_version=2, because="x", expected_version=2
            )


def test_a_record_verified_again_after_a_dispute_counts_again(database: Database) -> None:
    with database.writing() as session:
        public_id = verified(session)
        dispute_incident(session, CAMILO, public_id, because="Somebody doubts it")
        assert total(session) is None
        reopen_incident(session, CAMILO, public_id, because="Looked into it")
        verify_incident(session, CAMILO, public_id, **EVERYTHING)
        assert total(session) == 3
        withdraw_incident(session, CAMILO, public_id, because="It was elsewhere")
        assert total(session) is None


def test_what_was_verified_is_reviewed_again_before_it_changes(database: Database) -> None:
    more = load_incident({**GIVEN, "number_dead": 90, "cause_reported": "Ask 55 1234 5678"})
    with database.writing() as session:
        own = log(session, CAMILO, submit=True).public_id
        take_up_incident(session, FERNANDA, own)
        verify_incident(session, FERNANDA, own, **EVERYTHING)
        for actor in (CAMILO, FERNANDA):
            with pytest.raises(Conflict, match="review_it_again_first"):
                edit_incident(session, actor, own, facts=more)
            with pytest.raises(Conflict, match="review_it_again_first"):
                revert_incident(session, actor, own, to_version=1, because="x")
        assert total(session) == 3
        reopen_incident(session, CAMILO, own, because="More were found")
        edit_incident(session, CAMILO, own, facts=more)
        assert total(session) is None
        with pytest.raises(Conflict, match="own_record"):
            verify_incident(session, CAMILO, own, **EVERYTHING)
        with pytest.raises(Conflict, match="personal_data"):
            verify_incident(session, OTHER_VERIFIER, own, **EVERYTHING)


def test_a_comma_by_another_hand_does_not_let_a_writer_verify(database: Database) -> None:
    with database.writing() as session:
        public_id = submitted(session)
        take_up_incident(session, CAMILO, public_id)
        for actor, dead in ((CAMILO, 40), (OTHER_VERIFIER, 41)):
            facts = load_incident({**GIVEN, "number_dead": dead})
            edit_incident(session, actor, public_id, facts=facts)
        for actor in (CAMILO, OTHER_VERIFIER):
            with pytest.raises(Conflict, match="own_record"):
                verify_incident(session, actor, public_id, **EVERYTHING)
        verify_incident(session, FERNANDA, public_id, **EVERYTHING)


def test_another_organisation_reviews_what_is_shared_and_changes_nothing(
    database: Database,
) -> None:
    elsewhere = Actor(Role.VERIFIER, "Elsa", 40, 2)
    more = load_incident({**GIVEN, "number_dead": 9})
    with database.writing() as session:
        public_id, other = submitted(session), submitted(session)
        for each in (public_id, other):
            restrict_incident(session, CAMILO, each, visibility=Visibility.PARTNERS)
        take_up_incident(session, elsewhere, public_id)
        with pytest.raises(NotAllowed):
            edit_incident(session, elsewhere, public_id, facts=more)
        with pytest.raises(NotAllowed):
            withdraw_incident(session, elsewhere, public_id, because="x")
        with pytest.raises(NotAllowed):
            restrict_incident(session, elsewhere, public_id, visibility=Visibility.PUBLIC)
        with pytest.raises(NotAllowed):
            merge_incidents(session, elsewhere, other, merged_public_id=public_id, because="x")
        with pytest.raises(NotAllowed):
            verify_incident(session, elsewhere, public_id, **EVERYTHING)
        checked = {"checked": tuple(Check), "visibility": Visibility.PARTNERS}
        verify_incident(session, elsewhere, public_id, **checked)


def test_a_withdrawn_record_is_no_longer_public(database: Database) -> None:
    with database.writing() as session:
        public_id = verified(session)
        withdraw_incident(session, CAMILO, public_id, because="It was elsewhere")
        with pytest.raises(NotFound):
            get_incident(session, XIMENA, public_id)


def test_personal_data_does_not_become_public_by_another_door(database: Database) -> None:
    with database.writing() as session:
        public_id = submitted(session, cause_reported="Ask 55 1234 5678")
        with pytest.raises(Conflict, match="personal_data"):
            restrict_incident(session, CAMILO, public_id, visibility=Visibility.PUBLIC)


def test_the_place_of_a_dataset_is_not_made_finer_here(demo_copy: Database) -> None:
    query = TallyQuery(as_known_on=dt.date(2026, 6, 1), filters={"corridor": ("darien",)})
    with demo_copy.writing() as session:
        public_id = list_incidents(session, XIMENA, query).incidents[0].public_id
        reopen_incident(session, CAMILO, public_id, because="We know it better")
        facts = {**get_record(session, CAMILO, public_id).facts, "longitude": -77.12345}
        with pytest.raises(Conflict, match="place_of_dataset"):
            edit_incident(session, CAMILO, public_id, facts=facts)


def test_a_dispute_ends_the_review_that_was_under_way(database: Database) -> None:
    with database.writing() as session:
        public_id = verified(session)
        reopen_incident(session, CAMILO, public_id, because="a doubt")
        incident, _ = seen_incident(session, CAMILO, public_id)
        dispute_incident(session, CAMILO, public_id, because="it is not so")
        assert current_review(session, incident.id) is None
