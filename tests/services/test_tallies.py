"""Tallies: parts sum to the whole, whatever is asked, and unknown is never 0."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.conftest import CAMILO, ESTEBAN, XIMENA, day
from tracker.db.session import Database
from tracker.domain.errors import BadQuery, UnknownCode
from tracker.domain.maps import MapQuery, MapWindow
from tracker.domain.measures import MEASURES
from tracker.domain.statuses import Visibility
from tracker.domain.tallies import NOT_SHOWN, Grouping, Rule, Scheme, Tally, TallyQuery
from tracker.exchange.tally_csv import tally_csv
from tracker.services.incidents import (
    list_incidents,
    restrict_incident,
    revise_incident,
    withdraw_incident,
)
from tracker.services.maps import list_map, rows_of_map
from tracker.services.tallies import ledger_head, period_tally, tally_difference

NOW = day("2026-11-01")
DATES = st.dates(day("2013-06-01"), day("2026-12-31"))
CODES = {
    "corridor": ["darien", "us_mexico_border", "caribbean", "not_known"],
    "cause": ["drowning", "violence", "mixed_or_unknown"],
    "country": ["MEX", "USA", "PAN", "not_known"],
    "source_quality": ["1", "5", "not_known"],
    "year": ["2019", "2021"],
    "children": ["only"],
}


@st.composite
def queries(draw: st.DrawFn) -> TallyQuery:
    ends = sorted([draw(DATES), draw(DATES)])
    names = draw(st.lists(st.sampled_from(sorted(CODES)), unique=True, max_size=2))
    return TallyQuery(
        as_known_on=draw(st.dates(day("2019-06-01"), NOW)),
        period_from=draw(st.sampled_from([None, ends[0]])),
        period_to=draw(st.sampled_from([None, ends[1]])),
        by=tuple(draw(st.lists(st.sampled_from(list(Grouping)), unique=True, max_size=4))),
        scheme=draw(st.sampled_from(list(Scheme))),
        rule=draw(st.sampled_from(list(Rule))),
        filters={
            name: ("only",)
            if name == "children"
            else tuple(draw(st.lists(st.sampled_from(CODES[name]), unique=True, min_size=1)))
            for name in names
        },
    )


def tally(database: Database, query: TallyQuery, actor=XIMENA) -> Tally:
    with database.reading() as session:
        return period_tally(session, actor, query)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=queries(), other=st.lists(st.sampled_from(list(Grouping)), unique=True, max_size=2))
def test_parts_sum_to_the_whole_by_any_grouping(
    demo_database: Database, query: TallyQuery, other: list[Grouping]
) -> None:
    answer = tally(demo_database, query)
    for measure in MEASURES:
        known = [row.counts[measure] for row in answer.rows if row.counts[measure] is not None]
        assert sum(known) == (answer.total[measure] or 0)
        assert answer.total[measure] is not None or not known
    regrouped = TallyQuery(**{**vars(query), "by": tuple(other)})
    assert tally(demo_database, regrouped).total == answer.total
    assert len({row.codes for row in answer.rows}) == len(answer.rows)


@settings(max_examples=60, deadline=None)
@given(query=queries(), earlier=st.dates(day("2019-06-01"), NOW))
def test_the_difference_of_two_dates_adds_up_exactly(
    demo_database: Database, query: TallyQuery, earlier: dt.date
) -> None:
    before, after = sorted([earlier, query.as_known_on])
    with demo_database.reading() as session:
        change = tally_difference(session, XIMENA, query, known_before=before, known_after=after)
    totals = [
        tally(demo_database, TallyQuery(**{**vars(query), "as_known_on": known})).total
        for known in (before, after)
    ]
    for measure in MEASURES:
        moved = (totals[1][measure] or 0) - (totals[0][measure] or 0)
        assert sum(row.counts[measure] or 0 for row in change.rows) == moved
        assert (change.total[measure] or 0) == moved


def recount(database: Database, known: dt.date) -> pd.DataFrame:
    """Count from the versions themselves, without ledger or columns."""
    with database.reading() as session:
        rows = session.execute(
            text(
                "SELECT * FROM incident_versions WHERE status = 'verified' AND date(recorded_from)"
                " <= :day AND (recorded_to IS NULL OR date(recorded_to) > :day)"
            ),
            {"day": known.isoformat()},
        )
        return pd.DataFrame(rows.all(), columns=list(rows.keys()))


@pytest.mark.parametrize("known", ["2020-06-01", "2021-04-15", "2022-05-15", "2025-12-31"])
@pytest.mark.parametrize("column", ["review_2021", "corridor", "country", "causes"])
def test_tallies_equal_a_recount_of_the_versions(
    demo_database: Database, known: str, column: str
) -> None:
    versions = recount(demo_database, day(known))
    grouping = {"review_2021": "subregion", "causes": "cause"}.get(column, column)
    answer = tally(demo_database, TallyQuery(day(known), by=(Grouping(grouping),)))
    counted = {row.codes[0]: row.counts for row in answer.rows}
    groups = versions.groupby(versions[column].fillna("not_known"))
    assert set(counted) == set(groups.groups)
    for code, group in groups:
        assert counted[code]["incidents"] == len(group)
        for name, measure in (("number_dead", "dead"), ("number_missing_min", "missing")):
            expected = group[name].sum(min_count=1)
            assert counted[code][measure] == (None if pd.isna(expected) else int(expected))


def test_list_and_map_hold_the_incidents_that_the_tally_counts(demo_database: Database) -> None:
    query = TallyQuery(
        as_known_on=day("2022-01-01"),
        period_from=day("2020-01-01"),
        filters={"corridor": ("darien", "caribbean")},
    )
    with demo_database.reading() as session:
        total = period_tally(session, XIMENA, query).total
        page = list_incidents(session, XIMENA, query, page_size=1000)
        drawn = list_map(session, XIMENA, MapQuery(query), window=MapWindow())
        pages = [
            rows_of_map(
                session, XIMENA, MapQuery(query), window=MapWindow(page=number), language="en"
            )
            for number in range(1, 2 + drawn.number_in_all // 50)
        ]
    rows = [row for each in pages for row in each.rows]
    assert page.number_in_all == drawn.number_in_all == total["incidents"]
    assert len(page.incidents) == len(rows) == total["incidents"]
    assert [each.public_id for each in page.incidents] == [row["public_id"] for row in rows]
    for measure in ("dead", "missing", "survivors"):
        listed = [incident.counts[measure] for incident in page.incidents]
        assert sum(count for count in listed if count is not None) == (total[measure] or 0)
        told = [row[measure] for row in rows]
        assert sum(count for count in told if count is not None) == (total[measure] or 0)


def test_unknown_is_never_zero(demo_database: Database) -> None:
    answer = tally(demo_database, TallyQuery(NOW, by=(Grouping.YEAR,)))
    assert all(row.counts["other_gender"] is None for row in answer.rows)
    assert answer.total["other_gender"] is None
    header, *rows = tally_csv(answer).splitlines()
    at = header.split(",").index("other_gender")
    assert {row.split(",")[at] for row in rows} == {""}


def test_an_incident_dated_to_a_month_counts_in_the_year_and_not_in_a_day(
    demo_database: Database,
) -> None:
    by_day = tally(demo_database, TallyQuery(NOW, by=(Grouping.YEAR, Grouping.DAY)))
    rough = [row for row in by_day.rows if row.codes[1] == "not_known"]
    assert rough
    assert all(row.codes[0] != "not_known" for row in rough)


def test_an_incident_dated_to_a_year_is_not_known_in_a_shorter_period(demo_copy: Database) -> None:
    public_id = first_public_id(demo_copy)
    with demo_copy.writing() as session:
        revise_incident(
            session,
            CAMILO,
            public_id,
            changes={
                "date_from": day("2031-01-01"),
                "date_to": day("2031-12-31"),
                "date_precision": "year",
            },
            because="the witness remembers the year only",
        )
    today = dt.datetime.now(dt.UTC).date()
    whole = TallyQuery(
        today, day("2031-01-01"), day("2031-12-31"), by=(Grouping.YEAR, Grouping.QUARTER)
    )
    part = TallyQuery(today, day("2031-01-01"), day("2031-06-30"), by=(Grouping.YEAR,))
    assert [row.codes for row in tally(demo_copy, whole).rows] == [("2031", "not_known")]
    assert [row.codes for row in tally(demo_copy, part).rows] == [("not_known",)]
    assert tally(demo_copy, part).total["incidents"] == 1


def first_public_id(database: Database) -> str:
    with database.reading() as session:
        page = list_incidents(session, XIMENA, TallyQuery(NOW), page_size=1)
    return page.incidents[0].public_id


def test_what_is_restricted_counts_on_and_is_not_shown(demo_copy: Database) -> None:
    public_id = first_public_id(demo_copy)
    query = TallyQuery(NOW, by=(Grouping.CORRIDOR, Grouping.COUNTRY))
    before = tally(demo_copy, query)
    with demo_copy.writing() as session:
        restrict_incident(session, CAMILO, public_id, visibility=Visibility.RESTRICTED)
    after = tally(demo_copy, query)
    assert after.total == before.total
    hidden = [row for row in after.rows if row.codes == (NOT_SHOWN, NOT_SHOWN)]
    assert [row.counts["incidents"] for row in hidden] == [1]
    assert tally(demo_copy, query, ESTEBAN) == before
    filtered = TallyQuery(NOW, filters={"country": ("USA", "MEX", "PAN", "HTI", "not_known")})
    shown = tally(demo_copy, filtered).total["incidents"]
    with demo_copy.reading() as session:
        assert list_incidents(session, XIMENA, filtered).number_in_all == shown


def test_a_past_figure_stays_the_same_after_later_edits_and_withdrawals(
    demo_copy: Database,
) -> None:
    query = TallyQuery(NOW, by=(Grouping.SUBREGION, Grouping.MONTH))
    before = tally_csv(tally(demo_copy, query))
    with demo_copy.reading() as session:
        page = list_incidents(session, XIMENA, TallyQuery(NOW), page_size=40)
    for at, incident in enumerate(page.incidents):
        with demo_copy.writing() as session:
            if at % 3:
                changes = {"number_dead": at, "causes": "drowning", "country_of_incident": "COL"}
                revise_incident(
                    session, CAMILO, incident.public_id, changes=changes, because="a second source"
                )
            else:
                withdraw_incident(session, CAMILO, incident.public_id, because="an error")
    assert tally_csv(tally(demo_copy, query)) == before
    today = dt.datetime.now(dt.UTC).date()
    now = tally(demo_copy, TallyQuery(today))
    versions = recount(demo_copy, today)
    assert now.total["incidents"] == len(versions)
    assert now.total["dead"] == int(versions["number_dead"].sum())


def test_confirmed_dead_counts_no_missing(demo_database: Database) -> None:
    total = tally(demo_database, TallyQuery(NOW, rule=Rule.CONFIRMED_DEAD)).total
    assert total["missing"] is None
    assert total["dead_and_missing"] is None
    assert total["dead"] == tally(demo_database, TallyQuery(NOW)).total["dead"]


def test_a_question_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(BadQuery):
        TallyQuery(NOW, day("2021-02-01"), day("2021-01-01"))
    with pytest.raises(BadQuery):
        TallyQuery(NOW, by=tuple(Grouping)[:5])
    with pytest.raises(UnknownCode):
        TallyQuery(NOW, filters={"colour": ("red",)})


def test_every_act_moves_the_head_of_the_ledger_so_that_no_page_stays_stale(
    demo_copy: Database,
) -> None:
    public_id = first_public_id(demo_copy)
    heads = [head(demo_copy)]
    with demo_copy.writing() as session:
        revise_incident(session, CAMILO, public_id, changes={"url": None}, because="a dead link")
    heads.append(head(demo_copy))
    with demo_copy.writing() as session:
        restrict_incident(session, CAMILO, public_id, visibility=Visibility.PARTNERS)
    heads.append(head(demo_copy))
    assert len(set(heads)) == 3
    assert head(demo_copy) == heads[-1]


def head(database: Database) -> int:
    with database.reading() as session:
        return ledger_head(session)
