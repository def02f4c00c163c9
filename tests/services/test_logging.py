"""Incidents are logged once, belong to those who work on them, and count only when verified."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.conftest import AMINA, BEATRIZ, CAMILO, DOLORES, ESTEBAN, XIMENA
from tests.services.records import GIVEN, log
from tracker.db.models import Incident
from tracker.db.session import Database
from tracker.domain.errors import Conflict, InvalidRecord, NotAllowed, NotFound
from tracker.domain.publication import PublicationRule, place_on_grid
from tracker.domain.statuses import Status, Visibility
from tracker.domain.tallies import Grouping, TallyQuery
from tracker.schemas.incidents import load_incident
from tracker.services.incidents import (
    RecordFilter,
    edit_incident,
    get_history,
    get_incident,
    get_record,
    list_records,
    log_incident,
    restrict_incident,
    revise_incident,
    submit_incident,
)
from tracker.services.incidents.standing import seen_incident
from tracker.services.incidents.versions import next_version
from tracker.services.places import preview_place
from tracker.services.tallies import period_tally

LOGGED = dt.datetime(2026, 5, 3, 9, tzinfo=dt.UTC)


def at(database: Database, moment: dt.datetime) -> None:
    database.tell_time(lambda: moment)


def verify(session, public_id: str) -> None:
    """Verify and publish as a reviewer's act will."""
    standing = seen_incident(session, CAMILO, public_id)
    changes, why = {"status": str(Status.VERIFIED)}, ("reported", None)
    next_version(session, CAMILO, standing, changes=changes, why=why)
    restrict_incident(session, CAMILO, public_id, visibility=Visibility.PUBLIC)


def counted(session, actor=XIMENA, **by) -> int:
    query = TallyQuery(as_known_on=dt.date(2026, 12, 31), **by)
    return period_tally(session, actor, query).total["incidents"]


def test_what_is_logged_comes_out_as_it_went_in(database: Database) -> None:
    facts = load_incident(GIVEN)
    with database.writing() as session:
        logged = log_incident(session, BEATRIZ, facts)
    with database.reading() as session:
        record = get_record(session, BEATRIZ, logged.public_id)
    told = {name: value for name, value in facts.items() if name in record.facts}
    derived = {
        "number_females": 1,
        "scope": "transit",
        "source_quality": 4,
        "information_source": "Shelter; A newspaper",
        "url": "https://news.example.org/1",
        "uncertainty_m": 1_000.0,
    }
    assert record.facts == told | derived
    assert (record.status, record.visibility) == ("draft", "restricted")
    assert (record.corridor, record.segment) == ("darien", "gulf_of_uraba")


def test_a_record_counts_from_the_day_it_is_verified_and_not_before(database: Database) -> None:
    at(database, LOGGED)
    with database.writing() as session:
        public_id = log(session, submit=True).public_id
        assert counted(session) == 0
    at(database, LOGGED + dt.timedelta(days=2))
    with database.writing() as session:
        verify(session, public_id)
    with database.reading() as session:
        assert counted(session) == 1
        tallied = period_tally(session, XIMENA, TallyQuery(as_known_on=LOGGED.date()))
        assert tallied.total["incidents"] == 0
        rows = period_tally(
            session, XIMENA, TallyQuery(as_known_on=dt.date(2026, 6, 1), by=(Grouping.CORRIDOR,))
        ).rows
        assert [(row.codes, row.counts["dead"]) for row in rows] == [(("darien",), 2)]


def test_its_place_is_public_after_the_delay_on_the_grid_and_without_its_words(
    database: Database,
) -> None:
    at(database, LOGGED)
    with database.writing() as session:
        public_id = log(session, submit=True).public_id
        verify(session, public_id)
    with database.reading() as session:
        assert get_incident(session, XIMENA, public_id).place is None
        assert get_incident(session, CAMILO, public_id).place.longitude == -76.9312
    at(database, LOGGED + dt.timedelta(days=14))
    with database.reading() as session:
        place = get_incident(session, XIMENA, public_id).place
    assert (place.longitude, place.latitude) == place_on_grid(-76.9312, 8.4527) == (-76.95, 8.45)
    assert place.description is None
    assert place.uncertainty_m > 7_000


def test_a_corridor_can_have_a_coarser_grid_but_never_a_finer_one(database: Database) -> None:
    database.publish_by(PublicationRule(grid_of_corridor={"darien": 0.5}))
    with database.reading() as session:
        seen = preview_place(session, BEATRIZ, (-76.9312, 8.4527))
    assert (seen.public.longitude, seen.public.latitude) == (-76.75, 8.25)
    assert seen.place.corridor == "darien"
    with pytest.raises(ValueError, match="public grid"):
        PublicationRule(grid_of_corridor={"darien": 0.01})


@given(
    st.floats(-118, -34),
    st.floats(-55, 49),
    st.floats(-0.0499, 0.0499),
    st.floats(-0.0499, 0.0499),
)
def test_all_places_of_a_cell_look_the_same(x: float, y: float, dx: float, dy: float) -> None:
    middle = place_on_grid(x, y)
    assert place_on_grid(middle[0] + dx, middle[1] + dy) == middle


def test_drafts_notes_and_words_of_the_place_never_reach_the_public(database: Database) -> None:
    at(database, LOGGED)
    with database.writing() as session:
        public_id = log(session, notes="Ask Doña Invented, 55 1234 5678").public_id
        edit_incident(session, BEATRIZ, public_id, facts=load_incident({**GIVEN, "number_dead": 3}))
        submit_incident(session, BEATRIZ, public_id)
        verify(session, public_id)
    at(database, LOGGED + dt.timedelta(days=20))
    with database.reading() as session:
        seen = repr(get_incident(session, XIMENA, public_id))
        seen += repr(get_history(session, XIMENA, public_id))
        assert len(get_history(session, XIMENA, public_id)) == 1
        assert len(get_history(session, BEATRIZ, public_id)) == 4
    for secret in ("Invented", "1234", "blue house", "76.9312", "account"):
        assert secret not in seen


def test_sent_ten_times_with_one_key_it_is_one_incident(database: Database) -> None:
    facts = load_incident(GIVEN)

    def send(_: int):
        with database.writing() as session:
            return log_incident(session, BEATRIZ, facts, submit=True, key="from the boat")

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(send, range(10)))
    assert len({answer.public_id for answer in answers}) == 1
    assert sum(answer.new for answer in answers) == 1
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Incident)) == 1
    other = load_incident({**GIVEN, "number_dead": 9})
    with pytest.raises(Conflict, match="key_used_otherwise"), database.writing() as session:
        log_incident(session, BEATRIZ, other, key="from the boat")
    with database.writing() as session:
        assert log_incident(session, DOLORES, other, key="from the boat").new


def test_a_record_of_others_is_not_there(database: Database) -> None:
    with database.writing() as session:
        draft = log(session).public_id
        handed_in = log(session, submit=True).public_id
    for actor in (AMINA, DOLORES, ESTEBAN, XIMENA):
        for public_id in (draft, handed_in, "ZZZ-ZZZ"):
            with database.reading() as session, pytest.raises(NotFound) as refused:
                get_record(session, actor, public_id)
            assert refused.value.detail == {"kind": "incident"}
    with database.reading() as session:
        assert get_record(session, CAMILO, handed_in).public_id == handed_in
        with pytest.raises(NotFound):
            get_record(session, CAMILO, draft)


def test_who_may_not_log_is_refused(database: Database) -> None:
    for actor in (XIMENA, AMINA, ESTEBAN):
        with database.writing() as session, pytest.raises(NotAllowed):
            log(session, actor)


def test_two_who_edit_at_once_do_not_overwrite_each_other(database: Database) -> None:
    with database.writing() as session:
        public_id = log(session, submit=True).public_id
    three, four = (load_incident({**GIVEN, "number_dead": number}) for number in (3, 4))
    with database.writing() as session:
        assert edit_incident(session, BEATRIZ, public_id, facts=three, expected_version=1) == 2
    with database.writing() as session, pytest.raises(Conflict, match="changed_meanwhile"):
        edit_incident(session, CAMILO, public_id, facts=four, expected_version=1)
    with database.writing() as session:
        assert edit_incident(session, BEATRIZ, public_id, facts=three, expected_version=2) == 2


def test_its_writer_changes_it_only_until_somebody_reviews_it(database: Database) -> None:
    with database.writing() as session:
        public_id = log(session, submit=True).public_id
        standing = seen_incident(session, CAMILO, public_id)
        changes, why = {"status": str(Status.UNDER_REVIEW)}, ("revised", None)
        next_version(session, CAMILO, standing, changes=changes, why=why)
    more = load_incident({**GIVEN, "number_dead": 7})
    with database.writing() as session, pytest.raises(Conflict, match="under_review"):
        edit_incident(session, BEATRIZ, public_id, facts=more)
    with database.writing() as session:
        edit_incident(session, CAMILO, public_id, facts=more, because="The morgue says seven")


def test_records_are_listed_newest_first_and_page_by_page(database: Database) -> None:
    with database.writing() as session:
        ids = [log(session, submit=True).public_id for _ in range(5)]
    seen, after = [], None
    with database.reading() as session:
        while True:
            page, after = list_records(session, CAMILO, RecordFilter(after=after, limit=2))
            seen += [record.public_id for record in page]
            if after is None:
                break
        assert list_records(session, DOLORES, RecordFilter()) == ((), None)
    assert seen == ids[::-1]


@pytest.mark.parametrize(
    ("given_otherwise", "wrong"),
    [
        ({"sources": [{"quality": 9}]}, {"sources.0.quality": ("out_of_range",)}),
        ({"sources": [{"url": "javascript:alert(1)"}]}, {"sources.0.url": ("not_an_address",)}),
        ({"number_females": 2}, {"groups": ("groups_mismatch",)}),
        ({"number_dead_max": 1}, {"number_dead_max": ("below_minimum",)}),
        ({"origins": ["XYZ"]}, {"origins.0": ("unknown_code",)}),
        ({"notes": "x" * 4_001}, {"notes": ("too_long",)}),
        ({"groups": [{"kind": "sex", "code": "robot"}]}, None),
        ({"causes": "drowning"}, {"causes": ("not_valid",)}),
        ({"date_from": "yesterday"}, {"date_from": ("not_a_date",)}),
    ],
)
def test_what_is_wrong_is_told_field_by_field(given_otherwise, wrong) -> None:
    with pytest.raises(InvalidRecord) as refused:
        load_incident({**GIVEN, **given_otherwise})
    if wrong is None:
        wrong = {"groups.0.code": ("unknown_code",), "groups.0.number_from": ("required",)}
    assert refused.value.fields == wrong


def test_a_revision_of_a_record_needs_sight_of_it(database: Database) -> None:
    with database.writing() as session:
        public_id = log(session).public_id
        with pytest.raises(NotFound):
            revise_incident(session, CAMILO, public_id, changes={"number_dead": 1}, because="x")


def test_what_was_verified_is_revised_by_no_program_before_it_is_reviewed_again(
    database: Database,
) -> None:
    with database.writing() as session:
        public_id = log(session, submit=True).public_id
        standing = seen_incident(session, CAMILO, public_id)
        next_version(
            session, CAMILO, standing, changes={"status": "verified"}, why=("reported", None)
        )
        with pytest.raises(Conflict) as refused:
            revise_incident(session, CAMILO, public_id, changes={"number_dead": 1}, because="x")
    assert refused.value.code == "review_it_again_first"
