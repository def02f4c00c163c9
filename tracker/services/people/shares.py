"""Shares a record with another organisation: an act of its own, with a consent behind it."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.db.models import Organisation
from tracker.db.models.people import PersonRecord, Share
from tracker.db.queries.people import live_shares, names_of_organisations
from tracker.db.queries.shared_people import open_shares
from tracker.db.session import moment
from tracker.domain.consents import Purpose
from tracker.domain.errors import Conflict, InvalidRecord, NotFound
from tracker.domain.people import PersonKind, PersonSight, ShareKind
from tracker.domain.permissions import Action, Actor, require
from tracker.services.acts import note_act
from tracker.services.people.agreements import has_agreed
from tracker.services.people.standing import seen_person
from tracker.services.people.versions import tell_follower


@dataclass(frozen=True)
class ShareTold:
    """With whom a record is shared, how much of it, and until when."""

    number: int
    organisation: str
    what: ShareKind
    until: dt.date | None
    shared_on: dt.date


def share_person(
    session: Session,
    actor: Actor,
    public_id: str,
    *,
    organisation_id: int,
    what: ShareKind,
    until: dt.date | None = None,
) -> int:
    """Share a record; gives the number of the share.

    A case needs its family's consent to sharing with this very organisation: raises `Conflict`
    (`no_consent`). Remains need none. What was shared before with the organisation is replaced.
    """
    require(actor, Action.SHARE_CASES)
    record, _ = seen_person(session, actor, public_id, at_least=PersonSight.KEEPER)
    today = moment(session).date()
    if session.get(Organisation, organisation_id) is None:
        raise InvalidRecord({"organisation_id": ("unknown_code",)})
    if until is not None and until < today:
        raise InvalidRecord({"until": ("in_the_past",)})
    if organisation_id == record.organisation_id:
        raise Conflict("own_organisation")
    if not _may_go_to(session, record, organisation_id):
        raise Conflict("no_consent")
    for before in open_shares(session, record.id):
        if before.organisation_id == organisation_id:
            _end(session, actor, before)
    share = Share(
        record_id=record.id,
        organisation_id=organisation_id,
        what=what,
        until=until,
        shared_at=moment(session),
        shared_by=actor.handle,
    )
    session.add(share)
    session.flush()
    tell_follower(session, record.id, organisation_id, change="changed")
    note_act(session, actor, action=Action.SHARE_CASES, thing=f"person {record.id}")
    return share.id


def end_share(session: Session, actor: Actor, public_id: str, *, number: int) -> None:
    """End a share at once, and tell the recipient."""
    require(actor, Action.SHARE_CASES)
    record, _ = seen_person(session, actor, public_id, at_least=PersonSight.KEEPER)
    shares = live_shares(session, [record.id], moment(session).date())
    share = next((each for each in shares if each.id == number), None)
    if share is None:
        raise NotFound("share")
    _end(session, actor, share)
    tell_follower(session, record.id, share.organisation_id, change="withdrawn")
    note_act(session, actor, action="end_share", thing=f"person {record.id}")


def end_shares_without_consent(session: Session, actor: Actor, record_id: int) -> None:
    """End what no consent covers any more, and tell each recipient."""
    record = session.get_one(PersonRecord, record_id)
    for share in open_shares(session, record_id):
        if not _may_go_to(session, record, share.organisation_id):
            _end(session, actor, share)
            tell_follower(session, record_id, share.organisation_id, change="withdrawn")


def list_shares(session: Session, actor: Actor, public_id: str) -> tuple[ShareTold, ...]:
    """Give the shares of a record that stand, to those who see all of it."""
    require(actor, Action.SEE_CASES)
    record, _ = seen_person(session, actor, public_id, at_least=PersonSight.WHOLE)
    shares = live_shares(session, [record.id], moment(session).date())
    names = names_of_organisations(session, [share.organisation_id for share in shares])
    return tuple(
        ShareTold(
            number=share.id,
            organisation=names[share.organisation_id],
            what=ShareKind(share.what),
            until=share.until,
            shared_on=share.shared_at.date(),
        )
        for share in shares
    )


def _may_go_to(session: Session, record: PersonRecord, organisation_id: int) -> bool:
    if record.kind == PersonKind.REMAINS:
        return True
    return has_agreed(session, record.id, purpose=Purpose.SHARE, recipient_id=organisation_id)


def _end(session: Session, actor: Actor, share: Share) -> None:
    share.ended_at, share.ended_by = moment(session), actor.handle
    session.flush()
