"""What a map shows is what the tally of the same question counts, whatever the cut or the zoom."""

import datetime as dt
import itertools

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.db.session import Database
from tracker.domain.maps import MapQuery, MapSort, MapWindow
from tracker.domain.permissions import ANYONE
from tracker.domain.tallies import Rule, TallyQuery
from tracker.maps.cells import Cells
from tracker.services.exports import export_incidents
from tracker.services.incidents import list_incidents
from tracker.services.maps import list_map, places_of_people, rows_of_map, view_map
from tracker.services.maps.selections import select_incidents
from tracker.services.tallies import period_tally

TODAY = dt.date(2026, 5, 10)
WORLD = (-180.0, -90.0, 180.0, 90.0)
DAYS = st.dates(dt.date(2013, 12, 1), TODAY)
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "corridor": st.sets(
            st.sampled_from(["darien", "us_mexico_border", "caribbean", "not_known"]), min_size=1
        )
        .map(sorted)
        .map(tuple),
        "cause": st.sampled_from(
            [("drowning",), ("violence", "harsh_environment"), ("not_known",)]
        ),
        "subregion": st.sampled_from([("caribbean",), ("south_america", "central_america")]),
        "sex": st.sampled_from([("female",), ("male",), ("not_known",)]),
        "source_quality": st.sampled_from([("5",), ("1", "2")]),
        "year": st.sampled_from([("2021",), ("2019", "2020")]),
        "children": st.just(("only",)),
    },
)


@st.composite
def questions(draw: st.DrawFn) -> TallyQuery:
    first, last = sorted([draw(DAYS), draw(DAYS)])
    return TallyQuery(
        as_known_on=draw(st.sampled_from([TODAY, dt.date(2022, 1, 1), dt.date(2021, 4, 1)])),
        period_from=draw(st.sampled_from([None, first])),
        period_to=draw(st.sampled_from([None, last])),
        rule=draw(st.sampled_from([Rule.IOM, Rule.WIDE, Rule.CONFIRMED_DEAD])),
        filters=draw(FILTERS),
    )


def people_of(cells: Cells) -> tuple[int, int, int]:
    return int(cells.incidents.sum()), int(cells.dead.number.sum()), int(cells.missing.number.sum())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(query=questions(), zoom=st.integers(0, 13))
def test_map_list_tally_and_file_agree_on_every_question(
    demo_database: Database, query: TallyQuery, zoom: int
) -> None:
    asked = MapQuery(query)
    with demo_database.reading() as session:
        total = period_tally(session, ANYONE, query, by_incident=True).total
        listed = list_map(session, ANYONE, asked, window=MapWindow())
        page = list_incidents(session, ANYONE, query, page_size=1)
        file = export_incidents(session, ANYONE, query)
        selection = select_incidents(session, ANYONE, asked)
        cells = view_map(session, ANYONE, asked, window=MapWindow(WORLD, zoom)).cells
    counted = total["incidents"]
    assert counted == listed.number_in_all == page.number_in_all == len(file.numbers)
    assert set(file.numbers.tolist()) == set(selection.incident.tolist())
    if query.rule is not Rule.CONFIRMED_DEAD:
        assert (total["dead"], total["missing"]) == (listed.dead, listed.missing)
    placed = len(selection.placed)
    dead, missing = (
        int(people.number[:placed].sum()) for people in (selection.dead, selection.missing)
    )
    assert people_of(cells) == (placed, dead, missing)
    assert file.facts.rows == counted


@settings(max_examples=40, deadline=None)
@given(query=questions(), data=st.data())
def test_a_box_holds_the_same_on_the_map_and_in_the_list(
    demo_database: Database, query: TallyQuery, data: st.DataObject
) -> None:
    west, east = sorted(data.draw(st.floats(-120, -40)) for _ in range(2))
    south, north = sorted(data.draw(st.floats(-40, 45)) for _ in range(2))
    window = MapWindow((west, south, east, north), data.draw(st.integers(0, 13)))
    with demo_database.reading() as session:
        selection = select_incidents(session, ANYONE, MapQuery(query))
        listed = list_map(session, ANYONE, MapQuery(query), window=window)
        cells = view_map(session, ANYONE, MapQuery(query), window=window).cells
    x, y = selection.positions
    inside = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    assert listed.number_in_all == int(inside.sum())
    # Cells that touch the box may reach beyond it, and leave nothing out that lies in it.
    assert listed.number_in_all <= int(cells.incidents.sum()) <= len(x)


def test_the_list_of_a_map_can_be_put_in_any_order_with_the_unknown_last(
    demo_database: Database,
) -> None:
    asked = MapQuery(TallyQuery(TODAY, filters={"corridor": ("caribbean",)}))
    with demo_database.reading() as session:
        selection = select_incidents(session, ANYONE, asked)

        def listed(sort: MapSort) -> list[int]:
            pages = itertools.count(1)
            found: list[int] = []
            for page in pages:
                part = list_map(session, ANYONE, asked, window=MapWindow(sort=sort, page=page))
                found += part.incidents
                if not part.incidents:
                    return found
            raise AssertionError

        lists = {sort: listed(sort) for sort in MapSort}
    at = {int(number): place for place, number in enumerate(selection.incident)}
    for sort, numbers in lists.items():
        assert sorted(numbers) == sorted(at)
        places = [at[number] for number in numbers]
        if sort in (MapSort.NEWEST, MapSort.OLDEST):
            days = selection.first_day[places].tolist()
            assert days == sorted(days, reverse=sort == MapSort.NEWEST)
        else:
            people = selection.dead if sort == MapSort.DEAD else selection.missing
            known = people.at(np.array(places)).or_none()
            told = [number for number in known if number is not None]
            assert told == sorted(told, reverse=True)
            assert known == told + [None] * (len(known) - len(told))


def test_only_what_became_known_between_two_days_is_shown(demo_database: Database) -> None:
    before, after = dt.date(2021, 4, 1), dt.date(2022, 1, 1)
    with demo_database.reading() as session:
        numbers = {
            day: set(export_incidents(session, ANYONE, TallyQuery(day)).numbers.tolist())
            for day in (before, after)
        }
        asked = MapQuery(TallyQuery(after), new_since=before)
        selection = select_incidents(session, ANYONE, asked)
    assert set(selection.incident.tolist()) == numbers[after] - numbers[before]
    assert len(selection.incident) > 100


def test_the_first_rows_are_in_the_words_of_the_reader(demo_database: Database) -> None:
    asked = MapQuery(TallyQuery(TODAY, filters={"corridor": ("darien",)}))
    with demo_database.reading() as session:
        for language, words in (("es", "Darién"), ("en", "Darien")):
            found = rows_of_map(session, ANYONE, asked, window=MapWindow(), language=language)
            assert len(found.rows) == 50
            assert {row["corridor"] for row in found.rows} == {words}


def test_the_small_map_holds_all_who_have_a_place(demo_database: Database) -> None:
    with demo_database.reading() as session:
        selection = select_incidents(session, ANYONE, MapQuery(TallyQuery(TODAY)))
        places = list(places_of_people(session, ANYONE, TallyQuery(TODAY)))
    placed = len(selection.placed)
    assert np.nansum([place[2] for place in places]) == selection.dead.number[:placed].sum()
