"""A search is seen by those who take part; nothing found is a report; a finding locates nobody."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select, text

from tests.conftest import CAST, DOLORES, FAMILIES, NETWORK, SHELTER
from tests.http.clients import NOON, add_cast
from tests.services.people_records import GABRIEL, HILDA, open_case, record_remains
from tracker.cli.demo_searches import demo_searches
from tracker.db.models import Account, Act
from tracker.db.session import Database
from tracker.domain.errors import Conflict, InvalidRecord, NotAllowed, NotFound
from tracker.domain.permissions import Actor, Role
from tracker.domain.searches import ReportKind, SearchSight, SearchStatus
from tracker.schemas.searches import load_effort, load_finding, load_plan
from tracker.services.people import get_person
from tracker.services.searches import (
    SearchFilter,
    change_search_status,
    export_search,
    get_search,
    ground_of_search,
    list_people_near,
    list_reports,
    list_searches,
    open_remains_of_finding,
    plan_search,
    report_search,
    revise_search,
    take_back_report,
)

IGNACIO = Actor(Role.SEARCHER, "Ignacio", 101, FAMILIES)
# Of the group that takes part, and of one that does not.
JIMENA = Actor(Role.SEARCHER, "Jimena", 102, NETWORK)
ISIDRO = Actor(Role.SEARCHER, "Isidro", 103, SHELTER)
TODAY = dt.date(2026, 6, 1)
PLAN: dict[str, Any] = {
    "title": "Arroyo seco (invented)",
    "purpose": "Where the group was seen last",
    "begins_on": "2026-05-02",
    "ends_on": "2026-05-03",
    "methods": ["foot_line", "dogs"],
    "area": "31.50, -111.40\n31.50, -111.30\n31.60, -111.30\n31.60, -111.40",
}
EFFORT: dict[str, Any] = {
    "kind": "nothing_found",
    "done_on": "2026-05-02",
    "method": "foot_line",
    "people": "8",
    "hours": "3.5",
    "thoroughness": "2",
    "ground": "area",
    "points": "31.50, -111.40\n31.50, -111.35\n31.60, -111.35\n31.60, -111.40",
}
FINDING: dict[str, Any] = {
    "what": "remains",
    "done_on": "2026-05-03",
    "place": "31.55, -111.32",
    "uncertainty_m": "50",
    "words": "Under a mesquite (invented)",
    "done_with": ["left_untouched", "authority_informed"],
}


@pytest.fixture
def ground(database: Database) -> Database:
    """Give a database in which the cast has accounts, and a group that can be asked along."""
    with database.writing() as session:
        add_cast(session)
        session.add(
            Account(
                id=JIMENA.account_id,
                organisation_id=NETWORK,
                role=Role.SEARCHER,
                name="Jimena",
                email="jimena@cast.example",
                email_digest="jimena",
                password_hash="!",
                created_at=NOON,
                password_changed_at=NOON,
            )
        )
    return database


def planned(ground: Database, groups: tuple[int, ...] = (NETWORK,)) -> str:
    with ground.writing() as session:
        return plan_search(session, IGNACIO, load_plan(PLAN), groups=groups)


def report(database: Database, search: str, actor: Actor = IGNACIO, **changed: object) -> int:
    given = load_effort({**EFFORT, **changed}, today=TODAY)
    with database.writing() as session:
        return report_search(session, actor, search, given=given)


def found(database: Database, search: str, actor: Actor = IGNACIO, **changed: object) -> int:
    given = load_finding({**FINDING, **changed}, today=TODAY)
    with database.writing() as session:
        return report_search(session, actor, search, given=given)


@pytest.mark.parametrize(
    ("actor", "sight"),
    [
        (IGNACIO, SearchSight.KEEPER),
        (DOLORES, SearchSight.KEEPER),
        (JIMENA, SearchSight.MEMBER),
        (GABRIEL, SearchSight.MEMBER),
    ],
    ids=lambda each: getattr(each, "name", ""),
)
def test_those_who_take_part_see_a_search(
    ground: Database, actor: Actor, sight: SearchSight
) -> None:
    search = planned(ground)
    with ground.reading() as session:
        seen = get_search(session, actor, search)
        listed, after = list_searches(session, actor, SearchFilter())
    assert (seen.sight, seen.title, set(seen.groups)) == (sight, PLAN["title"], {FAMILIES, NETWORK})
    assert ([each.public_id for each in listed], after) == ([search], None)


@pytest.mark.parametrize(
    "actor",
    [*(each for each in CAST if each is not DOLORES), HILDA, ISIDRO],
    ids=lambda actor: actor.name,
)
def test_nobody_else_sees_a_search_in_any_way(ground: Database, actor: Actor) -> None:
    search = planned(ground)
    number = report(ground, search)
    refused = (NotFound, NotAllowed)
    with ground.writing() as session:
        for look in (get_search, list_reports, ground_of_search, export_search, list_people_near):
            with pytest.raises(refused):
                look(session, actor, search)
        with pytest.raises(refused):
            report_search(session, actor, search, given=load_effort(EFFORT, today=TODAY))
        with pytest.raises(refused):
            take_back_report(session, actor, search, number=number)
        with pytest.raises(refused):
            _change(session, actor, search)
        with pytest.raises(refused):
            open_remains_of_finding(session, actor, search, number=number)
        if actor in (HILDA, ISIDRO):
            assert list_searches(session, actor, SearchFilter()) == ((), None)
        else:
            with pytest.raises(NotAllowed):
                list_searches(session, actor, SearchFilter())


def _change(session: Any, actor: Actor, search: str, version: int = 1) -> None:
    given = load_plan({**PLAN, "title": "Changed"})
    revise_search(session, actor, search, given=given, groups=(), expected_version=version)


def test_only_the_group_that_planned_it_changes_the_plan(ground: Database) -> None:
    search = planned(ground)
    with ground.writing() as session:
        for actor in (JIMENA, GABRIEL):
            with pytest.raises(NotFound):
                _change(session, actor, search)
            with pytest.raises(NotFound):
                change_search_status(
                    session, actor, search, status=SearchStatus.UNDER_WAY, expected_version=1
                )
        _change(session, DOLORES, search)
    with ground.reading() as session:
        assert get_search(session, IGNACIO, search).version_number == 2
        with pytest.raises(NotFound):  # their group was taken out of it
            get_search(session, JIMENA, search)


def test_a_change_of_somebody_else_is_not_overwritten(ground: Database) -> None:
    search = planned(ground)
    with ground.writing() as session:
        _change(session, DOLORES, search)
        with pytest.raises(Conflict, match="search_changed_meanwhile"):
            _change(session, IGNACIO, search)


def test_a_search_goes_from_planned_to_done_and_takes_no_reports_once_called_off(
    ground: Database,
) -> None:
    search = planned(ground)
    with ground.writing() as session:
        with pytest.raises(Conflict, match="search_status_does_not_follow"):
            _becomes(session, search, SearchStatus.DONE, 1)
        _becomes(session, search, SearchStatus.UNDER_WAY, 1)
        _becomes(session, search, SearchStatus.CALLED_OFF, 2)
    with pytest.raises(Conflict, match="search_called_off"):
        report(ground, search)


def _becomes(session: Any, search: str, status: SearchStatus, version: int) -> None:
    change_search_status(session, IGNACIO, search, status=status, expected_version=version)


def test_nothing_found_is_an_effort_and_closes_its_part_of_the_gap(ground: Database) -> None:
    search = planned(ground)
    report(ground, search, JIMENA)
    with ground.reading() as session:
        seen = ground_of_search(session, IGNACIO, search)
    assert [each.kind for each in seen.efforts] == [ReportKind.NOTHING_FOUND]
    assert seen.ground.share == pytest.approx(0.5, abs=0.001)
    assert (seen.person_hours, seen.days) == (28.0, 1)
    assert seen.efforts[0].organisation.startswith("Tucson")


def test_an_effort_without_a_place_counts_and_closes_no_gap(ground: Database) -> None:
    search = planned(ground)
    report(ground, search, ground="not_drawn", people="", hours="")
    with ground.reading() as session:
        seen = ground_of_search(session, IGNACIO, search)
    assert (seen.ground.searched_km2, seen.person_hours, len(seen.efforts)) == (0, None, 1)


def test_a_report_is_taken_back_by_its_own_group_and_never_deleted(ground: Database) -> None:
    search = planned(ground)
    number = report(ground, search, JIMENA)
    with ground.writing() as session:
        with pytest.raises(NotFound):
            take_back_report(session, IGNACIO, search, number=number)
        take_back_report(session, GABRIEL, search, number=number)
        take_back_report(session, JIMENA, search, number=number)
    with ground.reading() as session:
        [told] = list_reports(session, IGNACIO, search)
        seen = ground_of_search(session, IGNACIO, search)
    assert not told.stands
    assert told.told["people"] == 8
    assert (seen.efforts, seen.ground.searched_km2) == ((), 0)


def test_a_finding_locates_nobody_and_changes_no_case(ground: Database) -> None:
    case = open_case(ground, contact_longitude=-111.32, contact_latitude=31.55)
    with ground.writing() as session:
        before = get_person(session, DOLORES, case)
    found(ground, planned(ground))
    with ground.writing() as session:
        after = get_person(session, DOLORES, case)
    assert (after.status, after.version_number) == (before.status, before.version_number)


def test_a_case_worker_opens_a_record_of_remains_once(ground: Database) -> None:
    search = planned(ground)
    number = found(ground, search, JIMENA)
    with ground.writing() as session:
        with pytest.raises(NotAllowed):
            open_remains_of_finding(session, JIMENA, search, number=number)
        opened = open_remains_of_finding(session, GABRIEL, search, number=number)
        assert open_remains_of_finding(session, GABRIEL, search, number=number) == opened
        with pytest.raises(Conflict, match="remains_opened_already"):
            open_remains_of_finding(session, DOLORES, search, number=number)
        facts = get_person(session, GABRIEL, opened).facts
        told = {
            actor.name: list_reports(session, actor, search)[0]
            for actor in (GABRIEL, DOLORES, JIMENA)
        }
    assert (facts["found_longitude"], facts["found_latitude"]) == (-111.32, 31.55)
    assert facts["found_date"] == "2026-05-03"
    assert [(each.remains, each.remains_opened) for each in told.values()] == [
        (opened, True),
        (None, True),
        (None, False),
    ]
    assert all(opened not in repr(told[name]) for name in ("Dolores", "Jimena"))


def test_clothing_becomes_no_record_of_remains(ground: Database) -> None:
    search = planned(ground)
    number = found(ground, search, what="clothing")
    with ground.writing() as session, pytest.raises(Conflict, match="no_finding_of_remains"):
        open_remains_of_finding(session, DOLORES, search, number=number)


def test_people_nearby_are_told_to_case_workers_as_far_as_they_may_see_them(
    ground: Database,
) -> None:
    near = open_case(ground, contact_longitude=-111.2, contact_latitude=31.55)
    open_case(ground, contact_longitude=-100.0, contact_latitude=25.0)
    remains = record_remains(ground, GABRIEL)
    search = planned(ground)
    with ground.reading() as session:
        seen = {
            actor.name: [each.public_id for each in list_people_near(session, actor, search)]
            for actor in (DOLORES, GABRIEL, IGNACIO, JIMENA)
        }
    assert seen == {"Dolores": [near], "Gabriel": [remains], "Ignacio": [], "Jimena": []}


def test_a_group_in_which_nobody_searches_cannot_take_part(ground: Database) -> None:
    with pytest.raises(InvalidRecord):
        planned(ground, (SHELTER,))
    with pytest.raises(InvalidRecord):
        planned(ground, (4242,))


def test_the_log_names_ids_alone_and_the_database_holds_no_word_of_a_search(
    ground: Database,
) -> None:
    search = planned(ground)
    report(ground, search)
    found(ground, search)
    with ground.writing() as session:
        export_search(session, IGNACIO, search)
    with ground.reading() as session:
        acts = [
            (each.action, f"{each.actor} {each.thing}") for each in session.scalars(select(Act))
        ]
        plans = session.execute(text("SELECT plan FROM searches")).scalars().all()
        told = session.execute(text("SELECT told FROM search_reports")).scalars().all()
    assert {action for action, _ in acts} >= {"plan_search", "report_finding", "export_search"}
    for written in (*(named for _, named in acts), *map(str, [*plans, *told])):
        assert "Arroyo" not in written
        assert "mesquite" not in written
        assert "111.3" not in written


def test_the_demonstration_has_a_search_with_a_gap_and_one_that_is_planned(
    ground: Database,
) -> None:
    with ground.writing() as session:
        assert demo_searches(session, IGNACIO, today=TODAY, groups=[NETWORK])
        assert not demo_searches(session, IGNACIO, today=TODAY)
        listed, _ = list_searches(session, IGNACIO, SearchFilter())
        assert [each.status for each in listed] == ["planned", "done"]
        assert all(each.invented for each in listed)
        assert 0.2 < ground_of_search(session, IGNACIO, listed[1].public_id).ground.share < 0.8
