"""Reports of a period as PDF, for everybody."""

from flask import Blueprint, Response, make_response, request

from tracker.http.language import PARAMETER, current_language
from tracker.http.request import current_actor, current_day, current_session
from tracker.schemas.arguments import refuse_unknown
from tracker.schemas.report_periods import read_report_period
from tracker.schemas.tallies import read_known_day
from tracker.services.reports import ReportRequest, period_report

blueprint = Blueprint("reports", __name__)


@blueprint.get("/reports/<period>.pdf")
def give_report(period: str) -> Response:
    """Give the report of a period, as anyone at all may see it."""
    refuse_unknown(dict(request.args.lists()), ("as_known_on", "since", PARAMETER))
    today = current_day()
    asked = ReportRequest(
        period=read_report_period(period),
        language=current_language(),
        as_known_on=read_known_day("as_known_on", request.args.get("as_known_on"), today) or today,
        since=read_known_day("since", request.args.get("since"), today),
    )
    answer = make_response(period_report(current_session(), current_actor(), asked))
    answer.mimetype = "application/pdf"
    name = f"report-{asked.period.name}-{asked.language}.pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.vary.add("Accept-Language")
    return answer
