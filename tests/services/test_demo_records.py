"""Invented records of the demonstration are marked as such and count in no figure."""

from tests.conftest import XIMENA, day
from tracker.cli.demo_people import invent_sought_people
from tracker.cli.demo_records import INVENTED, invent_records
from tracker.db.session import Database
from tracker.domain.people import PersonKind
from tracker.domain.permissions import OPERATOR
from tracker.domain.tallies import TallyQuery
from tracker.services.accounts.demonstration import invent_people, invented_actors
from tracker.services.incidents import RecordFilter, list_records
from tracker.services.people import PersonFilter, list_people
from tracker.services.tallies import period_tally


def test_invented_records_are_marked_and_count_nowhere(database: Database) -> None:
    with database.writing() as session:
        invent_people(session, OPERATOR)
        assert invent_records(session)
        assert not invent_records(session)
    with database.reading() as session:
        writer = invented_actors(session)["Beatriz"]
        records, _ = list_records(session, writer, RecordFilter())
        tally = period_tally(session, XIMENA, TallyQuery(as_known_on=day("2099-01-01")))
    assert {record.status for record in records} == {"draft", "submitted", "under_review"}
    assert tally.total["incidents"] == 0
    for record in records:
        assert INVENTED in record.facts["location_description"]
        assert all(INVENTED in source["publisher"] for source in record.facts["sources"])


def test_invented_people_are_marked_in_each_record_and_count_nowhere(database: Database) -> None:
    with database.writing() as session:
        invent_people(session, OPERATOR)
        assert invent_sought_people(session)
        assert not invent_sought_people(session)
    with database.reading() as session:
        people = invented_actors(session)
        cases, _ = list_people(session, people["Dolores"], PersonFilter(PersonKind.CASE))
        remains, _ = list_people(session, people["Gabriel"], PersonFilter(PersonKind.REMAINS))
        shared, _ = list_people(session, people["Gabriel"], PersonFilter(PersonKind.CASE))
        tally = period_tally(session, XIMENA, TallyQuery(as_known_on=day("2099-01-01")))
    assert (len(cases), len(remains), len(shared)) == (3, 3, 1)
    assert all(person.invented for person in (*cases, *remains, *shared))
    assert tally.total["incidents"] == 0
