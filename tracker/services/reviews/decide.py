"""Takes records up and decides: verified, disputed, returned. Nobody verifies their own."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from tracker.db.history import VERSION_COLUMNS
from tracker.db.models import Incident, IncidentVersion, Review
from tracker.db.queries.reviews import current_review, ever_verified, versions_by_number
from tracker.db.session import moment
from tracker.domain.errors import Conflict, NotAllowed
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.reviews import Check
from tracker.domain.statuses import Reason, Status, Visibility, may_become
from tracker.services.acts import note_act
from tracker.services.incidents.standing import expect_version, seen_incident
from tracker.services.incidents.versions import next_version
from tracker.services.incidents.writing import refuse_personal_data, require_keeper
from tracker.services.reviews.questions import ask_question


def take_up_incident(session: Session, actor: Actor, public_id: str) -> int:
    """Begin to review a record and give the number of its new version."""
    require(actor, Action.REVIEW_INCIDENTS)
    standing = seen_incident(session, actor, public_id)
    _require_second_person(session, actor, standing[0])
    number = _move(session, actor, standing, to=Status.UNDER_REVIEW, why=(Reason.REVISED, None))
    session.add(
        Review(incident_id=standing[0].id, reviewer_id=actor.account_id, begun_at=moment(session))
    )
    return number


def return_incident(session: Session, actor: Actor, public_id: str, *, question: str) -> int:
    """Give a record back to its writer with a question, as a draft."""
    require(actor, Action.REVIEW_INCIDENTS)
    standing = seen_incident(session, actor, public_id)
    ask_question(session, actor, public_id, text=question)
    number = _move(session, actor, standing, to=Status.DRAFT, why=(Reason.REVISED, None))
    _end_review(session, standing[0], Status.DRAFT)
    return number


def verify_incident(
    session: Session,
    actor: Actor,
    public_id: str,
    *,
    checked: Collection[Check],
    visibility: Visibility,
    expected_version: int | None = None,
) -> int:
    """Verify a record: it counts from now on. Gives the number of its new version.

    Everything of `Check` has been looked at, by somebody who has not written what stands in the
    record. Raises `Conflict` for `check_missing`, `own_record`, `personal_data_in_public_text`.
    """
    require(actor, Action.REVIEW_INCIDENTS)
    incident, version = seen_incident(session, actor, public_id)
    expect_version(version, expected_version)
    _require_second_person(session, actor, incident)
    missing = tuple(check for check in Check if check not in checked)
    if missing:
        raise Conflict("check_missing", missing=missing)
    if visibility != incident.visibility:
        # Whoever checks what another organisation shares does not decide who sees it.
        require_keeper(actor, incident, version)
    if visibility == Visibility.PUBLIC:
        refuse_personal_data(version)
    # The figures learn of it now, whenever it was logged.
    reason = Reason.REVISED if ever_verified(session, incident.id) else Reason.REPORTED
    number = _move(session, actor, (incident, version), to=Status.VERIFIED, why=(reason, None))
    incident.visibility = visibility
    _end_review(session, incident, Status.VERIFIED, checked=checked)
    return number


def dispute_incident(session: Session, actor: Actor, public_id: str, *, because: str) -> int:
    """Say that a record is not so: it leaves public view and the figures while it is checked.

    Whoever sees all of it may. What it counted as known before stays counted then, as not shown.
    """
    require(actor, Action.DISPUTE_INCIDENTS)
    standing = seen_incident(session, actor, public_id)
    why = (Reason.WITHDRAWN, because)
    number = _move(session, actor, standing, to=Status.DISPUTED, why=why)
    standing[0].visibility = Visibility.RESTRICTED
    _end_review(session, standing[0], Status.DISPUTED)
    return number


def reopen_incident(session: Session, actor: Actor, public_id: str, *, because: str) -> int:
    """Review a withdrawn, disputed or verified record again."""
    require(actor, Action.REVIEW_INCIDENTS)
    standing = seen_incident(session, actor, public_id)
    why = (Reason.WITHDRAWN if standing[1].status == Status.VERIFIED else Reason.REVISED, because)
    number = _move(session, actor, standing, to=Status.UNDER_REVIEW, why=why)
    session.add(
        Review(incident_id=standing[0].id, reviewer_id=actor.account_id, begun_at=moment(session))
    )
    return number


def _move(
    session: Session,
    actor: Actor,
    standing: tuple[Incident, IncidentVersion],
    *,
    to: Status,
    why: tuple[Reason, str | None],
) -> int:
    incident, version = standing
    if not may_become(version.status, to):
        raise Conflict("status_does_not_follow", before=version.status, after=to)
    number = next_version(session, actor, standing, changes={"status": str(to)}, why=why)
    note_act(session, actor, action=f"incident_{to}", thing=f"incident {incident.id}")
    return number


def _require_second_person(session: Session, actor: Actor, incident: Incident) -> None:
    """Refuse whoever logged the record or wrote what stands in it, through whatever door."""
    if actor.account_id is None:
        raise NotAllowed(Action.REVIEW_INCIDENTS)
    if incident.logged_by == actor.account_id or actor.handle in _writers(session, incident):
        raise Conflict("own_record")


def _writers(session: Session, incident: Incident) -> set[str]:
    """Say who wrote the facts that nobody has verified yet; a change of status writes none."""
    writers: set[str] = set()
    before = None
    for version in versions_by_number(session, incident.id):
        facts = _facts(version)
        if facts != before:
            writers.add(version.recorded_by)
        if version.status == Status.VERIFIED:
            writers.clear()
        before = facts
    return writers


_NO_FACTS = frozenset(
    {
        *("id", "version_number", "recorded_from", "recorded_to", "recorded_by", "entered_at"),
        *("reason", "reason_note", "import_id", "fingerprint", "status"),
    }
)


_FACTS = tuple(name for name in VERSION_COLUMNS if name not in _NO_FACTS)


def _facts(version: IncidentVersion) -> tuple[object, ...]:
    return tuple(getattr(version, name) for name in _FACTS)


def _end_review(
    session: Session, incident: Incident, decision: Status, *, checked: Collection[Check] = ()
) -> None:
    review = current_review(session, incident.id)
    if review is not None:
        review.ended_at = moment(session)
        review.decision = decision
        review.checklist = ";".join(sorted(checked)) or None
