"""The first page: the figures, when, where, and what this is."""

from flask import Blueprint, render_template

from tracker.domain.measures import Measure
from tracker.domain.tallies import Grouping, Tally, TallyQuery
from tracker.http.page_cache import cached_page
from tracker.http.request import current_actor, current_day, current_session
from tracker.maps.overview_map import overview_map
from tracker.services.maps import places_of_people
from tracker.services.tallies import period_tally
from tracker.web.charts import monthly_chart

blueprint = Blueprint("home", __name__)

SHOWN = (Measure.DEAD_AND_MISSING, Measure.DEAD, Measure.MISSING)


@blueprint.get("/")
@cached_page
def show_home() -> str:
    """Show all that is known today."""
    session, actor, today = current_session(), current_actor(), current_day()

    def tally_by(grouping: Grouping) -> Tally:
        return period_tally(session, actor, TallyQuery(today, by=(grouping,)))

    by_month = tally_by(Grouping.MONTH)
    return render_template(
        "home/home.html",
        total=by_month.total,
        query=by_month.query,
        chart=monthly_chart(by_month),
        by_place=tally_by(Grouping.SUBREGION),
        measures=SHOWN,
        by_year=tally_by(Grouping.YEAR),
        overview=overview_map(places_of_people(session, actor, TallyQuery(today))),
    )
