"""When a followed question is asked again, and which of its moves are told."""

from dataclasses import replace

import pytest

from tests.conftest import day
from tracker.domain.measures import MEASURES
from tracker.domain.schedules import Every, Notice, ends_of_periods, notices
from tracker.domain.tallies import Rule, TallyQuery

QUERY = TallyQuery(as_known_on=day("2026-01-01"))


def known(*people: int | None) -> list[Notice]:
    """Give what was known on the days after 1 January, beginning with ten people."""
    told, before, found = day("2026-01-01"), counted(10), []
    for at, number in enumerate(people):
        later = day(f"2026-01-{at + 2:02}")
        found.append(Notice(replace(QUERY, as_known_on=later), told, before, counted(number)))
        told, before = later, counted(number)
    return found


def counted(people: int | None) -> dict[str, int | None]:
    return dict.fromkeys(MEASURES) | {"dead_and_missing": people, "dead": 1}


@pytest.mark.parametrize(
    ("every", "days"),
    [
        (Every.WEEK, ["2026-02-22", "2026-03-01", "2026-03-08"]),
        (Every.MONTH, ["2026-02-28"]),
    ],
)
def test_weeks_end_on_sundays_and_months_on_their_last_day(every: Every, days: list[str]) -> None:
    found = ends_of_periods(every, day("2026-02-16"), day("2026-03-09"))
    assert list(found) == [day(each) for each in days]


def test_a_period_that_has_not_ended_is_not_told_of() -> None:
    assert not list(ends_of_periods(Every.WEEK, day("2026-02-16"), day("2026-02-22")))
    assert list(ends_of_periods(Every.WEEK, day("2026-02-16"), day("2026-02-23")))
    december = ends_of_periods(Every.MONTH, day("2025-12-31"), day("2026-01-01"))
    assert list(december) == [day("2025-12-31")]


def test_small_moves_add_up_until_they_are_worth_telling() -> None:
    told = notices(known(11, 12, 13, 13, 10), at_least=3)
    assert [(each.people, each.change) for each in told] == [(13, 3), (10, -3)]
    assert [each.known_before for each in told] == [day("2026-01-01"), day("2026-01-04")]


def test_without_a_number_every_period_is_told() -> None:
    told = notices(known(10, 11), at_least=None)
    assert [(each.people, each.change) for each in told] == [(10, 0), (11, 1)]


def test_the_people_are_those_of_the_rule() -> None:
    (notice,) = known(25)
    confirmed = replace(notice, query=replace(QUERY, rule=Rule.CONFIRMED_DEAD))
    assert (notice.people, confirmed.people) == (25, 1)


def test_what_is_not_known_is_no_zero() -> None:
    (notice,) = known(None)
    assert (notice.people, notice.change) == (None, -10)
