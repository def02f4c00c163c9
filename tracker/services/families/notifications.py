"""How a family is told of a death: by people, with care, and before anybody else hears of it."""

import datetime as dt
import json
from collections.abc import Sequence

from sqlalchemy.orm import Session

from tracker.db.models.families import FamilyNotification
from tracker.db.models.matches import Match
from tracker.db.models.people import PersonRecord
from tracker.db.queries.families import confirmed_matches, confirmed_on, living_notifications
from tracker.db.session import moment
from tracker.domain.errors import Conflict, InvalidRecord, NotFound
from tracker.domain.families import (
    LONGEST_CONTACT,
    Notification,
    NotificationCheck,
    NotificationTold,
)
from tracker.domain.people import PersonKind
from tracker.domain.permissions import Action, Actor, require
from tracker.services.acts import note_act
from tracker.services.families.access import seen_case

LONGEST_REASON = 2_000
# Days are those of the place where people live, moments those of UTC.
_A_DAY = dt.timedelta(days=1)


def family_notified(session: Session, record_id: int) -> bool:
    """Say whether the family was told of a death, of a case or of remains; no name before that.

    Remains that are confirmed with more than one case: every family was told.
    """
    record = session.get(PersonRecord, record_id)
    if record is None:
        return False
    pairs = confirmed_matches(session, record_id)
    told = [_living(session, case_id, [match.id]) is not None for match, case_id in pairs]
    return any(told) if record.kind == PersonKind.CASE else bool(told) and all(told)


def may_notify(session: Session, actor: Actor, public_id: str) -> bool:
    """Say whether a confirmed match of this case makes it possible to tell the family."""
    require(actor, Action.RECORD_CASES)
    record, _ = seen_case(session, actor, public_id)
    return bool(confirmed_matches(session, record.id))


def get_notification(session: Session, actor: Actor, public_id: str) -> NotificationTold | None:
    """Give how the family of a case was told, to those who keep the case."""
    require(actor, Action.RECORD_CASES)
    record, _ = seen_case(session, actor, public_id)
    found = living_notification(session, record.id)
    return None if found is None else notification_told(found)


def living_notification(session: Session, record_id: int) -> FamilyNotification | None:
    """Give how the family of a case was told, as long as a confirmed match stands behind it."""
    confirmed = [match.id for match, _ in confirmed_matches(session, record_id)]
    return _living(session, record_id, confirmed)


def record_notification(
    session: Session,
    actor: Actor,
    public_id: str,
    *,
    told: Notification,
) -> int:
    """Record that people told the family, and with what care; gives its number.

    Refused without a confirmed match (`needs_confirmed_match`) and without the contact of somebody
    who supports the family from then on. What was not done as it should be is explained.
    """
    require(actor, Action.RECORD_CASES)
    record, _ = seen_case(session, actor, public_id)
    pairs = confirmed_matches(session, record.id)
    if not pairs:
        raise Conflict("needs_confirmed_match")
    match = pairs[-1][0]
    wrong = _wrong_words(told) | _wrong_days(session, match, told)
    if wrong:
        raise InvalidRecord(wrong)
    row = FamilyNotification(
        record_id=record.id,
        match_id=match.id,
        notified_on=told.notified_on,
        told=_packed(told),
        noted_at=moment(session),
        noted_by=actor.handle,
    )
    session.add(row)
    session.flush()
    note_act(session, actor, action="record_notification", thing=f"person {record.id}")
    return row.id


def undo_notification(
    session: Session, actor: Actor, public_id: str, *, number: int, reason: str
) -> None:
    """Take back that a family was told, where it was recorded by mistake; says why."""
    require(actor, Action.RECORD_CASES)
    record, _ = seen_case(session, actor, public_id)
    rows = living_notifications(session, record.id)
    row = next((each for each in rows if each.id == number), None)
    if row is None:
        raise NotFound("notification")
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise InvalidRecord({"reason": ("too_long" if reason.strip() else "required",)})
    row.told = json.dumps(json.loads(row.told) | {"undone": reason.strip()}, ensure_ascii=False)
    row.undone_at, row.undone_by = moment(session), actor.handle
    session.flush()
    note_act(session, actor, action="undo_notification", thing=f"person {record.id}")


def notification_told(row: FamilyNotification) -> NotificationTold:
    """Tell how a family was told."""
    told = json.loads(row.told)
    visit = told["next_visit_on"]
    return NotificationTold(
        row.id,
        Notification(
            notified_on=row.notified_on,
            who=told["who"],
            support=told["support"],
            checked=tuple(NotificationCheck(check) for check in told["checked"]),
            otherwise=told["otherwise"],
            next_visit_on=None if visit is None else dt.date.fromisoformat(visit),
        ),
    )


def _packed(told: Notification) -> str:
    visit = told.next_visit_on
    plain = {
        "who": told.who.strip(),
        "support": told.support.strip(),
        "checked": [str(check) for check in NotificationCheck if check in told.checked],
        "otherwise": told.otherwise.strip(),
        "next_visit_on": None if visit is None else visit.isoformat(),
    }
    return json.dumps(plain, ensure_ascii=False)


def _living(
    session: Session, record_id: int, match_ids: Sequence[int]
) -> FamilyNotification | None:
    rows = living_notifications(session, record_id)
    return next((row for row in rows if row.match_id in match_ids), None)


def _wrong_days(session: Session, match: Match, told: Notification) -> dict[str, tuple[str, ...]]:
    wrong: dict[str, tuple[str, ...]] = {}
    confirmed = (confirmed_on(session, match.id) or match.changed_at).date()
    if told.notified_on > moment(session).date():
        wrong["notified_on"] = ("in_the_future",)
    elif told.notified_on < confirmed - _A_DAY:
        wrong["notified_on"] = ("before_confirmation",)
    if told.next_visit_on is not None and told.next_visit_on < told.notified_on:
        wrong["next_visit_on"] = ("before_notification",)
    return wrong


def _wrong_words(told: Notification) -> dict[str, tuple[str, ...]]:
    wrong: dict[str, tuple[str, ...]] = {}
    for field, words in (("who", told.who), ("support", told.support)):
        if not words.strip():
            wrong[field] = ("required",)
        elif len(words) > LONGEST_CONTACT:
            wrong[field] = ("too_long",)
    if len(told.otherwise) > LONGEST_REASON:
        wrong["otherwise"] = ("too_long",)
    elif set(NotificationCheck) - set(told.checked) and not told.otherwise.strip():
        wrong["otherwise"] = ("care_not_explained",)
    return wrong
