"""Reports of a search: what was done, what was found or not; taken back, never deleted."""

import json

from sqlalchemy.orm import Session

from tracker.db.models.searches import Search, SearchReport
from tracker.db.queries.searches import reports_of
from tracker.db.session import moment
from tracker.domain.errors import Conflict, NotAllowed, NotFound
from tracker.domain.people import PersonKind
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.searches import MAY_BE_REMAINS, ReportKind, SearchStatus
from tracker.schemas.people import load_person
from tracker.schemas.searches import ReportGiven
from tracker.services.acts import note_act
from tracker.services.people import open_person
from tracker.services.searches.plan import packed
from tracker.services.searches.standing import seen_search


def report_search(session: Session, actor: Actor, public_id: str, *, given: ReportGiven) -> int:
    """Report an effort, that nothing was found, a track or a finding; gives its number.

    A finding says what lay where. It marks nobody as located, and changes no case.
    """
    require(actor, Action.RECORD_SEARCHES)
    search = seen_search(session, actor, public_id)
    if search.status == SearchStatus.CALLED_OFF:
        raise Conflict("search_called_off")
    report = SearchReport(
        search_id=search.id,
        organisation_id=actor.organisation_id or search.organisation_id,
        kind=given.kind,
        done_on=given.done_on,
        told=packed(given.told),
        reported_at=moment(session),
        reported_by=actor.handle,
    )
    session.add(report)
    session.flush()
    note_act(session, actor, action=f"report_{given.kind}", thing=f"search report {report.id}")
    return report.id


def take_back_report(session: Session, actor: Actor, public_id: str, *, number: int) -> None:
    """Take back a report of one's own organisation: it stays, and counts no more."""
    require(actor, Action.RECORD_SEARCHES)
    search = seen_search(session, actor, public_id)
    report = _report(session, search, number)
    own = actor.organisation_id is None or report.organisation_id == actor.organisation_id
    if not own:
        raise NotFound("report")
    if report.taken_back_at is None:
        report.taken_back_at, report.taken_back_by = moment(session), actor.handle
        note_act(session, actor, action="take_back_report", thing=f"search report {report.id}")
        session.flush()


def open_remains_of_finding(session: Session, actor: Actor, public_id: str, *, number: int) -> str:
    """Open a record of remains for a finding; gives its public id, the same one when asked again.

    It belongs to the case worker's organisation, and says nothing of who it is.
    """
    require(actor, Action.RECORD_CASES)
    search = seen_search(session, actor, public_id)
    report = _report(session, search, number)
    told = json.loads(report.told)
    if report.kind != ReportKind.FINDING or told["what"] not in MAY_BE_REMAINS:
        raise Conflict("no_finding_of_remains")
    if report.taken_back_at is not None:
        raise Conflict("report_taken_back")
    if told.get("remains"):
        if told["remains_of"] != actor.organisation_id:
            raise Conflict("remains_opened_already")
        return str(told["remains"])
    if actor.organisation_id is None:
        raise NotAllowed(Action.RECORD_CASES)
    facts = {
        "found_date": report.done_on.isoformat(),
        "found_date_precision": "day",
        "found_longitude": told["longitude"],
        "found_latitude": told["latitude"],
        "notes": told.get("words", "")[:2_000] or None,
    }
    opened = open_person(
        session,
        actor,
        kind=PersonKind.REMAINS,
        facts=load_person(PersonKind.REMAINS, facts, today=moment(session).date()),
        invented=search.invented,
    )
    report.told = packed({**told, "remains": opened, "remains_of": actor.organisation_id})
    note_act(session, actor, action="open_remains", thing=f"search report {report.id}")
    session.flush()
    return opened


def _report(session: Session, search: Search, number: int) -> SearchReport:
    for report in reports_of(session, search.id):
        if report.id == number:
            return report
    raise NotFound("report")
