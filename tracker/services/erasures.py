"""Erases a record for good: everything that is told of it, everywhere, and no way back.

What stays is that there was one (its ids, which keep it from being taken in again), and the numbers
of the ledger, so that figures as known on a day before come out as they did.
"""

from functools import partial

from sqlalchemy import event
from sqlalchemy.orm import Session

from tracker.db.history import erase_versions
from tracker.db.models import Erasure, Incident, IncidentVersion
from tracker.db.queries.attachments import attachments_of
from tracker.db.queries.erasures import erasures_of, remove_what_is_told
from tracker.db.queries.merges import standing_of, taken_in
from tracker.db.removals import Removed, note_removal
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import empty_journal, moment
from tracker.domain.erasures import Erased, Ground, may_erase
from tracker.domain.errors import Conflict, NotAllowed
from tracker.domain.permissions import Action, Actor, Role, require
from tracker.domain.public_reports import UNNAMED
from tracker.domain.statuses import OPEN_TO_WRITER, Visibility
from tracker.services.acts import note_act
from tracker.services.incidents.standing import expect_version, seen_incident
from tracker.services.public_reports import followed_report

MOST_LISTED = 200


def erase_incident(
    session: Session,
    actor: Actor,
    files: SealedFiles,
    *,
    public_id: str,
    ground: Ground,
    expected_version: int | None = None,
) -> None:
    """Erase a record, and with it what was merged into it: the same event, told again.

    Raises `NotAllowed` where it is not this actor's to erase, and `Conflict`
    (`merged_record_of_others`) where what was merged into it is not.
    """
    require(actor, Action.ERASE_INCIDENTS)
    incident, version = seen_incident(session, actor, public_id)
    expect_version(version, expected_version)
    if not _may(actor, incident, version):
        raise NotAllowed(Action.ERASE_INCIDENTS)
    merged = _merged_into(session, incident)
    if not all(_may(actor, *each) for each in merged):
        raise Conflict("merged_record_of_others")
    for each in (incident, *(taken for taken, _ in merged)):
        _erase(session, actor, each, files=files, ground=ground)


def erased_along(session: Session, actor: Actor, public_id: str) -> tuple[str, ...]:
    """Name the records that were merged into one, directly or by way of others: they go with it."""
    require(actor, Action.ERASE_INCIDENTS)
    incident, _ = seen_incident(session, actor, public_id)
    return tuple(merged.public_id for merged, _ in _merged_into(session, incident))


def may_erase_incident(session: Session, actor: Actor, public_id: str) -> bool:
    """Say whether this actor may erase a record that they see all of."""
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    return _may(actor, *seen_incident(session, actor, public_id))


def list_erased(session: Session, actor: Actor) -> tuple[Erased, ...]:
    """Tell the administrators of an organisation which of its records were erased, and when."""
    require(actor, Action.MANAGE_ORGANISATION)
    everywhere = actor.role is Role.OPERATOR
    found = erasures_of(
        session,
        organisation_id=None if everywhere else actor.organisation_id,
        limit=MOST_LISTED,
    )
    return tuple(
        Erased(public_id=public_id, erased_at=erasure.erased_at, ground=erasure.ground)
        for erasure, public_id in found
    )


def erase_report(session: Session, actor: Actor, files: SealedFiles, *, code: str) -> None:
    """Erase the report that a code follows, for whoever sent it.

    Raises `Conflict` (`under_review`) once somebody has taken it up, and `NotFound` for any other
    code. Nothing is kept of who it was.
    """
    require(actor, Action.REPORT_INCIDENTS)
    incident, version = followed_report(session, code)
    if version.status not in OPEN_TO_WRITER:
        raise Conflict("under_review")
    _erase(session, UNNAMED, incident, files=files, ground=Ground.PERSON_ASKED)


def erase_again(
    session: Session, actor: Actor, files: SealedFiles, *, incident: Incident, ground: Ground
) -> None:
    """Erase a record that was erased once and came back with a backup."""
    require(actor, Action.MANAGE_INSTALLATION)
    _erase(session, actor, incident, files=files, ground=ground)


def _merged_into(session: Session, incident: Incident) -> list[tuple[Incident, IncidentVersion]]:
    numbers = taken_in(session, [incident.id]).get(incident.id, [])
    return list(standing_of(session, numbers).values())


def _may(actor: Actor, incident: Incident, version: IncidentVersion) -> bool:
    return may_erase(
        actor,
        organisation_id=incident.organisation_id,
        logged_by=incident.logged_by,
        status=version.status,
    )


def _erase(
    session: Session, actor: Actor, incident: Incident, *, files: SealedFiles, ground: Ground
) -> None:
    for attachment in attachments_of(session, incident.id):
        for name in filter(None, (attachment.original_file, attachment.shown_file)):
            event.listen(session, "after_commit", partial(_remove, files, name), once=True)
    remove_what_is_told(session, incident)
    erase_versions(session, incident.id, moment(session))
    incident.visibility = Visibility.RESTRICTED
    incident.logged_by = incident.logged_on = incident.logged_through = None
    session.add(
        Erasure(
            incident_id=incident.id,
            erased_at=moment(session),
            erased_by=actor.handle,
            ground=str(ground),
        )
    )
    session.flush()
    note_act(session, actor, action=Action.ERASE_INCIDENTS, thing=f"incident {incident.id}")
    note_removal(session, Removed.INCIDENT, incident.public_id, ground=ground)
    # Only then: as long as this goes on, the journal holds what could still come back.
    event.listen(session, "after_commit", _empty_journal, once=True)


def _empty_journal(session: Session) -> None:
    empty_journal(session.get_bind().engine)


def _remove(files: SealedFiles, name: str, _session: Session) -> None:
    files.remove(name)
