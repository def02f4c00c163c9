"""What comes next for a record, for whoever looks at it."""

from tracker.domain.incidents import IncidentRecord
from tracker.domain.permissions import Action, Actor, may
from tracker.domain.statuses import OPEN_TO_WRITER, Status
from tracker.domain.visibility import Standing, is_keeper
from tracker.translations import mark

_CLOSED = (Status.VERIFIED, Status.WITHDRAWN, Status.MERGED)
# Where a record stands and what happens now, in plain words.
STANDS: dict[str, str] = {
    Status.DRAFT: mark(
        "This is a draft. Only whoever wrote it sees it, and it counts in no figure. Complete what"
        " you know, then hand it in: a second person checks it."
    ),
    Status.SUBMITTED: mark(
        "It was handed in and waits for a second person to check it. Until then it can still be"
        " changed, and it counts in no figure."
    ),
    Status.UNDER_REVIEW: mark(
        "Somebody is checking it now and may have questions. It counts in no figure yet."
    ),
    Status.VERIFIED: mark("A second person has checked it. It counts in the figures."),
    Status.DISPUTED: mark(
        "Somebody has doubts about it. It counts in no figure until they are settled."
    ),
    Status.WITHDRAWN: mark(
        "It was withdrawn and counts no more. It is kept, so that this is seen."
    ),
    Status.MERGED: mark("It is the same event as another record, which counts in its place."),
}


def is_own(actor: Actor, record: IncidentRecord) -> bool:
    """Say whether this person has logged the record."""
    return actor.account_id is not None and record.logged_by == actor.account_id


def may_be_edited(actor: Actor, record: IncidentRecord) -> bool:
    """Say whether this person may change the record as it stands; the service says the same."""
    if not may(actor, Action.LOG_INCIDENTS) or record.status in _CLOSED:
        return False
    standing = Standing(
        record.visibility, record.status, record.organisation_id, logged_by=record.logged_by
    )
    if not is_keeper(actor, standing):
        return False
    if may(actor, Action.REVISE_INCIDENTS):
        return True
    return is_own(actor, record) and record.status in OPEN_TO_WRITER


def may_be_submitted(actor: Actor, record: IncidentRecord) -> bool:
    """Say whether this person may hand the record in."""
    return record.status == Status.DRAFT and may_be_edited(actor, record)
