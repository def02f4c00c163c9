"""Tables of figures that anyone can make, quote and take away."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

from tracker.domain.errors import DomainError
from tracker.domain.measures import MEASURES, Measure
from tracker.domain.permissions import Action, may
from tracker.domain.tallies import ChangedIncidents, Grouping, Tally, TallyDifference, TallyQuery
from tracker.http.errors import sentence
from tracker.http.page_cache import cached_page
from tracker.http.request import current_actor, current_day, current_session
from tracker.schemas.tallies import load_known_dates, load_query, query_arguments
from tracker.services.tallies import changed_incidents, period_tally, tally_difference
from tracker.web.charts import MonthlyChart, monthly_chart, row_chart
from tracker.web.comparisons import Comparison, comparable, compare
from tracker.web.forms import CHOICES, Arguments, given_arguments

blueprint = Blueprint("tallies", __name__)

# The period with which the one that is asked for is compared.
COMPARED = ("compare_from", "compare_to")
PEOPLE_FIRST = (Measure.DEAD_AND_MISSING, Measure.DEAD, Measure.MISSING)


@blueprint.get("/tallies")
def show_tally() -> ResponseReturnValue:
    """Show the form and, for the question in the address, the table."""
    try:
        return _good_page()
    except DomainError as error:
        return make_response(_page(error=sentence(error)), 400)


@cached_page
def _good_page() -> str:
    own = ("between", "and", *COMPARED)
    arguments = {name: values for name, values in _asked().items() if name not in own}
    query = load_query(arguments, today=current_day())
    tally = period_tally(current_session(), current_actor(), query)
    return _page(tally=tally, difference=_difference(query), comparison=_comparison(query))


def _behind(difference: TallyDifference | None) -> tuple[ChangedIncidents, ...]:
    """Name the incidents behind a difference."""
    if difference is None:
        return ()
    return changed_incidents(
        current_session(),
        current_actor(),
        difference.query,
        known_before=difference.known_before,
        known_after=difference.known_after,
    )


def _comparison(query: TallyQuery) -> Comparison | None:
    """Set the period that is asked for beside the one to compare it with."""
    given = given_arguments()
    wanted = {
        name: given[own] for own, name in zip(COMPARED, ("from", "to"), strict=True) if own in given
    }
    if not any(value for values in wanted.values() for value in values):
        return None
    period = load_query(wanted, today=current_day())
    query = comparable(query)
    other = replace(query, period_from=period.period_from, period_to=period.period_to)
    session, actor = current_session(), current_actor()
    return compare(period_tally(session, actor, other), period_tally(session, actor, query))


def _difference(query: TallyQuery) -> TallyDifference | None:
    asked = _known_dates()
    if asked is None:
        return None
    before, after = asked
    return tally_difference(
        current_session(), current_actor(), query, known_before=before, known_after=after
    )


def _known_dates() -> tuple[dt.date, dt.date] | None:
    arguments = given_arguments()
    if not any(value for name in ("between", "and") for value in arguments.get(name, ())):
        return None
    return load_known_dates(arguments, today=current_day())


def _page(
    *,
    tally: Tally | None = None,
    difference: TallyDifference | None = None,
    comparison: Comparison | None = None,
    error: str | None = None,
) -> str:
    question = query_arguments(tally.query) if tally else {}
    return render_template(
        "tallies/tallies.html",
        tally=tally,
        difference=difference,
        behind=_behind(difference),
        comparison=comparison,
        months=_months(tally),
        chart=row_chart(tally) if tally else None,
        difference_groupings=[*(tally.query.by if tally else ()), "reason"],
        error=error,
        given=_form_values(_asked()),
        same_question=question,
        followed=_without(question, "as_known_on"),
        as_lists=_as_lists,
        same_incidents=_without(question, "by", "scheme"),
        difference_question=_difference_question(question, difference),
        choices=CHOICES,
        measures=_known_measures(tally),
        measures_of_difference=_known_measures(difference),
        today=current_day(),
        may_publish=may(current_actor(), Action.PUBLISH_FIGURES),
    )


def _months(tally: Tally | None) -> MonthlyChart | None:
    by_month = tally is not None and tally.query.by == (Grouping.MONTH,)
    return monthly_chart(tally) if tally is not None and by_month else None


def _asked() -> Arguments:
    """Give the question in the address; a bare address asks for the subregions."""
    return given_arguments() or {"by": [Grouping.SUBREGION.value]}


def _difference_question(
    question: Mapping[str, object], difference: TallyDifference | None
) -> dict[str, object]:
    if difference is None:
        return {}
    dates = {"between": difference.known_before, "and": difference.known_after}
    return _without(question, "as_known_on") | dates


def _known_measures(answer: Tally | TallyDifference | None) -> list[str]:
    """Leave out columns in which nothing is known; people come first, as on a phone few fit."""
    if answer is None:
        return []
    counts = [answer.total, *(row.counts for row in answer.rows)]
    ordered = dict.fromkeys((*PEOPLE_FIRST, *MEASURES))
    return [name for name in ordered if any(count[name] is not None for count in counts)]


def _as_lists(question: Mapping[str, str | list[str]]) -> dict[str, list[str]]:
    return {name: [value] if isinstance(value, str) else value for name, value in question.items()}


def _without(question: Mapping[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in question.items() if name not in names}


def _form_values(arguments: Arguments) -> dict[str, list[str]]:
    split = [code for value in arguments.get("by", []) for code in value.split(",") if code]
    return {**arguments, "by": split}
