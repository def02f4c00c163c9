"""The bars stand where the figures say."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.measures import MEASURES
from tracker.domain.tallies import NOT_KNOWN, NOT_SHOWN, Grouping, Tally, TallyQuery, TallyRow
from tracker.web.charts import HEIGHT, WIDEST, monthly_chart, row_chart


def tally(rows: dict[str, tuple[int | None, int | None]]) -> Tally:
    def counts(dead: int | None, missing: int | None) -> dict[str, int | None]:
        both = None if dead is None and missing is None else (dead or 0) + (missing or 0)
        return dict.fromkeys(MEASURES) | {
            "dead": dead,
            "missing": missing,
            "dead_and_missing": both,
        }

    query = TallyQuery(dt.date(2025, 1, 1), by=(Grouping.MONTH,))
    told = tuple(TallyRow((month,), counts(*people)) for month, people in rows.items())
    return Tally(query, told, counts(0, 0), "1")


def test_months_without_an_incident_keep_their_room() -> None:
    chart = monthly_chart(tally({"2020-11": (1, None), "2021-02": (2, 3)}))
    assert chart is not None
    assert [bar.month for bar in chart.bars] == ["2020-11", "2020-12", "2021-01", "2021-02"]
    assert [bar.dead for bar in chart.bars] == [1, None, None, 2]
    assert [(mark.text, mark.at) for mark in chart.years] == [(2021, 50.0)]


def test_people_without_a_month_are_said_not_drawn() -> None:
    chart = monthly_chart(tally({"2020-11": (1, 0), NOT_KNOWN: (4, 3), NOT_SHOWN: (1, None)}))
    assert chart is not None
    assert (len(chart.bars), chart.undated_people) == (1, 8)


def test_a_chart_of_nobody_who_may_be_shown_is_no_chart() -> None:
    assert monthly_chart(tally({NOT_SHOWN: (1, None)})) is None


def test_nothing_known_draws_nothing() -> None:
    assert monthly_chart(tally({})) is None
    assert monthly_chart(tally({NOT_KNOWN: (4, 3)})) is None


@given(st.integers(1, 100_000), st.integers(0, 100_000))
def test_bars_fit_under_the_top_of_the_scale_and_add_up(dead: int, missing: int) -> None:
    chart = monthly_chart(tally({"2020-11": (dead, missing)}))
    assert chart is not None
    bar, top = chart.bars[0], chart.scale[-1]
    assert top.text >= dead + missing
    assert top.at == 0
    assert 3 <= len(chart.scale) <= 7 or top.text < 3
    drawn = (bar.dead_height + bar.missing_height) / HEIGHT * top.text
    assert abs(drawn - (dead + missing)) <= top.text / 500
    assert abs(bar.missing_y + bar.missing_height - bar.dead_y) < 0.2


counted = st.one_of(st.none(), st.integers(-2, 5_000))


@given(st.lists(st.tuples(counted, counted), min_size=0, max_size=60))
def test_bars_of_rows_are_as_wide_as_their_numbers(people: list) -> None:
    rows = {f"r{number}": told for number, told in enumerate(people)}
    asked = replace(tally(rows), query=TallyQuery(dt.date(2025, 1, 1), by=(Grouping.COUNTRY,)))
    chart = row_chart(asked)
    told = [max(dead or 0, 0) + max(missing or 0, 0) for dead, missing in people]
    with_people = [number for number in told if number]
    if len(with_people) < 2:
        assert chart is None
        return
    assert chart is not None
    assert len(chart.bars) + chart.left_out == len(with_people)
    most = max(with_people)
    for bar in chart.bars:
        number = max(bar.dead or 0, 0) + max(bar.missing or 0, 0)
        assert bar.dead_width + bar.missing_width == pytest.approx(WIDEST * number / most, abs=0.02)
    drawn = [bar.codes[0] for bar in chart.bars]
    assert drawn == [code for code in rows if code in drawn]
    if chart.left_out:
        left = [number for code, number in zip(rows, told, strict=True) if code not in drawn]
        least = min(told[list(rows).index(code)] for code in drawn)
        assert max(left) <= least
