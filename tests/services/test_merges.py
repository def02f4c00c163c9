"""A merge moves figures from its day on, loses nothing, and is undone as one act."""

import datetime as dt

import pytest

from tests.conftest import AMINA, BEATRIZ, CAMILO, DOLORES, ESTEBAN, XIMENA
from tests.services.records import log
from tracker.db.session import Database
from tracker.domain.errors import BadQuery, Conflict, NotAllowed, NotFound
from tracker.domain.measures import MEASURES
from tracker.domain.permissions import OPERATOR
from tracker.domain.statuses import Reason, Status, Visibility
from tracker.domain.tallies import Grouping, TallyQuery
from tracker.services.event_parts import find_double_counts, link_parts, list_parts, unlink_part
from tracker.services.incidents import get_incident, get_record, list_incidents, restrict_incident
from tracker.services.incidents.standing import seen_incident
from tracker.services.incidents.versions import next_version
from tracker.services.merges import (
    find_merged_into,
    list_merges,
    merge_incidents,
    merged_sources,
    unmerge_incident,
)
from tracker.services.tallies import period_tally, tally_difference

START = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)


def on_day(database: Database, number: int) -> dt.date:
    """Let it be that many days after the start, and give that day."""
    database.tell_time(lambda: START + dt.timedelta(days=number))
    return START.date() + dt.timedelta(days=number)


def verified(session, **given_otherwise: object) -> str:
    """Log an incident that is verified and public."""
    public_id = log(session, submit=True, **given_otherwise).public_id
    standing = seen_incident(session, CAMILO, public_id)
    changes, why = {"status": str(Status.VERIFIED)}, (Reason.REPORTED, None)
    next_version(session, CAMILO, standing, changes=changes, why=why)
    restrict_incident(session, CAMILO, public_id, visibility=Visibility.PUBLIC)
    return public_id


def two(database: Database) -> tuple[str, str]:
    """Log the same event twice, told with other numbers by another source."""
    with database.writing() as session:
        other = {"publisher": "Another newspaper", "url": "https://other.example.org/2"}
        return verified(session), verified(session, number_dead=3, sources=[{**other}])


def totals(session, known: dt.date) -> dict[str, int | None]:
    answer = period_tally(session, XIMENA, TallyQuery(as_known_on=known, by=(Grouping.DAY,)))
    return answer.total


def test_a_merge_moves_figures_under_its_reason_from_its_day_on(database: Database) -> None:
    before = on_day(database, 0)
    kept, merged = two(database)
    after = on_day(database, 3)
    with database.writing() as session:
        merge_incidents(session, CAMILO, kept, merged_public_id=merged, because="Same boat")
    with database.reading() as session:
        assert totals(session, before)["incidents"] == 2
        assert totals(session, before)["dead"] == 5
        assert totals(session, after)["incidents"] == 1
        assert totals(session, after)["dead"] == 2
        change = tally_difference(
            session, XIMENA, TallyQuery(after), known_before=before, known_after=after
        )
        assert {row.codes[0]: row.counts["dead"] for row in change.rows} == {"merged": -3}


def test_the_address_of_what_was_merged_leads_to_what_was_kept(database: Database) -> None:
    on_day(database, 0)
    kept, merged = two(database)
    with database.writing() as session:
        merge_incidents(session, CAMILO, kept, merged_public_id=merged, because="Same boat")
    with database.reading() as session:
        assert get_incident(session, XIMENA, merged.lower()).public_id == kept
        assert find_merged_into(session, XIMENA, merged) == kept
        assert find_merged_into(session, XIMENA, kept) is None
        assert get_record(session, CAMILO, merged).status == "merged"
        (source,) = merged_sources(session, XIMENA, kept)
        assert (source.public_id, source.information_source) == (merged, "Another newspaper")
        assert source.url == "https://other.example.org/2"
        listed = list_incidents(session, XIMENA, TallyQuery(dt.date(2026, 12, 31)))
        assert [incident.public_id for incident in listed.incidents] == [kept]


def test_what_was_kept_but_is_restricted_is_not_told(database: Database) -> None:
    on_day(database, 0)
    kept, merged = two(database)
    with database.writing() as session:
        merge_incidents(session, CAMILO, kept, merged_public_id=merged, because="Same boat")
        restrict_incident(session, CAMILO, kept, visibility=Visibility.RESTRICTED)
    with database.reading() as session:
        assert find_merged_into(session, XIMENA, merged) is None
        assert get_incident(session, XIMENA, merged).public_id == merged
        with pytest.raises(NotFound):
            merged_sources(session, XIMENA, kept)


def test_names_that_a_dataset_gave_stay_names_of_what_was_kept(demo_copy: Database) -> None:
    with demo_copy.reading() as session:
        query = TallyQuery(dt.date(2026, 12, 31))
        one, other = list_incidents(session, XIMENA, query, page_size=2).incidents
    with demo_copy.writing() as session:
        merge_incidents(
            session, OPERATOR, one.public_id, merged_public_id=other.public_id, because="Same"
        )
    with demo_copy.reading() as session:
        kept = get_incident(session, XIMENA, other.public_id)
    assert kept.public_id == one.public_id
    assert set(kept.external_ids) == {*one.external_ids, *other.external_ids}


def test_merges_follow_one_another_and_come_apart_again(database: Database) -> None:
    on_day(database, 0)
    first, second = two(database)
    with database.writing() as session:
        third = verified(session, number_dead=4)
        merge_incidents(session, CAMILO, second, merged_public_id=first, because="Same boat")
        merge_incidents(session, CAMILO, third, merged_public_id=second, because="Same boat")
    with database.reading() as session:
        assert find_merged_into(session, XIMENA, first) == third
        assert {each.public_id for each in merged_sources(session, XIMENA, third)} == {
            first,
            second,
        }
    with database.writing() as session:
        unmerge_incident(session, CAMILO, second, because="Two boats")
    with database.reading() as session:
        assert find_merged_into(session, XIMENA, first) == second
        assert get_incident(session, XIMENA, second).public_id == second
        told = list_merges(session, CAMILO, second)
        assert [(merge.merged, merge.kept) for merge in told] == [(first, second), (second, third)]
        assert told[1].undone_because == "Two boats"
        assert told[1].undone_by == CAMILO.handle
        assert told[0].undone_at is None


def test_what_cannot_be_merged_is_refused(database: Database) -> None:
    on_day(database, 0)
    kept, merged = two(database)

    def refused(code: str, one: str, other: str) -> None:
        with database.writing() as session, pytest.raises((BadQuery, Conflict), match=code):
            merge_incidents(session, CAMILO, one, merged_public_id=other, because="x")

    refused("merge_with_itself", kept, kept)
    with database.writing() as session:
        waiting = log(session, submit=True).public_id
    refused("merge_into_unverified", waiting, kept)
    with database.writing() as session:
        merge_incidents(session, CAMILO, kept, merged_public_id=merged, because="x")
    refused("record_is_closed", kept, merged)
    refused("record_is_closed", merged, waiting)
    with database.writing() as session, pytest.raises(Conflict, match="not_merged"):
        unmerge_incident(session, CAMILO, kept, because="x")


def test_only_who_may_merge_and_sees_both_merges(database: Database) -> None:
    on_day(database, 0)
    kept, merged = two(database)
    with database.writing() as session:
        foreign = log(session, DOLORES, submit=True).public_id
    for actor in (XIMENA, AMINA, BEATRIZ, DOLORES, ESTEBAN):
        with database.writing() as session, pytest.raises(NotAllowed):
            merge_incidents(session, actor, kept, merged_public_id=merged, because="x")
    with database.writing() as session, pytest.raises(NotFound):
        merge_incidents(session, CAMILO, kept, merged_public_id=foreign, because="x")


@pytest.mark.parametrize(
    ("places", "waits"), [((2, 7), (0, 1)), ((7, 2), (3, 1)), ((0, 1), (1, 400)), ((5, 8), (0, 30))]
)
def test_merged_and_unmerged_every_tally_is_as_before_and_none_of_the_past_changes(
    demo_copy: Database, places: tuple[int, int], waits: tuple[int, int]
) -> None:
    queries = [(), (Grouping.SUBREGION, Grouping.YEAR), (Grouping.CAUSE,), (Grouping.DATASET,)]

    def tallies(known: dt.date) -> list[object]:
        with demo_copy.reading() as session:
            return [
                (tally.total, tally.rows)
                for by in queries
                for tally in [period_tally(session, XIMENA, TallyQuery(as_known_on=known, by=by))]
            ]

    with demo_copy.reading() as session:
        listed = list_incidents(session, XIMENA, TallyQuery(dt.date(2026, 5, 30)), page_size=9)
        kept, merged = (listed.incidents[place].public_id for place in places)
    past = [dt.date(2021, 4, 1), dt.date(2025, 5, 5), dt.date(2026, 5, 31)]
    told_before = [tallies(known) for known in past]
    start = on_day(demo_copy, 0)
    as_before = tallies(start)
    with demo_copy.writing() as session:
        merge_incidents(session, OPERATOR, kept, merged_public_id=merged, because="Same")
    between = on_day(demo_copy, waits[0])
    as_between = tallies(between)
    assert as_between != as_before
    end = on_day(demo_copy, waits[0] + waits[1])
    with demo_copy.writing() as session:
        unmerge_incident(session, OPERATOR, merged, because="Not the same")
    assert tallies(end) == as_before
    assert tallies(between) == as_between
    assert [tallies(known) for known in past] == told_before


def test_a_whole_event_beside_its_parts_is_told_as_a_double_count(database: Database) -> None:
    on_day(database, 0)
    with database.writing() as session:
        whole = verified(session, number_dead=5)
        parts = [
            verified(session, number_dead=dead, incident_type="split_incident") for dead in (2, 1)
        ]
        before = totals(session, START.date())
        link_parts(session, CAMILO, whole, part_public_ids=parts, because="One boat")
        assert totals(session, START.date()) == before
        (double,) = find_double_counts(session, CAMILO)
        assert (double.event, set(double.parts)) == (whole, set(parts))
        assert (double.event_people, double.part_people, double.counted_twice) == (6, 5, 5)
        assert find_double_counts(session, CAMILO, parts[0]) == (double,)
        merge_incidents(session, CAMILO, whole, merged_public_id=parts[0], because="Counted there")
        unlink_part(session, CAMILO, parts[1])
        assert find_double_counts(session, CAMILO) == ()
        assert [link.part for link in list_parts(session, XIMENA, whole)] == [parts[0]]


def test_parts_beside_parts_count_nobody_twice(database: Database) -> None:
    on_day(database, 0)
    with database.writing() as session:
        first, second, third = (
            verified(session, number_dead=dead, incident_type="split_incident")
            for dead in (2, 1, 1)
        )
        links = link_parts(session, CAMILO, first, part_public_ids=[second], because="One boat")
        links = link_parts(session, CAMILO, first, part_public_ids=[second, third], because="Same")
        assert [(link.event, link.part) for link in links] == [(first, second), (first, third)]
        assert list_parts(session, XIMENA, third) == links
        assert find_double_counts(session, CAMILO) == ()
        with pytest.raises(Conflict, match="part_of_another_event"):
            link_parts(session, CAMILO, second, part_public_ids=[third], because="x")
        with pytest.raises(BadQuery, match="merge_with_itself"):
            link_parts(session, CAMILO, first, part_public_ids=[first], because="x")
        with pytest.raises(Conflict, match="not_a_part"):
            unlink_part(session, CAMILO, first)


@pytest.mark.parametrize("measure", MEASURES)
def test_linking_parts_changes_no_measure(database: Database, measure: str) -> None:
    on_day(database, 0)
    with database.writing() as session:
        event, part = verified(session), verified(session, incident_type="split_incident")
        before = totals(session, START.date())[measure]
        link_parts(session, CAMILO, event, part_public_ids=[part], because="One boat")
        assert totals(session, START.date())[measure] == before
