"""Incidents: the list that a tally counts, and one incident with its history."""

from flask import Blueprint, abort, redirect, render_template, request, url_for

from tracker.domain.errors import NotFound
from tracker.domain.incidents import IncidentRecord
from tracker.domain.permissions import Action, may
from tracker.http.page_cache import cached_page
from tracker.http.request import current_actor, current_day, current_session
from tracker.schemas.tallies import load_query, query_arguments, read_code
from tracker.services.incidents import get_history, get_incident, get_seen
from tracker.services.incidents import list_incidents as list_counted_incidents
from tracker.web.forms import CHOICES, given_arguments
from tracker.web.history import steps_of_history
from tracker.web.sources import source_links

blueprint = Blueprint("incidents", __name__)
blueprint.add_app_template_filter(source_links)

SORTS = ("-date", "date")
PAGE_SIZE = 50


@blueprint.get("/incidents")
@cached_page
def list_incidents() -> str:
    """Show the incidents that a tally of the same question counts."""
    arguments = given_arguments("page", "sort")
    query = load_query(arguments, today=current_day())
    sort = read_code("sort", request.args.get("sort") or SORTS[0], SORTS)
    page = list_counted_incidents(
        current_session(),
        current_actor(),
        query,
        page=_page_number(),
        page_size=PAGE_SIZE,
        sort=sort,
    )
    return render_template(
        "incidents/incidents.html",
        page=page,
        query=query,
        given=arguments,
        same_question=query_arguments(query),
        sort=sort,
        choices=CHOICES,
        today=current_day(),
    )


def _page_number() -> int:
    given = request.args.get("page") or "1"
    if not given.isascii() or not given.isdigit() or not 1 <= len(given) <= 6 or int(given) < 1:
        raise NotFound("page")
    return int(given)


@blueprint.get("/incidents/<public_id>")
@cached_page
def show_incident(public_id: str) -> str:
    """Show one incident: facts, place, sources, and how they came to be known."""
    session, actor = current_session(), current_actor()
    incident = get_incident(session, actor, public_id)
    if incident.public_id != public_id.strip().upper():
        # It was merged; not for good, for a merge can be undone.
        abort(redirect(url_for(".show_incident", public_id=incident.public_id)))
    history = get_history(session, actor, public_id)
    return render_template(
        "incidents/incident.html",
        incident=incident,
        history=steps_of_history(history, incident),
        whole_record=_sees_whole(incident.public_id),
    )


def _sees_whole(public_id: str) -> bool:
    """Say whether whoever is signed in sees all of a record, beyond what is public of it."""
    session, actor = current_session(), current_actor()
    if not may(actor, Action.USE_OWN_ACCOUNT):
        return False
    return isinstance(get_seen(session, actor, public_id), IncidentRecord)
