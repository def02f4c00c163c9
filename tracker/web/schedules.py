"""Feeds that tell what is known of a question or a published figure, week by week or monthly."""

import datetime as dt
import uuid

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from tracker.domain.schedules import Every
from tracker.domain.tallies import TallyQuery
from tracker.http.request import current_actor, current_day, current_session
from tracker.schemas.arguments import refuse_unknown, single_value, whole_number
from tracker.schemas.tallies import PARAMETERS, load_query, query_arguments, read_code
from tracker.services.figures import get_figure
from tracker.services.schedules import notices_of_figure, notices_of_question
from tracker.web.forms import given_arguments

blueprint = Blueprint("schedules", __name__)

_OWN = ("every", "at_least")
# A notice has a day of its own: a feed as known on one day would tell of no other.
_OF_QUESTION = tuple(name for name in PARAMETERS if name != "as_known_on")
MOST_PEOPLE = 1_000_000
_NAMESPACE = uuid.UUID("f2c0b1de-5a57-5f0e-8c39-0f6d9c1b7e44")


@blueprint.get("/tallies.atom")
def give_feed_of_question() -> ResponseReturnValue:
    """Give what everybody may know of a question at the end of each week or month."""
    refuse_unknown(given_arguments(), (*_OF_QUESTION, *_OWN))
    query = load_query(given_arguments(*_OWN), today=current_day())
    every, at_least = _every(), _at_least()
    told = notices_of_question(
        current_session(), current_actor(), query, every=every, at_least=at_least
    )
    question = _question(query)
    named = (every, at_least or "", *sorted(f"{name}={value}" for name, value in question.items()))
    return _feed(query=query, question=question, figure=None, notices=told, named=named)


@blueprint.get("/figures/<public_id>.atom")
def give_feed_of_figure(public_id: str) -> ResponseReturnValue:
    """Tell when a published figure would have moved by at least so many people."""
    refuse_unknown(given_arguments(), _OWN)
    session, actor = current_session(), current_actor()
    figure = get_figure(session, actor, public_id)
    every, at_least = _every(), _at_least() or 1
    told = notices_of_figure(session, actor, figure, every=every, at_least=at_least)
    query = figure.followed_by
    named = (every, at_least, figure.public_id)
    return _feed(query=query, question=_question(query), figure=figure, notices=told, named=named)


def _every() -> Every:
    given = single_value("every", given_arguments()) or Every.WEEK
    return Every(read_code("every", given, tuple(Every)))


def _at_least() -> int | None:
    return whole_number("at_least", given_arguments(), most=MOST_PEOPLE)


def _question(query: TallyQuery) -> dict[str, object]:
    """Give the question without its day: each notice has one of its own."""
    return {name: value for name, value in query_arguments(query).items() if name != "as_known_on"}


def _moment_after(day: dt.date) -> str:
    """Give the moment at which a day has ended, as feeds write it."""
    return f"{day + dt.timedelta(days=1)}T00:00:00Z"


def _feed(*, named: tuple[object, ...], **values: object) -> ResponseReturnValue:
    name = "/".join(map(str, named))
    page = render_template(
        "schedules/feed.xml",
        name_of=lambda *parts: uuid.uuid5(_NAMESPACE, "/".join([name, *map(str, parts)])).urn,
        moment_after=_moment_after,
        here=request.full_path.lstrip("/"),
        **values,
    )
    response = make_response(page)
    response.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    return response.make_conditional(request)
