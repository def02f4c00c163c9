"""A question is read the same from a form, the interface and the command line."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import BadQuery, UnknownCode
from tracker.domain.tallies import Grouping, Rule, Scheme, TallyQuery
from tracker.schemas.tallies import known_codes, load_known_dates, load_query, query_arguments

TODAY = dt.date(2026, 6, 1)


def test_nothing_given_asks_for_everything_known_today() -> None:
    assert load_query({}, today=TODAY) == TallyQuery(TODAY)


def test_empty_fields_of_a_form_count_as_left_out() -> None:
    given = {"from": [""], "by": ["", ""], "corridor": [""], "as_known_on": [""]}
    assert load_query(given, today=TODAY) == TallyQuery(TODAY)


def test_groupings_repeat_or_take_commas() -> None:
    expected = (Grouping.SUBREGION, Grouping.MONTH, Grouping.CAUSE)
    assert load_query({"by": ["subregion,month", "cause"]}, today=TODAY).by == expected
    assert load_query({"by": ["subregion", "month", "cause"]}, today=TODAY).by == expected


def test_filters_repeat_in_any_order_and_count_once() -> None:
    one = load_query({"corridor": ["darien", "caribbean", "darien"]}, today=TODAY)
    other = load_query({"corridor": ["caribbean", "darien"]}, today=TODAY)
    assert one == other
    assert one.filters == {"corridor": ("caribbean", "darien")}


def test_a_filter_may_ask_for_what_is_not_known() -> None:
    given = {"corridor": ["not_known"], "month": ["not_known", "2021-01"]}
    assert load_query(given, today=TODAY).filters == {
        "corridor": ("not_known",),
        "month": ("2021-01", "not_known"),
    }


def test_subregions_are_those_of_the_scheme() -> None:
    assert load_query({"subregion": ["at_sea"], "scheme": ["un_m49"]}, today=TODAY)
    with pytest.raises(UnknownCode) as error:
        load_query({"subregion": ["at_sea"]}, today=TODAY)
    assert "us_mexico_border" in error.value.detail["known"]
    words = {"subregion": ["US-Mexico Border"], "scheme": ["iom_region"]}
    assert load_query(words, today=TODAY).filters == {"subregion": ("US-Mexico Border",)}


def test_several_causes_of_one_incident_are_one_filter() -> None:
    assert load_query({"cause": ["drowning;violence"]}, today=TODAY).filters == {
        "cause": ("drowning;violence",)
    }
    with pytest.raises(UnknownCode):
        load_query({"cause": ["drowning;boredom"]}, today=TODAY)


def test_nothing_is_known_as_on_a_day_that_has_not_come() -> None:
    with pytest.raises(BadQuery) as error:
        load_query({"as_known_on": ["2026-06-02"]}, today=TODAY)
    assert error.value.code == "date_in_the_future"
    assert load_query({"as_known_on": ["2026-06-01"]}, today=TODAY).as_known_on == TODAY


@pytest.mark.parametrize("wrong", ["2021-02-30", "01/02/2021", "20210230", "today", "2021-1-1"])
def test_what_is_no_date_is_refused(wrong: str) -> None:
    with pytest.raises(BadQuery) as error:
        load_query({"from": [wrong]}, today=TODAY)
    assert error.value.code == "not_a_date"
    assert error.value.detail == {"field": "from", "given": wrong}


def test_the_two_dates_of_a_difference_must_be_two_and_in_order() -> None:
    given = {"between": ["2021-04-01"], "and": ["2021-09-05"]}
    assert load_known_dates(given, today=TODAY) == (dt.date(2021, 4, 1), dt.date(2021, 9, 5))
    for wrong in ({"and": ["2021-09-05"]}, {**given, "and": ["2021-01-01"]}):
        with pytest.raises(BadQuery):
            load_known_dates(wrong, today=TODAY)


days = st.dates(dt.date(2014, 1, 1), TODAY)


@st.composite
def queries(draw: st.DrawFn) -> TallyQuery:
    """Make any question that may be asked."""
    ends = sorted(draw(st.tuples(days, days)))
    scheme = draw(st.sampled_from([Scheme.UN_M49, Scheme.REVIEW_2021]))
    filters: dict[str, tuple[str, ...]] = {}
    for grouping in (Grouping.CORRIDOR, Grouping.SEGMENT, Grouping.SUBREGION):
        codes = draw(st.lists(st.sampled_from(known_codes(grouping, scheme)), max_size=3))
        if codes:
            filters[grouping.value] = tuple(sorted(set(codes)))
    if draw(st.booleans()):
        filters["children"] = ("only",)
    return TallyQuery(
        as_known_on=draw(days),
        period_from=ends[0] if draw(st.booleans()) else None,
        period_to=ends[1] if draw(st.booleans()) else None,
        by=tuple(draw(st.lists(st.sampled_from(Grouping), max_size=4, unique=True))),
        scheme=scheme,
        rule=draw(st.sampled_from(Rule)),
        filters=filters,
    )


@given(queries())
def test_a_question_written_as_an_address_asks_the_same_again(query: TallyQuery) -> None:
    written = {
        name: value if isinstance(value, list) else [value]
        for name, value in query_arguments(query).items()
    }
    assert load_query(written, today=TODAY) == query


@given(st.dictionaries(st.text(max_size=8), st.lists(st.text(max_size=12), max_size=3)))
def test_any_words_are_read_or_refused_with_a_code(given_: dict[str, list[str]]) -> None:
    try:
        query = load_query(given_, today=TODAY)
    except (BadQuery, UnknownCode):
        return
    assert query.as_known_on <= TODAY
