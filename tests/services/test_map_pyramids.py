"""The cells of a map are the same whether they are summed from places or from every incident."""

import datetime as dt
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import AMINA, CAMILO, KEYS, XIMENA
from tests.services.test_map_places import START, act, at
from tests.services.test_map_views import questions
from tracker.db.session import Database, open_database
from tracker.domain.maps import MapQuery
from tracker.domain.permissions import ANYONE, OPERATOR, Actor
from tracker.domain.tallies import Rule, TallyQuery
from tracker.maps.cells import Cells, People
from tracker.services.maps.packed_sums import packed_sums
from tracker.services.maps.pyramids import pyramid_of_map
from tracker.services.maps.selections import select_incidents

ACTORS = (ANYONE, XIMENA, AMINA, CAMILO, OPERATOR)


def assert_same_cells(found: Cells, expected: Cells) -> None:
    """Compare all that cells hold; sums of degrees may end on another last bit."""
    for each in fields(Cells):
        one, other = getattr(found, each.name), getattr(expected, each.name)
        if isinstance(one, People):
            np.testing.assert_array_equal(one.number, other.number, err_msg=each.name)
            np.testing.assert_array_equal(one.known, other.known, err_msg=each.name)
        elif each.name in ("east", "north"):
            np.testing.assert_allclose(one, other, rtol=1e-12, err_msg=each.name)
        else:
            np.testing.assert_array_equal(one, other, err_msg=each.name)


def compare(database: Database, actor: Actor, query: TallyQuery) -> None:
    """Sum the cells of a question in both ways."""
    with database.reading() as session:
        places = pyramid_of_map(session, actor, MapQuery(query))
        each = select_incidents(session, actor, MapQuery(query)).pyramid
    for level in (16, 9, 4, 12, 0):
        assert_same_cells(places.level(level), each.level(level))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(query=questions(), actor=st.sampled_from([ANYONE, OPERATOR]))
def test_cells_summed_from_places_are_those_of_every_incident(
    demo_database: Database, query: TallyQuery, actor: Actor
) -> None:
    compare(demo_database, actor, query)


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.name or str(actor.role))
def test_cells_grow_with_what_people_record_on_any_day(database: Database, actor: Actor) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    ids: list[str] = []
    for day in range(11):
        today = at(database, 4 * day)
        with database.writing() as session:
            act(session, day, ids)
        fresh = open_database(url, KEYS)
        at(fresh, 4 * day)
        for known_on in (today, START.date(), today - dt.timedelta(days=6)):
            for rule in (Rule.IOM, Rule.WIDE):
                query = TallyQuery(max(known_on, START.date()), rule=rule)
                compare(database, actor, query)
                compare(fresh, actor, query)
        fresh.close()


def test_cells_of_the_same_day_grow_too(database: Database) -> None:
    today = at(database, 20)
    ids: list[str] = []
    for step in range(11):
        with database.writing() as session:
            act(session, step, ids)
        for actor in ACTORS:
            compare(database, actor, TallyQuery(today))
            compare(database, actor, TallyQuery(today - dt.timedelta(days=1)))


def test_an_older_reader_sees_what_was_there_when_it_began(database: Database) -> None:
    ids: list[str] = []
    today = at(database, 20)
    with database.writing() as session:
        act(session, 0, ids)
    query = MapQuery(TallyQuery(today))
    with database.reading() as older:
        before = pyramid_of_map(older, CAMILO, query).level(0).incidents.sum()
        with database.writing() as session:
            act(session, 1, ids)
        with database.reading() as newer:
            after = pyramid_of_map(newer, CAMILO, query).level(0).incidents.sum()
        again = pyramid_of_map(older, CAMILO, query).level(0).incidents.sum()
    assert (before, after, again) == (1, 2, 1)


@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(-5, 2**31), st.integers(-(2**31), 2**31), st.booleans()),
            min_size=1,
            max_size=30,
        ),
        min_size=1,
        max_size=8,
    ),
    st.integers(0, 250),
)
def test_packed_numbers_are_summed_exactly_whatever_their_size(
    groups: list[list[tuple[int, int, bool]]], stop: int
) -> None:
    rows = [row for group in groups for row in group]
    one, other, kept = (np.array(values) for values in zip(*rows, strict=True))
    group = np.repeat(np.arange(len(groups), dtype=np.int32), [len(each) for each in groups])
    ones, site = np.ones(len(rows), dtype=np.int64), np.arange(len(groups))
    sums = replace(packed_sums((ones, one, other), group, site), step=3)
    first, last = sorted((len(rows) // 5, stop % (len(rows) + 1)))
    within = np.zeros(len(rows), dtype=bool)
    within[first:last] = True
    for chosen, packed in (
        (np.ones(len(rows), dtype=bool), sums.between(0, len(rows))),
        (within, sums.between(first, last)),
        (kept, sums.of(np.flatnonzero(kept))),
    ):
        for values, summed in zip((ones, one, other), sums.numbers(packed), strict=True):
            expected = [int(values[(group == at) & chosen].sum()) for at in range(len(groups))]
            assert summed.tolist() == expected
