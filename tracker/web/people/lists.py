"""Lists of cases and of remains, with what waits for case workers on top."""

from flask import Response, request

from tracker.domain.people import STATUSES
from tracker.http.request import current_actor, current_session
from tracker.schemas.tallies import read_code
from tracker.services.people import PersonFilter, list_desk, list_people
from tracker.web.people.blueprint import KINDS, REGISTERS, blueprint, number_of_page, own_page
from tracker.web.people.words import day_told, span

PAGE_SIZE = 30
MOST_ON_DESK = 12


@blueprint.get("/<register:register>", endpoint="list_people")
def show_list(register: str) -> Response:
    """Show the records that somebody sees, the newest first; there is no search by name."""
    session, actor, kind = current_session(), current_actor(), KINDS[register]
    status = request.args.get("status") or ""
    statuses = (read_code("status", status, STATUSES[kind]),) if status else ()
    before = number_of_page("before")
    wanted = PersonFilter(kind=kind, statuses=statuses, before=before, limit=PAGE_SIZE)
    people, after = list_people(session, actor, wanted)
    desk = list_desk(session, actor)
    values = {
        "register": register,
        "kind": kind,
        "people": people,
        "after": after,
        "status": status,
        "statuses": STATUSES[kind],
        "desk": () if status or before else desk[:MOST_ON_DESK],
        "more_on_desk": max(0, len(desk) - MOST_ON_DESK),
        "registers": REGISTERS,
        "own": actor.organisation_id,
        "span": span,
        "day_told": day_told,
        "erased": request.args.get("erased") == "yes",
    }
    return own_page("list", values)
